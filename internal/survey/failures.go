package survey

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// failures adds tasks for what a check finds about the widest use, if no date, approval or unknown attribute among the tasks is the reason.
func (r *renewal) failures() {
	known := func(rule string, states ...TaskState) bool {
		return slices.ContainsFunc(r.tasks, func(t Task) bool { return t.Rule == rule && slices.Contains(states, t.State) })
	}
	var out []Task
	paths := pathsAt(r.Vendor.Record)
	u := *r.Subject // a judgement notes what is missing in it
	for _, result := range gate.JudgeRecord(&u) {
		for i := range result.Findings {
			f := &result.Findings[i]
			dated := (f.Soon || f.Lapsed) && known(f.Rule, Overdue, DueSoon)
			if f.Rule == rules.NotEstablished || dated || known(f.Rule, Invalid) || f.Rule == rules.ApprovalInvalid && known(f.Rule, Unknown) || f.Planned {
				continue
			}
			out = append(out, r.task(Failing, f.Finding, paths))
		}
	}
	r.tasks = append(r.tasks, out...)
}

// refused adds tasks for what would be in the way of a renewal today, if no other task is about it.
func (r *renewal) refused(q Question) {
	var out []Task
	for _, f := range q.Refused {
		if f.Rule != rules.NotEstablished && !slices.ContainsFunc(r.tasks, func(t Task) bool { return t.Rule == f.Rule }) {
			out = append(out, r.task(Refused, f, pathsAt(q.Renewed.Record)))
		}
	}
	r.tasks = append(r.tasks, out...)
}

// task is the task for a finding. paths are the attributes of its record by their places.
func (r *renewal) task(state TaskState, f diag.Finding, paths map[diag.Pos]string) Task {
	path := paths[f.Pos]
	t := Task{State: state, Rule: f.Rule, Path: path, Was: f.Message, Do: f.Hint, Who: r.Policy.Owner(), Proof: r.proof(f.Rule, path)}
	if path != "" {
		t.Who = r.holder(path)
	}
	return t
}

// proof names the evidence for what fails: that of the attribute, or the documents that the rule requires.
func (r *renewal) proof(rule, path string) string {
	if path != "" {
		return record.ProofOf(path).Evidence
	}
	if known, ok := rules.ByID(rule); ok && known.Documents != nil {
		return strings.Join(known.Documents(r.Subject), " ")
	}
	return ""
}

// pathsAt returns the paths of the attributes of a record by their places, except for the status.
func pathsAt(r *attr.Record) map[diag.Pos]string {
	found := map[diag.Pos]string{}
	for _, row := range record.Table().Rows {
		if row.Path == "status" {
			continue
		}
		eachValue(r, "", row.Path, func(path string, v *attr.Value) {
			if v.State != attr.Absent {
				found[v.Pos] = path
			}
		})
	}
	return found
}
