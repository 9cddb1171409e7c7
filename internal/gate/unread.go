package gate

import (
	"fmt"
	"path"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// unreadRecord reports a vendor whose record exists and cannot be used: it cannot be read, it has problems, or it is in a file that
// nobody reads. Nothing is known of the vendor then, not even that nobody has decided on it. It returns false for any other vendor.
// use is where the vendor is declared or called.
func (e *evaluation) unreadRecord(id string, use diag.Related) bool {
	known := e.in.Registry
	v, err := known.Vendor(id)
	switch {
	case err != nil:
		e.unreadable(id, diag.Gap{Target: known.Tree.Name("vendors/" + id + ".yaml"), Reason: err.Error()}, use.Pos)
		return true
	case v != nil && len(v.Problems) > 0:
		e.broken(id, v.File, v.Problems, use, v.Private())
		return true
	}
	switch twin, err := known.Twin(id); {
	case err != nil:
		e.unreadable(id, diag.Gap{Target: known.Tree.Name("vendors"), Reason: err.Error()}, use.Pos)
		return true
	case twin != "":
		e.twin(id, known.Tree.Name(twin), known.Tree.Name("vendors/"+id+".yaml"), use)
		return true
	case v != nil && v.Reviewed():
		return false
	}
	stray, found, err := known.Stray(id)
	if err != nil {
		e.unreadable(id, diag.Gap{Target: known.Tree.Name("vendors"), Reason: err.Error()}, use.Pos)
		return true
	}
	if found {
		e.stray(known.Tree.Name(stray.File), stray, use)
	}
	return found
}

// twin reports a record that is there twice. The one that is read need not be the one that was decided on last.
func (e *evaluation) twin(id, file, read string, use diag.Related) {
	reason := fmt.Sprintf("vendorgate reads only %s, and the two differ", path.Base(read))
	e.gaps = append(e.gaps, diag.Gap{Target: file, Reason: reason})
	f := diag.Finding{
		Rule: rules.Unreadable, Severity: diag.Error, Vendor: id, Pos: diag.Pos{File: file}, Everywhere: true, Related: []diag.Related{use}, Key: "twin",
		Message: fmt.Sprintf("the record of %q is in both %s and %s, so there is no verdict: %s", id, file, read, reason),
		Hint:    fmt.Sprintf("Remove %s, after moving what is right in it to %s. Tell the maintainers of the registry. No code change is needed.", path.Base(file), path.Base(read)),
	}
	e.findings = append(e.findings, gradedFinding{Finding: f})
}

// stray reports a record in a file that nobody reads.
func (e *evaluation) stray(file string, s registry.Stray, use diag.Related) {
	reason, verb, id := "vendorgate does not read a file with this name", "Rename it", s.ID
	switch {
	case s.Beside():
		reason, verb = "vendorgate does not read a record in this place", "Move it"
	case s.Nested():
		reason, verb = "vendorgate does not read files in a subfolder", "Move it"
	}
	e.gaps = append(e.gaps, diag.Gap{Target: file, Reason: reason})
	f := diag.Finding{
		Rule: rules.Unreadable, Severity: diag.Error, Vendor: id, Pos: diag.Pos{File: file}, Everywhere: true, Related: []diag.Related{use}, Key: "stray",
		Message: fmt.Sprintf("the record of %q is in %s, which is not read, so there is no verdict: %s", id, file, reason),
		Hint:    fmt.Sprintf("%s to %s. Tell the maintainers of the registry. No code change is needed.", verb, s.Right),
	}
	e.findings = append(e.findings, gradedFinding{Finding: f})
}
