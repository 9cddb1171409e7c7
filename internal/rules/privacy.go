package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Private reports whether the registry keeps what the record of a use says in confidence.
func (u *Subject) Private() bool {
	return u.Policy.Confidential || u.Vendor != nil && u.Vendor.Private()
}

// tellsFindings reports whether the findings of a rule say what papers, tests or reviews of a vendor found, or quote its record.
func tellsFindings(rule string) bool {
	return slices.Contains([]string{"VG-APR-005", "VG-AUD-003", "VG-AUD-004", "VG-PIL-002", "VG-PRB-001", "VG-PRB-002", "VG-REG-003", "VG-REG-004"}, rule)
}

// AboutUse reports whether the findings of a rule speak of what the manifest says, or of a waiver, and not of why a vendor is
// approved or not.
func AboutUse(rule string) bool {
	return strings.HasPrefix(rule, "VG-SCP-") || slices.Contains([]string{"VG-REG-001", "VG-AUT-004", "VG-WVR-001"}, rule)
}

// Guard is what may be said of a fault in a record.
func (u *Subject) Guard(rule string, f Fault) Fault {
	if !u.Private() || !tellsFindings(rule) {
		return f
	}
	r, _ := ByID(rule)
	f.Message = fmt.Sprintf("%q: %s; what it is is %s", u.ID.Value, r.Title, withheld)
	f.Hint = fmt.Sprintf("Nothing to change in this repository; ask %s.", u.Policy.Owner())
	f.Key, f.Related = "kept", []diag.Related{{Pos: diag.Pos{File: u.Vendor.File}, Message: "the record"}}
	return f
}

// withheld stands for a value that is not told.
const withheld = "kept in the registry"

// tells reports whether a value of the record may be told: all but free words of a private one. What a developer must know to
// use the vendor is no secret.
func (u *Subject) tells(path string) bool {
	_, row, ok := registry.Table().Lookup(path)
	return !u.Private() || ok && row != nil && (row.Type != attr.Text || slices.Contains([]string{"name", "aliases", "scope.api_versions"}, path))
}

// reason is why a vendor has its status, as the end of a sentence.
func (u *Subject) reason() string {
	switch why := u.Fact("status_reason"); {
	case !why.Known():
		return ""
	case u.Private():
		return fmt.Sprintf("; the reason is %s, ask %s", withheld, u.Policy.Owner())
	default:
		return ": " + why.Text
	}
}

// KeptProblems is what may be said of a file that could not be understood.
func KeptProblems(problems []diag.Problem) []diag.Problem {
	return []diag.Problem{{Pos: diag.Pos{File: problems[0].Pos.File}, Message: "what is wrong in it is " + withheld, Hint: "`vendorgate registry lint` tells it"}}
}
