package rules_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// scopeCase edits the plain record and manifest and says what comes of it.
type scopeCase struct {
	why         string
	record, use []string
	want        []string
}

func (c scopeCase) run(t *testing.T, old bool, repository string) {
	t.Helper()
	f := gatetest.World(t, c.record...).Using(t, c.use...)
	if old {
		f = f.Unchanged()
	}
	gatetest.Diff(t, c.why, append([]string{}, c.want...), gatetest.Findings(t, f, gatetest.Today, repository))
}

func TestDataScope(t *testing.T) {
	t.Parallel()
	const classes = "data_classes: [public, synthetic, internal, personal, financial]"
	for _, c := range []scopeCase{
		{"each class once", []string{classes, "data_classes: [internal]"}, []string{"[personal]", "[personal, internal, source-code]"}, []string{
			`error VG-SCP-001 vendors.yaml:8:12 "acme-pay" is not approved for personal data (approved: internal)`,
			`error VG-SCP-001 vendors.yaml:8:32 "acme-pay" is not approved for source-code data (approved: internal)`,
		}},
		{"long form", []string{classes, "data_classes: [internal, public]"}, []string{"[personal]", "[{class: personal, direction: send}]"}, []string{
			`error VG-SCP-001 vendors.yaml:8:20 "acme-pay" is not approved for personal data (approved: internal, public)`,
		}},
		{"none", []string{classes, "data_classes: []"}, []string{"[personal]", "[none]"}, nil},
		{"an empty scope approves nothing", []string{classes, "data_classes: []"}, nil, []string{
			`error VG-SCP-001 vendors.yaml:8:12 "acme-pay" is not approved for personal data (approved: none)`,
		}},
		{"no scope approves nothing", []string{"  " + classes + "\n", ""}, nil, []string{
			`error VG-SCP-001 vendors.yaml:8:12 "acme-pay" is not approved for personal data (approved: none)`,
		}},
		{"a class that nobody declared", nil, []string{"[personal]", "[persnal]"}, []string{
			`error VG-MAN-001 vendors.yaml:8:12 unknown data class "persnal"`,
		}},
	} {
		c.run(t, false, gatetest.Repository)
		c.run(t, true, gatetest.Repository)
	}
	gatetest.Diff(t, "related", []string{"registry/vendors/acme-pay.yaml:15:17 the approved data classes"},
		gatetest.Related(gatetest.Evaluate(t, gatetest.World(t, "personal, ", ""), gatetest.Today, gatetest.Repository), "VG-SCP-001"))
	gatetest.Diff(t, "related, no scope", []string{"registry/vendors/acme-pay.yaml:14:3 the record has no scope.data_classes"},
		gatetest.Related(gatetest.Evaluate(t, gatetest.World(t, "  "+classes+"\n", ""), gatetest.Today, gatetest.Repository), "VG-SCP-001"))
}

func TestUseScope(t *testing.T) {
	t.Parallel()
	const scope = "scope:\n"
	for _, c := range []struct {
		repository string
		scopeCase
	}{
		{gatetest.Repository, scopeCase{"environments", []string{"[dev, staging, prod]", "[staging]"}, []string{"[prod]", "[staging, prod, dev]"}, []string{
			`error VG-SCP-002 vendors.yaml:7:29 "acme-pay" is not approved for prod (approved: staging)`,
			`error VG-SCP-002 vendors.yaml:7:35 "acme-pay" is not approved for dev (approved: staging)`,
		}}},
		{gatetest.Repository, scopeCase{"no environments", []string{"  environments: [dev, staging, prod]\n", ""}, nil, []string{
			`error VG-SCP-002 vendors.yaml:7:20 "acme-pay" is not approved for prod (approved: none)`,
		}}},
		{gatetest.Repository, scopeCase{"repository", []string{scope, "scope:\n  repos: [acme/shop]\n"}, nil, nil}},
		{gatetest.Repository, scopeCase{"glob of repositories", []string{scope, "scope:\n  repos: [\"acme/s*\"]\n"}, nil, nil}},
		{"acme/shop/x", scopeCase{"a glob stays within a segment", []string{scope, "scope:\n  repos: [\"acme/*\"]\n"}, nil, []string{
			`error VG-SCP-002 vendors.yaml:5:9 "acme-pay" is not approved for acme/shop/x (approved: acme/*)`,
		}}},
		{"acme/api", scopeCase{"another repository", []string{scope, "scope:\n  repos: [acme/shop, acme/web]\n"}, nil, []string{
			`error VG-SCP-002 vendors.yaml:5:9 "acme-pay" is not approved for acme/api (approved: acme/shop, acme/web)`,
		}}},
		{"acme-evil/shop", scopeCase{"another owner", []string{scope, "scope:\n  repos: [\"acme/*\"]\n"}, nil, []string{
			`error VG-SCP-002 vendors.yaml:5:9 "acme-pay" is not approved for acme-evil/shop (approved: acme/*)`,
		}}},
		{gatetest.Repository, scopeCase{"no repository at all", []string{scope, "scope:\n  repos: []\n"}, nil, []string{
			`error VG-SCP-002 vendors.yaml:5:9 "acme-pay" is not approved for acme/shop (approved: none)`,
		}}},
		{"", scopeCase{"unknown repository", []string{scope, "scope:\n  repos: [\"*/*\"]\n"}, nil, []string{
			`error VG-SCP-002 vendors.yaml:5:9 "acme-pay" is not approved for this repository, whose name is unknown (approved: */*)`,
		}}},
		{"", scopeCase{"unknown repository, any may", nil, nil, nil}},
		{gatetest.Repository, scopeCase{"team", []string{scope, "scope:\n  teams: [\"team-c*\"]\n"}, nil, nil}},
		{gatetest.Repository, scopeCase{"another team, from the top", []string{scope, "scope:\n  teams: [team-ops]\n"}, nil, []string{
			`error VG-SCP-002 vendors.yaml:3:8 "acme-pay" is not approved for team team-checkout (approved: team-ops)`,
		}}},
		{gatetest.Repository, scopeCase{"another team, of its own", []string{scope, "scope:\n  teams: [team-checkout]\n"}, []string{"    data:", "    owner: team-ops\n    data:"}, []string{
			`error VG-SCP-002 vendors.yaml:8:12 "acme-pay" is not approved for team team-ops (approved: team-checkout)`,
		}}},
		{gatetest.Repository, scopeCase{"purpose", []string{scope, "scope:\n  purposes: [refunds]\n"}, []string{"Charge cards at checkout", "refunds"}, nil}},
		{gatetest.Repository, scopeCase{"purpose in prose", []string{scope, "scope:\n  purposes: [refunds]\n"}, nil, nil}},
		{gatetest.Repository, scopeCase{"another purpose", []string{scope, "scope:\n  purposes: [refunds, payouts]\n"}, []string{"Charge cards at checkout", "charging"}, []string{
			`error VG-SCP-002 vendors.yaml:6:14 "acme-pay" is not approved for purpose "charging" (approved: refunds, payouts)`,
		}}},
	} {
		c.run(t, false, c.repository)
	}
	r := gatetest.Evaluate(t, gatetest.World(t, scope, "scope:\n  repos: [\"*/*\"]\n"), gatetest.Today, "")
	if got, want := r.Findings[0].Hint, "Pass --repository owner/name; outside a CI job the name of the repository is unknown."; got != want {
		t.Errorf("hint for an unknown repository: got %q, want %q", got, want)
	}
}

func TestEndpoints(t *testing.T) {
	t.Parallel()
	const host = "error VG-SCP-004 vendors.yaml:8:17 host "
	call := func(url string) []string { return []string{"    data:", "    endpoints: [\"" + url + "\"]\n    data:"} }
	hosts := func(block string) []string { return []string{"category: payments\n", "category: payments\n" + block} }
	for _, c := range []scopeCase{
		{"api_hosts", hosts("api_hosts: [api.acme.example]\n"), call("https://api.acme.example/v1"), nil},
		{"wildcard", hosts("api_hosts: [\"*.acme.example\"]\n"), call("https://eu.api.acme.example"), nil},
		{"a wildcard is not the domain itself", hosts("api_hosts: [\"*.acme.example\"]\n"), call("https://acme.example"), []string{host + `acme.example is not approved for "acme-pay" (approved: *.acme.example)`}},
		{"look-alike suffix", hosts("api_hosts: [\"*.acme.example\"]\n"), call("https://evil-acme.example"), []string{host + `evil-acme.example is not approved for "acme-pay" (approved: *.acme.example)`}},
		{"look-alike prefix", hosts("api_hosts: [api.acme.example]\n"), call("https://api.acme.example.evil.example"), []string{host + `api.acme.example.evil.example is not approved for "acme-pay" (approved: api.acme.example)`}},
		{"another label", hosts("api_hosts: [api.acme.example]\n"), call("https://apl.acme.example"), []string{host + `apl.acme.example is not approved for "acme-pay" (approved: api.acme.example)`}},
		{"the scope is narrower", append(hosts("api_hosts: [api.acme.example, old.acme.example]\n"), "scope:\n", "scope:\n  hosts: [api.acme.example]\n"), call("https://old.acme.example"), []string{
			host + `old.acme.example is not approved for "acme-pay" (approved: api.acme.example)`,
		}},
		{"the scope is narrower than a wildcard", append(hosts("api_hosts: [\"*.acme.example\"]\n"), "scope:\n", "scope:\n  hosts: [api.acme.example, \"*.eu.acme.example\"]\n"), call("https://api.acme.example"), nil},
		{"an empty scope approves nothing", append(hosts("api_hosts: [api.acme.example]\n"), "scope:\n", "scope:\n  hosts: []\n"), call("https://api.acme.example"), []string{
			host + `api.acme.example is not approved for "acme-pay" (approved: none)`,
		}},
		{"no hosts limit nothing", nil, call("https://api.acme.example"), []string{`note VG-SCP-004 vendors.yaml:8:17 host api.acme.example is not checked, because the record of "acme-pay" lists no hosts`}},
		{"not stated", hosts("api_hosts: [api.acme.example]\n"), nil, []string{`warning VG-SCP-004 vendors.yaml:5:9 vendors.yaml does not say which URLs of "acme-pay" are called (approved: api.acme.example)`}},
		{"not stated, with test data", append(hosts("api_hosts: [api.acme.example]\n"), "risk: {tier: 2}", "risk: {tier: 3}"), []string{"[personal]", "[internal]"}, nil},
	} {
		c.run(t, false, gatetest.Repository)
	}
	r := gatetest.Evaluate(t, gatetest.World(t, hosts("api_hosts: [api.acme.example]\n")...).Using(t, call("https://evil.example")...), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "related", []string{"registry/vendors/acme-pay.yaml:6:12 the approved hosts"}, gatetest.Related(r, "VG-SCP-004"))
}

func TestAuthMethodScope(t *testing.T) {
	t.Parallel()
	method := func(m string) []string { return []string{"    data:", "    auth_method: " + m + "\n    data:"} }
	offers := func(list string) []string {
		return []string{"encryption:", "authentication: {methods: " + list + "}\nencryption:"}
	}
	for _, c := range []scopeCase{
		{"offered", offers("[oidc, mtls]"), method("mtls"), nil},
		{"not offered", offers("[oidc]"), method("mtls"), []string{
			`note VG-SCP-004 vendors.yaml:8:18 authentication method mtls is not approved for "acme-pay" (approved: oidc)`,
		}},
		{"offered and outside the scope", append(offers("[oidc, mtls]"), "scope:\n", "scope:\n  auth_methods: [oidc]\n"), method("mtls"), []string{
			`error VG-SCP-004 vendors.yaml:8:18 authentication method mtls is not approved for "acme-pay" (approved: oidc)`,
		}},
		{"nothing is on record", nil, method("mtls"), []string{
			`note VG-SCP-004 vendors.yaml:8:18 authentication method mtls is not checked, because the record of "acme-pay" lists no methods`,
		}},
		{"unknown", offers("unknown"), method("mtls"), []string{
			`note VG-SCP-004 vendors.yaml:8:18 authentication method mtls is not checked, because the record of "acme-pay" lists no methods`,
		}},
		{"an empty scope", append(offers("[mtls]"), "scope:\n", "scope:\n  auth_methods: []\n"), method("mtls"), []string{
			`error VG-SCP-004 vendors.yaml:8:18 authentication method mtls is not approved for "acme-pay" (approved: none)`,
		}},
		{"not stated", offers("[mtls]"), nil, []string{
			`note VG-SCP-004 vendors.yaml:5:9 vendors.yaml does not say which authentication method is used for "acme-pay" (approved: mtls)`,
		}},
		{"not stated, where the scope limits it", append(offers("[mtls, oidc]"), "scope:\n", "scope:\n  auth_methods: [oidc]\n"), nil, []string{
			`error VG-SCP-004 vendors.yaml:5:9 vendors.yaml does not say which authentication method is used for "acme-pay" (approved: oidc)`,
		}},
	} {
		c.run(t, false, gatetest.Repository)
	}
}

func TestEffectiveTier(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, risk, criticality, environments, data string
		want                                       int
	}{
		{"the vendor's", "1", "", "prod", "public", 1},
		{"the class's", "4", "", "prod", "internal", 3},
		{"the most critical class", "4", "", "prod", "internal, health, personal", 1},
		{"source code", "4", "", "prod", "source-code", 2},
		{"customer content", "4", "", "prod", "customer-content", 2},
		{"credentials", "4", "", "prod", "credentials", 1},
		{"all at their mildest", "4", "", "prod", "public", 4},
		{"no data", "4", "", "prod", "none", 4},
		{"criticality", "4", "tier-2", "prod", "public", 2},
		{"criticality never relaxes", "2", "tier-4", "prod", "public", 2},
		{"criticality and class", "4", "tier-3", "prod", "personal", 2},
		{"unknown tier is 1", "", "", "prod", "public", 1},
		{"unknown tier is 1, whatever the criticality", "", "tier-4", "prod", "internal", 1},
		{"class of nobody is 1", "4", "", "prod", "mystery", 1},
		{"class of the policy", "4", "", "prod", "trade-secret", 2},
		{"built-in class, stricter in the policy", "4", "", "prod", "internal", 3},
		{"staging, test data", "1", "", "staging", "synthetic, public", 4},
		{"staging, test data, unknown tier", "", "", "staging", "synthetic", 4},
		{"staging, test data, critical", "1", "tier-1", "staging, dev", "synthetic", 4},
		{"staging, no data", "1", "", "staging", "none", 4},
		{"staging, real data", "1", "", "staging", "internal, synthetic", 1},
		{"staging, real data, mild vendor", "3", "", "staging", "personal", 2},
		{"also production", "1", "", "staging, prod", "synthetic", 1},
	} {
		risk := "risk: {tier: " + c.risk + "}\n"
		if c.risk == "" {
			risk = ""
		}
		use := []string{"[prod]", "[" + c.environments + "]", "[personal]", "[" + c.data + "]"}
		if c.criticality != "" {
			use = append(use, "    data:", "    criticality: "+c.criticality+"\n    data:")
		}
		f := gatetest.World(t, "risk: {tier: 2}\n", risk).Using(t, use...).Rules("data_classes: {trade-secret: {tier: 2}}\n")
		if got := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository).Vendors[0].Tier; got != c.want {
			t.Errorf("%s: got tier %d, want %d", c.why, got, c.want)
		}
	}
	f := gatetest.World(t).Using(t, "[personal]", "[public]").Rules("data_classes: {public: {tier: 1}}\n")
	if got := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository).Vendors[0].Tier; got != 1 {
		t.Errorf("a built-in class made stricter: got tier %d, want 1", got)
	}
	two := gatetest.World(t).With(gatetest.Files{"jobs/vendors.yaml": gatetest.Edit(t, gatetest.PlainManifest, "[prod]", "[staging]", "[personal]", "[synthetic]")})
	if got := gatetest.Evaluate(t, two, gatetest.Today, gatetest.Repository).Vendors[0].Tier; got != 2 {
		t.Errorf("two uses: got tier %d in the row, want the most critical, 2", got)
	}
}
