package gate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Order sorts findings by position, removes duplicates, and sets their fingerprints. Of findings that a private record makes look
// the same, the most severe one stays.
func Order(findings []diag.Finding) []diag.Finding {
	slices.SortStableFunc(findings, func(a, b diag.Finding) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Message, b.Message), cmp.Compare(b.Severity, a.Severity))
	})
	var out finished
	for i := range findings {
		if i > 0 && same(&findings[i-1], &findings[i]) {
			continue
		}
		out.add(findings[i])
	}
	return out.findings
}

// same reports whether two findings are duplicates.
func same(a, b *diag.Finding) bool {
	return a.Rule == b.Rule && a.Pos == b.Pos && a.Key == b.Key && a.Message == b.Message
}

// finished collects findings and sets their fingerprints.
type finished struct {
	findings []diag.Finding
	seen     map[string]int
}

// add sets the fingerprint, which does not depend on lines or on the day. If a fault occurs more than once, such as an unknown key
// in two entries, the fingerprint includes a counter.
func (o *finished) add(f diag.Finding) {
	if o.seen == nil {
		o.seen = map[string]int{}
	}
	text := f.Rule + "\x00" + f.Vendor + "\x00" + f.Key
	o.seen[text]++
	if n := o.seen[text]; n > 1 {
		text += "\x00" + strconv.Itoa(n)
	}
	sum := sha256.Sum256([]byte(text))
	f.Fingerprint = hex.EncodeToString(sum[:16])
	o.findings = append(o.findings, f)
}

// MessageKey returns a message without digits, as a key that does not change with lines and dates.
func MessageKey(message string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, message)
}
