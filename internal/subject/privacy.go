package subject

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
)

// Withheld replaces a confidential value.
const Withheld = "kept in the registry"

// mayQuote reports whether messages may quote an attribute. Free text of a private record is confidential, except for what a
// developer needs to know to use the vendor.
func (u *Subject) mayQuote(path string) bool {
	if !u.Private() {
		return true
	}
	row := record.Attribute(path)
	return strings.HasSuffix(path, "."+policy.ValidUntil) || row != nil && (row.Type != attr.Text || slices.Contains([]string{"name", "aliases", "scope.api_versions"}, path))
}

// Quote returns the value of an attribute for a message.
func (u *Subject) Quote(path string) string {
	v := u.Attr(path)
	switch {
	case v.State == attr.Unknown || v.State == attr.Absent:
		return "unknown"
	case !u.mayQuote(path):
		return Withheld
	case v.Records != nil:
		var names []string
		for i := range v.Records {
			names = append(names, policy.ItemName(path, v.Records, i))
		}
		return List(names)
	case v.Items != nil:
		return "[" + strings.Join(v.Texts(), ", ") + "]"
	default:
		return v.Text
	}
}

// Reason returns why a vendor has its status, as the end of a sentence.
func (u *Subject) Reason() string {
	switch why := u.Attr("status_reason"); {
	case !why.Known():
		return ""
	case u.Private():
		return fmt.Sprintf(" (the reason is %s; ask %s)", Withheld, u.Policy.Owner())
	default:
		return ": " + why.Text
	}
}

// Redacted returns a fault without the details of a private record: only with the sentence that the rule keeps for that, and whom to ask.
func (u *Subject) Redacted(f Fault, ask string) Fault {
	if !u.Private() {
		return f
	}
	f.Message = fmt.Sprintf("%s (the details are %s)", cmp.Or(f.Private, u.About("the record of %q needs attention")), Withheld)
	f.Hint = fmt.Sprintf("Ask %s.%s", ask, u.NoCodeChange())
	f.Key, f.Related = "kept", []diag.Related{{Pos: diag.Pos{File: u.Vendor.File}, Message: "the record"}}
	return f
}

// WithheldProblems replaces the problems of a confidential file.
func WithheldProblems(problems []diag.Problem) []diag.Problem {
	if problems[0].Newer {
		return problems[:1]
	}
	return []diag.Problem{{Pos: diag.Pos{File: problems[0].Pos.File}, Message: "the details are " + Withheld, Hint: "run `vendorgate registry lint` on the registry to see them"}}
}
