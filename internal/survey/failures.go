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
	u := *r.Subject // a judgement notes what is missing in it
	for _, result := range gate.JudgeRecord(&u) {
		for i := range result.Findings {
			f := &result.Findings[i]
			dated := (f.Soon || f.Lapsed) && known(f.Rule, Overdue, DueSoon)
			if f.Rule == rules.NotEstablished || dated || known(f.Rule, Invalid) || f.Rule == rules.ApprovalInvalid && known(f.Rule, Unknown) || f.Planned {
				continue
			}
			path := pathAt(r.Vendor.Record, f.Pos)
			t := Task{State: Failing, Rule: f.Rule, Path: path, Was: f.Message, Do: f.Hint, Who: r.Policy.Owner(), Proof: r.proof(f.Rule, path)}
			if path != "" {
				t.Who = r.holder(path)
			}
			out = append(out, t)
		}
	}
	r.tasks = append(r.tasks, out...)
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

// pathAt returns the path of the attribute at a place in a record; empty if none is there, or the place is only the status.
func pathAt(r *attr.Record, pos diag.Pos) string {
	found := ""
	for _, row := range record.Table().Rows {
		if row.Path == "status" {
			continue
		}
		eachValue(r, "", row.Path, func(path string, v *attr.Value) {
			if v.State != attr.Absent && v.Pos == pos {
				found = path
			}
		})
	}
	return found
}
