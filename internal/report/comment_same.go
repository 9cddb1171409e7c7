package report

import (
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// SameComment reports whether two comments say the same: they differ at most in the last line, which names the run, its time, the commit
// and that of the registry, in the commit that links lead to, and in how many days ago something was. Links to a commit stay valid.
func SameComment(a, b string) bool { return lasting(a) == lasting(b) }

// lasting returns what a comment says whenever it is written.
func lasting(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.LastIndex("\n"+text, "\n"+footerStart); i >= 0 {
		text = text[:max(0, i-1)]
	}
	return diag.Timeless(commits.ReplaceAllString(text, "$1$2"))
}

// commits matches the commits in a comment: in links to lines of files, and of a comment that is resolved.
var commits = regexp.MustCompile("(/blob/)[0-9a-f]{40}(/)|(### ✅ API vendors: resolved at )`[0-9a-f]{7}`")

// Superseded is what replaces a comment whose settings are no longer in use.
func Superseded() sink.Document {
	var m sink.Markdown
	m.Markup("### API vendors: outdated\n\nThis comment is about earlier settings of the check. Its result with the new ones is in the checks of the pull request.\n")
	return m.Document()
}
