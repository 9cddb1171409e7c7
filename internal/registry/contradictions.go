package registry

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// contradictions finds what is wrong between the fields of one record (VG-REG-003). ownPackages says that the record itself,
// and not the one that it inherits from, says something about some of its packages.
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
		v.subset("detect.local", "sdks")
		v.subset("detect.self_hosted", "sdks")
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

// papers finds what contradicts itself in assessments, evidence, contract and pilot, and in what refers to them.
func (v *Vendor) papers() {
	r := v.Record
	for _, list := range []string{"assessments", "evidence"} {
		v.duplicateIDs(list, r.Get(list).Records)
	}
	ids := map[string]bool{} // of evidence
	for _, e := range r.Get("evidence").Records {
		ids[e.Get("id").Text] = true
	}
	v.ordered(r, "contract.start", "contract.end")
	v.ordered(r, "pilot.period.start", "pilot.period.end")
	for _, a := range r.Get("assessments").Records {
		v.ordered(a, "period.start", "period.end")
		v.ordered(a, "performed.start", "performed.end")
		v.ordered(a, "certified_on", "expires")
		v.reference(ids, a.Get("evidence"))
		for _, service := range a.Get("scope_services").Items {
			if apis := v.APIs(); len(apis) > 0 && service.Text != v.ID && !slices.Contains(apis, service.Text) {
				v.fault(service.Pos, fmt.Sprintf("scope_services contains %q, which is not in apis", service.Text), "use ids of APIs in this record, or the record's id for all of them")
			}
		}
	}
	for _, e := range r.Get("evidence").Records {
		v.ordered(e, "issued", "expires")
		for _, pattern := range e.Get("supports").Items {
			if !Supportable(pattern.Text) {
				v.fault(pattern.Pos, fmt.Sprintf("evidence supports %q, which is not an attribute of records", pattern.Text), SupportHint(pattern.Text))
			}
		}
	}
	for _, path := range []string{"exit.plan", "compliance.dpa.evidence", "compliance.pci.responsibility_matrix", "pilot.evidence"} {
		v.reference(ids, r.Get(path))
	}
}

// ordered reports a date that is before the one that it must follow.
func (v *Vendor) ordered(r *attr.Record, from, to string) {
	if a, b := r.Get(from), r.Get(to); a.Known() && b.Known() && b.Day.Before(a.Day) {
		v.fault(b.Pos, fmt.Sprintf("%s is %s, before %s, which is %s", to, b.Text, from, a.Text), "correct one of the dates")
	}
}

// reference reports the id of a piece of evidence that the record does not have.
func (v *Vendor) reference(ids map[string]bool, id *attr.Value) {
	if id.Known() && !ids[id.Text] {
		v.fault(id.Pos, fmt.Sprintf("there is no evidence %q", id.Text), "add it to evidence, or correct the id")
	}
}
