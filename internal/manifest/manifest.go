// Package manifest reads vendors.yaml: the vendors that a repository uses. Its settings can only make the check
// stricter, and take effect after merge.
package manifest

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Manifest is one vendors.yaml.
type Manifest struct {
	Path     string // below the directory that was checked, with slashes
	File     string // as a reader finds it
	Settings Settings
	Ignores  []Ignore // in file order
	Excludes Excludes // manifests that a search leaves out; only those of a manifest at the root count
	Uses     []Use    // those whose id could be read, in file order
	Problems []diag.Problem
}

// Settings makes the check of a manifest stricter than the run.
type Settings struct {
	FailOn diag.Severity // lightest severity that fails the check; Off if it does not say
	All    bool          // findings about unchanged uses can fail the check
}

// Use is a vendor that a repository uses.
type Use struct {
	ID           diag.At[string]
	Owner        diag.At[string] // its own, or the manifest's
	Purpose      diag.At[string]
	Component    string
	Environments []diag.At[string]
	Data         []diag.At[string] // classes; empty where the manifest says none
	APIID        diag.At[string]
	APIVersion   diag.At[string]
	Endpoints    []diag.At[string]
	AuthMethod   diag.At[string]
	Criticality  int // 1 to 4; 0 if not stated
	Secrets      []string
	Waiver       diag.At[string]

	record *attr.Record
}

// Get finds an attribute of the entry by its path in the table of manifests, below vendors[].
func (u Use) Get(path string) *attr.Value { return u.record.Get(path) }

// Same reports whether two uses have the same content, wherever and in whatever form it is written.
func (u Use) Same(other Use) bool {
	return u.Owner.Value == other.Owner.Value && u.Component == other.Component && u.record.Same(other.record, "owner")
}

// Parse reads a manifest. It never fails: Problems lists what is wrong, and the valid rest is still there.
func Parse(name, file string, data []byte) Manifest {
	m := Manifest{Path: name, File: file}
	record, problems := Table().Parse(file, data)
	if m.Problems = problems; record == nil {
		return m
	}
	m.read(record)
	if m.Problems = diag.FirstProblems(m.Problems); len(problems) == diag.MaxProblems {
		m.Problems = problems // the last of them counts the others
	}
	return m
}

// Entry returns a manifest with a single entry from another file. The record was read through a table with EntryRows.
func Entry(file string, record *attr.Record) Manifest {
	m := Manifest{Path: file, File: file}
	top, _ := Table().Read(&yamltree.Node{Kind: yamltree.Map}) // says nothing
	if u, ok := m.use(top, record); ok {
		m.Uses = append(m.Uses, u)
	}
	return m
}

func (m *Manifest) read(record *attr.Record) {
	list := record.Get("vendors")
	m.ignores(record)
	m.excludes(record)
	if v := record.Get("settings.fail_on"); v.Known() {
		m.Settings.FailOn, _ = diag.ParseSeverity(v.Text) // the table allows no other word
	}
	m.Settings.All = record.Get("settings.fail_scope").Known()
	first := map[string]diag.Pos{}
	for _, item := range list.Records {
		use, ok := m.use(record, item)
		if !ok {
			continue
		}
		if at, twice := first[use.ID.Value]; twice {
			m.problem(use.ID.Pos, fmt.Sprintf("vendor %q is declared twice; the first is on line %d", use.ID.Value, at.Line), "merge the two entries")
			continue
		}
		first[use.ID.Value] = use.ID.Pos
		m.Uses = append(m.Uses, use)
	}
}

func (m *Manifest) problem(pos diag.Pos, message, hint string) {
	m.Problems = append(m.Problems, diag.Problem{Pos: pos, Message: message, Hint: hint})
}

func (m *Manifest) use(top, item *attr.Record) (Use, bool) {
	id := item.Get("id")
	if !id.Known() {
		return Use{}, false // Parse has said so
	}
	u := Use{
		ID: id.At(), Owner: item.Get("owner").At(), Purpose: item.Get("purpose").At(), Component: top.Get("component").Text,
		Environments: ats(item.Get("environments")),
		APIID:        item.Get("api.id").At(), APIVersion: item.Get("api.version").At(),
		Endpoints: ats(item.Get("endpoints")), AuthMethod: item.Get("auth_method").At(), Waiver: item.Get("waiver").At(),
		record: item,
	}
	if u.Owner.Value == "" {
		u.Owner = top.Get("owner").At()
	}
	if u.Owner.Value == "" && item.Get("owner").State == attr.Absent {
		m.problem(id.Pos, fmt.Sprintf("%q has no owner", id.Text), "add `owner: team-name` here, or once at the top of the file")
	}
	if tier := item.Get("criticality"); tier.Known() {
		u.Criticality = tier.Int + 1
	}
	if env := item.Get("environments"); env.Known() && len(env.Items) == 0 {
		m.problem(env.Pos, fmt.Sprintf("%q names no environment", id.Text), "add the ones that call the vendor: `environments: [prod]`")
	}
	for _, secret := range item.Get("secrets").Records {
		if name := secret.Get("name"); name.Known() {
			u.Secrets = append(u.Secrets, name.Text)
		}
	}
	u.Data = m.data(item, id.At())
	return u, true
}

// data reads the data classes. The word none must be the only one, and an empty list does not mean the same.
func (m *Manifest) data(item *attr.Record, id diag.At[string]) []diag.At[string] {
	list := item.Get("data")
	if list.Known() && len(list.Records) == 0 {
		m.problem(list.Pos, fmt.Sprintf("%q does not say which data it exchanges", id.Value), "write `data: [none]` if there is none")
	}
	var out []diag.At[string]
	seen := map[string]bool{}
	for _, r := range list.Records {
		class := r.Get("class")
		switch {
		case !class.Known():
		case class.Text == "none" && len(list.Records) > 1:
			m.problem(class.Pos, "\"none\" is listed with other data classes", "remove `none`, or the other classes")
		case class.Text == "none":
		case seen[class.Text]:
			m.problem(class.Pos, fmt.Sprintf("data class %q is listed twice", class.Text), "remove one of them")
		default:
			seen[class.Text] = true
			out = append(out, class.At())
		}
	}
	return out
}

func ats(v *attr.Value) []diag.At[string] {
	var out []diag.At[string]
	for i := range v.Items {
		out = append(out, v.Items[i].At())
	}
	return out
}
