package render

import (
	"cmp"
	"fmt"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// Renewal is the list of what to do to renew a record.
type Renewal struct {
	Vendor *registry.Vendor
	Policy *policy.Policy
	List   survey.Renewal
}

// heading returns the line above the list.
func (r Renewal) heading() string {
	n := map[survey.TaskState]int{}
	for _, d := range r.List.Tasks {
		n[d.State]++
	}
	what := "nothing to do"
	if len(r.List.Tasks) > 0 {
		what = fmt.Sprintf("%d overdue, %d due soon, %d unknown", n[survey.Overdue], n[survey.DueSoon], n[survey.Unknown])
	}
	if n[survey.Refused] > 0 {
		what = fmt.Sprintf("%d in the way of a renewal, %s", n[survey.Refused], what)
	}
	if n[survey.Failing] > 0 {
		what = fmt.Sprintf("%d failing, %s", n[survey.Failing], what)
	}
	if n[survey.Invalid] > 0 {
		what = fmt.Sprintf("%d not valid, %s", n[survey.Invalid], what)
	}
	return fmt.Sprintf("As of %s, for tier %d, under policy %s: %s.", r.List.Day, r.List.Tier, r.Policy.ID, what)
}

// was describes the current value of an attribute and its last valid day.
func was(d survey.Task) string {
	switch {
	case d.State == survey.Invalid:
		return "not valid"
	case d.State == survey.Refused && d.Path == "":
		return "if it were renewed today, " + d.Was
	case d.State == survey.Refused:
		return "if it were renewed today, " + d.Was + " [" + d.Rule + "]"
	case d.State == survey.Failing && d.Path == "":
		return d.Was
	case d.State == survey.Failing:
		return d.Was + " [" + d.Rule + "]"
	case d.State == survey.Unknown:
		return "unknown"
	case d.State == survey.Overdue && d.Was == d.Last.String():
		return fmt.Sprintf("last day was %s (%s)", d.Was, d.When)
	case d.State == survey.Overdue:
		return fmt.Sprintf("%s; last day was %s (%s)", d.Was, d.Last, d.When)
	case d.Was == d.Last.String():
		return fmt.Sprintf("last day is %s (%s)", d.Was, d.When)
	default:
		return fmt.Sprintf("%s; last day is %s (%s)", d.Was, d.Last, d.When)
	}
}

func (r Renewal) text(out *sink.Page) {
	out.Linef("%s: %s", r.Vendor.ID, r.Vendor.Name())
	out.Linef("%s", r.heading())
	for _, d := range r.List.Tasks {
		out.Line()
		out.Linef("  %s: %s", cmp.Or(d.Path, d.Rule), was(d))
		out.Linef("    to do: %s", d.Do)
		if d.Proof != "" {
			out.Linef("    evidence: %s", d.Proof)
		}
		out.Linef("    from:  %s", d.Who)
	}
}

func (r Renewal) markdown(out *sink.Markdown) {
	out.Markup("## ").Text(r.Vendor.Name()).Markup(" (").Code(r.Vendor.ID).Markup(")\n\n").Text(r.heading()).Markup("\n")
	for i, d := range r.List.Tasks {
		if i == 0 {
			out.Markup("\n")
		}
		out.Markup("- [ ] ").Code(cmp.Or(d.Path, d.Rule)).Markup(": ").Text(was(d)).Markup("\n  - to do: ").Text(d.Do)
		if d.Proof != "" {
			out.Markup("\n  - evidence: ").Text(d.Proof)
		}
		out.Markup("\n  - from: ").Text(d.Who).Markup("\n")
	}
}
