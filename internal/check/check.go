// Package check evaluates one repository: it turns the inputs into a report with a verdict. It does not depend on a command
// line, a CI system or a process, so one process can check many repositories.
package check

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/inputs"
)

// Run checks one repository. It returns an error only if the context ended; all other errors are part of the report.
func Run(ctx context.Context, in Inputs) (Report, error) {
	asOf := in.AsOf.In(in.Trusted.Policy)
	scan, scanned := in.scanCode(ctx, asOf)
	scan, doubt, compared := in.compareScan(scan)
	before, doubt, compared := in.answer(ctx, asOf, scan, doubt, compared)
	nothing, used := in.nothingToCheck(scan)
	change, places, means := in.registryChange(ctx, asOf)
	gate, gated := in.effectiveGate(doubt)
	nothing, enforced := in.enforceManifest(nothing)
	said := stated(in.Head.Account).
		plus(stated(in.Declared.Account)).
		plus(in.noChange(), stated(in.Before.Account), stated(in.Agreed.Account), stated(in.Trusted.Account)).
		plus(in.manifestPlaces(), scanned, compared, used).
		plus(change, gated, enforced)
	result := in.judge(asOf, scan, before, doubt, said)
	result.remarks = result.plus(in.noBase(result.Findings))
	rep := in.report(asOf, result)
	rep.Files, rep.Sections = in.files(scan, places), means
	if places != nil && nothing.allowed { // the change of the registry was checked
		nothing.why = ""
	}
	if scan != nil {
		rep.Ignored = scan.Ignored
	}
	if err := ctx.Err(); err != nil {
		return Report{}, fmt.Errorf("check stopped: %w", err)
	}
	verdict := judgement{gate: gate, doubt: doubt, atBest: result.atBest, nothing: nothing.why}
	rep.Report, rep.NothingAllowed = verdict.conclude(rep.Report), nothing.allowed
	rep.Counts.Vendors = len(rep.Vendors)
	return rep, nil
}

// judged is the result of the rules, with the remarks of all steps so far.
type judged struct {
	remarks
	gate.Result                // its findings, gaps and notices are also in the remarks
	atBest      []diag.Finding // if the base could not be read: the findings of a change that introduces nothing
	applied     bool           // a policy was applied
}

// judge applies the rules to every use. Without a registry or policy, it only checks the manifests themselves.
func (in Inputs) judge(asOf time.Time, scan *gate.CodeScan, before earlier, doubt bool, said remarks) judged {
	known, rules := in.Trusted.Registry, in.Trusted.Policy
	wrong, unusable := in.unusable(asOf)
	if said = said.plus(wrong); unusable || known == nil || rules == nil {
		said.findings = slices.Concat(said.findings, gate.ManifestProblems(in.Declared.Manifests))
		return judged{remarks: said, Result: gate.Result{Vendors: undecided(in.Declared)}}
	}
	out := judged{applied: true}
	about := in.about(asOf, before)
	if doubt {
		out.atBest = slices.Concat(said.findings, atBest(about, scan))
		about.Base, about.Removed, about.UsedBefore = nil, nil, nil
	}
	about.CodeScan = scan
	result := gate.Evaluate(about)
	out.Result, out.remarks = result, said.plus(remarks{findings: result.Findings, gaps: result.Gaps, notices: result.Notices})
	return out
}

// about returns what the rules are applied to, without the code.
func (in Inputs) about(asOf time.Time, before earlier) gate.Input {
	return gate.Input{
		Manifests: in.Declared.Manifests, Base: in.Before.Manifests, Registry: in.Trusted.Registry, Policy: in.Trusted.Policy, AsOf: asOf,
		Repository: in.Repository, RequestURL: in.Trusted.RequestURL, NoChange: in.Before.Unchanged != "",
		Removed: before.removed, UsedBefore: before.used,
	}
}

// atBest returns the findings of a change that introduces nothing, whatever the base says. Of those about vendors that only the code
// names, only the ones that count everywhere are certain: an ignore entry of the base may cover the others.
func atBest(about gate.Input, scan *gate.CodeScan) []diag.Finding {
	about.NoChange = true
	out := gate.Evaluate(about).Findings
	if scan == nil {
		return out
	}
	about.CodeScan = scan
	return slices.Concat(out, slices.DeleteFunc(gate.Evaluate(about).Findings, func(f diag.Finding) bool { return !f.Everywhere }))
}

// report composes the report, still without a verdict.
func (in Inputs) report(asOf time.Time, j judged) Report {
	t := in.Trusted
	draft, findings := gate.Draft(j.findings)
	rep := diag.Report{
		Version: in.Version, AsOf: asOf, Origin: t.Origin, Ref: t.Commit.Ref, Committed: t.Commit.Date, RequestURL: t.RequestURL,
		Baseline: in.Before.Name, Settings: in.Shown, Notices: j.notices, Findings: findings, Draft: draft, Gaps: j.gaps, Vendors: j.Vendors, Uses: j.Uses,
		Counts: diag.Counts{Unvetted: j.Unvetted, Lapsed: j.Lapsed, Absent: len(absentFiles(in.Head))},
		Rules:  rulesOf(j.findings, t.Policy), Links: linksOf(t.Policy, t.RequestURL),
	}
	out := Report{Report: rep}
	if j.applied {
		out.Policy, out.Revision, out.Comment = t.Policy.ID, t.Registry.Tree.Digest(), t.Policy.Comment
	}
	return out
}

// files returns the files that findings can point at. If a change edits the registry, places are its files.
func (in Inputs) files(scan *gate.CodeScan, places map[string]string) map[string]string {
	out := in.Head.Paths(in.Declared.Manifests)
	for _, file := range sightingFiles(scan) {
		out[in.Head.Name(file)] = in.Head.InRepository(file)
	}
	maps.Copy(out, places)
	return out
}

// undecided returns the rows of declared vendors that could not be evaluated.
func undecided(d inputs.Declared) []diag.Vendor {
	var out []diag.Vendor
	for _, id := range d.IDs() {
		out = append(out, diag.Vendor{ID: id, Name: id, Status: "unknown", Verdict: diag.NoVerdict})
	}
	slices.SortFunc(out, func(a, b diag.Vendor) int { return strings.Compare(a.ID, b.ID) })
	return out
}
