// Package lint checks the files of a registry: each file, the references between files, and what a change does to them. It treats
// the files as data: a policy in them does not affect the result if the base has one.
package lint

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// New lists the files to check.
func New(in Input) *Linter {
	l := &Linter{in: in, strays: map[string]registry.Stray{}, known: in.Files.Unproven()}
	l.hasPolicy = l.list(in.Files)
	if !in.WithoutEvidence {
		l.listEvidence(in.Files)
	}
	if in.Base != nil {
		l.hadPolicy = l.list(in.Base)
	}
	slices.Sort(l.names)
	l.names = slices.Compact(l.names)
	l.inForce = l.afterMerge()
	return l
}

// list adds the files of one tree: policy, records and waivers, also those with a wrong extension. It reports whether there may
// be a policy among them.
func (l *Linter) list(files *registry.Plain) (policy bool) {
	for _, folder := range []string{".", "vendors", "waivers"} {
		entries, err := fs.ReadDir(files.Tree.Files, folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			l.gaps = append(l.gaps, diag.Gap{Target: files.Tree.Name(folder), Reason: "cannot be read: " + source.Reason(err)})
			policy = policy || folder == "."
		}
		for _, e := range entries {
			name := path.Join(folder, e.Name())
			if folder == "." && !strings.EqualFold(strings.TrimSuffix(name, path.Ext(name)), "policy") || !endsAsYAML(name) {
				continue
			}
			l.names = append(l.names, name)
			policy = policy || folder == "."
		}
	}
	for _, folder := range []string{"vendors", "waivers", "probes"} {
		l.listStrays(files, folder)
	}
	misplaced, err := registry.Misplaced(files.Tree)
	policies, errPolicies := registry.Policies(files.Tree)
	if err := cmp.Or(err, errPolicies); err != nil {
		l.gaps = append(l.gaps, diag.Gap{Target: files.Tree.Name("."), Reason: "cannot be read: " + source.Reason(err)})
	}
	for _, s := range slices.Concat(misplaced, policies) {
		l.names = append(l.names, s.File)
		l.strays[s.File] = s
	}
	return policy
}

// Names lists the files before and after the change, sorted.
func (l *Linter) Names() []string { return l.names }

// File checks one file. It is safe for concurrent use.
func (l *Linter) File(name string) Linted {
	if id, is := strings.CutPrefix(strings.TrimSuffix(name, ".yaml"), "vendors/"); is && l.in.Only != nil && !slices.Contains(l.in.Only, id) {
		return Linted{Name: name}
	}
	out := Linted{Name: name, Changed: true}
	data, err := l.read(name)
	was, existed, baseErr := l.before(name)
	switch {
	case baseErr != nil:
		out.gap = &diag.Gap{Target: l.in.Base.Tree.Name(name), Reason: "cannot be read: " + source.Reason(baseErr)}
		return out
	case errors.Is(err, fs.ErrNotExist):
		out.Removed, out.Changed = true, existed
		return out
	case errors.Is(err, source.ErrNotRegular):
		l.add(&out, rules.RecordContradicts, diag.Error, "", subject.Defect{Pos: diag.Pos{File: l.in.Files.Tree.Name(name)}, Key: "link", Message: "it is not a regular file", Hint: "commit the file itself"})
		return out
	case err != nil:
		out.gap = &diag.Gap{Target: l.in.Files.Tree.Name(name), Reason: "cannot be read: " + source.Reason(err)}
		return out
	}
	out.Changed = l.in.Base == nil || !existed || !bytes.Equal(data, was)
	if stray, ok := l.strays[name]; ok {
		l.stray(&out, stray)
		return out
	}
	folder, file := path.Split(name)
	id, right := strings.CutSuffix(file, ".yaml")
	switch {
	case !right || folder == "" && id != "policy":
		wanted := strings.ToLower(strings.TrimSuffix(file, path.Ext(file))) + ".yaml"
		if folder == "waivers/" {
			wanted = strings.TrimSuffix(file, path.Ext(file)) + ".yaml"
		}
		hint := "rename it to " + wanted
		if _, err := fs.Stat(l.in.Files.Tree.Files, folder+wanted); err == nil {
			hint = "remove it; " + folder + wanted + " exists"
		}
		l.add(&out, rules.RecordContradicts, diag.Error, "", subject.Defect{Pos: diag.Pos{File: l.in.Files.Tree.Name(name)}, Key: "name", Message: "vendorgate does not read a file with this name", Hint: hint})
	case folder == "":
		_, problems := rules.LoadPolicy(l.in.Files.Tree.Name(name), data, l.in.Version)
		l.problems(&out, "", problems)
	case folder == "vendors/":
		l.vendorFile(&out, id, data, was)
	default:
		l.waiverFile(&out, id, data)
	}
	return out
}

// Changes lists the files that differ from the base, sorted, with a mark on removed files.
func (l *Linter) Changes() []string {
	var out []string
	for _, name := range l.names {
		data, err := l.read(name)
		was, existed, baseErr := l.before(name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && existed:
			out = append(out, name+" (removed)")
		case errors.Is(err, fs.ErrNotExist) && baseErr == nil:
		case err != nil || !existed || !bytes.Equal(data, was):
			out = append(out, name)
		}
	}
	return out
}

// Result is the outcome of a lint.
type Result struct {
	Findings []diag.Finding
	Gaps     []diag.Gap
	Records  int
	Policy   *policy.Policy // in force once the change is merged; nil if there is none
	Changed  []string       // names of the files that differ from the base, sorted, also of those that are removed
}

// Conclude checks the references between files. files are the results of File for Names, in the same order.
func (l *Linter) Conclude(files []Linted) Result {
	checkAcrossFiles(l, files)
	out := Result{Gaps: l.gaps, Policy: l.inForce}
	var findings []diag.Finding
	for i := range files {
		if files[i].gap != nil {
			out.Gaps = append(out.Gaps, *files[i].gap)
		}
		if path.Dir(files[i].Name) == "vendors" && !files[i].Removed {
			out.Records++
		}
		if files[i].Changed {
			out.Changed = append(out.Changed, files[i].Name)
		}
		for j := range files[i].found {
			if !l.in.EvidenceOnly || files[i].aboutEvidence(j) {
				findings = append(findings, files[i].found[j])
			}
		}
	}
	findings = append(findings, l.unnamedEvidence(files)...)
	if out.Records > 0 && !l.in.EvidenceOnly {
		findings = append(append(findings, l.missingPolicy()...), l.agedFacts()...)
	}
	if l.in.Touched {
		findings = slices.DeleteFunc(findings, func(f diag.Finding) bool { return !f.Introduced })
	}
	out.Findings = limitFindings(gate.Order(findings))
	return out
}

// maxFindings is how many findings a lint reports one by one.
const maxFindings = 1000

// limitFindings keeps the most severe findings, and counts the others by rule.
func limitFindings(findings []diag.Finding) []diag.Finding {
	if len(findings) <= maxFindings {
		return findings
	}
	slices.SortStableFunc(findings, func(a, b diag.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	kept, rest := findings[:maxFindings:maxFindings], findings[maxFindings:]
	slices.SortStableFunc(rest, func(a, b diag.Finding) int {
		return cmp.Or(strings.Compare(a.Rule, b.Rule), cmp.Compare(b.Severity, a.Severity))
	})
	for len(rest) > 0 {
		one := rest[0]
		n := slices.IndexFunc(rest, func(f diag.Finding) bool { return f.Rule != one.Rule || f.Severity != one.Severity })
		if n < 0 {
			n = len(rest)
		}
		more := fmt.Sprintf("%d more findings", n)
		if n == 1 {
			more = "1 more finding"
		}
		kept = append(kept, diag.Finding{
			Rule: one.Rule, Severity: one.Severity, Pos: diag.Pos{File: one.Pos.File}, Introduced: true, Fingerprint: one.Fingerprint,
			Message: more + " like this, in this file and others", Hint: "Fix the first ones and run again.",
		})
		rest = rest[n:]
	}
	return kept
}
