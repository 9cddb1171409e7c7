package inventory

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// personal reports whether the scope of a vendor permits personal data.
func (p *VendorProof) personal() bool { return p.sends("personal", "personal-special", "health") }

// gdprRecipients are the recipients of personal data: GDPR 30(1)(d).
func gdprRecipients() extract {
	return extract{
		"gdpr-recipients-csv", "the recipients of GDPR 30(1)(d)",
		[]string{"recipient", "service", "category", "purposes", "data_classes", "country", "agreement", "agreement_signed_on", "subprocessors"},
		func(p *VendorProof) [][]string {
			if !p.personal() {
				return nil
			}
			return [][]string{{
				p.Facts.One("provider.legal_name"), p.Name, p.Category, strings.Join(p.Facts["scope.purposes"], "; "), strings.Join(p.Facts["scope.data_classes"], "; "),
				p.Facts.One("provider.country"), p.Facts.One("compliance.dpa.status"), p.Facts.One("compliance.dpa.signed_on"), p.Facts.One("data.subprocessors.url"),
			}}
		},
	}
}

// gdprTransfers are the countries outside the EEA where personal data is stored or processed, with the safeguard: GDPR 30(1)(e).
func gdprTransfers() extract {
	return extract{
		"gdpr-transfers-csv", "the transfers of GDPR 30(1)(e)",
		[]string{"recipient", "service", "data_classes", "country", "stored", "processed", "safeguard", "document", "document_address", "document_sha256"},
		func(p *VendorProof) [][]string {
			if !p.personal() {
				return nil
			}
			stored, processed := p.Facts["data.storage_locations"], p.Facts["data.processing_locations"]
			away := slices.DeleteFunc(slices.Concat(stored, processed), func(r string) bool { return inEEA(r) })
			slices.Sort(away)
			agreement := p.paper(p.Facts.One("compliance.dpa.evidence"))
			var rows [][]string
			for _, country := range slices.Compact(away) {
				rows = append(rows, []string{
					p.Facts.One("provider.legal_name"), p.Name, strings.Join(p.Facts["scope.data_classes"], "; "), country, yes(slices.Contains(stored, country)), yes(slices.Contains(processed, country)),
					p.Facts.One("compliance.dpa.transfer_mechanism"), agreement.ID, agreement.Address, agreement.SHA256,
				})
			}
			if len(stored)+len(processed) == 0 { // nobody knows whether there is a transfer
				rows = append(rows, []string{p.Facts.One("provider.legal_name"), p.Name, strings.Join(p.Facts["scope.data_classes"], "; "), "", "", "", p.Facts.One("compliance.dpa.transfer_mechanism"), agreement.ID, agreement.Address, agreement.SHA256})
			}
			return rows
		},
	}
}

// inEEA reports whether a country or group of countries lies in the European Economic Area.
func inEEA(region string) bool {
	area := scalar.CountryGroup("EEA")
	all := scalar.CountryGroup(region)
	if all == nil {
		all = []string{region}
	}
	return !slices.ContainsFunc(all, func(c string) bool { return !slices.Contains(area, c) })
}
