package registry

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// WaiverTable holds the attributes of a waiver.
//
//nolint:gochecknoglobals // an immutable table, built once
var WaiverTable = sync.OnceValue(func() *attr.Table {
	return attr.New("vendorgate waiver", "A dated exception: the vendor, rules and repositories that it covers, and who approved it.", []attr.Row{
		{Path: "apiVersion", Type: attr.Enum, Values: []string{"vendorgate/v1"}, Required: true, Example: "vendorgate/v1", Doc: "Schema version of the file."},
		{Path: "kind", Type: attr.Enum, Values: []string{"Waiver"}, Required: true, Example: "Waiver", Doc: "Type of the file."},
		{Path: "id", Type: attr.Word, Required: true, Example: "WVR-2026-014", Doc: "Id of the waiver. The file has the same name."},
		{Path: "vendor", Type: attr.ID, Required: true, Example: "quillnest-messaging", Doc: "Vendor that the waiver applies to."},
		{Path: "use", Type: attr.ID, Example: "reporting", Doc: "Use that the waiver is limited to, by its name in the manifest (`use`). Without it, the waiver applies to all uses of the vendor."},
		{Path: "repos", Type: attr.Glob, List: true, Required: true, Filled: true, Example: "[acme/notify]", Doc: "Repositories that the waiver covers, as owner/name or globs."},
		{Path: "rules", Type: attr.Word, List: true, Required: true, Filled: true, Example: "[VG-SCP-003]", Doc: "Rules whose findings the waiver covers."},
		{Path: "reason", Type: attr.Text, Required: true, Example: "Migration tracked in NOTIFY-812", Doc: "Why the exception is needed."},
		{Path: "compensating_controls", Type: attr.Text, List: true, Example: "[egress-allow-list]", Doc: "What reduces the risk in the meantime."},
		{Path: "requested_by", Type: attr.Word, Required: true, Example: "s.marchetti", Doc: "User name of the person who asked for the waiver."},
		{Path: "approved_by[]", Required: true, Filled: true, Doc: "Approvers of the waiver, not including the person who asked.", Missing: "add `approved_by: [{user: ..., role: ...}]`", Controls: []string{"SOC 2 CC9.2", "NIST SP 800-53 AC-5"}},
		{Path: "approved_by[].user", Type: attr.Word, Required: true, Example: "a.ferreira", Doc: "User name of the approver."},
		{Path: "approved_by[].role", Type: attr.Word, Required: true, Example: "security-architect", Doc: "Role of the approver."},
		{Path: "approved_by[].team", Type: attr.Word, Example: `"@acme/security"`, Doc: "Team that the user approves for, if the policy lets a team approve in the role. vendorgate does not check that the user is a member."},
		{Path: "approved_on", Type: attr.Date, Required: true, Example: "2026-11-02", Doc: "First day on which the waiver is valid."},
		{Path: "expires", Type: attr.Date, Required: true, Example: "2026-12-15", Doc: "Last day on which the waiver is valid."},
		{Path: "extensions", Type: attr.Int, Example: "0", Doc: "Number of times that the waiver was extended."},
	})
})

// Waiver is one exception.
type Waiver struct {
	ID          string
	File        string
	Record      *attr.Record
	Vendor      diag.At[string]
	Use         diag.At[string] // name of the only use that it is for; empty if it is for all of them
	Approved    diag.At[scalar.Date]
	Expires     diag.At[scalar.Date]
	RequestedBy diag.At[string]
	Problems    []diag.Problem // what cannot be read; the waiver must then not be applied
}

func parseWaiver(id, file string, data []byte) *Waiver {
	w := &Waiver{ID: id, File: file}
	w.Record, w.Problems = WaiverTable().Parse(file, data)
	if w.Record == nil || w.Record.Newer() {
		return w
	}
	r := w.Record
	hintID(w.Problems, r, id)
	if got := r.Get("id"); got.Known() && got.Text != id {
		w.Problems = append(w.Problems, diag.Problem{Pos: got.Pos, Message: fmt.Sprintf("the id %q is not the name of the file", got.Text), Hint: fmt.Sprintf("write `id: %s`, or rename the file", id)})
	}
	w.Vendor, w.Use, w.RequestedBy = r.Get("vendor").At(), r.Get("use").At(), r.Get("requested_by").At()
	w.Approved = diag.At[scalar.Date]{Value: r.Get("approved_on").Day, Pos: r.Get("approved_on").Pos}
	w.Expires = diag.At[scalar.Date]{Value: r.Get("expires").Day, Pos: r.Get("expires").Pos}
	return w
}

// Rules returns the ids of the rules and requirements that the waiver covers, in capital letters, as all of them are.
func (w *Waiver) Rules() []diag.At[string] {
	var out []diag.At[string]
	for _, item := range w.Record.Get("rules").Items {
		out = append(out, diag.At[string]{Value: strings.ToUpper(item.Text), Pos: item.Pos})
	}
	return out
}

// Covers reports whether the waiver speaks of a rule.
func (w *Waiver) Covers(rule string) bool {
	return slices.ContainsFunc(w.Rules(), func(r diag.At[string]) bool { return r.Value == rule })
}

// AppliesToUse reports whether the waiver speaks of a use of its vendor, by its name in the manifest. A use without a name, or without an
// entry, is only spoken of by a waiver for all uses.
func (w *Waiver) AppliesToUse(name string) bool { return w.Use.Value == "" || w.Use.Value == name }

// AppliesTo reports whether the waiver speaks of a repository, given as owner/name.
func (w *Waiver) AppliesTo(repository string) bool {
	return repository != "" && NamesRepository(w.Record.Get("repos"), repository)
}

// NamesRepository reports whether one of a list of patterns matches owner/name.
func NamesRepository(patterns *attr.Value, repository string) bool {
	return slices.ContainsFunc(patterns.Texts(), func(p string) bool { return scalar.RepositoryMatches(p, repository) })
}

// NamesTeam reports whether one of a list of patterns matches a team.
func NamesTeam(patterns *attr.Value, team string) bool {
	return slices.ContainsFunc(patterns.Texts(), func(p string) bool { return scalar.TeamMatches(p, team) })
}
