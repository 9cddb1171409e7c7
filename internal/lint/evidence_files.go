package lint

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// evidence checks the evidence of a record: whether it can prove anything, and what it states, and whether the files that it names are the ones that were
// reviewed.
func (l *Linter) evidence(out *Linted, vendor string, u *subject.Subject) {
	for _, e := range u.Attr("evidence").Records {
		id := e.Get("id").Text
		warn := func(pos diag.Pos, key, why, hint string) {
			l.add(out, rules.UnprovenClaims, min(l.severity(rules.UnprovenClaims, tierOf(u.Vendor.Record)), diag.Warning), vendor, subject.Defect{
				Pos: pos, Key: key + id, Message: fmt.Sprintf("evidence %q %s", id, why), Hint: hint,
			})
		}
		if why := subject.Untraced(e); why != "" {
			warn(e.Get("id").Pos, "untraced:", why, "add its address (url) or its hash (sha256), and its date (issued or received)")
		}
		if most, why := u.Overstated(e); why != "" {
			warn(e.Get("assurance").Pos, "overstated:", why, fmt.Sprintf("write `assurance: %s`; `vendorgate explain evidence.type` says what a higher level needs", most))
		}
		if file := e.Get("file"); file.Known() && !l.in.WithoutEvidence {
			out.record.files = append(out.record.files, file.Text)
			l.evidenceFile(out, vendor, e)
		}
	}
}

// evidenceFile compares a file of evidence with the hash in the record.
func (l *Linter) evidenceFile(out *Linted, vendor string, e *attr.Record) {
	wrong, sum := subject.EvidenceFile(l.in.Files.Tree.Files, vendor, e)
	if wrong == nil {
		return
	}
	l.add(out, rules.RecordContradicts, diag.Error, vendor, *wrong)
	out.found[len(out.found)-1].Introduced = out.Changed || l.replaced(e.Get("file").Text, sum)
}

// replaced reports whether a file of evidence had another content before the change.
func (l *Linter) replaced(name, sum string) bool {
	if l.in.Base == nil {
		return true
	}
	was, err := source.Digest(l.in.Base.Tree.Files, name)
	return err == nil && was != sum
}

// listEvidence lists the files in the folder for evidence.
func (l *Linter) listEvidence(files *registry.Plain) {
	err := fs.WalkDir(files.Tree.Files, subject.EvidenceFolder, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && len(l.held) < maxFindings {
			l.held = append(l.held, name)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.gaps = append(l.gaps, diag.Gap{Target: files.Tree.Name(subject.EvidenceFolder), Reason: "cannot be read: " + source.Reason(err)})
	}
}

// unnamedEvidence reports files in the folder for evidence that no record names. A record that cannot be read may name any of them.
func (l *Linter) unnamedEvidence(files []Linted) []diag.Finding {
	var named []string
	for i := range files {
		f := &files[i]
		switch {
		case f.record != nil:
			named = append(named, f.record.files...)
		case path.Dir(f.Name) == "vendors" && !f.Removed:
			return nil
		}
	}
	out := Linted{Name: subject.EvidenceFolder}
	for _, name := range l.held {
		if slices.Contains(named, name) || path.Base(name) == ".gitkeep" || path.Base(name) == "README.md" {
			continue
		}
		out.Changed = l.in.Base == nil || !exists(l.in.Base, name)
		l.add(&out, rules.RecordContradicts, diag.Warning, "", subject.Defect{
			Pos: diag.Pos{File: l.in.Files.Tree.Name(name)}, Key: subject.FilesKey + name, Message: "no evidence names this file",
			Hint: fmt.Sprintf("write `file: %s` with its hash in the record that it belongs to, or remove it", name),
		})
	}
	return out.found
}

func exists(files *registry.Plain, name string) bool {
	_, err := source.Lstat(files.Tree.Files, name)
	return err == nil
}

// aboutEvidence reports whether a finding is about files of evidence, or about a record whose evidence cannot be read.
func (f *Linted) aboutEvidence(i int) bool {
	_, key, _ := strings.Cut(f.found[i].Key, "\x00")
	return strings.HasPrefix(key, subject.FilesKey) || i < f.unread
}
