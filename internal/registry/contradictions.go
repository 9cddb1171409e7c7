package registry

import (
	"fmt"
	"slices"
	"strconv"
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
	for _, id := range r.Get("exit.alternatives").Items {
		if id.Text == v.ID {
			v.fault(id.Pos, "the vendor is its own alternative", "name another vendor")
		}
	}
	v.subset("scope.hosts", "api_hosts")
	v.subset("scope.auth_methods", "authentication.methods")
	if ownPackages { // an inherited list may name packages that this record leaves out
		v.subset("detect.multi_backend", "sdks")
		v.subset("detect.local", "sdks")
		v.subset("detect.self_hosted", "sdks")
	}
	v.duplicateIDs("apis", r.Get("apis").Records)
	v.duplicateIDs("approval.conditions", r.Get("approval.conditions").Records)
	for _, a := range r.Get("apis").Records {
		v.duplicateIDs("apis[].versions", a.Get("versions").Records)
	}
	v.papers()
	v.disorder()
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
	for _, id := range v.references() {
		v.reference(id)
	}
	for _, a := range r.Get("assessments").Records {
		for _, service := range a.Get("scope_services").Items {
			if apis := v.APIs(); len(apis) > 0 && !unreadable(r.Get("apis")) && service.Text != v.ID && !slices.Contains(apis, service.Text) {
				v.fault(service.Pos, fmt.Sprintf("scope_services contains %q, which is not in apis", service.Text), "use ids of APIs in this record, or the record's id for all of them")
			}
		}
	}
	for _, e := range r.Get("evidence").Records {
		for _, pattern := range e.Get("supports").Items {
			if !Supportable(pattern.Text) {
				v.fault(pattern.Pos, fmt.Sprintf("evidence supports %q, which is not an attribute of records", pattern.Text), SupportHint(pattern.Text))
			}
		}
	}
}

// references returns the attributes that name evidence.
func (v *Vendor) references() []*attr.Value {
	var out []*attr.Value
	for _, a := range v.Record.Get("assessments").Records {
		out = append(out, a.Get("evidence"))
	}
	for _, path := range []string{"exit.plan", "compliance.dpa.evidence", "compliance.pci.responsibility_matrix", "pilot.evidence"} {
		out = append(out, v.Record.Get(path))
	}
	return out
}

// unreadable reports whether the id of an item of a list could not be read. It may be the one that something refers to.
func unreadable(list *attr.Value) bool {
	return slices.ContainsFunc(list.Records, func(r *attr.Record) bool { return !r.Get("id").Known() })
}

// reference reports the id of a piece of evidence that the record does not have.
func (v *Vendor) reference(id *attr.Value) {
	if id.Known() && !slices.Contains(v.EvidenceIDs(), id.Text) && !unreadable(v.Record.Get("evidence")) {
		hint := "add it to evidence, or correct the id"
		if meant := v.MeantEvidence(id.Text); meant != "" {
			hint = fmt.Sprintf("did you mean %q?", meant)
		}
		v.mistake(Mistake{Problem: diag.Problem{Pos: id.Pos, Message: fmt.Sprintf("there is no evidence %q", id.Text), Hint: hint}})
	}
}

// MeantEvidence returns the evidence that an id was meant to name: one that is written nearly the same and that nothing names rightly. It is
// empty if there is none.
func (v *Vendor) MeantEvidence(id string) string {
	var free []string
	for _, have := range v.EvidenceIDs() {
		if !slices.ContainsFunc(v.references(), func(named *attr.Value) bool { return named.Text == have }) {
			free = append(free, have)
		}
	}
	return diag.Mistyped(id, free)
}

// EvidenceIDs lists the ids of the record's evidence.
func (v *Vendor) EvidenceIDs() []string {
	var out []string
	for _, e := range v.Record.Get("evidence").Records {
		out = append(out, e.Get("id").Text)
	}
	return out
}

// said is what a record, or an item of a list in it, says about an attribute: one of several words, which a list must contain, [] for an
// empty list, or null. Without words, it is anything but that there is none.
type said struct{ path, words string }

// order is a pair of dates that can only follow each other, or be the same.
type order struct {
	list     string // whose items have the dates; empty for the record itself
	from, to string
	where    said // what must be said besides, if anything
}

// orders lists the dates of a record that follow each other.
func orders() []order {
	deprecated, pilot, test := said{"status", "deprecated"}, said{"status", "pilot"}, said{"type", "pentest"}
	return []order{
		{from: "approval.approved_on", to: "approval.expires"},
		{from: "status_since", to: "sunset", where: deprecated},
		{from: "status_since", to: "pilot.until", where: pilot},
		{from: "pilot.period.start", to: "pilot.until", where: pilot},
		{from: "pilot.period.start", to: "pilot.period.end"},
		{from: "contract.start", to: "contract.end"},
		{from: "contract.signed_on", to: "contract.end"},
		{list: "incidents", from: "date", to: "resolved_on"},
		{list: "assessments", from: "period.start", to: "period.end"},
		{list: "assessments", from: "period.end", to: "issued"},
		{list: "assessments", from: "period.end", to: "bridge_letter.issued"},
		{list: "assessments", from: "period.end", to: "bridge_letter.covers_through"},
		{list: "assessments", from: "certified_on", to: "expires"},
		{list: "assessments", from: "renews", to: "expires"},
		{list: "assessments", from: "issued", to: "expires"},
		{list: "assessments", from: "performed.start", to: "performed.end"},
		{list: "assessments", from: "performed.end", to: "issued", where: test},
		{list: "assessments", from: "performed.end", to: "retest_on", where: test},
		{list: "evidence", from: "issued", to: "received"},
		{list: "evidence", from: "issued", to: "expires"},
	}
}

// disorder finds dates that are before the ones that they must follow. What one date contradicts is one fault.
func (v *Vendor) disorder() {
	var found []Mistake
	for _, o := range orders() {
		for _, r := range v.itemsOf(o.list) {
			if _, applies := saying(r, o.where); o.where.path != "" && applies == "" {
				continue
			}
			a, b := r.Get(o.from), r.Get(o.to)
			if !a.Known() || !b.Known() || !b.Day.Before(a.Day) {
				continue
			}
			follows := fmt.Sprintf("before %s, which is %s", o.from, a.Text)
			same := slices.IndexFunc(found, func(m Mistake) bool { return m.Pos == b.Pos || slices.Contains(m.Others, a.Pos) })
			switch {
			case same < 0:
				found = append(found, Mistake{Others: []diag.Pos{a.Pos}, Problem: diag.Problem{Pos: b.Pos, Message: fmt.Sprintf("%s is %s, %s", o.to, b.Text, follows), Hint: "correct one of the dates"}})
			case found[same].Pos == b.Pos:
				found[same].Message += ", and " + follows
				found[same].Others = append(found[same].Others, a.Pos)
			}
		}
	}
	for _, m := range found {
		v.mistake(m)
	}
}

// itemsOf returns the items of a list; the record itself if the list has no name.
func (v *Vendor) itemsOf(list string) []*attr.Record {
	if list == "" {
		return []*attr.Record{v.Record}
	}
	return v.Record.Get(list).Records
}

// exclusion is a claim, and others that cannot be true if it is.
type exclusion struct {
	list   string // as in order
	claim  said
	others []said
}

// exclusions lists the claims of a record that cannot all be true.
func exclusions() []exclusion {
	const rest, auth, threats = "encryption.at_rest.", "authentication.", "threat_detection."
	return []exclusion{
		{claim: said{"encryption.in_transit.mtls", "false"}, others: []said{{"authentication.methods", "mtls"}, {"authentication.sender_constrained", "mtls"}, {"scope.auth_methods", "mtls"}}},
		{claim: said{"encryption.in_transit.tls13", "false"}, others: []said{{"encryption.in_transit.min_tls", "1.3"}, {"encryption.in_transit.mozilla_profile", "modern"}}},
		{claim: said{"encryption.in_transit.mozilla_profile", "modern"}, others: []said{{"encryption.in_transit.min_tls", "1.0 1.1 1.2 none"}}},
		{claim: said{"encryption.in_transit.mozilla_profile", "intermediate"}, others: []said{{"encryption.in_transit.min_tls", "1.0 1.1 none"}}},
		{claim: said{rest + "encrypted", "false"}, others: []said{{rest + "algorithm", ""}, {rest + "key_management", ""}, {rest + "key_rotation", ""}, {rest + "fips_140", "true"}}},
		{claim: said{rest + "algorithm", "none"}, others: []said{{rest + "encrypted", "true"}}},
		{claim: said{auth + "webhooks.signature", "none n/a"}, others: []said{{auth + "webhooks.replay_window", ""}, {auth + "webhooks.secret_rotation", "true"}}},
		{claim: said{auth + "scopes.granularity", "none"}, others: []said{{auth + "scopes.least_privilege", "true"}, {"access.rbac.api_key_scoping", "true"}}},
		{claim: said{auth + "revocation.supported", "false"}, others: []said{{auth + "revocation.endpoint", ""}, {auth + "revocation.max_propagation", ""}}},
		{claim: said{auth + "sender_constrained", "none"}, others: []said{{auth + "sender_constrained", "mtls dpop"}}},
		{claim: said{auth + "access_token_max_lifetime", "null"}, others: []said{{auth + "methods", "oidc oauth2-client-credentials oauth2-authorization-code-pkce oauth2-implicit oauth2-password"}}},
		{claim: said{auth + "refresh_token_max_lifetime", "null"}, others: []said{{auth + "refresh_rotation", "true false"}}},
		{claim: said{auth + "refresh_rotation", "n/a"}, others: []said{{auth + "refresh_token_max_lifetime", ""}}},
		{claim: said{"access.rbac.supported", "false"}, others: []said{{"access.rbac.custom_roles", "true"}, {"access.rbac.roles_count", ""}}},
		{claim: said{"access.mfa.supported", "false"}, others: []said{{"access.mfa.enforced", "true"}, {"access.mfa.phishing_resistant", "true"}}},
		{claim: said{"access.sso.protocols", "[]"}, others: []said{{"access.sso.enforceable", "true"}, {"access.sso.extra_cost", "true"}}},
		{claim: said{threats + "realtime.supported", "false"}, others: []said{{threats + "realtime.max_latency", ""}}},
		{claim: said{threats + "anomaly_alerts.supported", "false"}, others: []said{{threats + "anomaly_alerts.channels", ""}, {threats + "anomaly_alerts.max_delay", ""}, {threats + "anomaly_alerts.tested_on", ""}}},
		{claim: said{threats + "automated_blocking.supported", "false"}, others: []said{{threats + "automated_blocking.mechanisms", ""}, {threats + "automated_blocking.customer_configurable", "true"}}},
		{claim: said{"data.stores_customer_data", "false"}, others: []said{{"data.storage_locations", ""}, {"data.retention.default", ""}}},
		{claim: said{"data.stores_customer_data", "true"}, others: []said{{"data.retention.default", "none"}}},
		{claim: said{"data.subprocessors.url", "none null"}, others: []said{{"data.subprocessors.list_sha256", ""}}},
		{claim: said{"data.subprocessors.url", "none"}, others: []said{{"data.subprocessors.reviewed_on", ""}}},
		{claim: said{"compliance.dpa.status", "missing not-required"}, others: []said{{"compliance.dpa.signed_on", ""}}},
		{claim: said{"compliance.dpa.status", "missing"}, others: []said{{"compliance.dpa.evidence", ""}}},
		{claim: said{"compliance.baa.status", "missing not-required"}, others: []said{{"compliance.baa.signed_on", ""}}},
		{claim: said{"compliance.pci.role", "none"}, others: []said{{"compliance.pci.level", ""}, {"compliance.pci.responsibility_matrix", ""}}},
		{claim: said{"contract.status", "draft"}, others: []said{{"contract.signed_on", ""}}},
		{list: "approval.conditions", claim: said{"status", "open waived"}, others: []said{{"met_on", ""}}},
	}
}

// claims finds claims of one record that cannot all be true.
func (v *Vendor) claims() {
	type contradicted struct {
		record *attr.Record
		at     diag.Pos
		claim  string
		others []said
	}
	var all []contradicted // what one claim excludes is one fault
	for _, e := range exclusions() {
		for _, r := range v.itemsOf(e.list) {
			at, claim := saying(r, e.claim)
			same := slices.IndexFunc(all, func(c contradicted) bool { return c.record == r && c.claim == claim })
			switch {
			case claim == "":
			case same >= 0:
				all[same].others = append(slices.Clip(all[same].others), e.others...)
			default:
				all = append(all, contradicted{r, at, claim, e.others})
			}
		}
	}
	for _, c := range all {
		v.exclude(c.record, c.at, c.claim, c.others)
	}
	for _, path := range []string{"contract.sla.uptime_pct", "pilot.error_rate_pct"} {
		share := v.Record.Get(path)
		if percent, err := strconv.ParseFloat(share.Text, 64); err == nil && percent > 100 {
			v.fault(share.Pos, fmt.Sprintf("%s is %s, more than 100 percent", path, share.Text), "correct it")
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

// exclude reports what is said although a claim excludes it.
func (v *Vendor) exclude(r *attr.Record, at diag.Pos, claim string, others []said) {
	var first diag.Pos
	var said []string
	for _, other := range others {
		pos, text := saying(r, other)
		if text == "" {
			continue
		}
		if said = append(said, text); len(said) == 1 {
			first = pos
		}
	}
	if len(said) > 0 {
		v.mistake(Mistake{Others: []diag.Pos{at}, Problem: diag.Problem{Pos: first, Message: claim + ", but " + join(said), Hint: "correct the one that is wrong"}})
	}
}

// join joins parts of a sentence.
func join(parts []string) string {
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

// saying returns the place of what is said, and that as part of a sentence; empty if it is not said.
func saying(r *attr.Record, s said) (diag.Pos, string) {
	if s.path == "" {
		return diag.Pos{}, ""
	}
	value, words := r.Get(s.path), strings.Fields(s.words)
	is := func(text string) bool {
		if len(words) == 0 {
			return !slices.Contains([]string{"", "unknown", "0", "none", "n/a"}, text)
		}
		return slices.Contains(words, text)
	}
	switch {
	case value.Known() && value.Items != nil:
		if i := slices.IndexFunc(value.Items, func(item attr.Value) bool { return is(item.Text) }); i >= 0 {
			return value.Pos, s.path + " contains " + value.Items[i].Text
		}
		if len(value.Items) == 0 && slices.Contains(words, "[]") {
			return value.Pos, s.path + " is empty"
		}
	case value.State == attr.NotApplicable && value.Text == "" && slices.Contains(words, "null"):
		return value.Pos, s.path + " is null"
	case is(value.Text):
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
