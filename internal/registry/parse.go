package registry

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
)

func parseVendor(id, file string, data []byte, known *attr.Record) *Vendor {
	record, problems := record.Table().Parse(file, data)
	return newVendor(id, file, record, problems, known)
}

func newVendor(id, file string, record *attr.Record, unread []diag.Problem, known *attr.Record) *Vendor {
	v := &Vendor{ID: id, File: file, Record: record, Problems: unread}
	if !attr.IsID(id) { // no manifest and no command can name it
		v.Problems = append(v.Problems, diag.Problem{Pos: diag.Pos{File: file, Line: 1, Col: 1}, Message: fmt.Sprintf("the name of the file, %q, is not an id", id), Hint: "use lower-case letters, digits and hyphens, at most 63 of them, as in acme-sms.yaml"})
	}
	if v.Record == nil {
		return v
	}
	hintID(v.Problems, v.Record, id)
	ownPackages := slices.ContainsFunc([]string{"detect.multi_backend", "detect.local", "detect.self_hosted"}, func(p string) bool { return v.Record.Get(p).Known() })
	if known != nil {
		v.Record.Inherit(known, IdentityPaths()...)
	}
	if v.Record.Newer() {
		return v
	}
	var problems []diag.Problem
	v.versions, problems = compileVersions(v.Record)
	v.Problems = diag.FirstProblems(append(v.Problems, problems...))
	v.contradictions(ownPackages)
	return v
}

// hintID completes the hint of a record or waiver that lacks its id: it is the name of the file.
func hintID(problems []diag.Problem, r *attr.Record, id string) {
	for i := range problems {
		if p := &problems[i]; p.Pos == r.Pos && p.Message == attr.Missing("id") {
			p.Hint = fmt.Sprintf("add `id: %s`", id)
		}
	}
}

// IdentityPaths returns the attributes that a record inherits from the embedded identity of the same id.
func IdentityPaths() []string {
	return []string{"name", "aliases", "category", "description", "provider", "domains", "api_hosts", "api_version_scheme", "apis", "sdks", "detect", "links"}
}

// CheckID says what keeps a text from being the id of a vendor; empty if nothing does.
func CheckID(text string) string {
	if err := attr.Check(attr.ID, text); err != nil {
		return err.Error()
	}
	return ""
}
