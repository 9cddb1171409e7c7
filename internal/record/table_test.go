package record_test

import (
	"slices"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/record"
)

// A row says all that is known of an attribute: what kind it is, what proves it and who has the proof, and who judges it. The rows of
// a group follow each other.
func TestRowsAreComplete(t *testing.T) {
	t.Parallel()
	kinds := []attr.Kind{attr.Identity, attr.Scope, attr.Claimed, attr.Exposure}
	var groups []string
	for _, row := range record.Table().Rows {
		if !slices.Contains(kinds, row.Kind) || row.Group == "" || row.Evidence == "" || row.Holder == "" {
			t.Errorf("%s: kind %q, group %q, proof %q from %q", row.Path, row.Kind, row.Group, row.Evidence, row.Holder)
		}
		if len(row.JudgedBy) == 0 {
			t.Errorf("%s: nobody is said to judge it; TestJudgedBy of package survey prints the line to write", row.Path)
		}
		if slices.Contains(row.JudgedBy, record.Information) && len(row.JudgedBy) > 1 {
			t.Errorf("%s is information, and judged by %q", row.Path, row.JudgedBy)
		}
		if last := len(groups) - 1; last < 0 || groups[last] != row.Group {
			if slices.Contains(groups, row.Group) {
				t.Errorf("%s: group %q has begun before", row.Path, row.Group)
			}
			groups = append(groups, row.Group)
		}
		if got := record.ProofOf(row.Path); row.Path[len(row.Path)-1] != ']' && (got.Evidence == "") != (len(row.Values) == 1) {
			t.Errorf("ProofOf(%q) is %+v", row.Path, got)
		}
	}
}

// A question stands at its attribute; that of a list stands at the first attribute of its items.
func TestQuestion(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"access.mfa.enforced":   "Does the console require multi-factor authentication for every user?",
		"rate_limiting.limits":  "Which quotas apply, for what (client, key, account, user, address), and in which time window?",
		"access.scim":           "Please tell us whether SCIM can provision accounts.",
		"access.mfa":            "",
		"assessments":           "Which current audit reports, certificates and penetration tests do you have, and what does each of them cover?",
		"incidents":             "Please tell us about: incidents. If there is nothing, say so.",
		"no.such.attribute":     "",
		"contract.sla.credits":  "Please tell us whether you get credits for missed uptime.",
		"risk.tier":             "How critical is the service to us: 1 mission critical, 2 business critical, 3 business operational, 4 administrative?",
		"authentication.issuer": "Please tell us: issuer identifier of the authorization server.",
	} {
		if got := record.Question(path); got != want {
			t.Errorf("Question(%q): got %q, want %q", path, got, want)
		}
		if got := record.HasQuestion(path); got != (want != "" && want[:6] != "Please") {
			t.Errorf("HasQuestion(%q): got %v", path, got)
		}
	}
}

// What is inside of a list has the proof of the list, and a part of a group can have its own.
func TestProofOf(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]record.Proof{
		"assessments[soc2-2026].expires":            {Evidence: "the report or certificate itself, and its hash", Holder: "the vendor"},
		"kind":                                      {},
		"apiVersion":                                {},
		"evidence":                                  {Evidence: "a fresh copy of the document, and its hash", Holder: "the vendor"},
		"approval":                                  {Evidence: "a link to the decision (approval.decision_ref)", Holder: "ourselves", Ours: true},
		"apis[core].versions[2024].sunset":          {Evidence: "its changelog, or its list of versions", Holder: "the vendor"},
		"encryption.in_transit.min_tls":             {Evidence: "a scan of the API hosts", Holder: "ourselves", Ours: true},
		"encryption.at_rest.backups":                {Evidence: "an audit report that covers it, or its security page", Holder: "the vendor"},
		"exit.export.api":                           {Evidence: "its documentation, and a test of the export", Holder: "the vendor"},
		"exit.plan":                                 {Evidence: "the exit plan, and a test of the export", Holder: "ourselves", Ours: true},
		"authentication.revocation.supported":       {Evidence: "the page that describes it, and a key that was revoked in a pilot", Holder: "the vendor"},
		"data.subprocessors.notice or contract.end": {Evidence: "its list of subprocessors, reviewed", Holder: "the vendor"},
		"contract.end":                              {Evidence: "the signed contract", Holder: "whoever keeps the contracts"},
		"risk.residual":                             {Evidence: "your own assessment", Holder: "ourselves", Ours: true},
		"provider.website":                          {Evidence: "a page on the vendor's website, or a test of your own", Holder: "the vendor"},
		"authentication.webhooks.signature":         {Evidence: "the page that describes it, or a call that was received", Holder: "the vendor"},
		"vulnerability_management.patch_sla.medium": {Evidence: "its disclosure policy, and what the contract says", Holder: "the vendor"},
	} {
		if got := record.ProofOf(path); got != want {
			t.Errorf("ProofOf(%q): got %+v, want %+v", path, got, want)
		}
	}
}
