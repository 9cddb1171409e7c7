package snapshot

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// ReferenceError says what is wrong with a reference to a folder on a server, and what to write instead.
type ReferenceError struct{ Text, Reason, Hint string }

func (e *ReferenceError) Error() string { return fmt.Sprintf("%q: %s", e.Text, e.Reason) }

const (
	maxRef = 244

	// MaxPath is the maximum length of a path in a reference.
	MaxPath = 1024

	// Head is the ref of a commit that is the tip of the default branch.
	Head = "HEAD"
)

var partPattern = regexp.MustCompile(`^[A-Za-z0-9._][A-Za-z0-9._+-]*$`)

// IsRef checks the name of a branch or tag against git's rules (git check-ref-format). Which characters a server's URLs can have is for the
// caller to check.
func IsRef(ref string) bool {
	bad := ref == "" || len(ref) > maxRef ||
		strings.Contains(ref, "..") || strings.Contains(ref, "//") || strings.HasSuffix(ref, "/") || strings.HasSuffix(ref, ".")
	for part := range strings.SplitSeq(ref, "/") {
		bad = bad || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".lock")
	}
	return !bad
}

// IsFolder reports whether a path names a folder below the root, in characters that no URL escapes.
func IsFolder(path string) bool {
	if len(path) > MaxPath || !fs.ValidPath(path) || path == "." {
		return false
	}
	for part := range strings.SplitSeq(path, "/") {
		if !partPattern.MatchString(part) || strings.Contains(part, "..") {
			return false
		}
	}
	return true
}
