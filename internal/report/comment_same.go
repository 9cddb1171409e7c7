package report

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// SameComment reports whether two comments about the same commit say the same: they differ at most in the last line, which names the
// run, its time and the commit of the registry, and in how many days ago something was.
func SameComment(a, b string) bool { return lasting(a) == lasting(b) }

// lasting returns what a comment says whenever it is written.
func lasting(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.LastIndex("\n"+text, "\n"+footerStart); i >= 0 {
		text = text[:max(0, i-1)]
	}
	return diag.Timeless(text)
}
