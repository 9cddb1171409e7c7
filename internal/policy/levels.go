package policy

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Levels is a severity for each effective tier.
type Levels [5]diag.Severity

// EveryTier returns the same severity for each tier.
func EveryTier(s diag.Severity) Levels { return Levels{0, s, s, s, s} }

// tiers is a value for each effective tier; index 0 is unused.
type tiers[T any] [5]diag.At[T]

func (levels Levels) atMost(most diag.Severity) Levels {
	for tier := range levels {
		levels[tier] = min(levels[tier], most)
	}
	return levels
}

// switchesOff reports whether a tier is off that was not off before.
func (levels Levels) switchesOff(before Levels) bool {
	for tier := range levels {
		if levels[tier] == diag.Off && before[tier] != diag.Off {
			return true
		}
	}
	return false
}

func parseTierKey(key string) (int, bool) {
	n, ok := strings.CutPrefix(key, "tier-")
	if !ok || len(n) != 1 || n[0] < '1' || n[0] > '4' {
		return 0, false
	}
	return int(n[0] - '0'), true
}
