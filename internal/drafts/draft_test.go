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
