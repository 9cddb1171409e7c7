package policy_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// TestLaxer: who fails on errors only is laxer than who fails on warnings too, and who fails on nothing is the laxest.
func TestLaxer(t *testing.T) {
	t.Parallel()
	strictness := []diag.Severity{diag.Off, diag.Error, diag.Warning, diag.Note}
	for i, severity := range strictness {
		for k, than := range strictness {
			if got, want := policy.Laxer(severity, than), i < k; got != want {
				t.Errorf("failing on %v is laxer than failing on %v: %v, want %v", severity, than, got, want)
			}
		}
	}
}
