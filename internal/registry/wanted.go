package registry

import "strings"

// Proof says what shows an attribute to be true, and who has it.
type Proof struct {
	Evidence string
	Holder   string
	Ours     bool // nobody else has it
}

// ProofOf returns the proof of an attribute, by the longest prefix of its path that anything is said of. What is in a list has the
// proof of the list.
func ProofOf(path string) Proof {
	const theVendor, lawyers, ourselves = "the vendor", "whoever keeps the contracts", "ourselves"
	proofs := map[string]struct{ evidence, holder string }{
		"approval":                  {"a link to the decision (approval.decision_ref)", ourselves},
		"risk":                      {"your own assessment", ourselves},
		"scope":                     {"the request for it", ourselves},
		"authentication":            {"the page that describes it (links.auth_docs), or a test call", theVendor},
		"authentication.webhooks":   {"the page that describes it, or a call that was received", theVendor},
		"access":                    {"its documentation, or the console in a trial", theVendor},
		"encryption.in_transit":     {"a scan of its hosts", ourselves},
		"encryption.at_rest":        {"an audit report that covers it, or its security page", theVendor},
		"logging":                   {"the page that describes its logs, or those of a trial account", theVendor},
		"rate_limiting":             {"the page that documents the limits, and a request beyond them in a pilot", theVendor},
		"threat_detection":          {"an audit report that covers it, and an alert that arrived in a test", theVendor},
		"observability":             {"the page that describes it", theVendor},
		"data":                      {"the data processing agreement, or its privacy page", theVendor},
		"data.subprocessors":        {"its list of subprocessors, reviewed", theVendor},
		"compliance":                {"the signed document", lawyers},
		"assessments":               {"the report or certificate itself, and its hash", theVendor},
		"vulnerability_management":  {"its disclosure policy, and what the contract says", theVendor},
		"contract":                  {"the signed contract", lawyers},
		"exit":                      {"the exit plan, and a test of the export", ourselves},
		"pilot":                     {"the report of the pilot", ourselves},
		"evidence":                  {"a fresh copy of the document, and its hash", theVendor},
		"apis":                      {"its changelog, or its list of versions", theVendor},
		"exit.export":               {"its documentation, and a test of the export", theVendor},
		"authentication.revocation": {"the page that describes it, and a key that was revoked in a pilot", theVendor},
	}
	list, _, _ := strings.Cut(path, "[")
	for at := list; at != ""; at = at[:max(0, strings.LastIndexByte(at, '.'))] {
		if p, ok := proofs[at]; ok {
			return Proof{p.evidence, p.holder, p.holder == ourselves}
		}
	}
	return Proof{Evidence: "a page of the vendor, or your own test", Holder: theVendor}
}
