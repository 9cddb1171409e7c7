package vocab

// Seed is a principle for choosing API vendors. Each attribute names the principle that it makes testable.
type Seed struct{ ID, Text string }

// Seeds returns all principles.
func Seeds() []Seed {
	return []Seed{
		{"S0a", "review a vendor before any code depends on it"},
		{"S0b", "stop using a vendor everywhere once it is no longer approved"},
		{"S0c", "assess the risk of a vendor, not only its price"},
		{"S0d", "review approvals regularly, because integrations stay for years"},
		{"S0e", "record what was asked, what was verified, and what is still unknown"},
		{"S1a", "put clear, testable security requirements into the procurement brief"},
		{"S1b", "ask which authentication protocols the API supports"},
		{"S1c", "ask which encryption standards the vendor meets"},
		{"S1d", "ask what the vendor logs"},
		{"S1e", "ask which rate limits apply"},
		{"S1f", "use values that can be measured instead of vague phrases"},
		{"S2a", "review the architecture of the API before the decision"},
		{"S2b", "check that the authentication flow is documented"},
		{"S2c", "check how long tokens live and how they are revoked"},
		{"S2d", "check how and where data is stored"},
		{"S2e", "check recent penetration tests and audits"},
		{"S3a", "require threat detection in real time"},
		{"S3b", "require alerts about anomalies"},
		{"S3c", "require automatic blocking of malicious requests"},
		{"S3d", "bring the vendor's logs and alerts into your own monitoring"},
		{"S4a", "meet the standards that apply to regulated data"},
		{"S4b", "ask for evidence of claims"},
		{"S5a", "run a pilot before the approval"},
		{"S5b", "run attack tests during the pilot"},
		{"S5c", "measure latency in the pilot"},
		{"S5d", "test error handling in the pilot"},
		{"S5e", "simulate a breach in the pilot, and recover from it"},
		{"S5f", "test what documents claim"},
		{"R1", "red flag: no transparent security documentation"},
		{"R2", "red flag: the vendor refuses to share audit reports or test results"},
		{"R3", "red flag: no role-based access to the console"},
		{"R4", "red flag: no OAuth 2.0, OpenID Connect or mutual TLS"},
		{"R5", "red flag: no way to export your data"},
		{"C1", "require continuous vulnerability scanning in the contract"},
		{"C2", "agree on patch deadlines in the contract"},
		{"C3", "count security incidents as downtime in the contract"},
		{"C4", "keep contracts and their security terms up to date"},
		{"E1", "plan for API versions to be retired"},
	}
}

// SeedText returns the text of a principle, or an empty string for an unknown id.
func SeedText(id string) string {
	for _, s := range Seeds() {
		if s.ID == id {
			return s.Text
		}
	}
	return ""
}
