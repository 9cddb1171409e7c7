package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about compliance.
const (
	CardDataUnproven     = "VG-CMP-001"
	HealthDataUnagreed   = "VG-CMP-002"
	PersonalDataUnagreed = "VG-CMP-003"
	RegisterIncomplete   = "VG-CMP-004"
)

func complianceRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: CardDataUnproven, Title: "card data is sent without proof of PCI DSS compliance", Levels: tiered("EEEE")},
			Judge:    cardDataUnproven, Deadlines: cardProofEnds, Documents: cardDocuments,
		},
		{
			RuleInfo: policy.RuleInfo{ID: HealthDataUnagreed, Title: "health data is sent without a business associate agreement", Levels: tiered("EEEE")},
			Judge:    healthDataUnagreed, Deadlines: baaEnds, Documents: healthDocuments,
		},
		{
			RuleInfo: policy.RuleInfo{ID: PersonalDataUnagreed, Title: "personal data is sent without a processing agreement or a transfer mechanism", Levels: tiered("EEEE"), Varies: "The tier of the personal data decides, not that of the use."},
			Judge:    personalDataUnagreed, Deadlines: dpaEnds, Documents: personalDocuments,
		},
		{
			RuleInfo: policy.RuleInfo{ID: RegisterIncomplete, Title: "a field of the DORA register is missing", Levels: tiered("EEEE"), Waivable: true, Optional: true},
			Judge:    registerIncomplete,
		},
	}
}

// cardDataUnproven implements VG-CMP-001.
func cardDataUnproven(u *subject.Subject) []subject.Fault {
	if u.Sends("cardholder") == "" {
		return u.NotAsked("the use has no cardholder data")
	}
	out := requireAssessment(u, "PCI DSS attestation of compliance", untilRecorded(u, "cardholder", "a current attestation of compliance"), []string{"pci-dss-aoc"}, u.NotCovered)
	w := u.Shortfalls(CardDataUnproven)
	w.RequireCounting("compliance.pci.responsibility_matrix", "no current responsibility matrix")
	return append(out, subject.WithLimit(diag.Off, "matrix", w.Fault(u.MustNotSend("cardholder"), untilRecorded(u, "cardholder", "a current responsibility matrix")))...)
}

// cardProofEnds returns the last days of the attestation and of the responsibility matrix.
func cardProofEnds(u *subject.Subject) []subject.Deadline {
	if u.Sends("cardholder") == "" {
		return nil
	}
	out := assessmentEnds(u, CardDataUnproven, "PCI DSS attestation of compliance", "Ask the vendor for the next attestation.", []string{"pci-dss-aoc"}, u.NotCovered)
	if matrix := u.Attr("compliance.pci.responsibility_matrix"); matrix.Known() {
		end, _ := u.EvidenceEnd(CardDataUnproven, matrix.Text, policy.Documented)
		out = append(out, end...)
	}
	return out
}

// cardDocuments asks for the attestation and the responsibility matrix.
func cardDocuments(u *subject.Subject) []string {
	if u.Sends("cardholder") == "" {
		return nil
	}
	return []string{"The PCI DSS attestation of compliance (AOC) that covers the service, and the responsibility matrix (PCI DSS 12.8.5)."}
}

// baaEnds returns the end of the contract that the agreement belongs to.
func baaEnds(u *subject.Subject) []subject.Deadline {
	if u.Sends("health") == "" {
		return nil
	}
	return agreementEnds(u, HealthDataUnagreed, "compliance.baa", "business associate agreement")
}

// healthDocuments asks for the agreement.
func healthDocuments(u *subject.Subject) []string {
	if u.Sends("health") == "" {
		return nil
	}
	return []string{fmt.Sprintf("A signed business associate agreement that reports a breach within %d days.", u.Policy.Params.Number("baa_notice_days", u.Tier).Value)}
}

// dpaEnds returns the end of the contract that the agreement belongs to, and that of its evidence.
func dpaEnds(u *subject.Subject) []subject.Deadline {
	if u.Sends("personal", "personal-special") == "" {
		return nil
	}
	return append(agreementEnds(u, PersonalDataUnagreed, "compliance.dpa", "data processing agreement"), u.ExpiryOf(PersonalDataUnagreed, "compliance.dpa.evidence")...)
}

// personalDocuments asks for the agreement.
func personalDocuments(u *subject.Subject) []string {
	if u.Sends("personal", "personal-special") == "" {
		return nil
	}
	return []string{"A signed data processing agreement (GDPR 28)."}
}

// agreementEnds returns the last day of an agreement that ends with the contract.
func agreementEnds(u *subject.Subject, rule, path, what string) []subject.Deadline {
	end := u.Attr("contract.end")
	if u.Attr(path+".status").Text != "signed" || !end.Known() {
		return nil
	}
	return []subject.Deadline{{
		LastDay: u.LastDayIn(u.ContractZone(), end.Day, "warn_before_contract_end"), Rule: rule, Kind: inventory.Contract, Item: path, Path: "contract.end", At: end,
		What: "the " + what + ", which ends with the contract", Who: u.Policy.Owner(), Do: "Renew the contract and the agreement.",
	}}
}

// healthDataUnagreed implements VG-CMP-002 (45 CFR 164.504(e), 164.410).
func healthDataUnagreed(u *subject.Subject) []subject.Fault {
	if u.Sends("health") == "" {
		return u.NotAsked("the use has no health data")
	}
	w := u.Shortfalls(HealthDataUnagreed)
	requireSigned(w, baaEnds(u), "compliance.baa", "business associate agreement")
	limit, agreed := u.Policy.Params.Number("baa_notice_days", u.Tier), len(w.Reasons)
	u.Wants(fmt.Sprintf("at most %d", limit.Value), "compliance.baa.breach_notice_days")
	switch days := u.Attr("compliance.baa.breach_notice_days"); {
	case !days.Known() && len(w.Reasons) > 0: // there is no agreement that could say it
	case !days.Known():
		w.Add("compliance.baa.breach_notice_days", "no deadline for reporting a breach")
	case days.Int > limit.Value:
		w.AddLimit("compliance.baa.breach_notice_days", limit.Pos, "breaches are reported within %d days (at most %d)", days.Int, limit.Value)
	}
	w.NeedSince(agreed, "a deadline of at most %d days for reporting a breach", limit.Value)
	return w.Fault(u.MustNotSend("health"), untilRecorded(u, "health", w.Needs("the agreement")))
}

// personalDataUnagreed implements VG-CMP-003 (GDPR 28(3), 44 to 46). Its severity is that at the tier of the data, however critical the vendor is.
func personalDataUnagreed(u *subject.Subject) []subject.Fault {
	class := cmp.Or(u.Sends("personal-special"), u.Sends("personal"))
	if class == "" {
		return u.NotAsked("the use has no personal data")
	}
	w := u.Shortfalls(PersonalDataUnagreed)
	tier, _ := u.Policy.ClassTier(class)
	w.OwnUnknowns = u.Policy.Rule(PersonalDataUnagreed).Levels[tier] < u.Policy.Rule(NotEstablished).Levels[u.Tier]
	requireSigned(w, agreementEnds(u, PersonalDataUnagreed, "compliance.dpa", "data processing agreement"), "compliance.dpa", "data processing agreement")
	w.RequireUnexpired("compliance.dpa.evidence", "the data processing agreement")
	w.OwnUnknowns = w.OwnUnknowns || len(w.Reasons) > 0 // then one finding says all
	where := acceptedCountries(u.Policy)
	u.Wants(where, "data.storage_locations")
	u.Wants(where, "data.processing_locations")
	requireMechanism(w, countriesOutside(w, u.Policy.Adequate.Countries))
	return subject.AtTier(tier, w.Fault(u.MustNotSend(class), untilRecorded(u, class, w.Needs("the agreement"))))
}

// requireMechanism requires a transfer mechanism for countries without an adequacy decision. The Data Privacy Framework (dpf) is one for
// companies in the United States only.
func requireMechanism(w *subject.Shortfalls, away []string) {
	const path = "compliance.dpa.transfer_mechanism"
	var out []string
	reason := "data goes to %s without a transfer mechanism"
	if len(away) > 0 {
		w.Subject.Wants("a transfer mechanism that covers "+subject.List(away), path)
	}
	switch mechanism := w.Subject.Attr(path); mechanism.Text {
	case "scc", "bcr":
	case "adequacy":
		out, reason = away, "the record claims an adequacy decision for %s, which is not in adequate_countries"
	case "dpf":
		out = slices.DeleteFunc(slices.Clone(away), func(country string) bool { return country == "US" })
		reason = "data goes to %s, and the record names the Data Privacy Framework (dpf), which covers only the US"
	default:
		out = away
	}
	if len(out) > 0 {
		w.Add(path, reason, subject.List(out))
		w.Need("a transfer mechanism that covers %s", subject.List(out))
		if checked := w.Subject.Policy.Adequate.Checked; checked.Pos.File != "" {
			w.Related = append(w.Related, diag.Related{Pos: checked.Pos, Message: "adequate_countries was last checked on " + checked.Value.String()})
		}
	}
}

// requireSigned requires an agreement that is signed and did not end with its contract.
func requireSigned(w *subject.Shortfalls, ends []subject.Deadline, path, what string) {
	before := len(w.Reasons)
	w.Subject.Wants("signed, under a contract that has not ended", path+".status")
	switch {
	case w.Subject.Attr(path+".status").Text != "signed":
		w.Add(path+".status", "no %s is signed", what)
	case !w.Subject.Attr(path + ".signed_on").Known():
		w.Add(path+".signed_on", "nobody recorded when the %s was signed", what)
	case len(ends) > 0 && ends[0].Past:
		w.Add("contract.end", "the %s ended with the contract on %s (%s)", what, ends[0].Date, ends[0].Ago())
	}
	w.NeedSince(before, "a valid, signed %s", what)
}

// countriesOutside lists the countries of storage and processing that are not in among.
func countriesOutside(w *subject.Shortfalls, among []string) []string {
	var out []string
	u := w.Subject
	for _, path := range []string{"data.storage_locations", "data.processing_locations"} {
		if path == "data.storage_locations" && !u.Stores() {
			continue
		}
		v, known := w.Claim(path)
		if !known {
			w.Need("the countries of storage and processing")
		}
		for i := range v.Items {
			country := v.Items[i].Text
			_, unknown := u.Policy.UnknownRegion(v.Items[i].At())
			contradicts := unknown && u.Policy.Rule(RecordContradicts).Levels[u.Tier] == diag.Error // a mistake of its own
			if !contradicts && !u.Policy.Within(country, among) && !slices.Contains(out, country) {
				out = append(out, country)
			}
		}
	}
	return out
}

// untilRecorded is the hint of a rule that no waiver covers.
func untilRecorded(u *subject.Subject, class, what string) string {
	if u.ForKeepers {
		return fmt.Sprintf("Record %s, or take %s out of scope.data_classes.", what, class)
	}
	return fmt.Sprintf("Do not send %s data until %s has recorded %s%s.", class, u.Policy.Owner(), what, u.RenewAt())
}

// registerIncomplete implements VG-CMP-004 (DORA 28(3)), for vendors that a critical or important function depends on.
func registerIncomplete(u *subject.Subject) []subject.Fault {
	const function = "critical_or_important_function"
	w := u.Shortfalls(RegisterIncomplete)
	if !u.Get(function).True() {
		if critical, ok := w.Claim("risk." + function); ok && !critical.True() {
			return u.NotAsked("no critical or important function depends on it")
		} else if !ok {
			u.Wants("true or false", "risk."+function)
			return nil
		}
	}
	var missing []string
	for _, field := range [][]string{
		{"provider.identifiers.lei", "provider.identifiers.euid"},
		{"data.storage_locations"},
		{"data.processing_locations"},
		{"risk.substitutability"},
		{"exit.plan"},
		{"contract.security_terms.audit_right"},
		{"contract.sla.uptime_pct"},
	} {
		if field[0] == "data.storage_locations" && !u.Stores() {
			continue
		}
		u.Wants("known, and not false", field...)
		if !slices.ContainsFunc(field, func(path string) bool { return u.Attr(path).Known() && !u.Attr(path).False() }) {
			missing = append(missing, strings.Join(field, " or "))
			w.Related = append(w.Related, u.RelatedTo(field[0], "in the record"))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	w.Reasons = []string{subject.List(missing)}
	return w.Fault(u.About("the record of %q lacks fields of the DORA register"), u.OwnerMust("complete the record."))
}
