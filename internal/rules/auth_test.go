package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// claim is how a control of a static key stands in a record, as YAML.
type claim struct{ holds, fails, unknown string }

// TestStaticKeys goes through all combinations of the five controls: known to hold, known to fail, unknown.
func TestStaticKeys(t *testing.T) {
	t.Parallel()
	claims := []claim{
		{"scopes: {granularity: coarse}", "scopes: {granularity: none}", "scopes: {granularity: unknown}"},
		{"revocation: {supported: true, max_propagation: PT1H}", "revocation: {supported: true, max_propagation: PT61M}", "revocation: {supported: true, max_propagation: unknown}"},
	}
	// The other three stand in one mapping.
	credential := []claim{
		{"max_age: P180D, overlap_rotation: false", "max_age: never, overlap_rotation: false", "max_age: never, overlap_rotation: unknown"},
		{"per_environment: true", "per_environment: false", "per_environment: unknown"},
		{"ip_allowlist: true", "ip_allowlist: false", "ip_allowlist: unknown"},
	}
	lacking := []string{"cannot be scoped", "neither expire after 180 days nor rotate with overlap", "are not revoked within 1 hour", "are shared between environments", "have neither an IP allow-list nor leak detection"}
	asked := []string{"scopes.granularity", "client_credential.overlap_rotation", "revocation.max_propagation", "client_credential.per_environment", "client_credential.ip_allowlist"}
	pick := func(c claim, state int) string { return []string{c.holds, c.fails, c.unknown}[state] }
	for n := range 3 * 3 * 3 * 3 * 3 {
		state := []int{n % 3, n / 3 % 3, n / 9 % 3, n / 27 % 3, n / 81}
		record := fmt.Sprintf("authentication:\n  methods: [api-key-header]\n  secret_scanning_partner: false\n  %s\n  %s\n  client_credential: {%s, %s, %s}\nencryption:",
			pick(claims[0], state[0]), pick(claims[1], state[2]), pick(credential[0], state[1]), pick(credential[1], state[3]), pick(credential[2], state[4]))
		var fails, unknown, want []string
		for i, s := range state {
			switch s {
			case 1:
				fails = append(fails, lacking[i])
			case 2:
				unknown = append(unknown, "authentication."+asked[i])
			}
		}
		if len(fails) > 0 {
			want = append(want, `error VG-AUT-001 vendors.yaml:5:9 "acme-pay" offers no OAuth 2.0, OpenID Connect or mutual TLS, and its static keys `+strings.Join(fails, ", "))
		}
		if len(unknown) > 0 {
			want = append(want, "error VG-REG-005 vendors.yaml:5:9 the policy requires attributes that are unknown for \"acme-pay\": "+strings.Join(unknown, ", "))
		}
		gatetest.Diff(t, record, append([]string{}, want...), gatetest.Findings(t, judgedMethods(t, "api-key-header", gatetest.World(t, "encryption:", record)), gatetest.Today, gatetest.Repository))
	}
}

// judgedMethods is a world whose policy asks for the authentication methods of vendors, and whose use has one.
func judgedMethods(t *testing.T, method string, f gatetest.Files) gatetest.Files {
	t.Helper()
	if method != "" {
		f = f.Using(t, "    data:", "    auth_method: "+method+"\n    data:")
	}
	return f.Rules("rules: {VG-AUT-001: {tiers: [1, 2, 3, 4]}}\n")
}

// ruleOf is the rule of a line; that of the weak methods if it is empty.
func ruleOf(line string) string {
	if line == "" {
		return "VG-AUT-001"
	}
	return strings.Fields(line)[1]
}

// TestStaticKeyControls are the ways in which one control can hold, fail or be unknown; all others hold.
func TestStaticKeyControls(t *testing.T) {
	t.Parallel()
	const (
		all = "authentication:\n  methods: [api-key-header]\n  scopes: {granularity: fine}\n  revocation: {supported: true, max_propagation: PT1M}\n  client_credential: {max_age: P90D, per_environment: true, ip_allowlist: true}\nencryption:"
		out = `error VG-AUT-001 vendors.yaml:5:9 "acme-pay" offers no OAuth 2.0, OpenID Connect or mutual TLS, and its static keys `
		nob = `error VG-REG-005 vendors.yaml:5:9 the policy requires attributes that are unknown for "acme-pay": authentication.`
	)
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"P90D", "P180D", ""},
		{"P90D", "P181D", nob + `client_credential.overlap_rotation`},
		{"max_age: P90D", "max_age: P181D, overlap_rotation: true", ""},
		{"max_age: P90D", "overlap_rotation: true", ""},
		{"max_age: P90D", "overlap_rotation: false", nob + `client_credential.max_age`},
		{"max_age: P90D, ", "", nob + `client_credential.max_age, authentication.client_credential.overlap_rotation`},
		{"max_age: P90D", "max_age: P6M, overlap_rotation: false", out + "neither expire after 180 days nor rotate with overlap"}, // half a year has 182 days
		{"supported: true, max_propagation: PT1M", "supported: false", out + "are not revoked within 1 hour"},
		{"supported: true, max_propagation: PT1M", "supported: true", nob + `revocation.max_propagation`},
		{"supported: true, max_propagation: PT1M", "max_propagation: PT1M", nob + `revocation.supported`},
		{"supported: true, max_propagation: PT1M", "max_propagation: P1D", out + "are not revoked within 1 hour"},
		{"  revocation: {supported: true, max_propagation: PT1M}\n", "", nob + `revocation.supported, authentication.revocation.max_propagation`},
		{"ip_allowlist: true}", "ip_allowlist: false}\n  secret_scanning_partner: true", ""},
		{"ip_allowlist: true}", "ip_allowlist: false}\n  secret_scanning_partner: false", out + "have neither an IP allow-list nor leak detection"},
		{"ip_allowlist: true}", "ip_allowlist: false}", nob + `secret_scanning_partner`},
		{", ip_allowlist: true}", "}\n  secret_scanning_partner: false", nob + `client_credential.ip_allowlist`},
		{", ip_allowlist: true}", "}", nob + `client_credential.ip_allowlist, authentication.secret_scanning_partner`},
		{"[api-key-header]", "unknown", `error VG-REG-005 vendors.yaml:5:9 the policy requires attributes that are unknown for "acme-pay": authentication.methods`},
		{"  methods: [api-key-header]\n  scopes: {granularity: fine}\n", "  scopes: {granularity: none}\n", `error VG-REG-005 vendors.yaml:5:9 the policy requires attributes that are unknown for "acme-pay": authentication.methods`},
		{"granularity: fine", "granularity: none", out + "cannot be scoped"},
		{"[api-key-header]\n  scopes: {granularity: fine}", "[api-key-header, mtls]\n  scopes: {granularity: none}", ""},
		{"[api-key-header]", "[none]", `error VG-AUT-001 vendors.yaml:5:9 "acme-pay" offers no acceptable authentication method (offered: none)`},
		{"[api-key-header]", "[oauth2-implicit, oauth2-password]", `error VG-AUT-001 vendors.yaml:5:9 "acme-pay" offers no acceptable authentication method (offered: oauth2-implicit, oauth2-password)`},
		{"[api-key-header]\n  scopes: {granularity: fine}", "[api-key-query]\n  scopes: {granularity: none}", out + "cannot be scoped"},
		{"[api-key-header]\n  scopes: {granularity: fine}", "[http-basic, http-bearer-static]\n  scopes: {granularity: none}", out + "cannot be scoped"},
	} {
		authentication := all
		if c.old != "" {
			authentication = gatetest.Edit(t, all, c.old, c.new)
		}
		want := []string{}
		if c.want != "" {
			want = append(want, c.want)
		}
		gatetest.Diff(t, c.new, want, gatetest.Only(gatetest.Findings(t, judgedMethods(t, "", gatetest.World(t, "encryption:", authentication)), gatetest.Today, gatetest.Repository), ruleOf(c.want)))
	}
	r := gatetest.Evaluate(t, judgedMethods(t, "", gatetest.World(t, "encryption:", gatetest.Edit(t, all, "granularity: fine", "granularity: none"))), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "related", []string{"registry/vendors/acme-pay.yaml:17:12 the methods that the vendor offers"}, gatetest.Related(r, "VG-AUT-001"))
	for tier, want := range []string{"", "error VG-AUT-001", "error VG-AUT-001", "warning VG-AUT-001", "note VG-AUT-001"} {
		if tier == 0 {
			continue
		}
		if got := gatetest.Short(gatetest.Evaluate(t, judgedMethods(t, "api-key-header", gatetest.Tiered(t, tier, "encryption:", gatetest.Edit(t, all, "granularity: fine", "granularity: none", "PT1M", "PT1M"))), gatetest.Today, gatetest.Repository)); got != want {
			t.Errorf("tier %d: got %q, want %q", tier, got, want)
		}
	}
}

// TestRuleOffAsksNothing: a rule that is not asked does not ask for attributes either.
func TestRuleOffAsksNothing(t *testing.T) {
	t.Parallel()
	f := judgedMethods(t, "api-key-header", gatetest.World(t, "encryption:", "authentication: {methods: [api-key-header], scopes: {granularity: none}}\nencryption:"))
	if got, want := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)), "error VG-AUT-001, error VG-REG-005"; got != want {
		t.Errorf("on: got %q, want %q", got, want)
	}
	for _, rules := range []string{"{severity: off}", "{severity: {tier-2: off}}", "{tiers: [1, 3, 4]}"} {
		if got := gatetest.Short(gatetest.Evaluate(t, f.Rules("rules: {VG-AUT-001: "+rules+"}\n"), gatetest.Today, gatetest.Repository)); got != "" {
			t.Errorf("%s: got %q, want nothing", rules, got)
		}
	}
}

func TestForbiddenAuthentication(t *testing.T) {
	t.Parallel()
	const use = "error VG-AUT-002 vendors.yaml:8:18 this repository authenticates to \"acme-pay\" with the forbidden method "
	const offer = "warning VG-AUT-002 vendors.yaml:5:9 \"acme-pay\" still offers the forbidden authentication method "
	for _, c := range []struct {
		methods, used string
		want          []string
	}{
		{"[mtls, oidc]", "oidc", nil},
		{"[mtls, api-key-query]", "mtls", []string{offer + "api-key-query"}},
		{"[mtls, api-key-query]", "api-key-query", []string{use + "api-key-query"}},
		{"[mtls, oauth2-implicit, oauth2-password]", "oauth2-password", []string{offer + "oauth2-implicit", use + "oauth2-password"}},
		{"[mtls, none]", "none", []string{use + "none"}},
		{"[mtls]", "none", []string{use + "none"}},
		{"[mtls, oauth2-implicit, api-key-query]", "mtls", []string{offer + "oauth2-implicit", offer + "api-key-query"}},
	} {
		f := judgedMethods(t, c.used, gatetest.World(t, "encryption:", "authentication: {methods: "+c.methods+"}\nencryption:"))
		got := gatetest.Findings(t, f, gatetest.Today, gatetest.Repository)
		if len(c.want) == 2 && strings.HasPrefix(c.want[1], offer) { // ordered by key
			c.want[0], c.want[1] = c.want[1], c.want[0]
		}
		gatetest.Diff(t, c.methods+" "+c.used, append([]string{}, c.want...), got)
	}
	r := gatetest.Evaluate(t, judgedMethods(t, "", gatetest.World(t, "encryption:", "authentication: {methods: [mtls, api-key-query]}\nencryption:")), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "related", []string{"registry/vendors/acme-pay.yaml:16:34 the method"}, gatetest.Related(r, "VG-AUT-002"))
	for _, c := range []struct{ record, want string }{
		{"{methods: [http-basic, mtls, api-key-query]}\nlinks: {auth_docs: https://d.example/auth}", "Switch to mtls (see https://d.example/auth)."},
		{"{methods: [api-key-query, mtls]}", "Switch to mtls."},
		{"{methods: [mtls, none]}", "Switch to mtls."},
	} {
		f := gatetest.World(t, "encryption:", "authentication: "+c.record+"\nencryption:").Using(t, "    data:", "    auth_method: oauth2-password\n    data:")
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		if got := gatetest.OneKey(t, r, "VG-AUT-002", "use").Hint; got != c.want+" If it is urgent, ask for a waiver." {
			t.Errorf("%s: got hint %q, want %q", c.record, got, c.want)
		}
	}
}

// A record that allows only forbidden methods gets a warning where the manifest does not state the method, whatever the policy asks of
// what vendors offer.
func TestOnlyForbiddenMethods(t *testing.T) {
	t.Parallel()
	const every = `warning VG-AUT-002 vendors.yaml:5:9 every authentication method that the record of "acme-pay" allows is forbidden: `
	for _, c := range []struct{ record, want string }{
		{"authentication: {methods: [none]}\nencryption:", every + "none"},
		{"authentication: {methods: [api-key-query, oauth2-implicit]}\nencryption:", every + "api-key-query, oauth2-implicit"},
		{"authentication: {methods: [api-key-query, mtls]}\nencryption:", ""},
		{"authentication: {methods: unknown}\nencryption:", ""},
	} {
		f := gatetest.World(t, "encryption:", c.record)
		want := []string{}
		if c.want != "" {
			want = append(want, c.want)
		}
		gatetest.Diff(t, c.record, want, gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), "VG-AUT-002"))
		got := gatetest.Only(gatetest.Findings(t, judgedMethods(t, "", f), gatetest.Today, gatetest.Repository), "VG-AUT-002")
		if c.want != "" {
			gatetest.Diff(t, c.record+", and the policy asks what is offered", want, got)
		}
	}
}

func TestTransport(t *testing.T) {
	t.Parallel()
	const at = "VG-ENC-001 vendors.yaml:5:9 \"acme-pay\" accepts "
	const redirects = "warning " + at + "plaintext HTTP and redirects it, so the first request can leak its credential"
	for _, c := range []struct {
		transit string
		want    []string
	}{
		{`min_tls: "1.0"`, []string{"error " + at + "TLS 1.0"}},
		{`min_tls: "1.1"`, []string{"error " + at + "TLS 1.1"}},
		{`min_tls: 1.1`, []string{"error " + at + "TLS 1.1"}},
		{`min_tls: "1.2"`, nil},
		{`min_tls: "1.3", plaintext_http: closed`, nil},
		{`min_tls: "1.3", plaintext_http: refuse`, nil},
		{`min_tls: "1.3", plaintext_http: unknown`, nil},
		{`min_tls: "1.3", plaintext_http: redirect`, []string{redirects}},
		{`min_tls: "1.3", plaintext_http: served`, []string{"error " + at + "plaintext HTTP"}},
		{`min_tls: "1.0", plaintext_http: served`, []string{"error " + at + "TLS 1.0", "error " + at + "plaintext HTTP"}},
		{`min_tls: unknown`, []string{`error VG-REG-005 vendors.yaml:5:9 the policy requires attributes that are unknown for "acme-pay": encryption.in_transit.min_tls`}},
	} {
		gatetest.Diff(t, c.transit, append([]string{}, c.want...), gatetest.Findings(t, gatetest.World(t, `min_tls: "1.2"`, c.transit), gatetest.Today, gatetest.Repository))
	}
	r := gatetest.Evaluate(t, gatetest.World(t, `min_tls: "1.2"`, `min_tls: "1.0"`), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "related", []string{"registry/vendors/acme-pay.yaml:16:36 in the record"}, gatetest.Related(r, "VG-ENC-001"))
}
