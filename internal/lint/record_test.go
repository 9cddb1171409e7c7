package lint_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// A record that allows only forbidden ways to authenticate is an error, also under the essentials.
func TestLintForbiddenMethods(t *testing.T) {
	t.Parallel()
	const good = "status: approved\napproval: {approved_by: [{user: a.ferreira, role: security-architect}], approved_on: 2026-06-01, expires: 2027-05-31}\nrisk: {tier: 3}\nencryption: {in_transit: {min_tls: \"1.2\"}}\n"
	for record, want := range map[string]string{
		"authentication: {methods: [api-key-query]}\nscope: {environments: [prod], data_classes: [internal]}":                    "r/vendors/x.yaml:8:27: error: every authentication method that the record of \"x\" allows is forbidden: api-key-query [VG-AUT-002]\n",
		"authentication: {methods: [mtls, none]}\nscope: {environments: [prod], data_classes: [internal]}":                       "",
		"authentication: {methods: [mtls]}\nscope: {environments: [prod], data_classes: [internal]}":                             "",
		"authentication: {methods: [mtls, none]}\nscope: {environments: [prod], data_classes: [internal], auth_methods: [none]}": "r/vendors/x.yaml:9:72: error: the scope of \"x\" permits the forbidden authentication method none [VG-AUT-002]\n",
	} {
		r := run(t, nil, gatetest.Files{"policy.yaml": gatetest.PolicyHead, "vendors/x.yaml": lintRecord("x", good+record)}, "")
		if got := lintLines(r.Findings); got != want {
			t.Errorf("%s: got\n%swant\n%s", record, got, want)
		}
	}
}

// Evidence that states more than its type allows is reported once for each entry, whatever the policy asks.
func TestLintOverstated(t *testing.T) {
	t.Parallel()
	const at = "url: https://x.example/d, issued: 2026-06-01"
	for _, c := range []struct{ entry, want string }{
		{"type: documentation, assurance: documented, " + at, ""},
		{"type: documentation, assurance: asserted, " + at, ""},
		{"type: documentation, assurance: tested, " + at, `6:52: warning: evidence "d" is only documented: documents of the type documentation are documented`},
		{"type: attestation, assurance: audited, " + at, `6:50: warning: evidence "d" is only attested: documents of the type attestation are attested, audited with issuer`},
		{"type: attestation, assurance: audited, issuer: Harrow LLP, " + at, ""},
		{"type: attestation, assurance: audited, issuer: X Ltd, " + at, `6:50: warning: evidence "d" is only attested: its issuer, X Ltd, is the vendor`},
		{"type: evidence, assurance: tested, " + at, `6:47: warning: evidence "d" is only documented: documents of the type evidence are documented, attested with signed_by, audited with issuer, tested with sha256 and file or url`},
		{"type: evidence, assurance: tested, issued: 2026-06-01", `6:17: warning: evidence "d" has neither an address nor a hash, so it proves nothing`},
	} {
		r := run(t, nil, gatetest.Files{"policy.yaml": gatetest.PolicyHead, "vendors/x.yaml": lintRecord("x", "name: X", "status: proposed", "evidence: [{id: d, "+c.entry+", supports: [logging.*]}, {id: e, type: documentation, assurance: documented, "+at+"}]")}, "")
		want := ""
		if c.want != "" {
			want = "r/vendors/x.yaml:" + c.want + " [VG-REG-006]\n"
		}
		if got := lintLines(r.Findings); got != want {
			t.Errorf("%s: got\n%swant\n%s", c.entry, got, want)
		}
	}
}
