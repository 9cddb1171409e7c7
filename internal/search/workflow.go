package search

import (
	"bytes"
	"path"
	"strings"
)

// IsWorkflow reports whether a file is a workflow of GitHub Actions, or an action.
func IsWorkflow(name string) bool {
	ext := path.Ext(name)
	if ext != ".yml" && ext != ".yaml" {
		return false
	}
	base := strings.TrimSuffix(path.Base(name), ext)
	return strings.HasPrefix(name, ".github/workflows/") || strings.HasPrefix(name, ".github/actions/") || base == "action"
}

// actions finds the steps of a workflow that run a vendor's action.
func (f *finder) actions() {
	for pos := 0; ; {
		i := bytes.Index(f.data[pos:], []byte("uses:"))
		if i < 0 {
			return
		}
		at := pos + i + len("uses:")
		pos = at
		for at < len(f.data) && (f.data[at] == ' ' || f.data[at] == '"' || f.data[at] == '\'') {
			at++
		}
		_, to := Line(f.data, at)
		if end := bytes.IndexAny(f.data[at:to], "@ \"'#"); end >= 0 {
			to = at + end
		}
		name := string(f.data[at:to])
		if vendor, ok := f.c.actionOf(name); ok {
			f.add(Hit{Kind: Action, Vendor: vendor, At: at, End: to})
		}
	}
}

// actionOf returns the vendor of an action, by its repository.
func (c *Catalogue) actionOf(name string) (int, bool) {
	parts := strings.SplitN(name, "/", 3)
	if len(parts) < 2 {
		return 0, false
	}
	for _, ecosystem := range []string{"githubactions", "github"} {
		if found, ok := c.packageOf(ecosystem, parts[0]+"/"+parts[1]); ok {
			return int(found.vendor), true
		}
	}
	return 0, false
}
