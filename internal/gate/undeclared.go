package gate

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// undeclared reports vendors that code uses without a manifest that declares them for it (VG-REG-002, VG-APR-001), unknown hosts
// (VG-REG-008) and ignore entries without effect (VG-MAN-004).
func (e *evaluation) undeclared() {
	scan := e.in.CodeScan
	if scan == nil {
		return
	}
	var found []*undeclaredVendor
	for i := range scan.Undeclared {
		if v := &scan.Undeclared[i]; v.Confidence >= detect.Likely {
			found = append(found, e.undeclaredVendor(v))
		}
	}
	e.judgeAsDeclared(found)
	for _, v := range found {
		e.reportUndeclared(v)
	}
	e.unknownHosts()
	for _, entry := range scan.Ignores {
		e.ignoreEntry(entry)
	}
}

// reportUndeclared reports one vendor. It is judged at least as strictly as the same use in a manifest: a status that forbids the
// use is reported as such, and other findings raise the severity of VG-REG-002. A waiver of VG-REG-002 covers the missing entry alone:
// where there is one, the other findings are reported under their own rules, whose waivers may cover them.
func (e *evaluation) reportUndeclared(v *undeclaredVendor) {
	best := v.Sightings[0]
	if e.unreadRecord(v.ID, diag.Related{Pos: v.use.ID.Pos, Message: fmt.Sprintf("the code uses it: %s %q, %s", best.Kind, best.Text, v.Confidence)}) {
		unknown(e.row(v.use))
		return
	}
	if e.rows[v.ID] == nil { // no manifest declares it anywhere
		e.undeclaredRow(v)
	}
	tier, set := v.use.Tier, e.in.Policy.Rule(rules.Undeclared)
	switch {
	case v.declared != nil && rules.ForbiddenByStatus(v.declared):
		e.forbiddenUndeclared(v)
		return
	case set.Levels[tier] == diag.Off:
		return
	}
	f, rest := e.undeclaredFault(v)
	f.Private, f.Urgent = f.Message, f.Hint+rest
	rule, _ := rules.ByID(rules.Undeclared)
	levels, waivable := set.Levels, rule.Waivable && v.waiver
	worst, more := v.worst()
	switch {
	case v.waiver && v.declared == nil:
		e.rule(v.use, rules.Unregistered, e.notRegistered(v.use))
	case v.waiver:
		for i := range v.all {
			e.reportAsDeclared(v, v.all[i])
		}
	case v.declared == nil:
		unknown := e.notRegistered(v.use)
		f.Hint += " The vendor is not approved yet. " + unknown.Hint
		f.Request, f.Urgent = unknown.Request, f.Hint+rest
		levels[tier] = max(levels[tier], e.in.Policy.Rule(rules.Unregistered).Levels[tier])
	case worst.Severity == diag.Error:
		e.addWorst(v, &f, "would fail", worst, more)
		levels[tier] = diag.Error
	case worst.Severity > levels[tier]:
		e.addWorst(v, &f, "would report", worst, more)
		levels[tier] = worst.Severity
	}
	f.Hint += rest
	if set.Pos.File != "" && set.Levels != rule.Levels && levels == set.Levels {
		f.Related = append(f.Related, diag.Related{Pos: set.Pos, Message: "the policy sets this severity"})
	}
	before := len(e.findings)
	e.add(v.use, rules.Undeclared, levels, waivable, f)
	for i := range e.findings[before:] { // a waiver lets the rules judge the use, which they cannot without a decision
		e.findings[before+i].offers = rule.Waivable && v.declared != nil && e.findings[before+i].Severity == diag.Error
	}
}

// addWorst adds what would be wrong with the use if it were declared. Where the vendor must not be used at all, or not in this way, that
// comes first: an entry does not help.
func (e *evaluation) addWorst(v *undeclaredVendor, f *subject.Fault, would string, worst diag.Finding, more string) {
	status, entry := "", strings.ToLower(f.Hint[:1])+f.Hint[1:]
	if worst.Rule == rules.StatusForbids {
		status = v.declared.Attr("status").Text
	}
	if v.dropped != nil {
		f.Message += "; with that entry, the check reports: " + worst.Message + more
	} else {
		f.Message += "; even if it were declared, the check " + would + ": " + worst.Message + more
	}
	switch {
	case (status == "deprecated" || status == "pilot") && v.dropped != nil:
		f.Hint = worst.Hint + " Until then, " + entry
	case status == "deprecated":
		f.Hint = worst.Hint
		if !e.in.Policy.Confidential.Value { // which hides all hints but the one to declare it
			f.Paste = ""
		}
	case status == "pilot":
		f.Hint = worst.Hint + " Then " + entry
	default:
		f.Hint += " " + worst.Hint
	}
}

// undeclaredRow fills the row of a vendor.
func (e *evaluation) undeclaredRow(v *undeclaredVendor) {
	row := e.row(v.use)
	row.Tier, row.Status = 0, undeclaredStatus
	if v.use.Vendor != nil {
		row.Name = v.use.Vendor.Name()
	}
	if v.declared != nil {
		row.Tier = v.use.Tier
		row.Status += ", " + v.use.Vendor.Record.Get("status").Text
		row.Expires = v.use.Vendor.Record.Get("approval.expires").Text
		return
	}
	e.unvetted[v.ID] = true
}

// forbiddenUndeclared reports a vendor whose status forbids every use (VG-APR-001). A waiver covers declared uses only, so who needs one
// declares the use first.
func (e *evaluation) forbiddenUndeclared(v *undeclaredVendor) {
	mayWaive := subject.WaivableStatus(v.declared.Attr("status").Text)
	for _, f := range v.findings {
		f.waivable, f.offers = false, false
		switch {
		case v.dropped != nil && !f.Everywhere:
			f.Hint += " Until then, r" + e.restore(v.dropped)[1:]
			if mayWaive {
				f.Hint += subject.WaiverHint(e.in.Policy)
			}
		case mayWaive:
			paste, declare := e.declaration(v.use.Manifest, DraftEntry(v.ID, v.use.Vendor, v.Vendor, e.in.CodeScan.UnknownHosts))
			f.Paste = paste
			f.Hint += strings.Replace(subject.WaiverHint(e.in.Policy), "ask", declare+", and ask", 1)
		}
		e.reportAsDeclared(v, f)
	}
}

// reportAsDeclared reports a finding that the use would have if it were declared.
func (e *evaluation) reportAsDeclared(v *undeclaredVendor, f gradedFinding) {
	best, where := v.Sightings[0], "no manifest declares it"
	switch {
	case v.dropped != nil:
		where = e.removes(v.dropped)
	case e.declaredIn(v.ID) != "":
		where = "no manifest above that code declares it"
	}
	f.Message += fmt.Sprintf("; the code uses it, and %s (%s %q, %s)", where, best.Kind, best.Text, v.Confidence)
	f.Related = append(slices.Clone(f.Related), e.otherPlaces(v)...)
	f.Manifest, f.Introduced = v.use.Manifest.File, v.use.Introduced
	e.findings = append(e.findings, f)
}

// removes says what the change did to the entry that declared a vendor.
func (e *evaluation) removes(entry *entryBefore) string {
	if e.hasPath(entry.manifest) {
		return "the change removes the entry that declares it"
	}
	return "the change removes the manifest that declares it"
}

// restore is the hint for an entry that the change removes, alone or with its manifest.
func (e *evaluation) restore(entry *entryBefore) string {
	at := entry.use.ID.Pos
	if e.hasPath(entry.manifest) {
		return fmt.Sprintf("Restore the entry, which was in %s:%d.", at.File, at.Line)
	}
	return fmt.Sprintf("Restore %s as it was; its entry for the vendor was in %s:%d.", e.in.CodeScan.Name(entry.manifest), at.File, at.Line)
}

// undeclaredFault says that the code uses a vendor, and what to add to the manifest. rest ends the hint.
func (e *evaluation) undeclaredFault(v *undeclaredVendor) (f subject.Fault, rest string) {
	best, m := v.Sightings[0], v.use.Manifest
	name := fmt.Sprintf("%q", v.ID)
	if v.use.Vendor != nil {
		name += v.use.NameSuffix()
	}
	where := path.Base(m.File) + " does not declare it"
	if !e.has(m) {
		where = "no manifest declares it for this code"
	}
	f = subject.Fault{Pos: v.use.ID.Pos, Key: "undeclared", Related: e.otherPlaces(v), Manifest: m.File}
	if v.dropped != nil {
		where, f.Hint = e.removes(v.dropped), e.restore(v.dropped)
	} else {
		f.Paste, f.Hint = e.entryFor(v)
	}
	f.Message = fmt.Sprintf("the code uses %s, but %s (%s %q, %s)", name, where, best.Kind, best.Text, v.Confidence)
	if others := e.declaredIn(v.ID); others != "" {
		rest += " " + others
	}
	if !e.in.Policy.Ignore.NoVendors.Value {
		rest += " If the code does not use the vendor, add it to ignore with a reason and a last day."
	}
	return f, rest
}

// entryFor returns an entry to paste, and what to do with it.
func (e *evaluation) entryFor(v *undeclaredVendor) (paste, hint string) {
	draft, usable := DraftEntry(v.ID, v.use.Vendor, v.Vendor, e.in.CodeScan.UnknownHosts), true
	if v.declared != nil {
		draft.Choice.Data, usable = UsableData(e.in, v.ID, v.use.Introduced, draft)
	}
	paste, declare := e.declaration(v.use.Manifest, draft)
	hint = strings.TrimSuffix(subject.Sentence(declare), " ")
	if !usable {
		hint += fmt.Sprintf(" With data that the record allows, the entry fails the check until %s has completed the record.", e.in.Policy.Owner())
	}
	return paste, hint
}

// otherPlaces are the places of a vendor after the first.
func (e *evaluation) otherPlaces(v *undeclaredVendor) []diag.Related {
	var out []diag.Related
	for _, sighting := range v.Sightings[1:] {
		out = append(out, diag.Related{
			Pos:     diag.Pos{File: e.in.CodeScan.Name(sighting.File), Line: sighting.Line, Col: sighting.Col},
			Message: fmt.Sprintf("%s %q", sighting.Kind, sighting.Text),
		})
	}
	return out
}

// manifestFor returns the innermost manifest that covers a file. If none does, it returns the manifest at the root that could.
func (e *evaluation) manifestFor(file string) *manifest.Manifest {
	if m := manifest.Innermost(e.in.Manifests, file); m != nil {
		return m
	}
	return &manifest.Manifest{Path: "vendors.yaml", File: e.in.CodeScan.Name("vendors.yaml")}
}

// declaration returns what to paste to declare a vendor in a manifest, and what to do with it. A manifest that does not exist is pasted
// whole.
func (e *evaluation) declaration(m *manifest.Manifest, entry manifest.Draft) (paste, declare string) {
	if e.has(m) {
		lines, where := entry.Under(m)
		return lines, fmt.Sprintf("add the entry below to %s%s and fill it in", m.File, where)
	}
	return string(entry.File("")), fmt.Sprintf(byInit+"create %s with the content below, and fill it in", m.File)
}

// byInit begins what to do where there is no manifest.
const byInit = "run `vendorgate init`, or "

// has reports whether a manifest exists.
func (e *evaluation) has(m *manifest.Manifest) bool { return e.hasPath(m.Path) }

func (e *evaluation) hasPath(path string) bool {
	return slices.ContainsFunc(e.in.Manifests, func(m manifest.Manifest) bool { return m.Path == path })
}

// declaredIn says which manifests declare a vendor, for other folders. It is empty if none does.
func (e *evaluation) declaredIn(id string) string {
	var files []string
	for i := range e.in.Manifests {
		if m := &e.in.Manifests[i]; slices.ContainsFunc(m.Uses, func(u manifest.Use) bool { return u.ID.Value == id }) {
			files = append(files, m.File)
		}
	}
	if len(files) == 0 {
		return ""
	}
	return fmt.Sprintf("The entry in %s does not apply here, because a manifest covers its own folder and those below it.", subject.List(files))
}
