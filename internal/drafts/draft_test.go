package drafts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/drafts"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// What cannot be unknown is offered as a comment, be it a value, a list of mappings or a mapping.
func TestDraft(t *testing.T) {
	t.Parallel()
	d := drafts.Record{
		ID: "acme-sms", Category: "messaging", Classes: []string{"personal", "internal"}, Terms: []string{"Somebody approves it."},
		Wanted: []drafts.Wanted{
			{Path: "encryption.at_rest.encrypted", Why: []string{"AT-REST.", "ALSO."}},
			{Path: "incidents", Why: []string{"INCIDENTS."}},
			{Path: "approval.conditions[].due", Why: []string{"CONDITIONS."}},
			{Path: "provider", Why: []string{"PROVIDER."}},
			{Path: "risk.residual", Why: []string{"RESIDUAL."}},
			{Path: "links.terms", Why: []string{"TERMS, a long requirement, whose many words do not fit on one line of a comment and are written on several."}},
		},
	}
	const want = `# acme-sms: a draft. Replace unknown with answers, uncomment what you can answer, and have the record
#   reviewed.
# vendorgate does not know this vendor, so the record also has to identify it.

apiVersion: vendorgate/v1
kind: Vendor
id: acme-sms
# name: Calderwick Payments API
category: messaging
# Checked by PROVIDER.
# Evidence: a page on the vendor's website, or a test of your own.
# provider:
#   legal_name: ...
#   country: IE
#   website: https://calderwick.example
# domains: [calderwick.example]
# api_hosts: [api.calderwick.example]
# sdks: [pkg:pypi/calderwick]
# detect:
#   env_names: [CALDERWICK_*]
# links:
#   docs: ...
#   security: ...
#   URL of the terms of service.
#   Value: URL; or none.
#   Checked by TERMS, a long requirement, whose many words do not fit on one line of a comment and are written
#     on several.
#   Evidence: a page on the vendor's website, or a test of your own.
#   terms: ...
status: proposed
# Somebody approves it.
# approval:
#   approved_by: [{user: a.ferreira, role: security-architect}]
#   approved_on: 2026-06-01
#   expires: 2027-05-31
#   Checked by CONDITIONS.
#   Evidence: a link to the decision (approval.decision_ref).
#   conditions: [{id: rotate-keys, text: Rotate the keys, due: 2026-12-31, status: open}]
#   decision_ref: ...
risk:
  # tier: 2
  # Risk that remains with your own safeguards.
  # Value: critical, high, medium, low, unknown.
  # Checked by RESIDUAL.
  # Evidence: your own assessment.
  residual: unknown
# Checked by INCIDENTS.
# Evidence: a page on the vendor's website, or a test of your own.
# incidents:
scope:
  # environments: [prod]
  data_classes: [personal, internal]
  # repos: ["acme/checkout-*"]
encryption:
  at_rest:
    # Whether stored data is encrypted.
    # Value: true, false; or unknown.
    # Checked by AT-REST.
    # Checked by ALSO.
    # Evidence: an audit report that covers it, or its security page.
    encrypted: unknown
`
	if diff := cmp.Diff(want, string(d.Bytes())); diff != "" {
		t.Errorf("Bytes (want, got):\n%s", diff)
	}
	if out, problems := registry.Format(record.Table(), "f", []byte(want)); len(problems) > 0 || string(out) != want {
		t.Errorf("not in order: %v\n%s", problems, out)
	}
}

// A short draft has no more lines than it may have, however many groups the policy asks for, and says how many attributes it leaves out.
func TestShortLimit(t *testing.T) {
	t.Parallel()
	d := drafts.Record{ID: "acme-sms", Category: "messaging", Tier: 3, Classes: []string{"internal"}, Environs: []string{"prod"}}
	for _, path := range []string{
		"authentication.methods", "access.mfa.supported", "encryption.in_transit.min_tls", "logging.retention", "rate_limiting.documented_url", "threat_detection.realtime.supported",
		"data.storage_locations", "vulnerability_management.scanning.cadence", "exit.export.formats", "risk.substitutability", "logging.events",
	} {
		d.Wanted = append(d.Wanted, drafts.Wanted{Path: path, Always: true})
	}
	const want = `apiVersion: vendorgate/v1
kind: Vendor
id: acme-sms
category: messaging
status: proposed
risk: {tier: 3, substitutability: unknown}
scope: {environments: [prod], data_classes: [internal]}
authentication: {methods: unknown}
access: {mfa: {supported: unknown}}
encryption: {in_transit: {min_tls: unknown}}
logging: {events: unknown, retention: unknown}
rate_limiting: {documented_url: unknown}
threat_detection: {realtime: {supported: unknown}}
data: {storage_locations: unknown}
vulnerability_management: {scanning: {cadence: unknown}}
`
	if diff := cmp.Diff(want, string(d.Short())); diff != "" {
		t.Error(diff)
	}
	if d.LeftOut() != 1 || d.Open(true) != 10 {
		t.Errorf("%d left out, %d to fill in", d.LeftOut(), d.Open(true))
	}
}
