package gatetest

import (
	_ "embed"
	"strings"
	"testing"
)

// Quillnest is a record with many problems.
//
//go:embed testdata/quillnest.yaml
var Quillnest string

// Extends returns a policy that extends presets and sets nothing else.
func Extends(presets ...string) string {
	return PolicyHead + "extends: [" + strings.Join(presets, ", ") + "]\n"
}

// Calderwick is a record without problems on the day of the tests, for a use at tier 1.
//
//go:embed testdata/calderwick.yaml
var Calderwick string

// Manifests, probe results and approvers for the two records.
const (
	CalderwickManifest = `apiVersion: vendorgate/v1
kind: VendorManifest
component: checkout-web
owner: team-checkout
vendors:
  - id: calderwick-payments
    purpose: payment-acceptance
    description: Charge customer cards at checkout
    contact: "#checkout-oncall"
    criticality: tier-1
    critical_or_important_function: true
    environments: [staging, prod]
    api: {id: core, version: "2026-04"}
    endpoints: [https://api.calderwick.example/v3]
    auth_method: oauth2-client-credentials
    token_lifetime: PT15M
    data:
      - {class: cardholder, direction: send, name: card data}
      - {class: personal, direction: both, subjects: [customer]}
    sdks: ["pkg:npm/%40calderwick/sdk"]
    secrets:
      - {name: CALDERWICK_CLIENT_KEY, store: github-environment, rotated_on: 2026-10-05, max_age: P90D}
    webhooks: {receives: true, path: /hooks/calderwick, verifies_signature: true}
    resilience: {timeout: PT3S, retries: 2, circuit_breaker: true, fallback: queue, budget: {p95_ms: 500, error_rate_pct: 1}}
    regions: [IE]
    exit: {fallback_vendor: second-source-pay, abstraction: internal/payments}
    introduced: 2026-06-10
`
	QuillnestManifest = `apiVersion: vendorgate/v1
kind: VendorManifest
owner: team-notify
vendors:
  - id: quillnest-messaging
    purpose: Text customers
    environments: [prod]
    data: [personal]
    api: {version: "2019"}
    auth_method: api-key-query
    endpoints: [https://api.quillnest.example]
`
	CalderwickProbes = `{
  "apiVersion": "vendorgate/v1",
  "kind": "ProbeResult",
  "vendor": "calderwick-payments",
  "results": [
    {"probe": "P03", "host": "api.calderwick.example", "observed_at": "2026-11-22T04:00:00Z", "outcome": "pass", "observed": "refused", "expected": "refused", "claim_path": "encryption.in_transit.min_tls"}
  ]
}
`
	AcmeApprovers = "approvers:\n  security-architect: [a.ferreira, k.nakagawa]\n  privacy-officer: [m.oduya]\n"
	Checkout      = "acme/checkout-web"
)

// public removes the confidentiality marks of a record.
//
//nolint:gochecknoglobals // an immutable replacer
var public = strings.NewReplacer("access: nda", "access: public", "access: internal", "access: public", ", tlp: AMBER", "")

// Full returns the Calderwick record and manifest with the standard policy, with the record edited by pairs. Its evidence is
// public, so that findings show their details.
func Full(tb testing.TB, pairs ...string) Files {
	tb.Helper()
	return Files{
		"vendors.yaml": CalderwickManifest,
		"registry/vendors/calderwick-payments.yaml": public.Replace(Edit(tb, Calderwick, pairs...)),
		"registry/probes/calderwick-payments.json":  CalderwickProbes,
		"registry/policy.yaml":                      Extends("vendorgate/standard@1") + AcmeApprovers,
	}
}

// Second is Full at tier 2, with personal data only.
func Second(tb testing.TB, pairs ...string) Files {
	tb.Helper()
	return Full(tb, append([]string{"tier: 1\n", "tier: 2\n"}, pairs...)...).
		Using(tb, "      - {class: cardholder, direction: send, name: card data}\n", "", "    criticality: tier-1\n", "")
}
