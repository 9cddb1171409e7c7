package gate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestFingerprintsArePinned holds the fingerprints of many findings to a golden file. Code scanning, comments and waived
// findings of earlier runs are matched by them, so a fingerprint that changes is a breaking change.
func TestFingerprintsArePinned(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for _, s := range slices.Concat(worlds(t), examples(t)) {
		var lines []string
		for _, f := range s.findings(t) {
			lines = append(lines, fmt.Sprintf("%s %s %q %s\n", f.Rule, f.Vendor, f.Key, f.Fingerprint))
		}
		slices.Sort(lines)
		out.WriteString("# " + s.name + "\n" + strings.Join(lines, ""))
	}
	golden(t, "fingerprints.out", out.String())
}
