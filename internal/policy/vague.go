package policy

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// vaguePhrases are words that promise something and measure nothing. Two words mean both, one after the other.
func vaguePhrases() []string {
	return []string{
		"robust", "industry leading", "bank grade", "state of the art", "best practice", "best practices", "enterprise grade",
		"military grade", "appropriate", "regular", "regularly", "world class", "cutting edge",
	}
}

// controlNouns are what such words are about where they replace a measure.
func controlNouns() []string {
	return []string{
		"access", "audit", "audits", "auditing", "authentication", "authorization", "backup", "backups", "compliance", "control",
		"controls", "cryptography", "defence", "defense", "detection", "encryption", "firewall", "firewalls", "hardening", "isolation",
		"logging", "logs", "measures", "monitoring", "patching", "patches", "privacy", "protection", "protections", "rotation",
		"safeguards", "scanning", "scans", "security", "testing", "tests", "tls",
	}
}

// prose lists the attributes of free text that can make a claim.
//
//nolint:gochecknoglobals // an immutable list, built once
var prose = sync.OnceValue(func() []string {
	out := []string{"description"}
	for _, path := range registry.Table().Paths() {
		if strings.HasSuffix(path, ".notes") {
			out = append(out, path)
		}
	}
	return out
})

// vagueClaims: VG-REG-004. Free text is welcome as long as it claims nothing that another attribute could measure. That
// claim fields hold no prose, and durations a unit, is what the table of attributes sees to.
func vagueClaims(u *use) []fault {
	var out []fault
	for _, path := range prose() {
		v := u.get(path)
		if phrase := vague(v); phrase != "" {
			out = append(out, fault{
				pos: u.ID.Pos, key: path, related: []diag.Related{u.seen(path, "what the record says")},
				message: fmt.Sprintf("%s of %q is not measurable: %q", path, u.ID.Value, phrase),
				hint:    u.team("replaces it with attributes of %s, such as a period, a number or true.", strings.TrimSuffix(path, ".notes")),
			})
		}
	}
	return out
}

// vague finds a vague phrase with a control noun within three words of it; it is the text from one to the other.
func vague(v *attr.Value) string {
	if !v.Known() {
		return ""
	}
	words := strings.FieldsFunc(strings.ToLower(v.Text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	for i := range words {
		for _, phrase := range vaguePhrases() {
			parts := strings.Fields(phrase)
			end := i + len(parts)
			if end > len(words) || !slices.Equal(words[i:end], parts) {
				continue
			}
			for j := max(0, i-3); j < min(len(words), end+3); j++ {
				if slices.Contains(controlNouns(), words[j]) {
					return strings.Join(words[min(i, j):max(end, j+1)], " ")
				}
			}
		}
	}
	return ""
}
