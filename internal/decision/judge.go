package decision

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Lint adds to outcomes what a lint of the registry would find in their records, once all of them are written, and a check would not: it
// compares a record with others. It reads only those that a fault of one of these records can involve.
func (o Office) Lint(outcomes []Outcome) {
	in := lint.Input{Files: o.Files, Base: o.Files, Edits: map[string][]byte{}, Policy: o.Policy, AsOf: o.Today.Instant, Touched: true}
	var ids []string
	for _, out := range outcomes {
		in.Edits[out.Path], ids = out.After, append(ids, out.Vendor.ID)
	}
	if len(ids) == 0 {
		return
	}
	if near, err := subject.Neighbours(o.Known, ids); err == nil { // otherwise all are checked, and what cannot be read is left out
		in.Only = near
	}
	linter := lint.New(in)
	var files []lint.Linted
	for _, name := range linter.Names() {
		files = append(files, linter.File(name))
	}
	found := linter.Conclude(files).Findings
	for i := range outcomes {
		out := &outcomes[i]
		judged := slices.DeleteFunc(out.Findings, func(f diag.Finding) bool { return f.Rule == rules.RecordContradicts }) // a lint finds them, too
		for _, f := range found {
			known := func(other diag.Finding) bool { return other.Rule == f.Rule && other.Pos == f.Pos }
			if f.Vendor == out.Vendor.ID && f.Waiver == "" && f.Severity > diag.Note && f.Rule != rules.ApprovalInvalid && !slices.ContainsFunc(judged, known) {
				judged = append(judged, f)
			}
		}
		out.Findings = gate.Order(judged)
	}
}

// judged adds what a check finds to an outcome, if there is one.
func (o Office) judged(out Outcome, err error) (Outcome, error) {
	if err == nil && out.Use != nil {
		out.Findings = o.judge(out.Use)
	}
	return out, err
}

// judge returns what a check finds about the widest use of a record, less what waivers cover wherever the record permits use.
func (o Office) judge(u *subject.Subject) []diag.Finding {
	waivers, _ := o.Known.Waivers([]string{u.Vendor.ID}, nil) // one that cannot be read covers nothing
	var out []diag.Finding
	for _, r := range gate.JudgeRecord(u) {
		for _, f := range r.Findings {
			if !f.Planned && gate.Covering(u, f, waivers) == nil {
				out = append(out, f.Finding)
			}
		}
	}
	return gate.Order(out)
}
