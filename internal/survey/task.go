package survey

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// TaskState is the reason for a task.
type TaskState int8

// The states, most urgent first.
const (
	Invalid TaskState = iota // it does not count now, whatever its last day is
	Failing                  // a check of the widest use finds it, and no date changes that
	Refused                  // a check finds it once the approval is renewed today
	Overdue                  // the last day is over
	DueSoon                  // the last day is within the warn window
	Unknown                  // the record lacks the attribute, or says unknown
)

// Task is something to do for the renewal of a record.
type Task struct {
	State TaskState
	Rule  string      // rule or requirement that asks for it; empty if none does
	Path  string      // of the attribute; an item of a list by its id, apis[core].versions[2024].sunset; of a waiver, waivers[WVR-1].expires
	Was   string      // value in the record; empty if there is none; of what fails, what is wrong
	Last  scalar.Date // last valid day; zero if unknown
	When  string      // distance to that day, such as: 40 days ago
	Do    string      // what to do, as a sentence
	Proof string      // evidence to collect; empty if nobody can say
	Who   string      // who has to do it, or who has the evidence
}

// Renewal is what to do for the renewal of a record, for the widest use that its scope allows.
type Renewal struct {
	Tier  int
	Day   scalar.Date
	Tasks []Task // most urgent first
}

// Question is the record that is to be renewed, with what bears on that.
type Question struct {
	Vendor  *registry.Vendor
	Around  subject.Surroundings
	Renewed *registry.Vendor // the record as if it were renewed today; nil if its status does not allow that
	Refused []diag.Finding   // for which a renewal today would be refused, at their places in Renewed
	Within  scalar.Period    // what ends within it is due soon, even if the policy does not warn of it yet
}

type renewal struct {
	*subject.Subject
	soon  scalar.Date // what ends by then is due soon, even if the policy does not warn of it yet
	tasks []Task
}

// due adds a task if its last day is over or near.
func (r *renewal) due(d subject.LastDay, t Task) {
	switch {
	case d.Past:
		t.State = Overdue
	case d.Near, !d.Date.IsZero() && !d.Date.After(r.soon):
		t.State = DueSoon
	default:
		return
	}
	t.Last, t.When = d.Date, d.Ago()
	r.tasks = append(r.tasks, t)
}

// invalid adds a task for something that does not count now. do begins what to do; the defects end it.
func (r *renewal) invalid(t Task, defects []subject.Defect) {
	var why []string
	for _, d := range defects {
		why = append(why, d.Message)
	}
	t.State, t.Do = Invalid, t.Do+": "+strings.Join(why, "; ")+"."
	r.tasks = append(r.tasks, t)
}
