package policy_test

import (
	_ "embed"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/quillnest.out")

// calderwick is a record with nothing to object to on the day of the tests, for a use in the most critical tier.
//
//go:embed testdata/calderwick.yaml
var calderwick string

const (
	calderwickManifest = `apiVersion: vendorgate/v1
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
	quillnestManifest = `apiVersion: vendorgate/v1
kind: VendorManifest
owner: team-notify
vendors:
  - id: quillnest-messaging
    purpose: Text customers
    environments: [prod]
    data: [personal]
    api: {version: "2019"}
    auth_method: api-key-query
`
	calderwickProbes = `{
  "apiVersion": "vendorgate/v1",
  "kind": "ProbeResult",
  "vendor": "calderwick-payments",
  "results": [
    {"probe": "P03", "host": "api.calderwick.example", "observed_at": "2026-11-22T04:00:00Z", "outcome": "pass", "observed": "refused", "expected": "refused", "claim_path": "encryption.in_transit.min_tls"}
  ]
}
`
	acmeApprovers = "approvers:\n  security-architect: [a.ferreira, k.nakagawa]\n  privacy-officer: [m.oduya]\n"
	checkout      = "acme/checkout-web"
)

// public makes a record tell all that it says.
var public = strings.NewReplacer("access: nda", "access: public", "access: internal", "access: public", ", tlp: AMBER", "")

// full is the good record, used as the manifest says, under the standard policy; the record edited by pairs.
// Its papers are public here, so that findings say what they found.
func full(tb testing.TB, pairs ...string) files {
	tb.Helper()
	return files{
		"vendors.yaml": calderwickManifest,
		"registry/vendors/calderwick-payments.yaml": public.Replace(edit(tb, calderwick, pairs...)),
		"registry/probes/calderwick-payments.json":  calderwickProbes,
		"registry/policy.yaml":                      extends("vendorgate/standard@1") + acmeApprovers,
	}
}

// second is the good record used in tier 2: personal data only, and a vendor that is business critical.
func second(tb testing.TB, pairs ...string) files {
	tb.Helper()
	return full(tb, append([]string{"tier: 1\n", "tier: 2\n"}, pairs...)...).
		using(tb, "      - {class: cardholder, direction: send, name: card data}\n", "", "    criticality: tier-1\n", "")
}

// TestGoodRecord: no finding, under the standard and under everything stricter.
func TestGoodRecord(t *testing.T) {
	t.Parallel()
	for _, presets := range [][]string{
		{"vendorgate/essentials@1"},
		{"vendorgate/standard@1"},
		{"vendorgate/strict@1"},
		{"vendorgate/rollout@1"},
		{"vendorgate/standard@1", "vendorgate/fintech-eu@1", "vendorgate/health-us@1"},
	} {
		f := full(t).with(files{"registry/policy.yaml": extends(presets...) + acmeApprovers})
		diff(t, strings.Join(presets, " "), []string{}, findings(t, f, today, checkout))
	}
	diff(t, "in tier 2", []string{}, findings(t, second(t), today, checkout))
}

// TestGoodRecordOnItsOldVersion: the version that is about to end is announced all the same.
func TestGoodRecordOnItsOldVersion(t *testing.T) {
	t.Parallel()
	f := full(t).using(t, `version: "2026-04"`, `version: "2024-02"`)
	got := findings(t, f, today, checkout)
	if len(got) != 1 || !strings.Contains(got[0], "VG-SCP-003") || !strings.Contains(got[0], "in 97 days") {
		t.Errorf("got %q, want VG-SCP-003 with 97 days", got)
	}
}

// TestProblemRecord: all that is wrong with the other record.
func TestProblemRecord(t *testing.T) {
	t.Parallel()
	f := files{
		"vendors.yaml": quillnestManifest, "registry/vendors/quillnest-messaging.yaml": quillnest,
		"registry/policy.yaml": extends("vendorgate/standard@1") + acmeApprovers,
	}
	got := strings.Join(findings(t, f, today, "acme/notify"), "\n") + "\n"
	const golden = "testdata/quillnest.out"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	diff(t, golden, strings.Split(string(want), "\n"), strings.Split(got, "\n"))
}

// check holds the findings of one evaluation to a list of "severity RULE part of the message", joined by |.
func check(t *testing.T, why string, f files, asOf, want string) {
	t.Helper()
	got := findings(t, f, asOf, checkout)
	var wanted []string
	if want != "" {
		wanted = strings.Split(want, "|")
	}
	slices.Sort(got)
	ok := len(got) == len(wanted)
	for i := range min(len(got), len(wanted)) {
		words := strings.SplitN(wanted[i], " ", 3)
		ok = ok && strings.HasPrefix(got[i], words[0]+" "+words[1]+" ") && (len(words) < 3 || strings.Contains(got[i], words[2]))
	}
	if !ok {
		t.Errorf("%s on %s:\n got %q\nwant %q", why, asOf, got, wanted)
	}
}
