package vocab

// Seed is a statement about buying API security: what to ask, what to verify, what not to ignore. Attributes and rules
// name the statement that they make testable.
type Seed struct{ ID, Text string }

// Seeds lists the statements.
func Seeds() []Seed {
	return []Seed{
		{"S0a", "most failures of API security begin where a vendor is chosen, before any code"},
		{"S0b", "a vulnerability that is bought in cannot be filtered out later"},
		{"S0c", "choosing a vendor is choosing a risk, not only a price"},
		{"S0d", "the choice sets the default security posture for years"},
		{"S0e", "the outcome is what was asked for, what was verified, and what was ignored"},
		{"S1a", "security requirements belong in the procurement brief, clear and testable"},
		{"S1b", "the brief names authentication protocols"},
		{"S1c", "the brief names encryption standards"},
		{"S1d", "the brief names logging requirements"},
		{"S1e", "the brief names rate limits"},
		{"S1f", "vague phrases are no requirement; compliance must be measurable"},
		{"S2a", "the architecture of the vendor's API is reviewed before the decision"},
		{"S2b", "the vendor documents its authentication flow"},
		{"S2c", "the vendor documents the life of its tokens"},
		{"S2d", "the vendor documents how it stores data"},
		{"S2e", "the vendor shows recent penetration tests or audits"},
		{"S3a", "the vendor detects threats as they happen"},
		{"S3b", "the vendor alerts on anomalies"},
		{"S3c", "the vendor blocks malicious requests by itself"},
		{"S3d", "its signals reach our own observability"},
		{"S4a", "regulated data needs the standards that regulate it"},
		{"S4b", "proof is requested, not promises"},
		{"S5a", "a pilot comes before the approval"},
		{"S5b", "the pilot attacks"},
		{"S5c", "the pilot measures latency"},
		{"S5d", "the pilot tries the handling of errors"},
		{"S5e", "the pilot recovers from simulated breaches"},
		{"S5f", "paper without active tests is a blind bet"},
		{"R1", "red flag: no transparent security documentation"},
		{"R2", "red flag: audit reports or test results are refused"},
		{"R3", "red flag: access to the console cannot be limited by role"},
		{"R4", "red flag: no OAuth 2.0, OpenID Connect or mutual TLS"},
		{"R5", "red flag: no way out with the data"},
		{"C1", "the contract demands continuous vulnerability scanning"},
		{"C2", "the contract commits to patch times"},
		{"C3", "the contract ties uptime to the resolution of security incidents"},
		{"C4", "security is no one-time setup, and neither is the contract"},
		{"E1", "a mistake here lasts as long as the API"},
	}
}

// SeedText is the statement of an id; empty if there is none.
func SeedText(id string) string {
	for _, s := range Seeds() {
		if s.ID == id {
			return s.Text
		}
	}
	return ""
}
