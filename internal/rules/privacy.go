package rules

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
)

// Private reports whether the details of the record are confidential.
func (u *Subject) Private() bool {
	return u.Policy.Confidential.Value || u.Vendor != nil && u.Vendor.Private()
}

// Redact removes confidential details from a fault.
func (u *Subject) Redact(rule string, f Fault) Fault {
	r, _ := ByID(rule)
	if !u.Private() || r.Public != TitleOnly {
		return f
	}
	f.Message = fmt.Sprintf("%q: %s (the details are %s)", u.ID.Value, r.Title, withheld)
	f.Hint = fmt.Sprintf("Ask %s; no code change is needed.", u.Policy.Owner())
	f.Key, f.Related = "kept", []diag.Related{{Pos: diag.Pos{File: u.Vendor.File}, Message: "the record"}}
	return f
}

// withheld replaces a confidential value.
const withheld = "kept in the registry"

// mayQuote reports whether messages may quote an attribute. Free text of a private record is confidential, except for what a
// developer needs to know to use the vendor.
func (u *Subject) mayQuote(path string) bool {
	_, row, ok := record.Table().Lookup(path)
	return !u.Private() || ok && row != nil && (row.Type != attr.Text || slices.Contains([]string{"name", "aliases", "scope.api_versions"}, path))
}

// reason returns why a vendor has its status, as the end of a sentence.
func (u *Subject) reason() string {
	switch why := u.Attr("status_reason"); {
	case !why.Known():
		return ""
	case u.Private():
		return fmt.Sprintf(" (the reason is %s; ask %s)", withheld, u.Policy.Owner())
	default:
		return ": " + why.Text
	}
}

// WithheldProblems replaces the problems of a confidential file.
func WithheldProblems(problems []diag.Problem) []diag.Problem {
	return []diag.Problem{{Pos: diag.Pos{File: problems[0].Pos.File}, Message: "the details are " + withheld, Hint: "run `vendorgate registry lint` on the registry to see them"}}
}
