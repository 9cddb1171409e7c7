package scalar_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

func TestCompanyName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Calderwick Payments plc":   "calderwick payments",
		"Calderwick Payments, Inc.": "calderwick payments",
		"The Calderwick Group Ltd":  "calderwick",
		"Calderwick GmbH & Co. KG":  "calderwick",
		"Calderwick SE":             "calderwick",
		"Calderwick Pty Ltd":        "calderwick",
		"Calderwick B.V.":           "calderwick",
		"Plan B":                    "plan b",
		"Calderwick s.r.l.":         "calderwick",
		"AB Calderwick":             "ab calderwick",
		"Group":                     "group",
		"The Company":               "the",
		"":                          "",
	} {
		if got := strings.Join(scalar.CompanyName(name), " "); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
