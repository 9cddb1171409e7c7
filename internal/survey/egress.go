package survey

import (
	"fmt"
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/egress"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Egress lists the hosts of the vendors that may be used in all of the environments and with all of the data classes. A vendor whose
// approval, review, pilot or last day is over stays on the list and is marked. One whose status permits no use is left out.
func Egress(p *policy.Policy, known *registry.Registry, asOf time.Time, environments, data []string) (egress.List, error) {
	s, read, err := begin(p, known, asOf)
	if err != nil {
		return egress.List{}, err
	}
	out := egress.List{Origin: known.Tree.Origin, Policy: p.ID, Day: s.today.Day, Environments: environments, Data: data, Unread: s.out.Unjudged}
	for _, v := range read {
		u := gate.WidestUse(p, known, s.today, v)
		if u == nil {
			continue
		}
		one := egress.Vendor{ID: v.ID, Status: u.Attr("status").Text, Hosts: v.Hosts().Texts()}
		switch {
		case rules.ForbiddenByStatus(u):
			out.LeftOut = append(out.LeftOut, one)
		case within(environments, u.EnvironmentNames) && within(data, u.Classes):
			one.Through, one.Lapsed = decisionEnd(u)
			out.Vendors = append(out.Vendors, one)
		}
	}
	return out, nil
}

// within reports whether all of the words are among others.
func within(words, others []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(others, word) })
}

// decisionEnd returns the last day of a decision, and why it does not count if it is over or was never valid.
func decisionEnd(u *subject.Subject) (through scalar.Date, lapsed string) {
	for _, d := range rules.DecisionEnds(u) {
		if through.IsZero() || d.Date.Before(through) {
			through = d.Date
			if lapsed = ""; d.Past {
				lapsed = fmt.Sprintf("%s ended on %s", d.What, d.Date)
			}
		}
	}
	if lapsed == "" && subject.Vetted(u.Attr("status")) && len(u.ApprovalDefects()) > 0 {
		lapsed = "the approval is not valid"
	}
	return through, lapsed
}
