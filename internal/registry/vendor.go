package registry

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Vendor is one record, its identity completed from the embedded registry.
type Vendor struct {
	ID       string
	File     string // as a reader finds it
	Record   *attr.Record
	Problems []diag.Problem // what cannot be read; the record must then not be judged
	Faults   []diag.Problem // what can be read and contradicts itself

	// Versions of the vendor's APIs that may be used, compiled.
	versions []versionRule
}

// Reviewed reports whether the organisation has decided on the vendor. A record without a status only identifies the
// vendor and does not approve it.
func (v *Vendor) Reviewed() bool { return v.Record.Get("status").Known() }

// Name returns the name that people use, or the id.
func (v *Vendor) Name() string {
	if name := v.Record.Get("name"); name.Known() {
		return name.Text
	}
	return v.ID
}

// identityPaths returns the attributes that a record inherits from the embedded identity of the same id.
func identityPaths() []string {
	return []string{"name", "aliases", "category", "description", "provider", "domains", "api_hosts", "api_version_scheme", "apis", "sdks", "detect", "links"}
}

func parseVendor(id, file string, data []byte, known *attr.Record) *Vendor {
	record, problems := record.Table().Parse(file, data)
	return newVendor(id, file, record, problems, known)
}

func newVendor(id, file string, record *attr.Record, unread []diag.Problem, known *attr.Record) *Vendor {
	v := &Vendor{ID: id, File: file, Record: record, Problems: unread}
	if v.Record == nil {
		return v
	}
	ownPackages := v.Record.Get("detect.multi_backend").Known()
	if known != nil {
		v.Record.Inherit(known, identityPaths()...)
	}
	var problems []diag.Problem
	v.versions, problems = compileVersions(v.Record)
	v.Problems = diag.FirstProblems(append(v.Problems, problems...))
	v.contradictions(ownPackages)
	return v
}

// contradictions finds what is wrong between the fields of one record (VG-REG-003). ownPackages says that the record itself,
// and not the one that it inherits from, lists packages that serve several vendors.
func (v *Vendor) contradictions(ownPackages bool) {
	r := v.Record
	if id := r.Get("id"); id.Known() && id.Text != v.ID {
		v.fault(id.Pos, fmt.Sprintf("the id %q is not the name of the file", id.Text), fmt.Sprintf("write `id: %s`, or rename the file", v.ID))
	}
	if by := r.Get("replaced_by"); by.Known() && by.Text == v.ID {
		v.fault(by.Pos, "the vendor replaces itself", "name another vendor")
	}
	v.subset("scope.hosts", "api_hosts")
	v.subset("scope.auth_methods", "authentication.methods")
	if ownPackages { // an inherited list may name packages that this record leaves out
		v.subset("detect.multi_backend", "sdks")
	}
	if on, end := r.Get("approval.approved_on"), r.Get("approval.expires"); on.Known() && end.Known() && end.Day.Before(on.Day) {
		v.fault(end.Pos, fmt.Sprintf("the approval ends on %s, before it starts on %s", end.Day, on.Day), "correct one of the dates")
	}
	v.duplicateIDs("apis", r.Get("apis").Records)
	v.duplicateIDs("approval.conditions", r.Get("approval.conditions").Records)
	for _, a := range r.Get("apis").Records {
		v.duplicateIDs("apis[].versions", a.Get("versions").Records)
	}
	v.papers()
	v.Faults = diag.FirstProblems(v.Faults)
}

// subset reports items of a list that the list it selects from does not have. A host below a wildcard is one of it.
func (v *Vendor) subset(chosen, from string) {
	all := v.Record.Get(from)
	if !all.Known() {
		return
	}
	for _, item := range v.Record.Get(chosen).Items {
		covered := func(whole attr.Value) bool {
			return whole.Text == item.Text || scalar.HostMatches(whole.Text, item.Text)
		}
		if !slices.ContainsFunc(all.Items, covered) {
			v.fault(item.Pos, fmt.Sprintf("%s contains %q, which is not in %s", chosen, item.Text, from), "correct one of the two lists")
		}
	}
}

func (v *Vendor) duplicateIDs(list string, records []*attr.Record) {
	seen := map[string]bool{}
	for _, r := range records {
		id := r.Get("id")
		if id.Known() && seen[id.Text] {
			v.fault(id.Pos, fmt.Sprintf("%s has two entries with the id %q", list, id.Text), "give each its own id")
		}
		seen[id.Text] = true
	}
}

func (v *Vendor) fault(pos diag.Pos, message, hint string) {
	v.Faults = append(v.Faults, diag.Problem{Pos: pos, Message: message, Hint: hint})
}

// Hosts returns the hosts that a use may call: scope.hosts, or api_hosts if the scope names none.
func (v *Vendor) Hosts() *attr.Value { return firstKnown(v.Record, "scope.hosts", "api_hosts") }

// AuthMethods returns the methods that a use may have: scope.auth_methods, or authentication.methods.
func (v *Vendor) AuthMethods() *attr.Value {
	return firstKnown(v.Record, "scope.auth_methods", "authentication.methods")
}

func firstKnown(r *attr.Record, paths ...string) *attr.Value {
	for _, path := range paths {
		if v := r.Get(path); v.Known() {
			return v
		}
	}
	return r.Get(paths[0])
}
