package choice

import (
	"bytes"
	"path"
	"strings"
)

// sources matches what may name a source of exchange rates in settings of Swap, a library of PHP, and in calls of its builder.
const (
	sourcesInYAML = `(?m)^[ \t]+([a-z][a-z_]+):`
	sourcesInPHP  = `(?:['"]([a-z][a-z_]+)['"][ \t]*=>[ \t]*(?:true|\[)|->add\([ \t]*['"]([a-z][a-z_]+)['"])`
)

// rates yields the sources of exchange rates that a program chooses by name.
func rates(file string, data []byte, yield func(Name) bool) {
	var pattern string
	switch ext := path.Ext(file); {
	case (ext == ".yaml" || ext == ".yml") && bytes.Contains(data, []byte("florianv_swap:")):
		pattern = sourcesInYAML
	case ext == ".php" && (path.Base(file) == "swap.php" || bytes.Contains(data, []byte(`Swap\Builder`))):
		pattern = sourcesInPHP
	default:
		return
	}
	for _, m := range compiled(pattern).FindAllSubmatchIndex(data, -1) {
		found := Name{At: m[2], End: m[3]}
		if m[2] < 0 {
			found.At, found.End = m[4], m[5]
		}
		if id := source(string(data[found.At:found.End])); id != "" {
			found.IDs = []string{id}
			if !yield(found) {
				return
			}
		}
	}
}

// source returns the id of a source of exchange rates; empty if it is none.
func source(name string) string {
	switch name {
	case "european_central_bank":
		return "ecb"
	case "central_bank_of_czech_republic":
		return "cnb-cz"
	case "central_bank_of_republic_turkey":
		return "tcmb"
	case "central_bank_of_republic_uzbekistan":
		return "cbu-uz"
	case "national_bank_of_romania":
		return "national-bank-romania"
	case "national_bank_of_ukraine":
		return "national-bank-ukraine"
	case "national_bank_of_georgia":
		return "national-bank-georgia"
	case "national_bank_of_republic_belarus":
		return "national-bank-belarus"
	case "national_bank_of_denmark":
		return "national-bank-denmark"
	case "bulgarian_national_bank":
		return "bulgarian-national-bank"
	case "russian_central_bank":
		return "cbr-ru"
	case "fixer", "fixer_apilayer", "apilayer_fixer":
		return "fixer"
	case "currency_layer", "apilayer_currency_data":
		return "currencylayer"
	case "exchange_rates_api", "apilayer_exchange_rates_data":
		return "exchangeratesapi"
	case "open_exchange_rates":
		return "openexchangerates"
	case "exchangeratehost":
		return "exchangerate-host"
	case "currency_converter":
		return "currencyconverterapi"
	case "forge":
		return "1forge"
	case "coin_layer":
		return "coinlayer"
	case "unirate_api":
		return "unirate"
	case "fawazahmed_currency_api":
		return "fawazahmed-currency-api"
	case "abstract_api", "cryptonator", "fastforex", "frankfurter", "xchangeapi", "xignite":
		return strings.ReplaceAll(name, "_", "-")
	}
	return ""
}
