package settings

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/decision"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Approval says who approves a vendor, and until when, as flags do.
type Approval struct {
	By, Roles, Teams  []string
	Until             string
	RequestedBy, Link string
}

// Read turns the flags into an approval.
func (a *Approval) Read(rules *policy.Policy, today scalar.Date) (decision.Approval, error) {
	out := decision.Approval{RequestedBy: a.RequestedBy, Reference: a.Link}
	if err := Answered("--requested-by", a.RequestedBy, "name the user who asked for the vendor, or leave it out"); err != nil {
		return out, err
	}
	if a.Until != "" {
		var err error
		switch out.Until, err = scalar.ParseDate(a.Until); {
		case err != nil:
			return out, inputs.Usagef("write a date, such as 2027-01-31", "--until %q is not a date", a.Until)
		case out.Until.Before(today):
			return out, inputs.Usagef("name a later day", "--until %s is before today, %s", a.Until, today)
		}
	}
	switch {
	case len(a.By) == 0 && len(a.Roles)+len(a.Teams) == 0:
		return out, nil
	case len(a.Roles) != len(a.By) && (len(a.Roles) != 1 || len(a.By) == 0):
		return out, inputs.Usagef("repeat --by and --role in pairs, such as `--by a.ferreira --role security-architect`", "%s and %s do not fit together", diag.Count(len(a.By), "--by"), diag.Count(len(a.Roles), "--role"))
	case len(a.Teams) > len(a.By):
		return out, inputs.Usagef("name one team for each --by", "%s and %s do not fit together", diag.Count(len(a.By), "--by"), diag.Count(len(a.Teams), "--team"))
	}
	for i, user := range a.By {
		who := decision.Approver{User: strings.TrimPrefix(user, "@"), Role: a.Roles[min(i, len(a.Roles)-1)]}
		if i < len(a.Teams) {
			who.Team = a.Teams[i]
		} else if teams := rules.ApprovingTeams(who.Role); len(teams) == 1 && !rules.MayApprove(who.User, who.Role, "") {
			who.Team = teams[0]
		}
		listed := len(rules.Terms(1).Roles) > 0 && rules.MayApprove(who.User, who.Role, who.Team) // whatever the names are
		for _, given := range []struct{ flag, word string }{{"--by", who.User}, {"--role", who.Role}} {
			if err := attr.Check(attr.Word, given.word); err != nil {
				return out, inputs.Usagef(err.Error(), "invalid value %q for %s", given.word, given.flag)
			}
			if err := Answered(given.flag, given.word, "name who approves, such as `--by a.ferreira --role security-architect`"); err != nil && !listed {
				return out, err
			}
		}
		out.By = append(out.By, who)
	}
	return out, nil
}
