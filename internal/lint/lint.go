// Package lint checks the files of a registry: each on its own, then all of them together, then against what they were before
// a change. It treats the files as data and takes no judgement from them.
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
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// LintInput is all that a lint may depend on. What is linted is data: it judges nothing, not even itself, where a base has a
// policy.
type Input struct {
	Files   *registry.Plain
	Base    *registry.Plain // as they were before a change; nil if there is nothing to compare with
	Policy  *policy.Policy  // that judges; nil if it could not be understood: what needs one is then left out
	AsOf    time.Time
	Touched bool   // tell only what the change takes part in
	Author  string // login of whoever proposes the change; empty if unknown
	Version string // of vendorgate
}

// Linter looks at every file of a registry for itself, then at all of them together.
type Linter struct {
	in    Input
	names []string
	gaps  []diag.Gap
}

// NewLinter finds the files to look at.
func New(in Input) *Linter {
	l := &Linter{in: in}
	l.list(in.Files)
	if in.Base != nil {
		l.list(in.Base)
	}
	slices.Sort(l.names)
	l.names = slices.Compact(l.names)
	return l
}

// list adds the files of one tree: policy, records and waivers, those under a wrong ending included.
func (l *Linter) list(files *registry.Plain) {
	for _, folder := range []string{".", "vendors", "waivers"} {
		entries, err := fs.ReadDir(files.Tree.Files, folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			l.gaps = append(l.gaps, diag.Gap{Target: files.Tree.Name(folder), Reason: "cannot be read: " + source.Reason(err)})
		}
		for _, e := range entries {
			name := path.Join(folder, e.Name())
			ending := strings.ToLower(path.Ext(name))
			if folder == "." && !strings.EqualFold(strings.TrimSuffix(name, path.Ext(name)), "policy") || ending != ".yaml" && ending != ".yml" {
				continue
			}
			l.names = append(l.names, name)
		}
	}
}

// Names lists the files, before and after the change, sorted.
func (l *Linter) Names() []string { return l.names }

// Linted is what one file said.
type Linted struct {
	Name    string
	Changed bool // since the base; true where there is none
	Removed bool // the change removes it
	found   []diag.Finding
	gap     *diag.Gap
	record  *crossRefs
	waiver  *crossRefs
}

// crossRefs is what the files have to do with each other.
type crossRefs struct {
	id, status string
	pos        diag.Pos
	tier       int
	vendor     diag.At[string]  // of a waiver
	waiver     *registry.Waiver // itself
	replacedBy diag.At[string]
	others     []diag.At[string] // exit.alternatives
	claims     []rules.Claim
}

// File looks at one file. Several may be looked at at once.
func (l *Linter) File(name string) Linted {
	out := Linted{Name: name, Changed: true}
	data, err := l.in.Files.Tree.Read(name)
	was, existed, baseErr := l.before(name)
	switch {
	case baseErr != nil:
		out.gap = &diag.Gap{Target: l.in.Base.Tree.Name(name), Reason: "cannot be read: " + source.Reason(baseErr)}
		return out
	case errors.Is(err, fs.ErrNotExist):
		out.Removed, out.Changed = true, existed
		return out
	case errors.Is(err, source.ErrNotRegular):
		l.add(&out, rules.RecordContradicts, diag.Error, "", rules.Defect{Pos: diag.Pos{File: l.in.Files.Tree.Name(name)}, Key: "link", Message: "it is a link or not a plain file", Hint: "commit the file itself"})
		return out
	case err != nil:
		out.gap = &diag.Gap{Target: l.in.Files.Tree.Name(name), Reason: "cannot be read: " + source.Reason(err)}
		return out
	}
	out.Changed = l.in.Base == nil || !existed || !bytes.Equal(data, was)
	folder, file := path.Split(name)
	id, right := strings.CutSuffix(file, ".yaml")
	switch {
	case !right || folder == "" && id != "policy":
		wanted := strings.ToLower(strings.TrimSuffix(file, path.Ext(file))) + ".yaml"
		if folder == "waivers/" {
			wanted = strings.TrimSuffix(file, path.Ext(file)) + ".yaml"
		}
		l.add(&out, rules.RecordContradicts, diag.Error, "", rules.Defect{Pos: diag.Pos{File: l.in.Files.Tree.Name(name)}, Key: "name", Message: "it is not read under this name", Hint: "rename it to " + wanted})
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

// Changes lists the files that differ from the base, sorted; those that the change removes are marked.
func (l *Linter) Changes() []string {
	var out []string
	for _, name := range l.names {
		data, err := l.in.Files.Tree.Read(name)
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

// before is a file of the base. One that is no plain file decides nothing, as one that was not there.
func (l *Linter) before(name string) (data []byte, existed bool, err error) {
	if l.in.Base == nil {
		return nil, false, nil
	}
	data, err = l.in.Base.Tree.Read(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, source.ErrNotRegular) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// problems are what keeps a file from being read as it is written.
func (l *Linter) problems(out *Linted, vendor string, problems []diag.Problem) {
	for _, p := range problems {
		l.add(out, rules.RecordContradicts, diag.Error, vendor, rules.Defect{Pos: p.Pos, Key: gate.MessageKey(p.Message), Message: p.Message, Hint: p.Hint})
	}
}

// add notes a defect of a file.
func (l *Linter) add(out *Linted, rule string, severity diag.Severity, vendor string, d rules.Defect) {
	if severity == diag.Off {
		return
	}
	var related []diag.Related
	for _, r := range d.Related {
		if r.Pos != d.Pos && r.Pos.File != "" {
			related = append(related, r)
		}
	}
	out.found = append(out.found, diag.Finding{
		Rule: rule, Severity: severity, Vendor: vendor, Pos: d.Pos, Related: related, Message: d.Message, Hint: strings.TrimSpace(rules.Sentence(d.Hint)),
		Introduced: out.Changed, Key: out.Name + "\x00" + d.Key,
	})
}

// severity is what a rule weighs in a lint. One that the policy does not ask is still worth a warning to whoever keeps the
// registry, unless the policy has switched it off itself.
func (l *Linter) severity(rule string, tier int) diag.Severity {
	if l.in.Policy == nil {
		return diag.Error
	}
	levels := l.in.Policy.Rule(rule)
	if levels.Levels[tier] == diag.Off && levels.Pos.File == "" {
		return diag.Warning
	}
	return levels.Levels[tier]
}

// LintResult is what a lint found out.
type Result struct {
	Findings []diag.Finding
	Gaps     []diag.Gap
	Records  int
}

// Conclude looks at all files together. files are what File said of Names, in their order.
func (l *Linter) Conclude(files []Linted) Result {
	checkAcrossFiles(l, files)
	out := Result{Gaps: l.gaps}
	var findings []diag.Finding
	for i := range files {
		if files[i].gap != nil {
			out.Gaps = append(out.Gaps, *files[i].gap)
		}
		if strings.HasPrefix(files[i].Name, "vendors/") && !files[i].Removed {
			out.Records++
		}
		findings = append(findings, files[i].found...)
	}
	if l.in.Touched {
		findings = slices.DeleteFunc(findings, func(f diag.Finding) bool { return !f.Introduced })
	}
	out.Findings = limitFindings(gate.Order(findings))
	return out
}

// maxFindings is the number of findings that a lint tells one by one.
const maxFindings = 1000

// bounded keeps the heaviest findings, in their order, and counts the others by rule.
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
		kept = append(kept, diag.Finding{
			Rule: one.Rule, Severity: one.Severity, Pos: diag.Pos{File: one.Pos.File}, Introduced: true, Fingerprint: one.Fingerprint,
			Message: fmt.Sprintf("%d more findings like this, in this file and others", n), Hint: "Mend the first ones and run again.",
		})
		rest = rest[n:]
	}
	return kept
}
