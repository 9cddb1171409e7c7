// Package gate judges a repository: it runs the rules on every use, sets severities, applies waivers and decides which findings
// fail the check. It reads no files and has no clock: everything that a verdict depends on is in Input.
package gate

import (
	"fmt"
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Input is everything that a verdict depends on.
type Input struct {
	Manifests  []manifest.Manifest
	Base       map[string]manifest.Manifest // manifests before the change, by Manifest.Path; a use that they lack is introduced
	NoChange   bool                         // the run checks no change: every use counts as existing, and Base is ignored
	Registry   *registry.Registry
	Policy     *policy.Policy
	AsOf       time.Time
	Repository string    // owner/name; empty if unknown
	CodeScan   *CodeScan // what a scan found in the source tree; nil without a scan
	RequestURL string    // where to request a vendor if the policy does not say; empty if unknown
}

// Result is the outcome of an evaluation.
type Result struct {
	Findings []diag.Finding
	Vendors  []diag.Vendor // by id, before Threshold.Vendors sets their verdicts
	Unvetted int
	Lapsed   int
	Gaps     []diag.Gap
	Notices  []string
}

// evaluation is one run of Evaluate.
type evaluation struct {
	in             Input
	today          policy.Today
	uses           []*subject.Subject // those whose vendor could be judged
	undeclaredUses []*subject.Subject // likewise, as if they were declared
	findings       []gradedFinding
	gaps           []diag.Gap
	notices        []string
	rows           map[string]*diag.Vendor
	unvetted       map[string]bool
	allIDs         []string
	suggested      int
	asked          []rules.Rule

	brokenWaivers map[string]bool
}

func newEvaluation(in Input) *evaluation {
	return &evaluation{
		in: in, today: in.Policy.At(in.AsOf), rows: map[string]*diag.Vendor{}, unvetted: map[string]bool{}, asked: rules.All(), brokenWaivers: map[string]bool{},
	}
}

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
	shared := subject.Overlaps(claimed)
	for _, u := range all {
		u.Overlaps = shared[u.Vendor.ID]
		e.judge(u)
	}
	e.uses = all
	e.undeclared()
	e.applyWaivers()
	e.hideReasons()
	return e.result()
}

// manifest reports problems of the manifest itself.
func (e *evaluation) manifest(m *manifest.Manifest) {
	e.findings = append(e.findings, manifestFindings(m)...)
	for _, declared := range m.Uses {
		for _, class := range declared.Data {
			if _, ok := e.in.Policy.ClassTier(class.Value); ok {
				continue
			}
			hint := "use one of " + subject.List(e.in.Policy.Classes())
			if near := diag.Nearest(class.Value, e.in.Policy.Classes()); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			f := manifestFinding(rules.ManifestInvalid, m, diag.Problem{Pos: class.Pos, Message: fmt.Sprintf("unknown data class %q", class.Value), Hint: hint})
			f.Vendor, f.Key = declared.ID.Value, m.Path+"\x00class:"+class.Value
			e.findings = append(e.findings, f)
		}
	}
}

// use looks up the vendor of a use. It returns nil if the vendor is not registered or its record is invalid.
func (e *evaluation) use(m *manifest.Manifest, declared manifest.Use) *subject.Subject {
	u := &subject.Subject{Use: declared, Manifest: m, Policy: e.in.Policy, Today: e.today, Registry: e.in.Registry, Repository: e.in.Repository, Tier: 1}
	u.Introduced = e.introduced(m, declared)
	for _, d := range declared.Data {
		u.Classes = append(u.Classes, d.Value)
	}
	for _, env := range declared.Environments {
		u.EnvironmentNames = append(u.EnvironmentNames, env.Value)
	}
	row := e.row(u)
	if e.unreadRecord(declared.ID.Value, diag.Related{Pos: declared.ID.Pos, Message: "declared here"}) {
		unknown(row)
		return nil
	}
	v, _ := e.in.Registry.Vendor(declared.ID.Value) // it was read just now
	u.Vendor = v
	if v != nil {
		u.Category = v.Record.Get("category").Text
		u.SetTier()
		row.Name = v.Name()
		row.Tier = min(row.Tier, u.Tier)
	}
	if v == nil || !v.Reviewed() {
		row.Tier = 0 // its criticality is unknown
		e.unvetted[declared.ID.Value] = true
		e.rule(u, rules.Unregistered, e.notRegistered(u))
		return nil
	}
	status := v.Record.Get("status").Text
	row.Status = u.Policy.ShownStatus(status)
	row.Expires = v.Record.Get("approval.expires").Text
	if !subject.Vetted(v.Record.Get("status")) && !slices.Contains([]string{"suspended", "denied", "retired", "pilot"}, status) {
		e.unvetted[declared.ID.Value] = true
	}
	return u
}

func (e *evaluation) row(u *subject.Subject) *diag.Vendor {
	id := u.ID.Value
	if e.rows[id] == nil {
		e.rows[id] = &diag.Vendor{ID: id, Name: id, Status: "unregistered", Tier: 4, Verdict: diag.Pass}
	}
	return e.rows[id]
}

// unknown marks the row of a vendor whose record could not be read.
func unknown(row *diag.Vendor) { row.Status, row.Tier, row.Verdict = "unknown", 0, diag.NoVerdict }

// NewSubject returns the only use of a manifest as the rules judge it; nil if the vendor is not reviewed, or its record is
// invalid.
func NewSubject(p *policy.Policy, known *registry.Registry, asOf time.Time, repository string, m *manifest.Manifest) *subject.Subject {
	return newEvaluation(Input{Registry: known, Policy: p, AsOf: asOf, Repository: repository}).use(m, m.Uses[0])
}

// Judge runs every rule and requirement on one use, without waivers. The findings are in the order of the rules.
func Judge(u *subject.Subject) []diag.Finding {
	e := newEvaluation(Input{Registry: u.Registry, Policy: u.Policy, AsOf: u.Today.Instant, Repository: u.Repository})
	e.judge(u)
	var out []diag.Finding
	for i := range e.findings {
		out = append(out, e.findings[i].Finding)
	}
	return out
}

// judge runs the rules on one use. If the status forbids the use, no other rule runs. A rule that is off does not run, so it does
// not ask for attributes either.
func (e *evaluation) judge(u *subject.Subject) {
	for _, r := range e.asked {
		if r.Judge == nil || e.in.Policy.Rule(r.ID).Levels[u.Tier] == diag.Off {
			continue
		}
		u.MissingForRule = nil
		faults := r.Judge(u)
		u.AddOutcome(r.ID, subject.FaultOutcome(faults, u.MissingForRule), u.MissingForRule)
		for _, f := range faults {
			e.rule(u, r.ID, f)
			if r.ID == rules.StatusForbids && f.Key == "pilot" {
				e.unvetted[u.ID.Value] = true
			}
		}
		if r.ID == rules.StatusForbids && rules.ForbiddenByStatus(u) {
			return
		}
	}
	for i := range e.in.Policy.Requirements {
		q := &e.in.Policy.Requirements[i]
		if q.Levels[u.Tier] == diag.Off || !q.Admits(u.Facts()) {
			continue
		}
		u.MissingForRule = nil
		outcome, b := q.Judge(u.Vendor.Record, e.today)
		switch outcome {
		case policy.Fails:
			e.add(u, q.ID, q.Levels, true, subject.RequirementFails(u, q, b))
		case policy.IsUnknown:
			u.Ask(q.Pos, q.Unknown(u.Vendor.Record, e.today)...)
		case policy.Holds, policy.NotApplicable, policy.NotAsked:
		}
		u.AddOutcome(q.ID, outcome, u.MissingForRule)
	}
	if len(u.Missing) > 0 {
		e.rule(u, Incomplete, rules.MissingAnswers(u))
	}
	if e.in.Policy.Rule(Incomplete).Levels[u.Tier] != diag.Off {
		u.AddOutcome(Incomplete, map[bool]policy.Outcome{false: policy.Holds, true: policy.Fails}[len(u.Missing) > 0], nil)
	}
}

// introduced reports whether a use is new or changed since the base. If the run checks no change, none is.
func (e *evaluation) introduced(m *manifest.Manifest, declared manifest.Use) bool {
	if e.in.NoChange {
		return false
	}
	base, ok := e.in.Base[m.Path]
	if !ok {
		return true
	}
	i := slices.IndexFunc(base.Uses, func(b manifest.Use) bool { return b.ID.Value == declared.ID.Value })
	return i < 0 || !declared.Same(base.Uses[i])
}

// The rules that package gate judges by itself and that test cases of a policy may name.
const (
	Unregistered = rules.Unregistered
	Incomplete   = rules.NotEstablished
)
