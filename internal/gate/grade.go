package gate

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// rule adds a fault of a structural rule.
func (e *evaluation) rule(u *subject.Subject, id string, f subject.Fault) {
	i := slices.IndexFunc(e.asked, func(r rules.Rule) bool { return r.ID == id })
	waivable := e.asked[i].Waivable && !f.Firm && (id != rules.StatusForbids || subject.WaivableStatus(f.Key))
	levels := e.in.Policy.Rule(id)
	if f.Everywhere { // a suspended, denied or retired vendor is always an error
		levels = policy.RuleLevels{Levels: policy.EveryTier(diag.Error)}
	}
	if levels.Pos.File != "" && levels.Levels != e.asked[i].Levels {
		f.Related = append(f.Related, diag.Related{Pos: levels.Pos, Message: "the policy sets this severity"})
	}
	e.add(u, id, levels.Levels, waivable, f)
}

// add adds every finding about a use. It sets the severity from the tier, the limit of the fault, and the grace period.
func (e *evaluation) add(u *subject.Subject, id string, levels policy.Levels, waivable bool, f subject.Fault) {
	severity := max(cmp.Or(levels[f.Tier], levels[u.Tier]), f.MinSeverity)
	if f.MaxSeverity != diag.Off {
		severity = min(severity, f.MaxSeverity)
	}
	if f.Lapsed && !u.Introduced && severity == diag.Error {
		grace := u.Policy.Params.Period("grace", u.Tier)
		if own := u.Policy.Params.Period(f.Grace, u.Tier); own.Value.Compare(grace.Value) > 0 {
			grace = own
		}
		if last := f.Day.Date.Plus(grace.Value); !grace.Value.IsZero() && !u.LastDay(last, "").Past {
			severity = diag.Warning
			f.Hint += fmt.Sprintf(" It fails the check after %s.", last)
			f.Related = append(f.Related, diag.Related{Pos: grace.Pos, Message: "the policy's grace period for unchanged uses"})
		}
	}
	if severity == diag.Off {
		return
	}
	f = rules.Redact(u, id, f)
	owner := rules.Responsible(u, id)
	switch {
	case f.Team:
		owner = u.Owner.Value
	case f.Keeper:
		owner = u.Policy.Owner()
	}
	finding := diag.Finding{
		Rule: id, Severity: severity, Vendor: u.ID.Value, Use: u.Label.Value, Pos: f.Pos, Related: f.Related, Message: f.Message, Hint: f.Hint,
		Owner: owner, Request: f.Request, Paste: f.Paste, Manifest: f.Manifest,
		Introduced: u.Introduced, Everywhere: f.Everywhere, Key: u.Manifest.Path + "\x00" + f.Key + usageKey(u),
		Notable: id == rules.UnknownHost && u.Introduced && severity >= diag.Warning,
	}
	e.findings = append(e.findings, gradedFinding{
		Finding: finding, waivable: waivable, offers: waivable && !f.Soon() && (severity >= diag.Warning || f.Lapsed), private: f.Private, urgent: f.Urgent,
		soon: !f.Lapsed && f.Day.Near && f.MaxSeverity == diag.Warning, lapsed: f.Lapsed, ofSeveral: sharesPlace(u, f.Pos),
	})
}

// manifestFindings returns the problems of a manifest as findings. They count in every scope, because an invalid manifest is not
// judged.
func manifestFindings(m *manifest.Manifest) []gradedFinding {
	var out []gradedFinding
	for _, p := range m.Problems {
		rule := rules.ManifestInvalid
		if p.Secret {
			rule = rules.ManifestSecret
		}
		out = append(out, manifestFinding(rule, m, p))
	}
	return out
}

func manifestFinding(rule string, m *manifest.Manifest, p diag.Problem) gradedFinding {
	return gradedFinding{Finding: diag.Finding{
		Rule: rule, Severity: diag.Error, Pos: p.Pos, Message: p.Message, Hint: p.Hint,
		Introduced: true, Everywhere: true, Key: m.Path + "\x00" + MessageKey(p.Message),
	}}
}

// ManifestProblems returns the findings about the manifests alone, for a run without a policy.
func ManifestProblems(manifests []manifest.Manifest) []diag.Finding {
	e := &evaluation{}
	for i := range manifests {
		e.findings = append(e.findings, manifestFindings(&manifests[i])...)
	}
	return e.order()
}

// Misplaced returns the problems of a search for manifests as findings (VG-MAN-003).
func Misplaced(problems []diag.Problem) []diag.Finding {
	var out finished
	for _, p := range problems {
		m := manifest.Manifest{Path: p.Pos.File}
		out.add(manifestFinding(rules.ManifestMisplaced, &m, p).Finding)
	}
	return out.findings
}

// Unreadable returns the problems of a registry or policy file as findings (VG-REG-007).
func Unreadable(vendor, file string, problems []diag.Problem) []diag.Finding {
	var out finished
	for _, p := range problems {
		asks := "Tell the maintainers of the registry. "
		if p.Newer {
			asks = ""
		}
		out.add(diag.Finding{
			Rule: rules.Unreadable, Severity: diag.Error, Vendor: vendor, Pos: p.Pos, Introduced: false, Everywhere: true,
			Message: path.Base(file) + " could not be understood, so there is no verdict: " + p.Message,
			Hint:    subject.Sentence(p.Hint) + asks + "No code change is needed.",
			Key:     path.Base(file) + "\x00" + MessageKey(p.Message),
		})
	}
	return out.findings
}

// broken reports an invalid record or waiver. use is where a vendor is declared or called; the zero value if that does not matter.
func (e *evaluation) broken(vendor, file string, problems []diag.Problem, use diag.Related, private bool) {
	private = private || e.in.Policy.Confidential.Value
	if !slices.ContainsFunc(e.gaps, func(g diag.Gap) bool { return g.Target == file }) {
		gap := diag.Gap{Target: file, Reason: fmt.Sprintf("it has %d problems", len(problems))}
		if len(problems) == 1 || private {
			gap.Reason = "it has a problem"
		}
		e.gaps = append(e.gaps, gap)
	}
	if private {
		problems = subject.WithheldProblems(problems)
	}
	e.brokenWaivers[strings.TrimSuffix(path.Base(file), ".yaml")] = true
	for _, f := range Unreadable(vendor, file, problems) {
		if use.Pos.File != "" {
			f.Related = append(f.Related, use)
		}
		e.findings = append(e.findings, gradedFinding{Finding: f})
	}
}

// unreadable reports a file that could not be read.
func (e *evaluation) unreadable(vendor string, gap diag.Gap, pos diag.Pos) {
	e.gaps = append(e.gaps, gap)
	for _, f := range Unreadable(vendor, gap.Target, []diag.Problem{{Pos: pos, Message: gap.Reason}}) {
		e.findings = append(e.findings, gradedFinding{Finding: f})
	}
}

func (e *evaluation) order() []diag.Finding {
	findings := make([]diag.Finding, len(e.findings))
	for i := range e.findings {
		findings[i] = e.findings[i].Finding
	}
	return Order(findings)
}
