package rules

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Private reports whether the registry keeps what the record of a use says in confidence.
func (u *Subject) Private() bool {
	return u.Policy.Confidential || u.Vendor != nil && u.Vendor.Private()
}

// Guard is what may be said of a fault in a record.
func (u *Subject) Guard(rule string, f Fault) Fault {
	r, _ := ByID(rule)
	if !u.Private() || r.Public != TitleOnly {
		return f
	}
	f.Message = fmt.Sprintf("%q: %s; what it is is %s", u.ID.Value, r.Title, withheld)
	f.Hint = fmt.Sprintf("Nothing to change in this repository; ask %s.", u.Policy.Owner())
	f.Key, f.Related = "kept", []diag.Related{{Pos: diag.Pos{File: u.Vendor.File}, Message: "the record"}}
	return f
}

// withheld stands for a value that is not told.
const withheld = "kept in the registry"

// tells reports whether a value of the record may be told: all but free words of a private one. What a developer must know to
// use the vendor is no secret.
func (u *Subject) mayQuote(path string) bool {
	_, row, ok := registry.Table().Lookup(path)
	return !u.Private() || ok && row != nil && (row.Type != attr.Text || slices.Contains([]string{"name", "aliases", "scope.api_versions"}, path))
}

// reason is why a vendor has its status, as the end of a sentence.
func (u *Subject) reason() string {
	switch why := u.Attr("status_reason"); {
	case !why.Known():
		return ""
	case u.Private():
		return fmt.Sprintf("; the reason is %s, ask %s", withheld, u.Policy.Owner())
	default:
		return ": " + why.Text
	}
}

// WithheldProblems is what may be said of a file that could not be understood.
func WithheldProblems(problems []diag.Problem) []diag.Problem {
	return []diag.Problem{{Pos: diag.Pos{File: problems[0].Pos.File}, Message: "what is wrong in it is " + withheld, Hint: "`vendorgate registry lint` tells it"}}
}
