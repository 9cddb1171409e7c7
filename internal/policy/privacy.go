package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// What a check says is read by everyone who sees the repository. Where a record rests on papers that are not public, its
// free words and what the papers found stay in the registry; under a confidential policy every reason does. All findings
// about a use pass guard, all findings confide, and all values of a record show.

// private reports whether the registry keeps what the record of a use says in confidence.
func (u *use) private() bool {
	return u.policy.Confidential || u.vendor != nil && u.vendor.Private()
}

// tellsFindings reports whether the findings of a rule say what papers, tests or reviews of a vendor found, or quote its record.
func tellsFindings(rule string) bool {
	return slices.Contains([]string{"VG-APR-005", "VG-AUD-003", "VG-AUD-004", "VG-PIL-002", "VG-PRB-001", "VG-PRB-002", "VG-REG-003", "VG-REG-004"}, rule)
}

// aboutUse reports whether the findings of a rule speak of what the manifest says, or of a waiver, and not of why a vendor is
// approved or not.
func aboutUse(rule string) bool {
	return strings.HasPrefix(rule, "VG-SCP-") || slices.Contains([]string{"VG-REG-001", "VG-AUT-004", "VG-WVR-001"}, rule)
}

// guard is what may be said of a fault in a record.
func (u *use) guard(rule string, f fault) fault {
	if !u.private() || !tellsFindings(rule) {
		return f
	}
	r, _ := RuleByID(rule)
	f.message = fmt.Sprintf("%q: %s; what it is is %s", u.ID.Value, r.Title, withheld)
	f.hint = fmt.Sprintf("Nothing to change in this repository; ask %s.", u.policy.owner())
	f.key, f.related = "kept", []diag.Related{{Pos: diag.Pos{File: u.vendor.File}, Message: "the record"}}
	return f
}

// confide takes the reasons out of all findings, under a confidential policy: what speaks against a vendor becomes one finding
// of a use, under one rule. It comes after the waivers, which cover rules.
func (e *evaluation) confide() {
	if !e.in.Policy.Confidential {
		return
	}
	for i := range e.findings {
		f := &e.findings[i]
		if f.Vendor == "" || f.Rule == unreadable || aboutUse(f.Rule) || strings.HasPrefix(f.Rule, "VG-MAN-") {
			continue
		}
		ask := e.in.Policy.owner()
		f.Message = fmt.Sprintf("%q is not approved for this use; ask %s", f.Vendor, ask)
		if f.Severity < diag.Error {
			f.Message = fmt.Sprintf("the approval of %q is to be looked at; ask %s", f.Vendor, ask)
		}
		place, _, _ := strings.Cut(f.Key, "\x00") // what counts differently stays apart
		f.Key = fmt.Sprintf("%s\x00kept %s %s %t", place, f.Severity, f.Waiver, f.Everywhere)
		f.Rule, f.Hint, f.Related, f.Owner = "VG-APR-001", "", nil, ask
	}
}

// withheld stands for a value that is not told.
const withheld = "kept in the registry"

// tells reports whether a value of the record may be told: all but free words of a private one. What a developer must know to
// use the vendor is no secret.
func (u *use) tells(path string) bool {
	_, row, ok := registry.Table().Lookup(path)
	return !u.private() || ok && row != nil && (row.Type != attr.Text || slices.Contains([]string{"name", "aliases", "scope.api_versions"}, path))
}

// reason is why a vendor has its status, as the end of a sentence.
func (u *use) reason() string {
	switch why := u.get("status_reason"); {
	case !why.Known():
		return ""
	case u.private():
		return fmt.Sprintf("; the reason is %s, ask %s", withheld, u.policy.owner())
	default:
		return ": " + why.Text
	}
}

// shownStatus is the status of a vendor as a report shows it.
func (p *Policy) shownStatus(status string) string {
	switch {
	case !p.Confidential:
		return status
	case slices.Contains([]string{"approved", "conditional", "deprecated", "pilot"}, status):
		return "approved"
	default:
		return "not-approved"
	}
}

// keptProblems is what may be said of a file that could not be understood.
func keptProblems(problems []diag.Problem) []diag.Problem {
	return []diag.Problem{{Pos: diag.Pos{File: problems[0].Pos.File}, Message: "what is wrong in it is " + withheld, Hint: "`vendorgate registry lint` tells it"}}
}
