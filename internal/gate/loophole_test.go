package gate_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestLoopholes: each of these once passed, or weighed less than it must.
func TestLoopholes(t *testing.T) {
	t.Parallel()
	const versions = "apis:\n  - id: core\n    versions: [{id: '1', status: current}]\n  - id: legacy\n    versions: [{id: '1', status: retired, sunset: 2025-01-01}, {id: '9', status: current}]\n"
	for _, c := range []struct {
		why   string
		pairs []string
		use   []string // in the manifest
		end   string   // of the record
		want  string   // rules, with their severity
	}{
		{"retired in another API", nil, []string{"    data:", "    api: {version: '1'}\n    data:"}, versions, "error VG-SCP-003"},
		{"only in another API", nil, []string{"    data:", "    api: {id: core, version: '9'}\n    data:"}, versions, "error VG-SCP-003"},
		{"an API that is not there", nil, []string{"    data:", "    api: {id: legcay, version: '1'}\n    data:"}, versions, "error VG-SCP-003"},
		{"twice in one API", nil, []string{"    data:", "    api: {version: '1'}\n    data:"}, "apis: [{id: core, versions: [{id: '1', status: current}, {id: '1', status: retired}]}]\n", "error VG-REG-003, error VG-SCP-003"},
		{"another spelling of a retired version", []string{"scope:\n", "scope:\n  api_versions: ['>= 1.0']\n"}, []string{"    data:", "    api: {version: 1.2.0}\n    data:"}, "api_version_scheme: semver\napis: [{id: core, versions: [{id: '1.2', status: retired}]}]\n", "error VG-SCP-003"},
		{"a label on an exact day", []string{"scope:\n", "scope:\n  api_versions: ['2024-06-20']\n"}, []string{"    data:", "    api: {version: 2024-06-20.evil}\n    data:"}, "api_version_scheme: date\n", "error VG-SCP-003"},
		{"an exact label, and no label", []string{"scope:\n", "scope:\n  api_versions: [2024-06-20.acacia]\n"}, []string{"    data:", "    api: {version: 2024-06-20}\n    data:"}, "api_version_scheme: date\n", "error VG-SCP-003"},
		{"never reviewed", []string{"  last_review: 2026-06-01\n", "  review_cadence: P3M\n"}, nil, "", "error VG-APR-003"},
		{"a version left out", []string{"scope:\n", "scope:\n  api_versions: ['1']\n"}, nil, "", "error VG-SCP-003"},
		{"authentication left out", []string{"scope:\n", "scope:\n  auth_methods: [mtls]\n"}, nil, "", "error VG-SCP-004"},
		{"a URL left out", []string{"risk:", "api_hosts: [api.acme.example]\nrisk:", "scope:\n", "scope:\n  hosts: [api.acme.example]\n"}, nil, "", "error VG-SCP-004"},
		{"a URL left out, and no limit in scope", []string{"risk:", "api_hosts: [api.acme.example]\nrisk:"}, nil, "", "warning VG-SCP-004"},
		{"what the vendor offers, and the use leaves out", []string{"risk:", "authentication: {methods: [mtls]}\nrisk:"}, nil, "", "note VG-SCP-004"},
		{"a status from the future", []string{"status: approved", "status: approved\nstatus_since: 2026-11-24"}, nil, "", "error VG-REG-003"},
		{"a condition met in the future", []string{"  last_review: 2026-06-01\n", "  last_review: 2026-06-01\n  conditions: [{id: a, text: b, due: 2026-11-22, status: met, met_on: 2026-12-01}]\n"}, nil, "", "error VG-REG-003"},
	} {
		f := gatetest.World(t, c.pairs...)
		if c.use != nil {
			f = f.Using(t, c.use...)
		}
		f["registry/vendors/acme-pay.yaml"] += c.end
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		if got := gatetest.Short(r); got != c.want {
			t.Errorf("%s: got %q, want %q\n%s", c.why, got, c.want, strings.Join(gatetest.Lines(r), "\n"))
		}
	}
}

// TestOneApproverUnderTwoSpellings: people are told apart without regard to case.
func TestOneApproverUnderTwoSpellings(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "[{user: a.ferreira, role: security-architect}]", "[{user: a.ferreira, role: security-architect}, {user: acme/A.Ferreira, role: boss}]")
	f["registry/policy.yaml"] = "apiVersion: vendorgate/v1\nkind: Policy\nid: p\nparams: {approvers_needed: 2}\n"
	if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != "error VG-APR-004" {
		t.Errorf("one person twice: got %q, want error VG-APR-004", got)
	}
	f = gatetest.World(t)
	f["registry/waivers/WVR-1.yaml"] = strings.ReplaceAll(gatetest.PlainWaiver, "requested_by: s.marchetti", "requested_by: acme/A.Ferreira")
	if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != "error VG-WVR-001" {
		t.Errorf("granted to themselves: got %q, want error VG-WVR-001", got)
	}
}

// TestShutOutStaysShutOut: no policy softens the error of a suspended, denied or retired vendor; a proposed one that the
// policy lets through is judged by all other rules.
func TestShutOutStaysShutOut(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{
		"suspended": "error VG-APR-001", "denied": "error VG-APR-001", "retired": "error VG-APR-001",
		"proposed": "note VG-APR-001, error VG-ENC-001",
	} {
		f := gatetest.World(t, "status: approved", "status: "+status, `min_tls: "1.2"`, `min_tls: "1.0"`)
		f["registry/policy.yaml"] = "apiVersion: vendorgate/v1\nkind: Policy\nid: p\nrules: {VG-APR-001: {severity: note}}\n"
		if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != want {
			t.Errorf("%s: got %q, want %q", status, got, want)
		}
	}
}

// TestAlternativesThatDoNotApply: null says nothing for or against an alternative.
func TestAlternativesThatDoNotApply(t *testing.T) {
	t.Parallel()
	const lifetime = "apiVersion: vendorgate/v1\nkind: Policy\nid: p\nrequirements:\n  - id: LIFE\n    any_of:\n" +
		"      - {attr: authentication.access_token_max_lifetime, lte: PT1H}\n      - {attr: authentication.client_credential.max_age, lte: P90D}\n"
	for text, want := range map[string]string{
		"{access_token_max_lifetime: null, client_credential: {max_age: never}}":   "error LIFE",
		"{access_token_max_lifetime: null, client_credential: {max_age: P30D}}":    "",
		"{access_token_max_lifetime: null}":                                        "error VG-REG-005",
		"{access_token_max_lifetime: PT2H, client_credential: {max_age: unknown}}": "error VG-REG-005",
	} {
		f := gatetest.World(t)
		f["registry/policy.yaml"] = lifetime
		f["registry/vendors/acme-pay.yaml"] += "authentication: " + text + "\n"
		if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// TestLastingFingerprints: a fault keeps its fingerprint from day to day and from line to line.
func TestLastingFingerprints(t *testing.T) {
	t.Parallel()
	prints := func(f gatetest.Files, asOf string) string {
		var out []string
		for _, g := range gatetest.Evaluate(t, f, asOf, gatetest.Repository).Findings {
			out = append(out, g.Rule+" "+g.Fingerprint)
		}
		return strings.Join(out, "\n")
	}
	f := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-01")
	f["registry/waivers/WVR-1.yaml"] = strings.ReplaceAll(gatetest.PlainWaiver, "expires: 2026-12-31", "expires: 2026-11-20")
	f["vendors.yaml"] += "  - {id: acme-pay, purpose: Pay, environments: [prod], data: [none]}\n"
	moved := maps.Clone(f)
	moved["vendors.yaml"] = "# A comment.\n\n" + f["vendors.yaml"]
	first := prints(f, gatetest.Today)
	if first == "" || !strings.Contains(first, "VG-WVR-001") || !strings.Contains(first, "VG-MAN-001") {
		t.Fatalf("got %q; the test has lost its way", first)
	}
	if got := prints(moved, "2026-11-29"); got != first {
		t.Errorf("moved lines and another day: got\n%s\nwant\n%s", got, first)
	}
}

// TestEmbeddedDecisionsDoNotCount: beside an organisation's registry the embedded one says who a vendor is, and no more.
func TestEmbeddedDecisionsDoNotCount(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t)
	f["embedded/vendors/acme-pay.yaml"] = f["registry/vendors/acme-pay.yaml"]
	delete(f, "registry/vendors/acme-pay.yaml")
	r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
	if got := gatetest.Short(r); got != "error VG-REG-001" {
		t.Errorf("got %q, want error VG-REG-001", got)
	}
	if len(r.Vendors) != 1 {
		t.Fatalf("got %d rows, want 1", len(r.Vendors))
	}
	if v := r.Vendors[0]; v.Status != "unregistered" || v.Expires != "" || v.Name != "Acme Pay" {
		t.Errorf("row %+v; want an unregistered vendor with its name", v)
	}
}

// TestPolicyLoopholes: what a policy once said in vain, or at too high a price.
func TestPolicyLoopholes(t *testing.T) {
	t.Parallel()
	bomb := "requirements:\n"
	for i := range 1000 {
		bomb += fmt.Sprintf("  - {id: R%d, attr: name, matches: '((((((a{0,9}){0,9}){0,9})){0,1}){0,1})'}\n", i)
	}
	for body, want := range map[string]string{
		"rules: {VG-MAN-001: {severity: note}}\n":           "the severity of VG-MAN-001 cannot be changed",
		"rules: {VG-MAN-002: {severity: note}}\n":           "the severity of VG-MAN-002 cannot be changed",
		"params: {warn_before_lapse: PT720H}\n":             "use days or longer units",
		"params: {grace: {}}\n":                             "no tier is named",
		"rules: {VG-SCP-001: {severity: {}}}\n":             "no tier is named",
		"data_classes: {none: {tier: 1}}\n":                 `"none" cannot be the name of a data class`,
		"requirements: [{id: AA, attr: access.mfa, eq: 1}]": "use one of the attributes below it: access.mfa.supported",
		bomb: "the regular expressions of this policy are too large in total",
	} {
		if got := strings.Join(gatetest.Problems(t, body), "\n"); !strings.Contains(got, want) {
			t.Errorf("Load(%.80q):\n got %.300q\nwant %q", body, got, want)
		}
	}
}

// BenchmarkManyVendors is a run with many vendors and manifests: its time grows with their number and no faster.
func BenchmarkManyVendors(b *testing.B) {
	for _, n := range []int{100, 1000} {
		f := gatetest.Files{}
		for i := range n {
			id := fmt.Sprintf("acme-%d", i)
			f["registry/vendors/"+id+".yaml"] = strings.ReplaceAll(gatetest.PlainRecord, "acme-pay", id) + fmt.Sprintf("api_hosts: [api%d.acme.example]\n", i)
			f[fmt.Sprintf("m%d/vendors.yaml", i)] = strings.ReplaceAll(gatetest.PlainManifest, "acme-pay", id)
		}
		in := gatetest.Input(b, f, gatetest.Today, gatetest.Repository)
		b.Run(fmt.Sprintf("vendors=%d", n), func(b *testing.B) {
			for b.Loop() {
				if r := gate.Evaluate(in); len(r.Findings) > 0 || len(r.Vendors) != n {
					b.Fatalf("%d findings on %d vendors: %v", len(r.Findings), len(r.Vendors), diag.Finding{})
				}
			}
		})
	}
}

// TestOneNameSeveralSpellings: a user, team or repository is itself in any case, with an @, and a team with its organisation.
func TestOneNameSeveralSpellings(t *testing.T) {
	t.Parallel()
	policy := "approvers: {security-architect: [\"@A.Ferreira\"]}\n"
	for why, f := range map[string]gatetest.Files{
		"an approver":  gatetest.World(t).Rules(policy),
		"a team":       gatetest.World(t, "scope:\n", "scope:\n  teams: [\"@acme/Team-Checkout\"]\n"),
		"a repository": gatetest.World(t, "scope:\n", "scope:\n  repos: [Acme/Shop]\n"),
	} {
		gatetest.Diff(t, why, []string{}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	}
	waived := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20").With(gatetest.Files{
		"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "[acme/shop]", "[ACME/*]"),
	})
	r := gatetest.Evaluate(t, waived, gatetest.Today, gatetest.Repository)
	if g := gatetest.One(t, r, "VG-APR-002"); len(r.Findings) > 1 || !g.Waived() {
		t.Errorf("a waiver: got %v, want one waived finding", gatetest.Lines(r))
	}
	for _, requester := range []string{"@A.Ferreira", "acme/a.ferreira", "@Acme/A.Ferreira"} {
		self := gatetest.World(t, "approval:\n", "approval:\n  requested_by: \""+requester+"\"\n")
		if got := gatetest.Short(gatetest.Evaluate(t, self, gatetest.Today, gatetest.Repository)); got != "error VG-APR-004" {
			t.Errorf("a requester %s who approves: got %q", requester, got)
		}
	}
	spelt := gatetest.World(t, "user: a.ferreira", "user: \"@acme/A.Ferreira\"").Rules(policy)
	gatetest.Diff(t, "an approver with an organisation", []string{}, gatetest.Findings(t, spelt, gatetest.Today, gatetest.Repository))
	elsewhere := gatetest.World(t, "scope:\n", "scope:\n  teams: [other/team-checkout]\n").Using(t, "owner: team-checkout", "owner: \"@acme/team-checkout\"")
	if got := gatetest.Short(gatetest.Evaluate(t, elsewhere, gatetest.Today, gatetest.Repository)); got != "error VG-SCP-002" {
		t.Errorf("a team of another organisation: got %q", got)
	}
}
