package rules_test

import (
	_ "embed"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

func TestBadExample(t *testing.T) {
	t.Parallel()
	f := gatetest.Files{
		"registry/vendors/quillnest-messaging.yaml": gatetest.Quillnest,
		"vendors.yaml": `apiVersion: vendorgate/v1
kind: VendorManifest
owner: team-notify
vendors:
  - id: quillnest-messaging
    purpose: Send text messages
    environments: [prod]
    data: [personal]
    api: {version: "2019"}
    auth_method: api-key-query
    endpoints: [https://api.quillnest.example]
`,
	}.Rules(`approvers: {security-architect: [a.ferreira, k.nakagawa]}
rules: {VG-AUT-001: {tiers: [1, 2, 3]}}
requirements:
  - {id: AT-REST, attr: encryption.at_rest.encrypted, eq: true}
`)
	r := gatetest.Evaluate(t, f, gatetest.Today, "acme/notify")
	const at = " vendors.yaml:5:9 "
	gatetest.Diff(t, "findings", []string{
		"error VG-APR-002" + at + `the approval of "quillnest-messaging" expired on 2026-10-14 (40 days ago)`,
		"error VG-APR-003" + at + `the review of "quillnest-messaging" was due on 2026-10-14 (40 days ago)`,
		"error VG-APR-004" + at + `the approval of "quillnest-messaging" is not valid: the policy does not let t.lindqvist approve as engineering-manager`,
		"error VG-AUT-001" + at + `"quillnest-messaging" offers no OAuth 2.0, OpenID Connect or mutual TLS, and its static keys cannot be scoped, neither expire after 180 days nor rotate with overlap, are not revoked within 1 hour, are shared between environments`,
		"warning VG-CMP-003" + at + `personal data must not be sent to "quillnest-messaging": no data processing agreement is signed; data.processing_locations is unknown; data goes to US without a transfer mechanism`,
		"error VG-ENC-001" + at + `"quillnest-messaging" accepts TLS 1.0`,
		"warning VG-ENC-001" + at + `"quillnest-messaging" accepts plaintext HTTP and redirects it, so the first request can leak its credential`,
		"error VG-REG-005" + at + `the policy requires attributes that are unknown for "quillnest-messaging": authentication.client_credential.ip_allowlist, authentication.secret_scanning_partner, encryption.at_rest.encrypted`,
		`error VG-SCP-001 vendors.yaml:8:12 "quillnest-messaging" is not approved for personal data (approved: internal)`,
		`error VG-SCP-003 vendors.yaml:9:20 API version 2019 of "quillnest-messaging" reached its sunset on 2026-09-30 (54 days ago)`,
		"error VG-AUT-002 vendors.yaml:10:18 this repository authenticates to \"quillnest-messaging\" with the forbidden method api-key-query",
	}, gatetest.Lines(r))
	if r.Vendors[0].Tier != 2 || r.Lapsed != 1 || r.Unvetted != 0 {
		t.Errorf("got tier %d, %d lapsed, %d unvetted; want 2, 1, 0", r.Vendors[0].Tier, r.Lapsed, r.Unvetted)
	}
}
