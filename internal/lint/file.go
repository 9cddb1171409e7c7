package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// vendor looks at one record: what a use of it would be kept, and what only whoever keeps it should know.
func (l *Linter) vendorFile(out *Linted, id string, data, was []byte) {
	v := l.in.Files.Vendor(id, data)
	l.problems(out, id, v.Problems)
	if v.Record == nil {
		return
	}
	status, by := v.Record.Get("status"), v.Record.Get("replaced_by")
	out.record = &crossRefs{id: id, status: status.Text, tier: tierOf(v.Record), pos: v.Record.Pos, replacedBy: by.At(), claims: rules.Claims(v)}
	for _, other := range v.Record.Get("exit.alternatives").Items {
		out.record.others = append(out.record.others, other.At())
	}
	if l.in.Base != nil && out.Changed {
		l.change(out, l.in.Base.Vendor(id, was), v)
	}
	if l.in.Policy == nil {
		l.problems(out, id, v.Faults)
		return
	}
	u := &rules.Subject{Vendor: v, Policy: l.in.Policy, Today: l.in.Policy.At(l.in.AsOf), Tier: tierOf(v.Record)}
	for _, d := range append(u.Contradictions(), futureDates(u)...) {
		l.add(out, rules.RecordContradicts, l.severity(rules.RecordContradicts, u.Tier), id, d)
	}
	if rules.Vetted(status) {
		for _, d := range u.ApprovalDefects() {
			d.Message = "the approval is not valid: " + d.Message
			l.add(out, rules.ApprovalInvalid, l.severity(rules.ApprovalInvalid, u.Tier), id, d)
		}
	}
	for _, s := range rules.Statements(v.Record) {
		l.vague(out, id, u.Tier, s)
	}
}

// tierOf is the tier of a record. What nobody has said counts as most critical.
func tierOf(r *attr.Record) int {
	if t := r.Get("risk.tier"); t.Known() {
		return t.Int + 1
	}
	return 1
}

// futureDates finds what cannot have happened yet, among the days that other rules judge only in a use.
func futureDates(u *rules.Subject) []rules.Defect {
	var out []rules.Defect
	future := func(path string, v *attr.Value) {
		if v.Known() && v.Day.After(u.Today.Day) {
			out = append(out, rules.Defect{Pos: v.Pos, Key: "future:" + path, Message: fmt.Sprintf("%s is %s, which lies in the future", path, v.Text), Hint: "correct the date"})
		}
	}
	paths := []string{"approval.last_review", "risk.assessed_on", "contract.signed_on", "compliance.dpa.signed_on", "compliance.baa.signed_on"}
	if !rules.Vetted(u.Attr("status")) { // approvalDefects speaks of the others
		paths = append(paths, "approval.approved_on")
	}
	for _, path := range paths {
		future(path, u.Attr(path))
	}
	for _, c := range u.Attr("approval.conditions").Records {
		future("approval.conditions[].met_on", c.Get("met_on"))
	}
	for _, i := range u.Attr("incidents").Records {
		future("incidents[].date", i.Get("date"))
		future("incidents[].resolved_on", i.Get("resolved_on"))
	}
	return out
}

func (l *Linter) vague(out *Linted, vendor string, tier int, s rules.Statement) {
	phrase, noun := rules.Vague(s.Value)
	if phrase == "" {
		return
	}
	l.add(out, rules.VagueClaims, l.severity(rules.VagueClaims, tier), vendor, rules.Defect{
		Pos: s.Pos, Key: s.Path, Message: fmt.Sprintf("%s is not measurable: %q", s.Path, phrase),
		Hint: fmt.Sprintf("write what can be measured instead, such as `%s`", rules.Measures()[noun]),
	})
}

// waiverFile looks at one waiver for itself.
func (l *Linter) waiverFile(out *Linted, id string, data []byte) {
	w := l.in.Files.Waiver(id, data)
	l.problems(out, w.Vendor.Value, w.Problems)
	if w.Record == nil || len(w.Problems) > 0 {
		return
	}
	out.waiver = &crossRefs{id: id, pos: w.Record.Pos, vendor: w.Vendor, waiver: w}
	if out.Changed {
		l.selfApproval(out, rules.WaiverInvalid, w.Vendor.Value, w.Record.Get("approved_by").Records, nil)
	}
	texts := []rules.Statement{{Path: "reason", Value: w.Record.Get("reason")}}
	for i := range w.Record.Get("compensating_controls").Items {
		texts = append(texts, rules.Statement{Path: "compensating_controls", Value: &w.Record.Get("compensating_controls").Items[i]})
	}
	for _, s := range texts {
		l.vague(out, w.Vendor.Value, lowestTier, s)
	}
}

// lowestTier is the tier of what nothing depends on.
const lowestTier = 4

// holds reports what keeps a waiver from holding. The tier is that of its vendor: it decides how long one may run.
func (l *Linter) checkWaiver(out *Linted, tier int) {
	w := out.waiver.waiver
	if l.in.Policy == nil {
		return
	}
	today := l.in.Policy.At(l.in.AsOf)
	for _, p := range gate.WaiverProblems(l.in.Policy, today, tier, w) {
		l.add(out, rules.WaiverInvalid, l.severity(rules.WaiverInvalid, lowestTier), w.Vendor.Value, rules.Defect{Pos: p.Pos, Key: p.Key, Message: "the waiver does not hold: " + p.Message})
	}
	if w.Expires.Value.Lapsed(today.Instant, today.Zone) {
		l.add(out, rules.WaiverInvalid, diag.Note, w.Vendor.Value, rules.Defect{Pos: w.Expires.Pos, Key: "expired", Message: fmt.Sprintf("it expired on %s", w.Expires.Value), Hint: "remove the file"})
	}
}

// transitions are the statuses that may follow a status. Any may be suspended. What was decided may be reviewed again.
func transitions(from string) []string {
	next := map[string][]string{
		"proposed":    {"in-review", "denied"},
		"in-review":   {"pilot", "approved", "conditional", "denied"},
		"pilot":       {"in-review", "approved", "conditional", "denied"},
		"approved":    {"conditional", "deprecated"},
		"conditional": {"approved", "deprecated"},
		"deprecated":  {"retired"},
		"suspended":   {"in-review"},
		"denied":      {"in-review"},
		"retired":     {"in-review"},
	}[from]
	if from != "suspended" {
		next = append(next, "suspended")
	}
	return next
}

// change looks at what a change does to a record. One that was not there, or could not be read, decides nothing.
func (l *Linter) change(out *Linted, was, is *registry.Vendor) {
	if was.Record == nil || len(was.Problems) > 0 {
		l.selfApproval(out, rules.ApprovalInvalid, is.ID, is.Record.Get("approval.approved_by").Records, nil)
		return
	}
	before, after := was.Record.Get("status"), is.Record.Get("status")
	since := is.Record.Get("status_since")
	switch {
	case !before.Known() || before.Text == after.Text || after.State == attr.Invalid:
	case !after.Known():
		l.add(out, rules.RecordContradicts, diag.Error, is.ID, rules.Defect{Pos: after.Pos, Key: "status", Message: fmt.Sprintf("the status %s is removed", before.Text), Hint: "a decision ends with another one: " + strings.Join(transitions(before.Text), ", ")})
	case !slices.Contains(transitions(before.Text), after.Text):
		l.add(out, rules.RecordContradicts, diag.Error, is.ID, rules.Defect{Pos: after.Pos, Key: "status", Message: fmt.Sprintf("the status goes from %s to %s, which is no step of its life", before.Text, after.Text), Hint: fmt.Sprintf("from %s it goes to %s", before.Text, strings.Join(transitions(before.Text), ", "))})
	case !since.Known() || since.Text == was.Record.Get("status_since").Text:
		l.add(out, rules.RecordContradicts, diag.Error, is.ID, rules.Defect{Pos: since.Pos, Key: "status_since", Message: fmt.Sprintf("the status goes from %s to %s, and status_since does not say when", before.Text, after.Text), Hint: "write the day of the decision"})
	}
	l.selfApproval(out, rules.ApprovalInvalid, is.ID, is.Record.Get("approval.approved_by").Records, approversBefore(was.Record, is.Record))
}

// approval lists who had approved before, if the approval itself is the same; nil if it is another one.
func approversBefore(was, is *attr.Record) []*attr.Record {
	for _, path := range []string{"status", "approval.approved_on", "approval.expires", "risk.tier"} {
		if was.Get(path).Text != is.Get(path).Text {
			return nil
		}
	}
	return was.Get("approval.approved_by").Records
}

// author reports an approver who proposes the approval themselves. Who had approved the same before may edit the record.
func (l *Linter) selfApproval(out *Linted, rule, vendor string, approvers, before []*attr.Record) {
	is := func(a *attr.Record) bool {
		return l.in.Author != "" && strings.EqualFold(a.Get("user").Text, l.in.Author)
	}
	if slices.ContainsFunc(before, is) {
		return
	}
	for _, a := range approvers {
		if is(a) {
			l.add(out, rule, diag.Error, vendor, rules.Defect{Pos: a.Get("user").Pos, Key: "author", Message: a.Get("user").Text + " approves a change that they propose themselves", Hint: "let somebody else propose it, or approve it"})
		}
	}
}
