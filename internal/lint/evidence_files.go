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

// evidenceFolder is the folder of a registry that holds copies of evidence.
const evidenceFolder = "evidence"

// evidence checks the evidence of a record: whether it can prove anything, and whether the files that it names are the ones that were
// reviewed.
func (l *Linter) evidence(out *Linted, vendor string, tier int, r *attr.Record) {
	for _, e := range r.Get("evidence").Records {
		id := e.Get("id").Text
		if why := subject.Untraced(e); why != "" {
			l.add(out, rules.UnprovenClaims, min(l.severity(rules.UnprovenClaims, tier), diag.Warning), vendor, subject.Defect{
				Pos: e.Get("id").Pos, Key: "untraced:" + id, Message: fmt.Sprintf("evidence %q %s", id, why),
				Hint: "add its address (url) or its hash (sha256), and its date (issued or received)",
			})
		}
		if file := e.Get("file"); file.Known() && !l.in.WithoutEvidence {
			out.record.files = append(out.record.files, file.Text)
			l.evidenceFile(out, vendor, id, file, e.Get("sha256"))
		}
	}
}

// evidenceFile compares a file of evidence with the hash in the record.
func (l *Linter) evidenceFile(out *Linted, vendor, id string, file, hash *attr.Value) {
	from := len(out.found)
	wrong := func(message, hint string) {
		l.add(out, rules.RecordContradicts, diag.Error, vendor, subject.Defect{Pos: file.Pos, Key: filesKey + id, Message: fmt.Sprintf("evidence %q names the file %q, ", id, file.Text) + message, Hint: hint})
	}
	if !fs.ValidPath(file.Text) || !strings.HasPrefix(file.Text, evidenceFolder+"/") {
		wrong("which is not in the folder evidence of the registry", "move it to a path such as evidence/"+vendor+"/"+path.Base(file.Text)+", and write that")
		return
	}
	sum, err := source.Digest(l.in.Files.Tree.Files, file.Text)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		wrong("which does not exist", "add the file, or leave out `file`")
	case errors.Is(err, source.ErrNotRegular):
		wrong("which is not a regular file", "commit the file itself")
	case err != nil:
		wrong("which cannot be read: "+source.Reason(err), "")
	case !hash.Known():
		wrong("but not its hash", fmt.Sprintf("if it is the document that was reviewed, add `sha256: %s`", sum))
	case hash.Text != sum:
		wrong("which is not the document that was reviewed: its hash is "+sum, "restore the file, or review it again, and record its hash and date")
	}
	for i := from; i < len(out.found); i++ {
		out.found[i].Introduced = out.Changed || l.replaced(file.Text, sum)
	}
}

// replaced reports whether a file of evidence had another content before the change.
func (l *Linter) replaced(name, sum string) bool {
	if l.in.Base == nil {
		return true
	}
	was, err := source.Digest(l.in.Base.Tree.Files, name)
	return err == nil && was != sum
}

// filesKey begins the key of a defect about a file of evidence.
const filesKey = "file:"

// listEvidence lists the files in the folder for evidence.
func (l *Linter) listEvidence(files *registry.Plain) {
	err := fs.WalkDir(files.Tree.Files, evidenceFolder, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && len(l.held) < maxFindings {
			l.held = append(l.held, name)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.gaps = append(l.gaps, diag.Gap{Target: files.Tree.Name(evidenceFolder), Reason: "cannot be read: " + source.Reason(err)})
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
	out := Linted{Name: evidenceFolder}
	for _, name := range l.held {
		if slices.Contains(named, name) || path.Base(name) == ".gitkeep" || path.Base(name) == "README.md" {
			continue
		}
		out.Changed = l.in.Base == nil || !exists(l.in.Base, name)
		l.add(&out, rules.RecordContradicts, diag.Warning, "", subject.Defect{
			Pos: diag.Pos{File: l.in.Files.Tree.Name(name)}, Key: filesKey + name, Message: "no evidence names this file",
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
	return strings.HasPrefix(key, filesKey) || i < f.unread
}
