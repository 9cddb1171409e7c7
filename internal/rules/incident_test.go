package rules_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestIncidents: a severe incident is a fault until it is resolved, and a warning until somebody has reviewed the vendor, under every
// preset. Others are not.
func TestIncidents(t *testing.T) {
	t.Parallel()
	const (
		open  = `error VG-INC-001 vendors.yaml:5:9 a severe incident at "acme-pay" is unresolved: `
		after = `warning VG-INC-001 vendors.yaml:5:9 "acme-pay" had a severe incident that no review has taken into account: `
	)
	for incidents, want := range map[string][]string{ // the last review was on 2026-06-01
		"{date: 2026-11-20, severity: sev1, ref: INC-1}":                                                  {open + "sev1 of 2026-11-20 INC-1"},
		"{date: 2026-05-20, severity: sev2}":                                                              {open + "sev2 of 2026-05-20"},
		"{date: 2026-11-20, severity: sev3}, {date: 2026-11-20, severity: sev4}":                          {},
		"{date: 2026-11-20, severity: sev1, resolved_on: 2026-11-24}":                                     {open + "sev1 of 2026-11-20", `error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": incidents[].resolved_on is 2026-11-24, which is in the future`},
		"{date: 2026-11-20, severity: sev1, resolved_on: 2026-11-23}":                                     {after + "sev1 of 2026-11-20"},
		"{date: 2026-06-02, severity: sev1, resolved_on: 2026-06-02}":                                     {after + "sev1 of 2026-06-02"},
		"{date: 2026-06-01, severity: sev1, resolved_on: 2026-06-01}":                                     {},
		"{date: 2026-05-31, severity: sev1, resolved_on: 2026-06-02}":                                     {after + "sev1 of 2026-05-31"},
		"{date: 2026-11-20, severity: sev1, resolved_on: 2026-11-21, notified_within_hours: 73}":          {after + "sev1 of 2026-11-20, reported after 73 hours (at most 72)"},
		"{date: 2026-11-20, severity: sev1, resolved_on: 2026-11-21, notified_within_hours: 72}":          {after + "sev1 of 2026-11-20"},
		"{date: 2026-11-20, severity: sev1}, {date: 2026-11-21, severity: sev2, resolved_on: 2026-11-22}": {open + "sev1 of 2026-11-20", after + "sev2 of 2026-11-21"},
		"{date: 2026-11-20, severity: sev1}, {date: 2026-11-21, severity: sev2}":                          {open + "sev1 of 2026-11-20; sev2 of 2026-11-21"},
		"{date: 2026-11-20, severity: sev1, resolved_on: 2026-11-19}":                                     {after + "sev1 of 2026-11-20", `error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": resolved_on is 2026-11-19, before date, which is 2026-11-20`},
		"{date: 2026-11-24, severity: sev4}":                                                              {`error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": incidents[].date is 2026-11-24, which is in the future`},
	} {
		f := gatetest.World(t)
		f["registry/vendors/acme-pay.yaml"] += "incidents: [" + incidents + "]\n"
		gatetest.Diff(t, incidents, want, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	}
	f := gatetest.Full(t, "notify_hours: 24", "notify_hours: 12", "incidents: []", "incidents: [{date: 2026-11-20, severity: sev1, notified_within_hours: 13}]")
	f["registry/vendors/calderwick-payments.yaml"] = strings.Replace(f["registry/vendors/calderwick-payments.yaml"], "access: public", "access: nda", 1)
	gatetest.Diff(t, "in a private record, with the time of the contract", []string{`error VG-INC-001 vendors.yaml:6:9 a severe incident at "calderwick-payments" is unresolved (the details are kept in the registry)`},
		gatetest.Findings(t, f, gatetest.Today, gatetest.Checkout))
}

// TestVerifiedWebhooks: whether the code verifies the signature is part of the use, and counts also if the vendor signs.
func TestVerifiedWebhooks(t *testing.T) {
	t.Parallel()
	const signed, none = "authentication: {webhooks: {signature: ed25519}}\n", "authentication: {webhooks: {signature: none}}\n"
	for _, c := range []struct{ record, use, want string }{
		{signed, "", ""},
		{signed, "    webhooks: {verifies_signature: true}\n", ""},
		{signed, "    webhooks: {verifies_signature: false}\n", "error"},
		{signed, "    webhooks: {receives: true}\n", "error"},
		{signed, "    webhooks: {path: /hooks/acme}\n", "error"},
		{signed, "    webhooks: {receives: true, verifies_signature: true}\n", ""},
		{none, "", "error"},
		{none, "    webhooks: {receives: true}\n", "error"},
		{none, "    webhooks: {receives: false}\n", ""},
		{"authentication: {webhooks: {signature: n/a}}\n", "", ""},
	} {
		f := asked(t, "VG-AUT-005", c.record, "")
		f["vendors.yaml"] += c.use
		if got := ruling(t, f, gatetest.Today, "VG-AUT-005"); got != c.want {
			t.Errorf("%q and %q: got %q, want %q", c.record, c.use, got, c.want)
		}
	}
}

// TestPilotHosts: a pilot in a test environment calls the hosts for tests, if there are any.
func TestPilotHosts(t *testing.T) {
	t.Parallel()
	const pilot = "pilot: {until: 2027-02-01, environment: sandbox}\n"
	hosts := func(hosts, scope, endpoint string) gatetest.Files {
		f := gatetest.World(t, "status: approved", "status: pilot", "environments: [dev, staging, prod]", "environments: [sandbox]\n  repos: [acme/shop]"+scope).
			Using(t, "environments: [prod]", "environments: [sandbox]\n    endpoints: [\"https://"+endpoint+"/v1\"]", "data: [personal]", "data: [synthetic]")
		f["registry/vendors/acme-pay.yaml"] += pilot + "api_hosts: [" + hosts + "]\n"
		return f
	}
	for _, c := range []struct{ hosts, scope, endpoint, want string }{
		{"api.acme.example, sandbox.acme.example", "", "sandbox.acme.example", ""},
		{"api.acme.example, sandbox.acme.example", "", "api.acme.example", `error VG-APR-001 vendors.yaml:5:9 "acme-pay" is in a pilot that does not cover this use: it excludes api.acme.example, a host of production`},
		{"api.acme.example", "", "api.acme.example", ""}, // the key makes the difference
		{"\"*.acme.example\"", "", "api.acme.example", ""},
		{"\"*.acme.example\", sandbox.acme.example", "\n  hosts: [\"*.acme.example\"]", "sandbox.acme.example", ""},
		{"api.acme.example, sandbox.acme.example", "\n  hosts: [sandbox.acme.example]", "sandbox.acme.example", ""},
		{"api.acme.example, api-sandbox.acme.example", "\n  hosts: [api.acme.example]", "api-sandbox.acme.example", `error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": the pilot is in a test environment, but scope.hosts contains only hosts of production: api.acme.example`},
	} {
		var got []string
		for _, line := range gatetest.Findings(t, hosts(c.hosts, c.scope, c.endpoint), gatetest.Today, gatetest.Repository) {
			if line[:16] != "error VG-SCP-004" {
				got = append(got, line)
			}
		}
		want := []string(nil)
		if c.want != "" {
			want = []string{c.want}
		}
		gatetest.Diff(t, c.hosts+c.scope+" "+c.endpoint, want, got)
	}
}

// TestExclusions: claims that exclude each other, and dates in the wrong order, are a contradiction of the record, and claims that merely differ are none.
func TestExclusions(t *testing.T) {
	t.Parallel()
	for record, want := range map[string]string{
		"authentication: {methods: [mtls]}\nencryption: {in_transit: {min_tls: \"1.2\", mtls: false}}":                             "encryption.in_transit.mtls is false, but authentication.methods contains mtls",
		"authentication: {methods: [oidc], sender_constrained: [mtls]}\nencryption: {in_transit: {min_tls: \"1.2\", mtls: false}}": "encryption.in_transit.mtls is false, but authentication.sender_constrained contains mtls",
		"authentication: {methods: [mtls], sender_constrained: [mtls]}\nencryption: {in_transit: {min_tls: \"1.2\", mtls: true}}":  "",
		"authentication: {methods: [mtls]}\nencryption: {in_transit: {min_tls: \"1.2\", mtls: unknown}}":                           "",
		"authentication: {methods: [oidc]}\nencryption: {in_transit: {min_tls: \"1.2\", mtls: false}}":                             "",
		"encryption: {in_transit: {min_tls: \"1.3\", tls13: false}}":                                                               "encryption.in_transit.tls13 is false, but encryption.in_transit.min_tls is 1.3",
		"encryption: {in_transit: {min_tls: \"1.2\", mozilla_profile: modern}}":                                                    "encryption.in_transit.mozilla_profile is modern, but encryption.in_transit.min_tls is 1.2",
		"encryption: {in_transit: {min_tls: \"1.2\", mozilla_profile: intermediate}}":                                              "",
		"encryption: {in_transit: {min_tls: \"1.2\", mozilla_profile: old}}":                                                       "",
		"authentication: {webhooks: {signature: none, secret_rotation: true}}":                                                     "authentication.webhooks.signature is none, but authentication.webhooks.secret_rotation is true",
		"authentication: {webhooks: {signature: n/a, replay_window: PT5M}}":                                                        "authentication.webhooks.signature is n/a, but authentication.webhooks.replay_window is PT5M",
		"authentication: {webhooks: {signature: none, secret_rotation: false, replay_window: none}}":                               "",
		"access: {rbac: {supported: false, custom_roles: true}}":                                                                   "access.rbac.supported is false, but access.rbac.custom_roles is true",
		"access: {mfa: {supported: false, enforced: true}}":                                                                        "access.mfa.supported is false, but access.mfa.enforced is true",
		"access: {mfa: {supported: true, enforced: false}}":                                                                        "",
		"logging: {retention: P30D, immediately_available: P31D}":                                                                  "logging.immediately_available is P31D, longer than logging.retention, which is P30D",
		"logging: {retention: P30D, immediately_available: P30D}":                                                                  "",
		"risk: {tier: 2, inherent: low, residual: high}":                                                                           "risk.residual is high, higher than risk.inherent, which is low",
		"risk: {tier: 2, inherent: high, residual: high}":                                                                          "",
		"risk: {tier: 2, inherent: unknown, residual: critical}":                                                                   "",
		"pilot: {latency_ms: {p50: 90, p95: 80, p99: 100}}":                                                                        "pilot.latency_ms.p95 is 80, less than p50, which is 90",
		"pilot: {latency_ms: {p50: 90, p95: 90, p99: 90}}":                                                                         "",
		"compliance: {dpa: {status: signed, signed_on: 2026-01-15}, baa: {status: missing, signed_on: 2026-01-15}}":                "compliance.baa.status is missing, but compliance.baa.signed_on is 2026-01-15",
		"data: {stores_customer_data: false, storage_locations: [US]}":                                                             "data.stores_customer_data is false, but data.storage_locations contains US",
		"data: {stores_customer_data: false, storage_locations: [], retention: {default: none}}":                                   "",
		"data: {stores_customer_data: false, retention: {default: P1Y}}":                                                           "data.stores_customer_data is false, but data.retention.default is P1Y",
		"data: {stores_customer_data: true, retention: {default: none}}":                                                           "data.stores_customer_data is true, but data.retention.default is none",
		"data: {subprocessors: {url: null, reviewed_on: 2026-01-15}}":                                                              "",
		"data: {subprocessors: {url: none, reviewed_on: 2026-01-15}}":                                                              "data.subprocessors.url is none, but data.subprocessors.reviewed_on is 2026-01-15",
		"encryption: {in_transit: {min_tls: \"1.2\"}, at_rest: {encrypted: false, algorithm: AES, fips_140: true}}":                "encryption.at_rest.encrypted is false, but encryption.at_rest.algorithm is AES and encryption.at_rest.fips_140 is true",
		"encryption: {in_transit: {min_tls: \"1.2\"}, at_rest: {encrypted: false, algorithm: none, fips_140: false}}":              "",
		"access: {sso: {protocols: [], enforceable: true}}":                                                                        "access.sso.protocols is empty, but access.sso.enforceable is true",
		"access: {rbac: {supported: false, roles_count: 0}}":                                                                       "",
		"authentication: {methods: [oidc, mtls], access_token_max_lifetime: null}":                                                 "authentication.access_token_max_lifetime is null, but authentication.methods contains oidc",
		"authentication: {methods: [api-key-header], access_token_max_lifetime: null}":                                             "",
		"authentication: {sender_constrained: [none, mtls]}":                                                                       "authentication.sender_constrained contains none, but authentication.sender_constrained contains mtls",
		"threat_detection: {automated_blocking: {supported: false, mechanisms: [waf]}}":                                            "threat_detection.automated_blocking.supported is false, but threat_detection.automated_blocking.mechanisms contains waf",
		"contract: {status: draft, signed_on: 2026-01-15}":                                                                         "contract.status is draft, but contract.signed_on is 2026-01-15",
		"contract: {sla: {uptime_pct: 999}}":                                                                                       "contract.sla.uptime_pct is 999, more than 100 percent",
		"contract: {sla: {uptime_pct: 100}}":                                                                                       "",
		"contract: {signed_on: 2026-01-15, end: 2026-01-14}":                                                                       "contract.end is 2026-01-14, before contract.signed_on, which is 2026-01-15",
		"assessments: [{id: a, type: soc2-type2, period: {end: 2026-03-31}, issued: 2026-03-30}]":                                  "issued is 2026-03-30, before period.end, which is 2026-03-31",
		"assessments: [{id: a, type: soc2-type2, period: {end: 2026-03-31}, issued: 2026-03-31}]":                                  "",
		"assessments: [{id: a, type: soc2-type2, period: {end: 2026-03-31}, bridge_letter: {covers_through: 2026-03-30}}]":         "bridge_letter.covers_through is 2026-03-30, before period.end, which is 2026-03-31",
		"assessments: [{id: a, type: pentest, performed: {end: 2026-03-31}, retest_on: 2026-03-30}]":                               "retest_on is 2026-03-30, before performed.end, which is 2026-03-31",
		"assessments: [{id: a, type: pentest, performed: {end: 2026-03-31}, issued: 2026-03-30}]":                                  "issued is 2026-03-30, before performed.end, which is 2026-03-31",
		"assessments: [{id: a, type: fedramp, performed: {end: 2026-03-31}, issued: 2020-03-30}]":                                  "",
		"assessments: [{id: a, type: caiq, issued: 2026-03-31, expires: 2026-03-30}]":                                              "expires is 2026-03-30, before issued, which is 2026-03-31",
		"evidence: [{id: a, type: other, assurance: asserted, issued: 2026-03-31, received: 2026-03-30}]":                          "received is 2026-03-30, before issued, which is 2026-03-31",
		"status: deprecated\nstatus_since: 2026-11-20\nsunset: 2026-11-19":                                                         "sunset is 2026-11-19, before status_since, which is 2026-11-20",
		"status: approved\nstatus_since: 2026-11-20\nsunset: 2026-11-19":                                                           "",
	} {
		f := gatetest.World(t)
		text := f["registry/vendors/acme-pay.yaml"]
		for _, line := range strings.Split(record, "\n") {
			key, _, _ := strings.Cut(line, ":")
			text = regexp.MustCompile(`(?m)^`+key+`:.*\n`).ReplaceAllString(text, "") + line + "\n"
		}
		if !strings.Contains(text, "encryption:") {
			text += "encryption: {in_transit: {min_tls: \"1.2\"}}\n"
		}
		f["registry/vendors/acme-pay.yaml"] = text
		wanted := []string{}
		if want != "" {
			wanted = append(wanted, `error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": `+want)
		}
		gatetest.Diff(t, record, wanted, gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), "VG-REG-003"))
	}
}
