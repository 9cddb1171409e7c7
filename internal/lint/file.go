package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// vendorFile checks one record.
func (l *Linter) vendorFile(out *Linted, id string, data, was []byte) {
	v := l.in.Files.Vendor(id, data)
	l.problems(out, id, v.Problems)
	out.unread = len(out.found)
	if v.Record == nil {
		return
	}
	status, by := v.Record.Get("status"), v.Record.Get("replaced_by")
	out.record = &crossRefs{id: id, status: status.Text, pos: v.Record.Pos, replacedBy: by.At(), claims: subject.Claims(v)}
	u := l.widest(l.inForce, v)
	out.record.use = u
	for _, other := range v.Record.Get("exit.alternatives").Items {
		out.record.others = append(out.record.others, other.At())
	}
	l.unmatchable(out, id, v.Record)
	l.evidence(out, id, u)
	if l.in.Base != nil && out.Changed {
		l.change(out, l.in.Base.Vendor(id, was), v)
	}
	if l.inForce == nil {
		l.problems(out, id, v.Faults)
		for _, d := range subject.Unmatchable(v.Record) {
			l.add(out, rules.RecordContradicts, diag.Error, id, d)
		}
		return
	}
	for _, d := range u.Contradictions() {
		l.add(out, rules.RecordContradicts, l.elsewhere(out, l.severity(rules.RecordContradicts, u.Tier)), id, d)
	}
	if subject.Vetted(status) {
		for _, d := range u.ApprovalDefects() {
			d.Message = "the approval is not valid: " + d.Message
			l.add(out, rules.ApprovalInvalid, l.elsewhere(out, l.severity(rules.ApprovalInvalid, u.Tier)), id, d)
		}
		if out.Changed && l.edited() {
			before := l.widest(l.in.Policy, v)
			for _, d := range ungranted(u.ApprovalDefects(), before.ApprovalDefects()) {
				d.Message = "the approval is not valid: " + d.Message
				l.add(out, rules.ApprovalInvalid, severityBy(l.in.Policy, rules.ApprovalInvalid, before.Tier), id, d)
			}
		}
	}
	for _, s := range subject.Statements(v.Record) {
		l.vague(out, id, u.Tier, s)
	}
	if v.Reviewed() && len(v.Problems) == 0 {
		out.record.judged = judged(u)
		l.ownerless(out, u)
	}
}

// widest returns the widest use that a record permits under a policy. Without one, or if nobody has reviewed the vendor, it has only what the record
// says.
func (l *Linter) widest(p *policy.Policy, v *registry.Vendor) *subject.Subject {
	if p != nil && v.Reviewed() {
		return gate.WidestUse(p, l.known, p.At(l.in.AsOf), v)
	}
	u := &subject.Subject{Vendor: v, Policy: p, Tier: tierOf(v.Record), ForKeepers: true}
	if p != nil {
		u.Today, u.Classes, u.EnvironmentNames = p.At(l.in.AsOf), v.Record.Get("scope.data_classes").Texts(), v.Record.Get("scope.environments").Texts()
		u.SetTier()
	}
	return u
}

// unreviewed returns a use of a vendor that has no record; nil without a policy.
func (l *Linter) unreviewed(p *policy.Policy) *subject.Subject {
	if p == nil {
		return nil
	}
	return subject.Unreviewed(p, p.At(l.in.AsOf))
}

// tierOf returns the tier of a record; 1 if it is unknown.
func tierOf(r *attr.Record) int {
	if t := r.Get("risk.tier"); t.Known() {
		return t.Int + 1
	}
	return 1
}

func (l *Linter) vague(out *Linted, vendor string, tier int, s subject.Statement) {
	phrase, measure := s.Vague()
	if phrase == "" {
		return
	}
	l.add(out, rules.VagueClaims, l.severity(rules.VagueClaims, tier), vendor, subject.Defect{
		Pos: s.Pos, Key: s.Path, Message: fmt.Sprintf("%s makes a claim that cannot be measured: %q", s.Path, phrase),
		Hint: fmt.Sprintf("write a measurable attribute instead, such as `%s`", measure),
	})
}

// waiverFile checks one waiver.
func (l *Linter) waiverFile(out *Linted, id string, data []byte) {
	w := l.in.Files.Waiver(id, data)
	l.problems(out, w.Vendor.Value, w.Problems)
	if w.Record == nil || len(w.Problems) > 0 {
		return
	}
	l.addAll(out, rules.WaiverInvalid, w.Vendor.Value, subject.RepositoryPatterns("repos", w.Record.Get("repos")))
	out.waiver = &crossRefs{id: id, pos: w.Record.Pos, vendor: w.Vendor, waiver: w}
	if out.Changed {
		l.selfApproval(out, rules.WaiverInvalid, w.Vendor.Value, w.Record.Get("approved_by").Records, nil)
	}
	texts := []subject.Statement{{Path: "reason", Value: w.Record.Get("reason")}}
	for i := range w.Record.Get("compensating_controls").Items {
		texts = append(texts, subject.Statement{Path: "compensating_controls", Value: &w.Record.Get("compensating_controls").Items[i]})
	}
	for _, s := range texts {
		l.vague(out, w.Vendor.Value, lowestTier, s)
	}
}

// lowestTier is the least critical tier.
const lowestTier = 4

// checkWaiver reports why a waiver is not valid for the widest use of its vendor, or why no check applies it to any use.
//
// If another one of the vendor's waivers is valid and covers all that it speaks of, it is only a note.
func (l *Linter) checkWaiver(out *Linted, widest *subject.Subject, waivers []*registry.Waiver) {
	w := out.waiver.waiver
	if l.inForce == nil {
		return
	}
	defects := rules.WaiverDefects(widest, w)
	if out.Changed && l.edited() {
		before := l.unreviewed(l.in.Policy)
		if widest.Reviewed() {
			before = l.widest(l.in.Policy, widest.Vendor)
		}
		for _, d := range ungranted(defects, rules.WaiverDefects(before, w)) {
			d.Message = "the waiver is not valid: " + d.Message
			l.add(out, rules.WaiverInvalid, severityBy(l.in.Policy, rules.WaiverInvalid, lowestTier), w.Vendor.Value, d)
		}
	}
	if len(defects) == 0 {
		defects = rules.VoidWaiver(widest, w)
	}
	severity, replaced := l.severity(rules.WaiverInvalid, lowestTier), gate.Replacing(widest, w, waivers)
	for _, p := range defects {
		d := subject.Defect{Pos: p.Pos, Key: p.Key, Message: "the waiver is not valid: " + p.Message, Hint: p.Hint}
		if replaced != "" {
			severity, d.Message, d.Hint = min(severity, diag.Note), d.Message+", and "+replaced+" covers the same", "remove the file"
		}
		l.add(out, rules.WaiverInvalid, severity, w.Vendor.Value, d)
	}
	if subject.WaiverEnd(widest, w).Past {
		l.add(out, rules.WaiverInvalid, diag.Note, w.Vendor.Value, subject.Defect{Pos: w.Expires.Pos, Key: "expired", Message: fmt.Sprintf("the waiver expired on %s", w.Expires.Value), Hint: "remove the file"})
	}
}

// Transitions lists the statuses that may follow a status.
func Transitions(from string) []string {
	next := map[string][]string{
		"proposed":    {"in-review", "pilot", "approved", "conditional", "denied"}, // a draft may be reviewed and decided in one change
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

// change checks what a change does to a record. If the record was absent or invalid before, only the author is checked.
func (l *Linter) change(out *Linted, was, is *registry.Vendor) {
	approvers := is.Record.Get("approval.approved_by").Records
	if was.Record == nil || len(was.Problems) > 0 {
		if subject.Grants(nil, is.Record) {
			l.selfApproval(out, rules.ApprovalInvalid, is.ID, approvers, nil)
		}
		return
	}
	before, after := was.Record.Get("status"), is.Record.Get("status")
	since := is.Record.Get("status_since")
	switch {
	case !before.Known() || before.Text == after.Text || after.State == attr.Invalid:
	case !after.Known():
		l.add(out, rules.RecordContradicts, diag.Error, is.ID, subject.Defect{Pos: after.Pos, Key: "status", Message: fmt.Sprintf("the status %s is removed", before.Text), Hint: "set the status to one of: " + strings.Join(Transitions(before.Text), ", ")})
	case !slices.Contains(Transitions(before.Text), after.Text):
		l.add(out, rules.RecordContradicts, diag.Error, is.ID, subject.Defect{Pos: after.Pos, Key: "status", Message: fmt.Sprintf("the status cannot change from %s to %s", before.Text, after.Text), Hint: fmt.Sprintf("after %s, use one of: %s", before.Text, strings.Join(Transitions(before.Text), ", "))})
	case !since.Known() || since.Text == was.Record.Get("status_since").Text:
		l.add(out, rules.RecordContradicts, diag.Error, is.ID, subject.Defect{Pos: since.Pos, Key: "status_since", Message: fmt.Sprintf("the status changes from %s to %s, but status_since does not change", before.Text, after.Text), Hint: "set status_since to the date of the decision"})
	}
	switch wider := subject.Widened(l.in.Policy, was.Record, is.Record); {
	case len(wider) > 0:
		l.addAll(out, rules.ApprovalInvalid, is.ID, wider)
	case subject.Grants(was.Record, is.Record):
		l.selfApproval(out, rules.ApprovalInvalid, is.ID, approvers, nil)
	case !subject.Blocked(after.Text):
		l.selfApproval(out, rules.ApprovalInvalid, is.ID, approvers, was.Record.Get("approval.approved_by").Records)
	}
}

// selfApproval reports an approver who is also the author of the change. Approvers of an existing approval may edit the record.
func (l *Linter) selfApproval(out *Linted, rule, vendor string, approvers, before []*attr.Record) {
	is := func(a *attr.Record) bool {
		return scalar.SameLogin(a.Get("user").Text, l.in.Author)
	}
	if slices.ContainsFunc(before, is) {
		return
	}
	for _, a := range approvers {
		if is(a) {
			l.add(out, rule, diag.Error, vendor, subject.Defect{Pos: a.Get("user").Pos, Key: "author", Message: a.Get("user").Text + " approves their own change", Hint: "let someone else propose or approve it"})
		}
	}
}

// addAll adds defects of a file as errors.
func (l *Linter) addAll(out *Linted, rule, vendor string, defects []subject.Defect) {
	for _, d := range defects {
		l.add(out, rule, diag.Error, vendor, d)
	}
}
