package lint

import (
	"fmt"
	"io/fs"
	"path"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// listStrays adds the files of a folder that nobody reads. Those that list adds, too, are checked as records and waivers under a
// wrong name.
func (l *Linter) listStrays(files *registry.Plain, folder string) {
	strays, err := registry.Strays(files.Tree, folder)
	if err != nil {
		l.gaps = append(l.gaps, diag.Gap{Target: files.Tree.Name(folder), Reason: "cannot be read: " + source.Reason(err)})
	}
	for _, s := range strays {
		if s.Nested() || folder == "probes" || !endsAsYAML(s.File) {
			l.names = append(l.names, s.File)
			l.strays[s.File] = s
		}
	}
}

// stray reports a file that nobody reads.
func (l *Linter) stray(out *Linted, s registry.Stray) {
	if path.Dir(s.Right) == "." {
		l.strayPolicy(out, s)
		return
	}
	folder := path.Dir(s.Right)
	d := subject.Defect{Pos: diag.Pos{File: l.in.Files.Tree.Name(s.File)}, Key: "stray", Message: "vendorgate does not read a file with this name"}
	switch {
	case s.Beside():
		d.Message = "vendorgate does not read a record or waiver in this place"
	case s.Nested():
		d.Message = "vendorgate does not read files in a subfolder"
	}
	switch _, err := fs.Stat(l.in.Files.Tree.Files, s.Right); {
	case err == nil && s.Beside():
		d.Hint = fmt.Sprintf("remove it; %s is read", s.Right)
	case s.Beside():
		d.Hint = "move it to " + s.Right
	case err == nil:
		d.Hint = fmt.Sprintf("remove it, or move it out of %s/; %s is read", folder, s.Right)
	case s.Nested():
		d.Hint = fmt.Sprintf("move it to %s, or out of %s/ if it is no longer needed", s.Right, folder)
	default:
		d.Hint = fmt.Sprintf("rename it to %s, or move it out of %s/ if it is no longer needed", path.Base(s.Right), folder)
	}
	l.add(out, rules.RecordContradicts, diag.Warning, "", d)
}

// strayPolicy reports a policy or its test cases in a file that nobody reads. A policy is an error if the registry has no other. Test
// cases can be passed to a command.
func (l *Linter) strayPolicy(out *Linted, s registry.Stray) {
	d := subject.Defect{Pos: diag.Pos{File: l.in.Files.Tree.Name(s.File)}, Key: "stray", Message: "vendorgate does not read a file with this name"}
	if path.Dir(s.File) != "." {
		d.Message = "vendorgate does not read files of a policy in this folder"
	}
	severity := diag.Warning
	_, err := fs.Stat(l.in.Files.Tree.Files, s.Right)
	switch {
	case s.Right != "policy.yaml" && path.Dir(s.File) != ".":
		severity = diag.Note
		d.Message = "`vendorgate policy test` does not read test cases in this folder, unless it is given the file"
		d.Hint = "move the cases to policy_test.yaml, or pass the file to `vendorgate policy test`"
	case err == nil:
		d.Hint = fmt.Sprintf("move what applies into %s, and remove the file", s.Right)
	case s.Right == "policy.yaml":
		severity, d.Hint = diag.Error, "move it to policy.yaml"
	default:
		d.Hint = "move it to " + s.Right
	}
	l.add(out, rules.RecordContradicts, severity, "", d)
}
