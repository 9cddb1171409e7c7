package policy

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Requirement is a declarative condition on the attributes of a record.
type Requirement struct {
	ID       string
	Pos      diag.Pos
	Levels   Levels
	Docs     string
	Controls []string

	When     when
	Branches []Branch // at least one must hold; there is only one without any_of
	message  template
	fix      template
}

// Branch is one attribute with its operators, or a condition on the items of a list.
type Branch struct {
	Path   string // of the attribute; of a list, with [] after its name, as in assessments[].type
	slot   attr.Slot
	pos    diag.Pos // where the attribute is named
	checks []check
	list   *listCondition // nil for an attribute of the record
}

// Answers are what a requirement judges.
type Answers struct {
	Record *attr.Record
	Today  Today
	// ValidUntil returns the last day on which an assessment is valid; nil if the attribute missing is needed to tell. The value is
	// Invalid if it never is.
	ValidUntil func(assessment *attr.Record) (last *attr.Value, missing string)
}

// Outcome is the result of a rule or requirement for a record.
type Outcome int8

// The outcomes.
const (
	Holds Outcome = iota
	Fails
	IsUnknown     // the record does not have the attribute
	NotApplicable // the record says null or n/a
	NotAsked      // off at the tier, or does not apply to the use; for test cases
)

// String returns the outcome as test results show it.
func (o Outcome) String() string {
	return [...]string{"pass", "fail", "unknown", "pass", "not asked"}[o]
}

// Key returns the outcome as files write it.
func (o Outcome) Key() string { return strings.ReplaceAll(o.String(), " ", "_") }

// LastDay returns the last day on which a record meets the requirement, and the attribute that sets the day; zero if no day ends
// it, or if it fails whatever the day is. With alternatives, that is the last day of the one that holds longest.
func (q *Requirement) LastDay(a Answers) (last scalar.Date, path string) {
	for i := range q.Branches {
		end, by, holds := q.Branches[i].lastDay(a)
		switch {
		case len(q.Branches) == 1 && !holds:
			return last, ""
		case len(q.Branches) == 1:
			return end, by
		case end.IsZero() && holds:
			return end, ""
		case holds && end.After(last):
			last, path = end, by
		}
	}
	return last, path
}

// Undecided reports whether an alternative is unknown, so that a record that fails the others does not fail the requirement.
func (q *Requirement) Undecided(a Answers) bool {
	return slices.ContainsFunc(q.Branches, func(b Branch) bool { return b.judge(a) == IsUnknown })
}

// lastDay returns the first last day of the operators on dates, and the attribute that sets it; zero if there is none. holds reports
// whether the other operators hold.
func (b *Branch) lastDay(a Answers) (last scalar.Date, path string, holds bool) {
	if b.list != nil {
		return b.lastDayOfList(a)
	}
	v := a.Record.Peek(b.slot)
	if v == nil || !v.Known() || v.Items != nil {
		return last, b.Path, b.judge(a) == Holds
	}
	last, holds = lastDayOf(v, b.checks, a.Today)
	return last, b.Path, holds
}

// lastDayOf is lastDay for a known value.
func lastDayOf(v *attr.Value, checks []check, today Today) (last scalar.Date, holds bool) {
	holds = true
	for i := range checks {
		c := &checks[i]
		end := v.Day
		switch c.op {
		case opWithin:
			end = end.Plus(c.span)
			holds = holds && !v.Day.After(today.Day)
		case opValidFor:
			end = end.LastFrom(c.span)
		default:
			holds = holds && c.holds(v, today)
			continue
		}
		if last.IsZero() || end.Before(last) {
			last = end
		}
	}
	return last, holds
}

// Judge evaluates the requirement for a record. decisive is the branch that determines the outcome.
func (q *Requirement) Judge(a Answers) (outcome Outcome, decisive *Branch) {
	outcome, decisive = NotApplicable, &q.Branches[0]
	for i := range q.Branches {
		b := &q.Branches[i]
		switch b.judge(a) {
		case Holds:
			return Holds, b
		case IsUnknown:
			if outcome != IsUnknown {
				outcome, decisive = IsUnknown, b
			}
		case Fails:
			if outcome == NotApplicable {
				outcome, decisive = Fails, b
			}
		case NotApplicable, NotAsked:
		}
	}
	if outcome == NotApplicable {
		outcome = Holds
	}
	return outcome, decisive
}

// Unknown lists the attributes that the record does not have.
func (q *Requirement) Unknown(a Answers) []string {
	var out []string
	for i := range q.Branches {
		b := &q.Branches[i]
		if path := b.Decisive(a); b.judge(a) == IsUnknown && !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	return out
}

// Decisive names the attribute that determines the outcome: Path, or an attribute of an item, such as
// assessments[soc2-2026].valid_until, or the list if it has no such item.
func (b *Branch) Decisive(a Answers) string {
	if b.list == nil {
		return b.Path
	}
	_, path := b.judgeList(a)
	return path
}

func (b *Branch) judge(a Answers) Outcome {
	if b.list != nil {
		outcome, _ := b.judgeList(a)
		return outcome
	}
	return judgeValue(a.Record.Peek(b.slot), b.checks, a.Today)
}

// judgeValue evaluates operators on a value; nil is an absent one.
func judgeValue(v *attr.Value, checks []check, today Today) Outcome {
	if v == nil || v.State == attr.Unknown || v.State == attr.Set && v.Text == "unknown" {
		return IsUnknown
	}
	if v.State == attr.None {
		if slices.ContainsFunc(checks, func(c check) bool { return !c.holdsForNone() }) {
			return Fails
		}
		return Holds
	}
	if v.State != attr.Set {
		return NotApplicable
	}
	for i := range checks {
		if !checks[i].holds(v, today) {
			return Fails
		}
	}
	return Holds
}

// Wanted describes the condition of a branch.
func (b *Branch) Wanted() string {
	if b.list != nil {
		return b.wantedOfList()
	}
	return wanted(b.Path, b.checks)
}

// wanted describes operators on an attribute.
func wanted(path string, checks []check) string {
	var parts []string
	for _, c := range checks {
		parts = append(parts, c.String())
	}
	return path + " " + strings.Join(parts, " and ")
}

// Asks describes the condition of the requirement.
func (q *Requirement) Asks() string {
	var parts []string
	for i := range q.Branches {
		parts = append(parts, q.Branches[i].Wanted())
	}
	return strings.Join(parts, ", or ")
}

// Message returns the message with its placeholders; empty for the default message.
func (q *Requirement) Message() string { return q.message.text }

// Fix returns the hint with its placeholders; empty for the default hint.
func (q *Requirement) Fix() string { return q.fix.text }

// OnlyPresent reports whether present is the only operator.
func (b Branch) OnlyPresent() bool {
	return b.list == nil && !slices.ContainsFunc(b.checks, func(c check) bool { return c.op != opPresent })
}

// Admits reports whether the requirement applies to a use.
func (q *Requirement) Admits(f Facts) bool {
	w := &q.When
	return (!w.tierLimited || w.tier[f.Tier]) && w.Category.admits(f.Category) &&
		w.dataClass.admits(f.Classes...) && w.environment.admits(f.Environments...)
}

// Words returns the message and the hint with the placeholders replaced. Either is empty if the policy does not set it.
func (q *Requirement) Words(words func(placeholder string) string) (message, fix string) {
	return q.message.fill(words), q.fix.fill(words)
}
