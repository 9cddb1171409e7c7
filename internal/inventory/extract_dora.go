package inventory

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// The columns have the codes of Implementing Regulation (EU) 2024/2956. Words of its closed lists are written as it writes them.

// codes returns the codes of the columns of a template.
func codes(template string, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("%s.%04d", template, (i+1)*10))
	}
	return out
}

// doraProviders are the providers of the services.
func doraProviders() extract {
	return extract{"dora-b0501-csv", "template B_05.01 of the DORA register", codes("B_05.01", 12), func(p *VendorProof) [][]string {
		code, kind := p.provider()
		other, otherKind := "", ""
		switch euid, vat := p.Facts.One("provider.identifiers.euid"), p.Facts.One("provider.identifiers.vat"); {
		case kind == "LEI" && euid != "":
			other, otherKind = euid, "EUID"
		case vat != "":
			other, otherKind = vat, "VAT"
		}
		name := p.Facts.One("provider.legal_name")
		latin := name
		if strings.ContainsFunc(name, func(r rune) bool { return r > 0x24F }) { // the end of the Latin letters
			latin = ""
		}
		// Unknown: the type of person, where the headquarters are (a record has the country of registration), cost, and code of the parent.
		return [][]string{{code, kind, other, otherKind, name, latin, "", "", "", "", "", ""}}
	}}
}

// provider returns the code of the company and its type. A legal person needs an LEI or EUID.
func (p *VendorProof) provider() (code, kind string) {
	if lei := p.Facts.One("provider.identifiers.lei"); lei != "" {
		return lei, "LEI"
	}
	if euid := p.Facts.One("provider.identifiers.euid"); euid != "" {
		return euid, "EUID"
	}
	return "", ""
}

// doraArrangements are the contracts, with a row for each pair of countries where data is stored and processed: each cell has one value.
func doraArrangements() extract {
	return extract{"dora-b0202-csv", "template B_02.02 of the DORA register", codes("B_02.02", 18), func(p *VendorProof) [][]string {
		code, kind := p.provider()
		end := p.Facts.One("contract.end")
		if end == noEnd {
			end = "9999-12-31" // as the templates write that there is none
		}
		stored := map[string]string{"true": "Yes", "false": "No"}[p.Facts.One("data.stores_customer_data")]
		reliance := map[string]string{"not-significant": "Not significant", "low": "Low reliance", "material": "Material reliance", "full": "Full reliance"}[p.Facts.One("risk.reliance")]
		var rows [][]string
		for _, at := range countries(p.Facts["data.storage_locations"]) {
			for _, by := range countries(p.Facts["data.processing_locations"]) {
				rows = append(rows, []string{
					p.Facts.One("contract.ref"), "", code, kind, "", "", p.Facts.One("contract.start"), end, "", days(p.Facts.One("contract.renewal.notice")), "", "", "", stored, at, by, "", reliance,
				})
			}
		}
		return rows
	}}
}

// noEnd is the value of a date that the record says does not exist.
const noEnd = "null"

// countries returns the countries of a list without groups of countries; a list with an empty word if there is none.
func countries(regions []string) []string {
	out := slices.DeleteFunc(slices.Clone(regions), func(r string) bool { return scalar.ParseCountry(r) != nil })
	if len(out) == 0 {
		return []string{""}
	}
	return out
}

// days returns a period as a number of days; empty if its length is not a number of days.
func days(period string) string {
	p, err := scalar.ParsePeriod(period)
	if err != nil || p.Days == 0 || p != (scalar.Period{Days: p.Days}) {
		return ""
	}
	return number(p.Days)
}

// doraAssessments are the services that support critical or important functions.
func doraAssessments() extract {
	return extract{"dora-b0701-csv", "template B_07.01 of the DORA register", codes("B_07.01", 12), func(p *VendorProof) [][]string {
		if p.Facts.One("risk.critical_or_important_function") != "true" {
			return nil
		}
		code, kind := p.provider()
		replace := map[string]string{
			"not-substitutable": "Not substitutable", "highly-complex": "Highly complex substitutability",
			"medium-complexity": "Medium complexity in terms of substitutability", "easily": "Easily substitutable",
		}[p.Facts.One("risk.substitutability")]
		back := map[string]string{"easy": "Easy", "difficult": "Difficult", "highly-complex": "Highly complex"}[p.Facts.One("exit.reintegration")]
		plan, other := "", ""
		if p.Facts.One("exit.plan") != "" {
			plan = "Yes"
		}
		alternatives, known := p.Facts["exit.alternatives"]
		switch {
		case len(alternatives) > 0:
			other = "Yes"
		case known:
			other = "No"
		}
		// Unknown: the type of service, why it cannot be replaced, and the impact of its end. The date of the last audit is that of an audit
		// of your own, and not of a certificate, so no record has it.
		return [][]string{{p.Facts.One("contract.ref"), code, kind, "", replace, "", "", plan, back, "", other, strings.Join(alternatives, "; ")}}
	}}
}
