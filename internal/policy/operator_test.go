package policy_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// setLine replaces the line of a record that has the same top-level key, or adds it.
func setLine(record, line string) string {
	key, _, _ := strings.Cut(line, ":")
	var out []string
	for l := range strings.SplitSeq(strings.TrimSuffix(record, "\n"), "\n") {
		if !strings.HasPrefix(l, key+":") {
			out = append(out, l)
		}
	}
	return strings.Join(append(out, line), "\n") + "\n"
}

// TestOperators is every operator on every type that it fits: pass, fail, and unknown.
func TestOperators(t *testing.T) {
	t.Parallel()
	const pass, fail, unknown = "", "error REQ", "error VG-REG-005"
	const tri, na = "encryption.at_rest.encrypted", "authentication.refresh_rotation"
	atRest := func(v string) string { return `encryption: {in_transit: {min_tls: "1.2"}, at_rest: {` + v + "}}" }
	auth := func(v string) string { return "authentication: {" + v + "}" }
	const life, age = "authentication.access_token_max_lifetime", "authentication.client_credential.max_age"
	const roles, sso, uptime = "access.rbac.roles_count", "access.sso.protocols", "contract.sla.uptime_pct"
	for _, c := range []struct{ attr, condition, record, want string }{
		// yes/no
		{tri, "eq: true", atRest("encrypted: true"), pass},
		{tri, "eq: true", atRest("encrypted: false"), fail},
		{tri, "eq: true", atRest("encrypted: unknown"), unknown},
		{tri, "eq: true", atRest("backups: true"), unknown},
		{tri, "eq: false", atRest("encrypted: false"), pass},
		{tri, "ne: true", atRest("encrypted: false"), pass},
		{tri, "ne: true", atRest("encrypted: true"), fail},
		{tri, "ne: true", atRest("encrypted: unknown"), unknown},
		{tri, "in: [true, false]", atRest("encrypted: false"), pass},
		{tri, "not_in: [false]", atRest("encrypted: false"), fail},
		{tri, "present: true", atRest("encrypted: false"), pass},
		{tri, "present: true", atRest("encrypted: unknown"), unknown},
		{tri, "present: true", atRest("backups: true"), unknown},
		// not applicable: there is nothing that could be wrong
		{na, "eq: true", auth("refresh_rotation: n/a"), pass},
		{na, "eq: true", auth("refresh_rotation: false"), fail},
		{na, "present: true", auth("refresh_rotation: n/a"), pass},
		{life, "lte: PT1H", auth("access_token_max_lifetime: null"), pass},
		{life, "present: true", auth("access_token_max_lifetime: null"), pass},
		// choices
		{"category", "eq: payments", "category: payments", pass},
		{"category", "eq: payments", "category: email", fail},
		{"category", "ne: payments", "category: email", pass},
		{"category", "in: [payments, email]", "category: email", pass},
		{"category", "in: [payments, maps]", "category: email", fail},
		{"category", "not_in: [payments, maps]", "category: email", pass},
		{"category", "not_in: [payments, email]", "category: email", fail},
		{"category", "matches: ^(pay|e)", "category: email", pass},
		{"risk.inherent", "in: [low, medium]", "risk: {tier: 2, inherent: low}", pass},
		{"risk.inherent", "in: [low, medium]", "risk: {tier: 2, inherent: high}", fail},
		{"risk.inherent", "in: [low, medium]", "risk: {tier: 2, inherent: unknown}", unknown},
		{"risk.inherent", "present: true", "risk: {tier: 2, inherent: unknown}", unknown},
		// ordered choices
		{"encryption.in_transit.min_tls", `gte: "1.2"`, `encryption: {in_transit: {min_tls: "1.3"}}`, pass},
		{"encryption.in_transit.min_tls", `gte: 1.3`, `encryption: {in_transit: {min_tls: "1.2"}}`, fail},
		{"encryption.in_transit.min_tls", `lte: "1.2"`, `encryption: {in_transit: {min_tls: "1.3"}}`, fail},
		{"encryption.in_transit.min_tls", `eq: "1.2"`, `encryption: {in_transit: {min_tls: "1.2"}}`, pass},
		{"encryption.in_transit.min_tls", `gte: "1.2"`, `encryption: {in_transit: {min_tls: unknown}}`, "error VG-REG-005"},
		{"risk.tier", "lte: 2", "risk: {tier: 2}", pass},
		{"risk.tier", "lte: 1", "risk: {tier: 2}", fail},
		{"risk.tier", "gte: 2", "risk: {tier: 2}", pass},
		// integers
		{roles, "gte: 2", "access: {rbac: {roles_count: 2}}", pass},
		{roles, "gte: 3", "access: {rbac: {roles_count: 2}}", fail},
		{roles, "lte: 10", "access: {rbac: {roles_count: 9}}", pass},
		{roles, "lte: 9", "access: {rbac: {roles_count: 10}}", fail},
		{roles, "eq: 9", "access: {rbac: {roles_count: 9}}", pass},
		{roles, "eq: 9", "access: {rbac: {roles_count: 09}}", pass},
		{roles, "ne: 9", "access: {rbac: {roles_count: 09}}", fail},
		{roles, "in: [1, 9]", "access: {rbac: {roles_count: 9}}", pass},
		{roles, "gte: 2", "access: {rbac: {roles_count: unknown}}", unknown},
		{uptime, "gte: 99.9", "contract: {sla: {uptime_pct: 99.9}}", pass},
		{uptime, "gte: 99.9", "contract: {sla: {uptime_pct: 99.95}}", pass},
		{uptime, "gte: 99.9", "contract: {sla: {uptime_pct: 99.89}}", fail},
		{uptime, "lte: 100", "contract: {sla: {uptime_pct: 99.9}}", pass},
		{uptime, "lte: 99", "contract: {sla: {uptime_pct: 100}}", fail},
		{uptime, "eq: 99.9", "contract: {sla: {uptime_pct: 99.90}}", pass},
		{uptime, "ne: 99.9", "contract: {sla: {uptime_pct: 99.91}}", pass},
		{roles, "gte: 2", "access: {scim: true}", unknown},
		// periods
		{life, "lte: PT1H", auth("access_token_max_lifetime: PT60M"), pass},
		{life, "lte: PT1H", auth("access_token_max_lifetime: PT61M"), fail},
		{life, "gte: PT1H", auth("access_token_max_lifetime: PT59M"), fail},
		{life, "lte: PT1H", auth("access_token_max_lifetime: unknown"), unknown},
		{age, "lte: P180D", auth("client_credential: {max_age: P180D}"), pass},
		{age, "lte: P180D", auth("client_credential: {max_age: P6M}"), fail},
		{age, "lte: P180D", auth("client_credential: {max_age: never}"), fail},
		{age, "gte: P180D", auth("client_credential: {max_age: never}"), pass},
		{age, "eq: never", auth("client_credential: {max_age: never}"), pass},
		{age, "eq: never", auth("client_credential: {max_age: P90D}"), fail},
		{age, "ne: never", auth("client_credential: {max_age: P90D}"), pass},
		{age, "ne: never", auth("client_credential: {max_age: never}"), fail},
		{age, "not_in: [never]", auth("client_credential: {max_age: never}"), fail},
		{age, "eq: P12M", auth("client_credential: {max_age: P1Y}"), pass},
		{age, "ne: P12M", auth("client_credential: {max_age: P1Y}"), fail},
		{age, "in: [P30D, P12M]", auth("client_credential: {max_age: P1Y}"), pass},
		{age, "not_in: [P12M, P30D]", auth("client_credential: {max_age: P1Y}"), fail},
		{age, "eq: P0D", auth("client_credential: {max_age: PT0S}"), pass},
		{age, "ne: P0D", auth("client_credential: {max_age: never}"), pass},
		// dates, seen from 2026-11-23
		{"risk.assessed_on", "within: P30D", "risk: {tier: 2, assessed_on: 2026-10-24}", pass},
		{"risk.assessed_on", "within: P30D", "risk: {tier: 2, assessed_on: 2026-10-23}", fail},
		{"risk.assessed_on", "within: P30D", "risk: {tier: 2, assessed_on: 2026-11-23}", pass},
		{"risk.assessed_on", "within: P30D", "risk: {tier: 2, assessed_on: 2026-11-24}", fail + ", error VG-REG-003"},
		{"risk.assessed_on", "within: P12M", "risk: {tier: 2, assessed_on: 2025-11-23}", pass},
		{"risk.assessed_on", "within: P12M", "risk: {tier: 2, assessed_on: 2025-11-22}", fail},
		{"risk.assessed_on", "within: P12M", "risk: {tier: 2}", unknown},
		{"approval.expires", "valid_for: P189D", "category: payments", pass},
		{"approval.expires", "valid_for: P190D", "category: payments", fail},
		{"approval.expires", "gte: 2027-05-31", "category: payments", pass},
		{"approval.expires", "gte: 2027-06-01", "category: payments", fail},
		{"approval.expires", "lte: 2027-05-31", "category: payments", pass},
		{"approval.expires", "lte: 2027-05-30", "category: payments", fail},
		{"approval.expires", "eq: 2027-05-31", "category: payments", pass},
		{"approval.expires", "in: [2027-05-30]", "category: payments", fail},
		// text and its kin
		{"encryption.at_rest.algorithm", "eq: AES-256-GCM", atRest("algorithm: AES-256-GCM"), pass},
		{"encryption.at_rest.algorithm", "eq: AES-256-GCM", atRest("algorithm: aes-256-gcm"), fail},
		{"encryption.at_rest.algorithm", "matches: ^AES-(128|256)", atRest("algorithm: AES-256-GCM"), pass},
		{"encryption.at_rest.algorithm", "matches: ^AES-(128|256)$", atRest("algorithm: AES-256-GCM"), fail},
		{"provider.country", "in: [IE, DE]", "provider: {country: IE}", pass},
		{"provider.country", "not_in: [US]", "provider: {country: US}", fail},
		{"links.docs", "matches: \"^https://docs[.]\"", "links: {docs: \"https://docs.acme.example\"}", pass},
		{"links.docs", "present: true", "category: payments", unknown},
		// lists
		{sso, "contains: oidc", "access: {sso: {protocols: [saml2, oidc]}}", pass},
		{sso, "contains: oidc", "access: {sso: {protocols: [saml2]}}", fail},
		{sso, "contains: [oidc, saml2]", "access: {sso: {protocols: [saml2]}}", fail},
		{sso, "contains: [oidc, saml2]", "access: {sso: {protocols: [saml2, oidc]}}", pass},
		{sso, "contains: oidc", "access: {sso: {protocols: []}}", fail},
		{sso, "contains: oidc", "access: {sso: {protocols: unknown}}", unknown},
		{sso, "subset_of: [oidc]", "access: {sso: {protocols: [oidc]}}", pass},
		{sso, "subset_of: [oidc]", "access: {sso: {protocols: [oidc, saml2]}}", fail},
		{sso, "subset_of: [oidc]", "access: {sso: {protocols: []}}", pass},
		{sso, "matches: ^(saml2|oidc)$", "access: {sso: {protocols: [oidc, saml2]}}", pass},
		{sso, "matches: ^(saml2|oidc)$", "access: {sso: {protocols: []}}", fail},
		{sso, "matches: ^oidc$", "access: {sso: {protocols: [oidc, saml2]}}", fail},
		{sso, "present: true", "access: {sso: {protocols: []}}", pass},
		{"domains", `matches: "[.]example$"`, "domains: [acme.example, acme.test]", fail},
		{"scope.regions", "subset_of: [IE, DE]", "category: payments", unknown},
		// several operators must all hold
		{roles, "gte: 2, lte: 5", "access: {rbac: {roles_count: 5}}", pass},
		{roles, "gte: 2, lte: 5", "access: {rbac: {roles_count: 6}}", fail},
		{sso, "contains: oidc, subset_of: [oidc]", "access: {sso: {protocols: [saml2, oidc]}}", fail},
	} {
		f := gatetest.World(t).Rules("requirements:\n  - {id: REQ, attr: " + c.attr + ", " + c.condition + "}\n")
		f["registry/vendors/acme-pay.yaml"] = setLine(gatetest.PlainRecord, c.record)
		if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != c.want {
			t.Errorf("%s %s of %q: got %q, want %q", c.attr, c.condition, c.record, got, c.want)
		}
	}
}

// TestDatesInTheZone: a requirement on a date sees the day of the policy's zone.
func TestDatesInTheZone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, condition, asOf, want string }{
		{"Pacific/Auckland", "within: P1D", "2026-11-23T10:59:59Z", ""},
		{"Pacific/Auckland", "within: P1D", "2026-11-23T11:00:00Z", "error REQ"},
		{"America/Los_Angeles", "within: P1D", "2026-11-24T07:59:59Z", ""},
		{"America/Los_Angeles", "within: P1D", "2026-11-24T08:00:00Z", "error REQ"},
		{"Pacific/Auckland", "valid_for: P0D", "2026-11-22T10:59:59Z", ""},
		{"Pacific/Auckland", "valid_for: P0D", "2026-11-22T11:00:00Z", "error REQ"},
	} {
		f := gatetest.World(t, "risk: {tier: 2}", "risk: {tier: 2, assessed_on: 2026-11-22}").
			Rules("timezone: " + c.zone + "\nrequirements: [{id: REQ, attr: risk.assessed_on, " + c.condition + "}]\n")
		if got := gatetest.Short(gatetest.Evaluate(t, f, c.asOf, gatetest.Repository)); got != c.want {
			t.Errorf("%s %s at %s: got %q, want %q", c.zone, c.condition, c.asOf, got, c.want)
		}
	}
}

// TestAnyOf: one alternative that holds is enough; without one, an unknown is not yet a failure.
func TestAnyOf(t *testing.T) {
	t.Parallel()
	states := []struct{ name, value string }{{"pass", "true"}, {"fail", "false"}, {"unknown", "unknown"}}
	for _, a := range states {
		for _, b := range states {
			want := "error REQ"
			switch {
			case a.name == "pass" || b.name == "pass":
				want = ""
			case a.name == "unknown" || b.name == "unknown":
				want = "error VG-REG-005"
			}
			f := gatetest.World(t).Rules("requirements:\n  - id: REQ\n    any_of:\n      - {attr: access.scim, eq: true}\n      - {attr: access.mfa.enforced, eq: true}\n")
			f["registry/vendors/acme-pay.yaml"] += "access: {scim: " + a.value + ", mfa: {enforced: " + b.value + "}}\n"
			r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
			if got := gatetest.Short(r); got != want {
				t.Errorf("%s or %s: got %q, want %q", a.name, b.name, got, want)
			}
			asked := "access.scim"
			switch {
			case a.name != "unknown":
				asked = "access.mfa.enforced"
			case b.name == "unknown":
				asked = "access.scim or access.mfa.enforced"
			}
			if want == "error VG-REG-005" && !strings.HasSuffix(r.Findings[0].Message, `for "acme-pay": `+asked) {
				t.Errorf("%s or %s: got %q, want it to ask for %s", a.name, b.name, r.Findings[0].Message, asked)
			}
		}
	}
}
