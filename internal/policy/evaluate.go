// Package policy asks the rules about every use and grades what they answer.
// It reads no file and knows no clock: all that a verdict may depend on stands in Input.
//
// # Why
//
// What an organisation requires is a declarative list, not an expression language: a typing error is found when the
// policy is loaded, with its position, and the list is at once what is asked of vendors. What looks across fields,
// files or dates is a structural rule in Go, one function each, all of them on the one list of Rules.
package policy

import (
	"fmt"
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Input is all that a verdict may depend on.
type Input struct {
	Manifests  []manifest.Manifest
	Base       map[string]manifest.Manifest // by Manifest.Path; nil if there is nothing to compare with
	Registry   *registry.Registry
	Policy     *Policy
	AsOf       time.Time
	Repository string  // owner/name; empty if unknown
	Traces     *Traces // what was found in the source tree; nil if nobody looked
	RequestURL string  // where a vendor is requested if the policy does not say; empty if nobody knows
}

// Result is what an evaluation found out.
type Result struct {
	Findings []diag.Finding
	Vendors  []diag.Vendor // by id, their verdicts still open
	Unvetted int
	Lapsed   int
	Gaps     []diag.Gap
	Notices  []string
}

// evaluation is one run of Evaluate.
type evaluation struct {
	in        Input
	today     Today
	uses      []*use // those whose vendor could be judged
	findings  []graded
	gaps      []diag.Gap
	notices   []string
	rows      map[string]*diag.Vendor
	unvetted  map[string]bool
	allIDs    []string
	suggested int
	asked     []Rule

	brokenWaivers map[string]bool
}

func newEvaluation(in Input) *evaluation {
	return &evaluation{
		in: in, today: in.Policy.At(in.AsOf), rows: map[string]*diag.Vendor{}, unvetted: map[string]bool{}, asked: Rules(), brokenWaivers: map[string]bool{},
	}
}

// Evaluate asks every rule about every use, applies the waivers and orders what comes out.
func Evaluate(in Input) Result {
	e := newEvaluation(in)
	var all []*use
	for i := range in.Manifests {
		m := &in.Manifests[i]
		e.manifest(m)
		for _, declared := range m.Uses {
			if u := e.use(m, declared); u != nil {
				all = append(all, u)
			}
		}
	}
	var claimed []claim
	known := map[string]bool{}
	for _, u := range all {
		if !known[u.vendor.ID] {
			known[u.vendor.ID] = true
			claimed = append(claimed, claims(u.vendor)...)
		}
	}
	shared := overlaps(claimed)
	for _, u := range all {
		u.overlaps = shared[u.vendor.ID]
		e.judge(u)
	}
	e.uses = all
	e.undeclared()
	e.applyWaivers()
	e.confide()
	return e.result()
}

// manifest reports what is wrong in the file itself.
func (e *evaluation) manifest(m *manifest.Manifest) {
	e.findings = append(e.findings, manifestFindings(m)...)
	for _, declared := range m.Uses {
		for _, class := range declared.Data {
			if _, ok := e.in.Policy.ClassTier(class.Value); ok {
				continue
			}
			hint := "use one of " + list(e.in.Policy.Classes())
			if near := diag.Nearest(class.Value, e.in.Policy.Classes()); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			f := manifestFinding("VG-MAN-001", m, diag.Problem{Pos: class.Pos, Message: fmt.Sprintf("there is no data class %q", class.Value), Hint: hint})
			f.Vendor = declared.ID.Value
			e.findings = append(e.findings, f)
		}
	}
}

// use finds the vendor of a use. It is nil if the vendor cannot be judged: there is none, or its record is broken.
func (e *evaluation) use(m *manifest.Manifest, declared manifest.Use) *use {
	u := &use{Use: declared, manifest: m, policy: e.in.Policy, today: e.today, registry: e.in.Registry, repository: e.in.Repository, tier: 1}
	u.introduced = e.introduced(m, declared)
	for _, d := range declared.Data {
		u.classes = append(u.classes, d.Value)
	}
	for _, env := range declared.Environments {
		u.environments = append(u.environments, env.Value)
	}
	row := e.row(u)
	v, err := e.in.Registry.Vendor(declared.ID.Value)
	switch {
	case err != nil:
		name := e.in.Registry.Tree.Name("vendors/" + declared.ID.Value + ".yaml")
		e.unreadable(declared.ID.Value, diag.Gap{Target: name, Reason: err.Error()}, declared.ID.Pos)
		unknown(row)
		return nil
	case v != nil && len(v.Problems) > 0:
		e.broken(declared.ID.Value, v.File, v.Problems, declared.ID.Pos, v.Private())
		unknown(row)
		return nil
	}
	u.vendor = v
	if v != nil {
		u.category = v.Record.Get("category").Text
		u.setTier()
		row.Name = v.Name()
		row.Tier = min(row.Tier, u.tier)
	}
	if v == nil || !v.Reviewed() {
		row.Tier = 0 // nobody has said how critical it is
		e.unvetted[declared.ID.Value] = true
		e.rule(u, "VG-REG-001", e.notRegistered(u))
		return nil
	}
	status := v.Record.Get("status").Text
	row.Status = u.policy.shownStatus(status)
	row.Expires = v.Record.Get("approval.expires").Text
	if !vetted(v.Record.Get("status")) && !slices.Contains([]string{"suspended", "denied", "retired", "pilot"}, status) {
		e.unvetted[declared.ID.Value] = true
	}
	return u
}

func (e *evaluation) row(u *use) *diag.Vendor {
	id := u.ID.Value
	if e.rows[id] == nil {
		e.rows[id] = &diag.Vendor{ID: id, Name: id, Status: "unregistered", Tier: 4, Verdict: diag.Pass}
	}
	return e.rows[id]
}

// unknown is the row of a vendor whose record could not be read.
func unknown(row *diag.Vendor) { row.Status, row.Tier, row.Verdict = "unknown", 0, diag.NoVerdict }

// NewSubject is the one use of a manifest as the rules judge it; nil if nobody has decided on the vendor, or if its record
// cannot be judged.
func NewSubject(p *Policy, known *registry.Registry, asOf time.Time, repository string, m *manifest.Manifest) *use {
	return newEvaluation(Input{Registry: known, Policy: p, AsOf: asOf, Repository: repository}).use(m, m.Uses[0])
}

// JudgeUse asks every rule and requirement about one use, without waivers.
func JudgeUse(u *use) []diag.Finding {
	e := newEvaluation(Input{Registry: u.registry, Policy: u.policy, AsOf: u.today.Instant, Repository: u.repository})
	e.judge(u)
	return e.order()
}

// judge asks the rules about one use. A status that settles the matter is the only finding. A rule that is off is not
// asked, so that it does not ask for attributes either.
func (e *evaluation) judge(u *use) {
	for _, r := range e.asked {
		if r.judge == nil || e.in.Policy.rule(r.ID).Levels[u.tier] == diag.Off {
			continue
		}
		u.missed = nil
		faults := r.judge(u)
		u.conclude(r.ID, faultOutcome(faults, u.missed), u.missed)
		for _, f := range faults {
			e.rule(u, r.ID, f)
			if r.ID == "VG-APR-001" && f.key == "pilot" {
				e.unvetted[u.ID.Value] = true
			}
		}
		if r.ID == "VG-APR-001" && u.settled() {
			return
		}
	}
	for i := range e.in.Policy.Requirements {
		q := &e.in.Policy.Requirements[i]
		if q.Levels[u.tier] == diag.Off || !q.Admits(u.facts()) {
			continue
		}
		u.missed = nil
		outcome, b := q.judge(u.vendor.Record, e.today)
		switch outcome {
		case Fails:
			e.add(u, q.ID, q.Levels, true, requirementFails(u, q, b))
		case IsUnknown:
			u.ask(q.Pos, q.unknown(u.vendor.Record, e.today)...)
		case Holds, Moot, NotAsked:
		}
		u.conclude(q.ID, outcome, u.missed)
	}
	if len(u.asked) > 0 {
		e.rule(u, incomplete, notEstablished(u))
	}
	if e.in.Policy.rule(incomplete).Levels[u.tier] != diag.Off {
		u.conclude(incomplete, map[bool]Outcome{false: Holds, true: Fails}[len(u.asked) > 0], nil)
	}
}

// settled reports whether the status forbids the use, and as an error: then nothing else needs to be asked.
func (u *use) settled() bool {
	status := u.get("status").Text
	return blocked(status) && (!waivableStatus(status) || u.policy.rule("VG-APR-001").Levels[u.tier] == diag.Error)
}

// introduced reports whether a use is new or changed since the base. Without a base everything is.
func (e *evaluation) introduced(m *manifest.Manifest, declared manifest.Use) bool {
	base, ok := e.in.Base[m.Path]
	if !ok {
		return true
	}
	i := slices.IndexFunc(base.Uses, func(b manifest.Use) bool { return b.ID.Value == declared.ID.Value })
	return i < 0 || !declared.Same(base.Uses[i])
}
