// Package gate judges a repository: it runs the rules on every use, sets severities, applies waivers and decides which findings
// fail the check. It reads no files and has no clock: everything that a verdict depends on is in Input.
package gate

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Evaluate runs every rule on every use, applies the waivers and orders the findings.
func Evaluate(in Input) Result {
	e := newEvaluation(in)
	var all []*subject.Subject
	for i := range in.Manifests {
		m := &in.Manifests[i]
		e.manifest(m)
		for _, declared := range m.Uses {
			if u := e.use(m, declared); u != nil {
				all = append(all, u)
			}
		}
	}
	var claimed []subject.Claim
	known := map[string]bool{}
	for _, u := range all {
		if !known[u.Vendor.ID] {
			known[u.Vendor.ID] = true
			claimed = append(claimed, subject.Claims(u.Vendor)...)
		}
	}
	shared := subject.Overlaps(claimed, func(id string) int { return introducedAmong(all, id) })
	for _, u := range all {
		u.Overlaps = shared[u.Vendor.ID]
		e.judge(u)
		e.outcomes(u)
	}
	e.uses = all
	e.undeclared()
	e.noTrace()
	e.applyWaivers()
	e.foldRepeats()
	e.offerWaivers()
	e.hideReasons()
	return e.conceal(e.result())
}

// introducedAmong returns 1 if one of the uses is a new or changed use of a vendor, and 0 otherwise.
func introducedAmong(uses []*subject.Subject, id string) int {
	if slices.ContainsFunc(uses, func(u *subject.Subject) bool { return u.ID.Value == id && u.Introduced }) {
		return 1
	}
	return 0
}

// manifest reports problems of the manifest itself. What the base had, too, is not new. What is left to answer counts in the scope of its
// use, and the other problems in every scope.
func (e *evaluation) manifest(m *manifest.Manifest) {
	had := map[string]bool{}
	if before, ok := e.in.Base[m.Path]; ok {
		for _, p := range append(slices.Clone(before.Problems), before.Unanswered(e.lists)...) {
			had[MessageKey(p.Message)] = true
		}
	}
	for _, f := range manifestFindings(m) {
		f.Introduced = !e.in.NoChange && !had[MessageKey(f.Message)]
		e.findings = append(e.findings, f)
	}
	for _, p := range m.Unanswered(e.lists) {
		f := manifestFinding(rules.ManifestInvalid, m, p)
		f.Introduced = !e.in.NoChange && !had[MessageKey(p.Message)]
		f.Everywhere = f.Introduced
		e.findings = append(e.findings, f)
	}
	for _, declared := range m.Uses {
		for i := range declared.Get("regions").Items {
			region := declared.Get("regions").Items[i].At()
			if problem, unknown := e.in.Policy.UnknownRegion(region); unknown {
				e.addUnknown(m, declared, problem, "region:"+region.Value)
			}
		}
		for _, class := range declared.Data {
			if _, ok := e.in.Policy.ClassTier(class.Value); ok {
				continue
			}
			hint := "use one of " + subject.List(e.in.Policy.Classes())
			if near := diag.Nearest(class.Value, e.in.Policy.Classes()); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			e.addUnknown(m, declared, diag.Problem{Pos: class.Pos, Message: fmt.Sprintf("unknown data class %q", class.Value), Hint: hint}, "class:"+class.Value)
		}
	}
}

// lists reports whether the record of a vendor lists a word at a path.
func (e *evaluation) lists(vendor, path, word string) bool {
	v, err := e.in.Registry.Vendor(vendor)
	return err == nil && v != nil && v.Record != nil && v.Record.Get(path).Has(word)
}

// addUnknown reports a word of a manifest that the policy does not define.
func (e *evaluation) addUnknown(m *manifest.Manifest, declared manifest.Use, problem diag.Problem, key string) {
	f := manifestFinding(rules.ManifestInvalid, m, problem)
	f.Vendor, f.Key = declared.ID.Value, m.Path+"\x00"+key
	e.findings = append(e.findings, f)
}

func (e *evaluation) result() Result {
	r := Result{Uses: e.judgedUses(), Findings: e.order(), Gaps: e.gaps, Unvetted: len(e.unvetted), Notices: e.notices, Questions: e.questions}
	lapsed := map[string]bool{}
	for _, u := range e.uses {
		if rules.Overdue(u) {
			lapsed[u.ID.Value] = true
		}
	}
	r.Lapsed = len(lapsed)
	for _, row := range e.rows {
		r.Vendors = append(r.Vendors, *row)
	}
	slices.SortFunc(r.Vendors, func(a, b diag.Vendor) int { return cmp.Compare(a.ID, b.ID) })
	return r
}
