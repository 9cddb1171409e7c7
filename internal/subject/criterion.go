package subject

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Criterion is one thing that a rule asks about a use. A rule without faults passes only if it asks something and each of its criteria has
// an answer.
type Criterion struct {
	Paths    []string // attributes of the record, any one of which answers it; none if something else does
	Want     string   // what the rule accepts, with the values of the policy
	Unknown  string   // what nobody knows, as a clause; empty if there is an answer
	Optional bool     // the rule judges an answer, but does not ask for one
}

// String returns a criterion as reports show it, such as: logging.retention: at least 90 days.
func (c Criterion) String() string {
	if len(c.Paths) == 0 {
		return c.Want
	}
	return strings.Join(c.Paths, " or ") + ": " + c.Want
}

// RuleOutcome is the outcome of one rule or requirement for one use.
type RuleOutcome struct {
	ID       string
	Outcome  policy.Outcome // NotAsked if Excluded
	Apart    policy.Outcome // what it would be without its faults
	Soon     bool           // it fails because of nothing but last days that come near
	Criteria []Criterion
	Excluded string    // why it does not apply to the use, as a clause; empty if it does
	Missing  []Missing // what VG-REG-005 reports
}

// UnknownTo says what nobody knows of what the rule or requirement asks, as clauses.
func (o *RuleOutcome) UnknownTo() []string {
	var out []string
	add := func(why string) {
		if why != "" && !slices.Contains(out, why) {
			out = append(out, why)
		}
	}
	for _, m := range o.Missing {
		add(strings.Join(m.Paths, " or ") + " is unknown")
	}
	for _, c := range o.Criteria {
		add(c.Unknown)
	}
	return out
}

// Begin prepares for the next rule or requirement. waivable reports whether a waiver can cover what it finds.
func (u *Subject) Begin(waivable bool) { u.asked, u.waivable = RuleOutcome{}, waivable }

// Wants notes what the current rule accepts for attributes of the record, any one of which answers it.
func (u *Subject) Wants(want string, paths ...string) {
	if !u.waivable {
		u.firm = append(u.firm, paths...)
	}
	if !u.TrackOutcomes {
		return
	}
	c := Criterion{Paths: paths, Want: want}
	if !slices.ContainsFunc(paths, func(path string) bool { return answered(u.Attr(path)) }) {
		c.Unknown = strings.Join(paths, " or ") + " is unknown"
	}
	u.asked.add(c)
}

// WantsIfStated is Wants for an attribute that the record need not have.
func (u *Subject) WantsIfStated(want, path string) {
	u.Wants(want, path)
	if last := len(u.asked.Criteria) - 1; last >= 0 {
		u.asked.Criteria[last].Optional = true
	}
}

// WantsOf notes what the current rule accepts of something that is no attribute of the record. unknown says what nobody knows; empty if
// there is an answer.
func (u *Subject) WantsOf(want, unknown string) {
	if u.TrackOutcomes {
		u.asked.add(Criterion{Want: want, Unknown: unknown})
	}
}

// Asks reports whether the current rule asks anything so far; true if nobody keeps track.
func (u *Subject) Asks() bool { return !u.TrackOutcomes || len(u.asked.Criteria) > 0 }

func (o *RuleOutcome) add(c Criterion) {
	if !slices.ContainsFunc(o.Criteria, func(have Criterion) bool { return have.String() == c.String() }) {
		o.Criteria = append(o.Criteria, c)
	}
}

// answered reports whether a record says something about an attribute, be it that there is none or that it does not apply.
func answered(v *attr.Value) bool {
	return v.State != attr.Absent && v.State != attr.Unknown && v.Text != "unknown"
}

// NotAsked notes why the current rule does not apply to the use, as a clause. It returns no faults.
func (u *Subject) NotAsked(format string, args ...any) []Fault {
	u.asked.Excluded = fmt.Sprintf(format, args...)
	return nil
}

// Conclude stores the outcome of a structural rule if TrackOutcomes is set. Faults outweigh what is unknown.
func (u *Subject) Conclude(id string, faults []Fault) {
	u.asked.Apart = u.asked.withoutFaults()
	u.asked.Soon = len(faults) > 0 && !slices.ContainsFunc(faults, func(f Fault) bool { return !f.Soon() })
	outcome := u.asked.Apart
	switch {
	case slices.ContainsFunc(faults, func(f Fault) bool { return !f.Unknown }):
		outcome = policy.Fails
	case len(faults) > 0:
		outcome = policy.IsUnknown
	}
	u.AddOutcome(id, outcome)
}

// withoutFaults returns the outcome of a structural rule that finds no fault.
func (o *RuleOutcome) withoutFaults() policy.Outcome {
	switch {
	case len(o.Missing) > 0:
		return policy.IsUnknown
	case len(o.Criteria) == 0:
		return policy.NotAsked
	case slices.ContainsFunc(o.Criteria, func(c Criterion) bool { return c.Unknown != "" }):
		return policy.IsUnknown
	default:
		return policy.Holds
	}
}

// AddOutcome stores the outcome of a rule or requirement if TrackOutcomes is set.
func (u *Subject) AddOutcome(id string, outcome policy.Outcome) {
	if !u.TrackOutcomes {
		return
	}
	if outcome == policy.NotApplicable {
		outcome = policy.Holds
	}
	u.asked.ID, u.asked.Outcome = id, outcome
	u.Outcomes = append(u.Outcomes, u.asked)
	u.asked = RuleOutcome{}
}

// Also adds to the outcome of a rule what it asks about something else that the record permits.
func (u *Subject) Also(id string, permitted *Subject) {
	i := slices.IndexFunc(u.Outcomes, func(o RuleOutcome) bool { return o.ID == id })
	if i < 0 || len(permitted.asked.Criteria) == 0 {
		return
	}
	o := &u.Outcomes[i]
	same := o.Outcome == o.Apart
	o.Excluded = ""
	for _, c := range permitted.asked.Criteria {
		o.add(c)
	}
	if o.Apart = o.withoutFaults(); same {
		o.Outcome = o.Apart
	}
}
