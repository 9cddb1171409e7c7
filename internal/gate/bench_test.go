package gate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// fiftyRequirements are ten shapes with five operands each.
func fiftyRequirements() string {
	var out strings.Builder
	out.WriteString(gatetest.PolicyHead + "requirements:\n")
	days := []string{"P30D", "P90D", "P180D", "P365D", "P24M"}
	for i := range 5 {
		for j, condition := range []string{
			"attr: " + []string{"access.mfa.enforced", "access.scim", "access.rbac.supported", "encryption.at_rest.encrypted", "encryption.at_rest.backups"}[i] + ", eq: true",
			fmt.Sprintf("attr: access.rbac.roles_count, gte: %d", i*4),
			fmt.Sprintf("attr: risk.tier, gte: %d", i%4+1),
			"attr: category, in: [" + strings.Join([]string{"payments", "email", "maps", "storage", "identity"}[:i+1], ", ") + "]",
			"attr: access.sso.protocols, contains: " + []string{"oidc", "saml2", "[oidc, saml2]", "oidc", "saml2"}[i],
			"attr: approval.expires, valid_for: " + days[i],
			"attr: risk.assessed_on, within: " + days[i],
			"attr: links.docs, matches: '^https://docs[.]v" + fmt.Sprint(i) + "[0-9]*[.]example/'",
			fmt.Sprintf("attr: authentication.client_credential.max_age, lte: %s, when: {tier: {lte: %d}, data_class: [personal, health], environment: prod}", days[i], i%4+1),
			"any_of: [{attr: authentication.access_token_max_lifetime, lte: PT" + fmt.Sprint(i+1) + "H}, {attr: authentication.methods, subset_of: [mtls, oidc, dpop]}]",
		} {
			fmt.Fprintf(&out, "  - {id: Q%d-%d, %s}\n", i, j, condition)
		}
	}
	return out.String()
}

// manyRecords parses records that answer the requirements in all ways.
func manyRecords(b *testing.B, n int) []*attr.Record {
	b.Helper()
	pick := func(i int, words ...string) string { return words[i%len(words)] }
	out := make([]*attr.Record, n)
	for i := range out {
		text := fmt.Sprintf(`apiVersion: vendorgate/v1
kind: Vendor
id: vendor-%[1]d
category: %[2]s
links: {docs: "https://docs.v%[1]d.example/api"}
status: approved
approval: {approved_on: 2026-06-01, expires: 2027-0%[3]d-28}
risk: {tier: %[4]d, assessed_on: 2026-%[5]s-15}
authentication: {methods: [%[6]s], access_token_max_lifetime: %[7]s, client_credential: {max_age: %[8]s}}
access: {rbac: {supported: true, roles_count: %[9]d}, sso: {protocols: [%[10]s]}, mfa: {enforced: %[11]s}, scim: %[12]s}
encryption: {in_transit: {min_tls: "1.2"}, at_rest: {encrypted: %[11]s}}
`, i, pick(i, "payments", "email", "maps", "storage", "identity", "other"), i%9+1, i%4+1, pick(i, "01", "03", "06", "09", "11"),
			pick(i, "mtls", "api-key-header", "mtls, oidc", "http-basic"), pick(i, "PT15M", "PT3H", "P1D", "null", "unknown"), pick(i, "P90D", "never", "P1Y", "unknown"),
			i%20, pick(i, "oidc", "saml2", "saml2, oidc", ""), pick(i, "true", "false", "unknown"), pick(i, "true", "true", "false"))
		record, problems := record.Table().Parse("record.yaml", []byte(text))
		if len(problems) > 0 {
			b.Fatalf("record %d: %s", i, strings.Join(gatetest.ProblemLines(problems), "; "))
		}
		out[i] = record
	}
	return out
}

// BenchmarkRequirements asks 50 requirements about 1,000 records that are already parsed. The goal is 3 ms.
func BenchmarkRequirements(b *testing.B) {
	p, records, at := gatetest.Load(b, fiftyRequirements()), manyRecords(b, 1000), gatetest.Instant(b, gatetest.Today)
	var counts [3]int
	b.ReportAllocs()
	for b.Loop() {
		counts = [3]int{}
		for _, r := range records {
			for outcome, n := range outcomes(p, r, at) {
				counts[outcome] += n
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/op")
	b.ReportMetric(float64(counts[policy.Fails]), "fails")
	b.ReportMetric(float64(counts[policy.IsUnknown]), "unknowns")
}

// BenchmarkEvaluate evaluates five vendors, parsing of the records included, as every run of the gate does.
func BenchmarkEvaluate(b *testing.B) {
	f := gatetest.Files{"registry/policy.yaml": gatetest.PolicyHead + "extends: vendorgate/standard@1\n", "vendors.yaml": "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-shop\nvendors:\n"}
	for i := range 5 {
		id := fmt.Sprintf("vendor-%d", i)
		f["registry/vendors/"+id+".yaml"] = gatetest.Edit(b, gatetest.Quillnest, "quillnest-messaging", id)
		f["vendors.yaml"] += "  - {id: " + id + ", purpose: Charge of speed, environments: [prod], data: [personal]}\n"
	}
	in := gatetest.Input(b, f, gatetest.Today, gatetest.Repository)
	b.ReportAllocs()
	for b.Loop() {
		in.Registry = gatetest.Open(b, f)
		if got := len(gate.Evaluate(in).Findings); got == 0 {
			b.Fatal("no findings")
		}
	}
}

// BenchmarkLoad loads the default policy.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := rules.LoadPolicy("policy.yaml", []byte(gatetest.PolicyHead+"extends: vendorgate/standard@1\n"), "0.1.0"); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

// outcomes asks every requirement of a policy about a record, as Evaluate does, and counts what comes out: what a record costs
// without manifests, structural rules and findings.
func outcomes(p *policy.Policy, r *attr.Record, asOf time.Time) (counts [3]int) {
	facts := policy.Facts{Tier: 2, Category: r.Get("category").Text, Classes: []string{"personal", "internal"}, Environments: []string{"staging", "prod"}}
	today := p.At(asOf)
	for i := range p.Requirements {
		q := &p.Requirements[i]
		if q.Levels[facts.Tier] == diag.Off || !q.Admits(facts) {
			continue
		}
		outcome, _ := q.Judge(policy.Answers{Record: r, Today: today})
		counts[outcome]++
	}
	return counts
}
