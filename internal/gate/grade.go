package gate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// gradedFinding is a finding that a waiver may cover.
type gradedFinding struct {
	diag.Finding
	waivable bool
}

// rule adds a fault of a structural rule.
func (e *evaluation) rule(u *rules.Subject, id string, f rules.Fault) {
	i := slices.IndexFunc(e.asked, func(r rules.Rule) bool { return r.ID == id })
	waivable := e.asked[i].Waivable && (id != rules.StatusForbids || rules.WaivableStatus(f.Key))
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
func (e *evaluation) add(u *rules.Subject, id string, levels policy.Levels, waivable bool, f rules.Fault) {
	severity := levels[u.Tier]
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
	f = u.Redact(id, f)
	e.findings = append(e.findings, gradedFinding{waivable: waivable, Finding: diag.Finding{
		Rule: id, Severity: severity, Vendor: u.ID.Value, Pos: f.Pos, Related: f.Related, Message: f.Message, Hint: f.Hint,
		Owner: u.Responsible(id), Request: f.Request, Paste: f.Paste, Manifest: f.Manifest,
		Introduced: u.Introduced, Everywhere: f.Everywhere, Key: u.Manifest.Path + "\x00" + f.Key,
	}})
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
		out.add(diag.Finding{
			Rule: rules.Unreadable, Severity: diag.Error, Vendor: vendor, Pos: p.Pos, Introduced: false, Everywhere: true,
			Message: path.Base(file) + " could not be understood, so there is no verdict: " + p.Message,
			Hint:    rules.Sentence(p.Hint) + "Tell the maintainers of the registry. No code change is needed.",
			Key:     path.Base(file) + "\x00" + MessageKey(p.Message),
		})
	}
	return out.findings
}

// MessageKey returns a message without digits, as a key that does not change with lines and dates.
func MessageKey(message string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, message)
}

// broken reports an invalid record or waiver. use is where a vendor is declared or called; the zero value if that does not matter.
func (e *evaluation) broken(vendor, file string, problems []diag.Problem, use diag.Related, private bool) {
	if !slices.ContainsFunc(e.gaps, func(g diag.Gap) bool { return g.Target == file }) {
		e.gaps = append(e.gaps, diag.Gap{Target: file, Reason: fmt.Sprintf("it has %d problems", len(problems))})
		if len(problems) == 1 {
			e.gaps[len(e.gaps)-1].Reason = "it has a problem"
		}
	}
	if private || e.in.Policy.Confidential.Value {
		problems = rules.WithheldProblems(problems)
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

// Order sorts findings by position, removes duplicates, and sets their fingerprints. Of findings that a private record makes look
// the same, the most severe one stays.
func Order(findings []diag.Finding) []diag.Finding {
	slices.SortStableFunc(findings, func(a, b diag.Finding) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Message, b.Message), cmp.Compare(b.Severity, a.Severity))
	})
	var out finished
	for i := range findings {
		if i > 0 && same(&findings[i-1], &findings[i]) {
			continue
		}
		out.add(findings[i])
	}
	return out.findings
}

// same reports whether two findings are duplicates.
func same(a, b *diag.Finding) bool {
	return a.Rule == b.Rule && a.Pos == b.Pos && a.Key == b.Key && a.Message == b.Message
}

// finished collects findings and sets their fingerprints.
type finished struct {
	findings []diag.Finding
	seen     map[string]int
}

// add sets the fingerprint, which does not depend on lines or on the day. If a fault occurs more than once, such as an unknown key
// in two entries, the fingerprint includes a counter.
func (o *finished) add(f diag.Finding) {
	if o.seen == nil {
		o.seen = map[string]int{}
	}
	text := f.Rule + "\x00" + f.Vendor + "\x00" + f.Key
	o.seen[text]++
	if n := o.seen[text]; n > 1 {
		text += "\x00" + strconv.Itoa(n)
	}
	sum := sha256.Sum256([]byte(text))
	f.Fingerprint = hex.EncodeToString(sum[:16])
	o.findings = append(o.findings, f)
}

func (e *evaluation) result() Result {
	r := Result{Findings: e.order(), Gaps: e.gaps, Unvetted: len(e.unvetted), Notices: e.notices}
	lapsed := map[string]bool{}
	for _, u := range e.uses {
		if u.Overdue() {
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
