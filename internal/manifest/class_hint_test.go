package manifest_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/manifest"
)

// TestUsualWordsForClasses: the hint about a word that is no id suggests the data class, and not the word as an id, which is refused next.
func TestUsualWordsForClasses(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"PII": `did you mean "personal"?`, "personal data": `did you mean "personal"?`, "PHI": `did you mean "health"?`,
		"Kundendaten": `write "kundendaten", with lower-case letters, digits and - only`,
	} {
		m := manifest.Parse("", "vendors.yaml", []byte(top+"vendors:\n  - {id: a, purpose: Charge, environments: [prod], data: ["+word+"]}\n"))
		if len(m.Problems) != 1 || !strings.HasPrefix(m.Problems[0].Hint, want) {
			t.Errorf("data: [%s]: got %+v, want one problem with the hint %q", word, m.Problems, want)
		}
	}
}
