package registry

import (
	"fmt"
	"slices"
	"strings"

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
	v.claims()
	v.pilotHosts()
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
	for _, incident := range r.Get("incidents").Records {
		v.ordered(incident, "date", "resolved_on")
	}
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

// said is what a record says about an attribute: one of several words, which a list must contain, or any value if there are no words.
type said struct{ path, words string }

// exclusion is claims of which none can be true if another one is.
type exclusion struct {
	any  []said
	none said
}

// exclusions lists claims that cannot be true together.
func exclusions() []exclusion {
	const unsigned = "none n/a"
	return []exclusion{
		{[]said{{"authentication.methods", "mtls"}, {"authentication.sender_constrained", "mtls"}, {"scope.auth_methods", "mtls"}}, said{"encryption.in_transit.mtls", "false"}},
		{[]said{{"encryption.in_transit.min_tls", "1.3"}, {"encryption.in_transit.mozilla_profile", "modern"}}, said{"encryption.in_transit.tls13", "false"}},
		{[]said{{"encryption.in_transit.mozilla_profile", "modern"}}, said{"encryption.in_transit.min_tls", "1.0 1.1 1.2 none"}},
		{[]said{{"encryption.in_transit.mozilla_profile", "intermediate"}}, said{"encryption.in_transit.min_tls", "1.0 1.1 none"}},
		{[]said{{"authentication.webhooks.signature", unsigned}}, said{"authentication.webhooks.replay_window", ""}},
		{[]said{{"authentication.webhooks.signature", unsigned}}, said{"authentication.webhooks.secret_rotation", "true"}},
		{[]said{{"authentication.scopes.granularity", "none"}}, said{"authentication.scopes.least_privilege", "true"}},
		{[]said{{"access.rbac.supported", "false"}}, said{"access.rbac.custom_roles", "true"}},
		{[]said{{"access.mfa.supported", "false"}}, said{"access.mfa.enforced", "true"}},
		{[]said{{"access.mfa.supported", "false"}}, said{"access.mfa.phishing_resistant", "true"}},
		{[]said{{"compliance.dpa.status", "missing not-required"}}, said{"compliance.dpa.signed_on", ""}},
		{[]said{{"compliance.baa.status", "missing not-required"}}, said{"compliance.baa.signed_on", ""}},
	}
}

// claims finds claims of one record that cannot all be true.
func (v *Vendor) claims() {
	for _, group := range exclusions() {
		var first []string
		for _, one := range group.any {
			if _, words := v.saying(one); words != "" {
				first = append(first, words)
			}
		}
		if at, second := v.saying(group.none); len(first) > 0 && second != "" {
			v.fault(at, strings.Join(first, " and ")+", but "+second, "correct the one that is wrong")
		}
	}
	r := v.Record
	if a, b := r.Get("logging.immediately_available"), r.Get("logging.retention"); a.Known() && b.Known() && a.Span.Compare(b.Span) > 0 {
		v.fault(a.Pos, fmt.Sprintf("logging.immediately_available is %s, longer than logging.retention, which is %s", a.Text, b.Text), "correct the one that is wrong")
	}
	if a, b := r.Get("risk.residual"), r.Get("risk.inherent"); a.Known() && b.Known() && a.Text != "unknown" && b.Text != "unknown" && a.Int < b.Int {
		v.fault(a.Pos, fmt.Sprintf("risk.residual is %s, higher than risk.inherent, which is %s", a.Text, b.Text), "correct the one that is wrong")
	}
	for _, pair := range [][2]string{{"p50", "p95"}, {"p95", "p99"}} {
		if a, b := r.Get("pilot.latency_ms."+pair[0]), r.Get("pilot.latency_ms."+pair[1]); a.Known() && b.Known() && a.Int > b.Int {
			v.fault(b.Pos, fmt.Sprintf("pilot.latency_ms.%s is %s, less than %s, which is %s", pair[1], b.Text, pair[0], a.Text), "correct the one that is wrong")
		}
	}
}

// saying returns the place of a claim, and the claim as part of a sentence; empty if the record does not make it.
func (v *Vendor) saying(s said) (diag.Pos, string) {
	value, words := v.Record.Get(s.path), strings.Fields(s.words)
	switch {
	case value.Items != nil:
		for _, item := range value.Items {
			if len(words) == 0 || slices.Contains(words, item.Text) {
				return value.Pos, s.path + " contains " + item.Text
			}
		}
	case len(words) == 0 && value.Known() && value.Text != "unknown", slices.Contains(words, value.Text):
		return value.Pos, s.path + " is " + value.Text
	}
	return value.Pos, ""
}

// pilotHosts finds a pilot in a test environment that may only call hosts of production, although the vendor has one for tests.
func (v *Vendor) pilotHosts() {
	r := v.Record
	chosen := r.Get("scope.hosts")
	if r.Get("status").Text != "pilot" || len(chosen.Items) == 0 || slices.Contains(r.Get("scope.environments").Texts(), "prod") || r.Get("pilot.environment").Text == "prod" {
		return
	}
	tests := slices.DeleteFunc(r.Get("api_hosts").Texts(), func(host string) bool { return !TestHost(host) })
	mayTest := func(host string) bool { return TestHost(host) || strings.HasPrefix(host, "*.") }
	if len(tests) > 0 && !slices.ContainsFunc(chosen.Texts(), mayTest) {
		v.fault(chosen.Pos, fmt.Sprintf("the pilot is in a test environment, but scope.hosts contains only hosts of production: %s", strings.Join(chosen.Texts(), ", ")), "use "+strings.Join(tests, ", "))
	}
}

// TestHost reports whether a part of a host's name says that it is not for production.
func TestHost(host string) bool {
	parts := strings.FieldsFunc(host, func(c rune) bool { return c == '.' || c == '-' })
	return slices.ContainsFunc(parts, func(part string) bool {
		return slices.Contains([]string{"sandbox", "test", "testing", "staging", "stage", "dev", "demo", "uat", "qa", "preprod"}, part)
	})
}
