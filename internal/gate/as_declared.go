package gate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// undeclaredVendor is a vendor that code uses without a manifest that declares it for that code.
type undeclaredVendor struct {
	*detect.Vendor
	use      *subject.Subject
	dropped  *entryBefore     // the entry of the base that covered the code and is gone; nil if there is none
	declared *subject.Subject // the same use as if it were declared; nil if the vendor is not reviewed, or its record cannot be judged
	findings []gradedFinding  // about that, without those that a waiver of their rules covers
	all      []gradedFinding  // about that
	waiver   bool             // a waiver names VG-REG-002 for the vendor
}

func (e *evaluation) undeclaredVendor(v *detect.Vendor) *undeclaredVendor {
	where := e.newFolders(Question{Vendor: v.ID}, append([]string{v.Sightings[0].File}, v.Files...))
	v = e.shownFirst(v, func(s detect.Sighting) bool { return where[e.manifestFor(s.File).Path] })
	best := v.Sightings[0]
	pos := diag.Pos{File: e.in.CodeScan.Name(best.File), Line: best.Line, Col: best.Col}
	out := &undeclaredVendor{Vendor: v, use: e.undeclaredUse(v.ID, pos, best.File, slices.Contains(slices.Collect(maps.Values(where)), true))}
	out.dropped = e.dropped(v, where)
	if out.use.Vendor == nil || !out.use.Vendor.Reviewed() {
		return out
	}
	classes, environments := e.declaredBefore(v.ID)
	if out.declared = HypotheticalUse(e.in.Policy, e.in.Registry, v.ID, e.in.AsOf, classes, environments); out.declared == nil {
		return out
	}
	out.declared.ID.Pos, out.declared.Owner.Value, out.declared.Secrets = pos, "", e.credentials(v.ID, nil)
	out.declared.Manifest, out.declared.Repository = out.use.Manifest, e.in.Repository
	out.declared.Introduced = out.use.Introduced && out.dropped == nil // the entry that was there is no new one
	out.use.Tier = out.declared.Tier
	return out
}

// dropped returns the first entry of the base that covered code which shows a vendor newly, if entries covered all of it.
func (e *evaluation) dropped(v *detect.Vendor, isNew map[string]bool) *entryBefore {
	var first *entryBefore
	for _, file := range append([]string{v.Sightings[0].File}, v.Files...) {
		if !isNew[e.manifestFor(file).Path] {
			continue
		}
		entries := e.entriesBefore(v.ID)
		i := slices.IndexFunc(entries, func(b entryBefore) bool { return b.covers(file) })
		if i < 0 {
			return nil
		}
		if first == nil {
			first = &entries[i]
		}
	}
	return first
}

// shownFirst returns a vendor with the sightings first that are about what is new, if there are any: those in the files of the change, and
// then others in their folders.
func (e *evaluation) shownFirst(v *detect.Vendor, isNew func(detect.Sighting) bool) *detect.Vendor {
	rank := func(s detect.Sighting) int {
		switch changed := e.in.CodeScan.Changed; {
		case s.Confidence < detect.Likely || !isNew(s):
			return 2
		case changed == nil || changed(s.File):
			return 0
		}
		return 1
	}
	out := *v
	out.Sightings = slices.SortedStableFunc(slices.Values(v.Sightings), func(a, b detect.Sighting) int { return cmp.Compare(rank(a), rank(b)) })
	return &out
}

// declaredBefore returns the data classes and environments that the base declared for a vendor, in all of its entries, so that removing
// an entry never helps. Without one, the use is in production, without data.
func (e *evaluation) declaredBefore(id string) (classes, environments []string) {
	add := func(list []string, more []diag.At[string]) []string {
		for _, m := range more {
			if !slices.Contains(list, m.Value) {
				list = append(list, m.Value)
			}
		}
		return list
	}
	for _, b := range e.entriesBefore(id) {
		classes, environments = add(classes, b.use.Data), add(environments, b.use.Environments)
	}
	if environments == nil {
		environments = []string{"prod"}
	}
	return classes, environments
}

// judgeAsDeclared runs the rules on the uses as if a manifest declared them: in production, without data.
func (e *evaluation) judgeAsDeclared(found []*undeclaredVendor) {
	var claimed []subject.Claim
	known := map[string]bool{}
	claim := func(u *subject.Subject) {
		if !known[u.Vendor.ID] {
			known[u.Vendor.ID] = true
			claimed = append(claimed, subject.Claims(u.Vendor)...)
		}
	}
	for _, v := range found {
		if v.declared != nil {
			claim(v.declared)
		}
	}
	if len(found) == 0 {
		return
	}
	var ids []string
	for _, v := range found {
		ids = append(ids, v.ID)
	}
	for _, u := range e.uses {
		claim(u)
	}
	waivers, _ := e.in.Registry.Waivers(ids, nil)             // applyWaivers reports those that cannot be read
	shared := subject.Overlaps(claimed, func(id string) int { // those of declared uses alone have been judged
		i := slices.IndexFunc(found, func(v *undeclaredVendor) bool { return v.ID == id })
		switch {
		case i < 0:
			return 0
		case found[i].use.Introduced:
			return 2
		}
		return 1
	})
	for _, v := range found {
		v.waiver = slices.ContainsFunc(waivers, func(w *registry.Waiver) bool {
			return w.Vendor.Value == v.ID && w.AppliesToUse("") && w.AppliesTo(e.in.Repository) && w.Covers(rules.Undeclared)
		})
		if v.declared == nil {
			e.undeclaredUses = append(e.undeclaredUses, v.use)
			continue
		}
		v.declared.Overlaps = shared[v.ID]
		apart := newEvaluation(e.in)
		apart.judge(v.declared)
		v.all = apart.findings
		v.findings = slices.DeleteFunc(slices.Clone(v.all), func(f gradedFinding) bool {
			return f.waivable && !rules.ForbiddenByStatus(v.declared) && slices.ContainsFunc(waivers, func(w *registry.Waiver) bool { return e.waives(w, v.declared, f.Rule) })
		})
		e.undeclaredUses = append(e.undeclaredUses, v.declared)
	}
}

// waives reports whether a waiver is valid and covers a rule for a use.
func (e *evaluation) waives(w *registry.Waiver, u *subject.Subject, rule string) bool {
	return len(w.Problems) == 0 && w.Vendor.Value == u.ID.Value && w.AppliesToUse(u.Label.Value) && w.AppliesTo(e.in.Repository) && w.Covers(rule) &&
		!subject.WaiverEnd(u, w).Past && len(rules.WaiverDefects(u, w)) == 0
}

// worst returns the first of the most severe findings, and how many others there are as the end of a sentence.
func (v *undeclaredVendor) worst() (worst diag.Finding, more string) {
	n := 0
	for i := range v.findings {
		switch f := v.findings[i].Finding; {
		case f.Severity > worst.Severity:
			worst, n = f, 0
		case f.Severity == worst.Severity:
			n++
		}
	}
	if n > 0 {
		more = fmt.Sprintf(" (and %d more)", n)
	}
	return worst, more
}
