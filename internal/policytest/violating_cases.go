package policytest

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// violatingCases returns cases that each violate one rule, as of day.
func violatingCases(day scalar.Date) []string {
	past, begun := day.Minus(scalar.Period{Days: 1}).String(), day.Minus(scalar.Period{Years: 20}).String()
	var out []string
	for _, c := range [][2]string{
		{"status: denied", ""},
		{"approval: {approved_on: BEGUN, expires: PAST, last_review: BEGUN}", ""},
		{"approval: {conditions: [{id: rotate-keys, text: Rotate the keys, due: PAST, status: open}]}", ""},
		{"authentication: {methods: [none]}", ""},
		{`encryption: {in_transit: {min_tls: "1.0"}}`, ""},
		{"api_hosts: [api.acme.example], scope: {hosts: [other.acme.example]}", ""},
		{"scope: {data_classes: [public]}", "data: [personal]"},
		{`scope: {api_versions: ["2"]}`, `api: {version: "1"}`},
		{"api_hosts: [api.acme.example]", "endpoints: [https://other.acme.example]"},
	} {
		out = append(out, strings.NewReplacer("BEGUN", begun, "PAST", past).Replace("  record: {"+c[0]+"}\n"))
		if c[1] != "" {
			out[len(out)-1] += "  use: {" + c[1] + "}\n"
		}
	}
	return out
}
