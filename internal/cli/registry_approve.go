package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/decision"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// approvalFlags are the flags that say who approves, and until when.
type approvalFlags struct {
	by, roles, teams  []string
	until             string
	requestedBy, link string
}

func (a *approvalFlags) flags(f *pflag.FlagSet) {
	f.StringArrayVar(&a.by, "by", nil, "User who approves; repeatable.")
	f.StringArrayVar(&a.roles, "role", nil, "Role in which the user of the same place approves, or the role of all of them; repeatable.")
	f.StringArrayVar(&a.teams, "team", nil, "Team for which the user of the same place approves, such as @acme/security; repeatable. By default, the only team that may approve in the role.")
	f.StringVar(&a.until, "until", "", "Last day of the approval. By default, the day on which its first review is due, or an earlier one if the policy wants that.")
	f.StringVar(&a.link, "decision-ref", "", "Address of the decision, such as a ticket.")
}

// read turns the flags into an approval.
func (a *approvalFlags) read(rules *policy.Policy, today scalar.Date) (decision.Approval, error) {
	out := decision.Approval{RequestedBy: a.requestedBy, Reference: a.link}
	if a.until != "" {
		var err error
		switch out.Until, err = scalar.ParseDate(a.until); {
		case err != nil:
			return out, inputs.Usagef("write a date, such as 2027-01-31", "--until %q is not a date", a.until)
		case out.Until.Before(today):
			return out, inputs.Usagef("name a later day", "--until %s is before today, %s", a.until, today)
		}
	}
	switch {
	case len(a.by) == 0 && len(a.roles)+len(a.teams) == 0:
		return out, nil
	case len(a.roles) != len(a.by) && (len(a.roles) != 1 || len(a.by) == 0):
		return out, inputs.Usagef("repeat --by and --role in pairs, such as `--by a.ferreira --role security-architect`", "%s and %s do not fit together", diag.Count(len(a.by), "--by"), diag.Count(len(a.roles), "--role"))
	case len(a.teams) > len(a.by):
		return out, inputs.Usagef("name one team for each --by", "%s and %s do not fit together", diag.Count(len(a.by), "--by"), diag.Count(len(a.teams), "--team"))
	}
	for i, user := range a.by {
		who := decision.Approver{User: strings.TrimPrefix(user, "@"), Role: a.roles[min(i, len(a.roles)-1)]}
		if i < len(a.teams) {
			who.Team = a.teams[i]
		} else if teams := rules.ApprovingTeams(who.Role); len(teams) == 1 && !rules.MayApprove(who.User, who.Role, "") {
			who.Team = teams[0]
		}
		for _, given := range []struct{ flag, word string }{{"--by", who.User}, {"--role", who.Role}} {
			if err := attr.Check(attr.Word, given.word); err != nil {
				return out, inputs.Usagef(err.Error(), "invalid value %q for %s", given.word, given.flag)
			}
		}
		out.By = append(out.By, who)
	}
	return out, nil
}

// approveOptions are the flags of registry approve.
type approveOptions struct {
	writeOptions
	approvalFlags

	id string
}

func newRegistryApprove(r *run) *cobra.Command {
	o := &approveOptions{}
	cmd := &cobra.Command{
		Use:   "approve id",
		Short: "Approve a vendor, if nothing is missing in its record",
		Example: "  vendorgate registry approve larkspur-mail --by a.ferreira --role security-architect --until 2027-08-31 --registry ../vendor-registry\n" +
			"  vendorgate registry approve stripe --by a.ferreira --role security-architect --by m.oduya --role privacy-officer",
		Long: "approve judges a record as a check would judge a use of everything that its scope permits. If the check would pass with the\n" +
			"approval, approve writes the status, the approval and today's dates, and says who may open the pull request. Otherwise it\n" +
			"lists what is missing (exit code 1) and changes nothing.",
		Args: oneID("registry approve", "stripe"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.id = args[0]
			return r.approve(cmd.Context(), o)
		},
	}
	o.writeOptions.flags(cmd.Flags())
	o.approvalFlags.flags(cmd.Flags())
	cmd.Flags().StringVar(&o.requestedBy, "requested-by", "", "User who asked for the vendor, and who therefore cannot approve it.")
	return cmd
}

// approve approves one vendor.
func (r *run) approve(ctx context.Context, o *approveOptions) error {
	if len(o.by) == 0 {
		return inputs.Usagef("for example, `--by a.ferreira --role security-architect`", "registry approve needs to know who approves")
	}
	office, err := o.office(ctx, r.env, "registry approve")
	if err != nil {
		return err
	}
	approval, err := o.read(office.Policy, office.Today.Day)
	if err != nil {
		return err
	}
	out, err := office.Approve(o.id, approval)
	if err != nil {
		return o.decisionError(office, o.id, err)
	}
	if out.Blocked() {
		r.code = exitFindings
		return r.refuse("approved", o.id, out)
	}
	if err := o.write(r.env, changesOf(office, out)); err != nil {
		return err
	}
	r.sayRest(out)
	r.env.Say(sink.Linef("vendorgate: %s", o.granted("approved", o.id, out)))
	r.env.Say(sink.Linef("vendorgate: %s", whoOpens(out.Approvers())))
	return nil
}

// refuse prints what a check would find.
func (r *run) refuse(verb, id string, out decision.Outcome) error {
	var page sink.Page
	failing := 0
	for _, f := range out.Findings {
		if out.Fails(f) {
			failing++
		}
		page.Linef("%s: %s: %s [%s]", out.Vendor.File, f.Severity, f.Message, f.Rule)
		if f.Hint != "" {
			page.Linef("    hint: %s", f.Hint)
		}
	}
	r.env.Say(sink.Linef("vendorgate: not %s: with this approval, the check of a tier-%d use of %s would fail: %s", verb, out.Use.Tier, id, diag.Count(failing, "finding")))
	return r.env.Stdout.Put(page.Document())
}

// sayRest prints what a check would find although it passes.
func (r *run) sayRest(out decision.Outcome) {
	for _, f := range out.Findings {
		r.env.Say(sink.Linef("vendorgate: %s: %s [%s]", f.Severity, f.Message, f.Rule))
		r.env.Hint(f.Hint)
	}
}

// granted says what is approved, and until when.
func (o *writeOptions) granted(verb, id string, out decision.Outcome) string {
	r := out.Vendor.Record
	text := fmt.Sprintf("%s %s through %s, at tier %d", o.done(verb), id, r.Get("approval.expires").Text, out.Use.Tier)
	if environments := r.Get("scope.environments").Texts(); len(environments) > 0 {
		text += ", in " + subject.List(environments)
	}
	if classes := r.Get("scope.data_classes").Texts(); len(classes) > 0 {
		text += ", with " + subject.List(classes) + " data"
	}
	return text
}

// whoOpens says who may open the pull request: nobody approves their own change.
func whoOpens(people []string) string {
	if len(people) == 1 {
		return fmt.Sprintf("someone other than %s must open the pull request, which %s then approves", people[0], people[0])
	}
	return fmt.Sprintf("someone other than %s must open the pull request, which they then approve", subject.List(people))
}
