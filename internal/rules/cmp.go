package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// cardDataUnproven: VG-CMP-001.
func cardDataUnproven(u *Subject) []Fault {
	if u.Sends("cardholder") == "" {
		return nil
	}
	out := u.current("PCI DSS attestation of compliance", "Send no card data until it is on file", []string{"pci-dss-aoc"}, u.Covers)
	w := u.gaps("VG-CMP-001")
	if matrix := u.Fact("compliance.pci.responsibility_matrix"); !matrix.Known() || !u.freshEvidence(matrix.Text) {
		w.lack("compliance.pci.responsibility_matrix", "no current responsibility matrix")
	}
	return append(out, capped(diag.Off, "matrix", w.fault(u.sent("cardholder"), u.untilFiled("cardholder")))...)
}

// healthDataUnagreed: VG-CMP-002 (45 CFR 164.504(e), 164.410).
func healthDataUnagreed(u *Subject) []Fault {
	if u.Sends("health") == "" {
		return nil
	}
	w := u.gaps("VG-CMP-002")
	w.signed("compliance.baa", "business associate agreement")
	limit := u.Policy.Params.Number("baa_notice_days", u.Tier)
	if days := u.Fact("compliance.baa.breach_notice_days"); days.Known() && days.Int > limit.Value {
		w.limited("compliance.baa.breach_notice_days", limit.Pos, "a breach is reported within %d days (at most %d)", days.Int, limit.Value)
	}
	return w.fault(u.sent("health"), u.untilFiled("health"))
}

// personalDataUnagreed: VG-CMP-003 (GDPR 28(3), 44 to 46).
func personalDataUnagreed(u *Subject) []Fault {
	class := u.Sends("personal", "personal-special")
	if class == "" {
		return nil
	}
	w := u.gaps("VG-CMP-003")
	w.signed("compliance.dpa", "data processing agreement")
	if away := w.outside(u.Policy.Adequate); len(away) > 0 {
		mechanism := u.Fact("compliance.dpa.transfer_mechanism")
		if !mechanism.Known() || mechanism.Text == "not-required" {
			w.lack("compliance.dpa.transfer_mechanism", "it goes to %s without a transfer mechanism", List(away))
		}
	}
	return w.fault(u.sent(class), u.untilFiled(class))
}

// signed wants an agreement that is signed and, as the contract is what it belongs to, has not ended with it.
func (w *gaps) signed(path, what string) {
	on := w.u.Fact(path + ".signed_on")
	end := w.u.Fact("contract.end")
	switch {
	case w.u.Fact(path+".status").Text != "signed":
		w.lack(path+".status", "no %s is signed", what)
	case on.Known() && on.Day.After(w.u.Today.Day):
		w.lack(path+".signed_on", "the %s is signed on %s, which lies in the future", what, on.Text)
	case end.Known() && end.Day.Lapsed(w.u.Today.Instant, w.u.ContractZone()):
		w.lack("contract.end", "the %s ended with the contract on %s", what, end.Text)
	}
}

// outside lists the countries of storage and processing that are not among some.
func (w *gaps) outside(among []string) []string {
	var out []string
	for _, path := range []string{"data.storage_locations", "data.processing_locations"} {
		v, _ := w.claim(path)
		for _, country := range v.Texts() {
			if !slices.Contains(among, country) && !slices.Contains(out, country) {
				out = append(out, country)
			}
		}
	}
	return out
}

// untilFiled is the hint of a rule about a class of data that no waiver covers.
func (u *Subject) untilFiled(class string) string {
	return fmt.Sprintf("Send no %s data until %s has it on file%s.", class, u.Policy.Owner(), u.RenewAt())
}

// registerIncomplete: VG-CMP-004 (DORA 28(3)): asked where a critical or important function depends on the vendor.
func registerIncomplete(u *Subject) []Fault {
	const function = "critical_or_important_function"
	w := u.gaps("VG-CMP-004")
	if !u.Get(function).True() {
		if critical, ok := w.claim("risk." + function); !ok || !critical.True() {
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
		if !slices.ContainsFunc(field, func(path string) bool { return u.Fact(path).Known() && !u.Fact(path).False() }) {
			missing = append(missing, strings.Join(field, " or "))
			w.related = append(w.related, u.Seen(field[0], "what the record says"))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	w.lacking = []string{List(missing)}
	return w.fault(u.subject("fields missing for the DORA register"), u.team("fills in the record."))
}
