package lint

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// judged returns what a check finds about the widest use of a record. It leaves out what lint reports of every record, whatever its status
// is, and a status that permits no use: that is a decision and no fault.
func judged(u *subject.Subject) []gate.RecordFinding {
	if rules.ForbiddenByStatus(u) {
		return nil
	}
	var out []gate.RecordFinding
	for _, r := range gate.JudgeRecord(u) {
		if !slices.Contains([]string{rules.RecordContradicts, rules.VagueClaims, rules.ApprovalInvalid}, r.ID) {
			out = append(out, slices.DeleteFunc(r.Findings, func(f gate.RecordFinding) bool { return f.Planned })...)
		}
	}
	return out
}

// elsewhere returns the severity of what a check finds about a record. In one that the change leaves as it was, nothing is more than a
// warning.
func (l *Linter) elsewhere(f *Linted, severity diag.Severity) diag.Severity {
	if !f.Changed && !l.in.All {
		return min(severity, diag.Warning)
	}
	return severity
}

// addJudged adds what a check finds about a record, with the waivers of its vendor.
func (c *crossFileCheck) addJudged(f *Linted, waivers []*registry.Waiver) {
	for _, found := range f.record.judged {
		if f.mistaken(found.Finding) {
			continue
		}
		found.Severity, found.Introduced, found.Key = c.elsewhere(f, found.Severity), f.Changed, f.Name+"\x00"+found.Key
		if w := gate.Covering(f.record.use, found, waivers); w != nil {
			found.Waiver, found.WaivedUntil = w.ID, w.Expires.Value.String()
			found.Related = append(found.Related, diag.Related{Pos: w.Record.Pos, Message: "the waiver"})
		}
		f.found = append(f.found, found.Finding)
	}
}

// mistaken reports whether a finding rests on a value that cannot be meant, which is an error of its own. One mistake is one finding.
func (f *Linted) mistaken(judged diag.Finding) bool {
	at := append([]diag.Related{{Pos: judged.Pos}}, judged.Related...)
	return slices.ContainsFunc(f.found, func(c diag.Finding) bool {
		wrong := append([]diag.Related{{Pos: c.Pos}}, c.Related...)
		return c.Rule == rules.RecordContradicts && c.Severity >= judged.Severity && f.record.use.Mistaken(c.Pos) &&
			slices.ContainsFunc(at, func(r diag.Related) bool {
				return slices.ContainsFunc(wrong, func(w diag.Related) bool { return w.Pos == r.Pos })
			})
	})
}
