package diag_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Only a plain word gets a capital letter.
func TestCapital(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                   "",
		"ask the security team":              "Ask the security team",
		"encryption":                         "Encryption",
		"scope.repos is empty":               "scope.repos is empty",
		"vendors[].environments is missing":  "vendors[].environments is missing",
		"min_tls is missing":                 "min_tls is missing",
		"k.nakagawa must renew the approval": "k.nakagawa must renew the approval",
		"larkspur-mail is suspended":         "larkspur-mail is suspended",
		"vendors.yaml: it is empty":          "vendors.yaml: it is empty",
		"s3 is not approved":                 "s3 is not approved",
		`"stripe" is denied`:                 `"stripe" is denied`,
		"`scope` is empty":                   "`scope` is empty",
		"éa":                                 "éa",
		"Done already":                       "Done already",
	} {
		if got := diag.Capital(text); got != want {
			t.Errorf("Capital(%q) = %q, want %q", text, got, want)
		}
	}
}
