package worktree

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/source"
)

// ignores is a file of ignore patterns, with those of the folders above. Only untracked names are matched. Patterns in the user's
// git configuration are outside the directory, so they do not count.
type ignores struct {
	above    *ignores
	folder   string // that the patterns apply to, ending in a slash; empty for the root
	patterns []pattern
}

// pattern is a line of a .gitignore, as https://git-scm.com/docs/gitignore describes it.
type pattern struct {
	segments []string // a single one matches the last name of a path
	anchored bool     // the segments match the whole path
	folders  bool     // only folders
	negated  bool
}

// maxPatterns is the maximum number of patterns that are used from one file.
const maxPatterns = 10_000

// and adds the patterns of a file. A file that cannot be read has no patterns.
func (g *ignores) and(files fs.FS, dir, name string) *ignores {
	data, err := source.ReadFile(files, name)
	if err != nil {
		return g
	}
	out := &ignores{above: g}
	if dir != "." {
		out.folder = dir + "/"
	}
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\uFEFF")) {
		if p, ok := parsePattern(line); ok && len(out.patterns) < maxPatterns {
			out.patterns = append(out.patterns, p)
		}
	}
	return out
}

// cover reports whether a path is ignored. The last matching pattern decides, and the patterns of the nearest folder come last. The
// caller makes sure that no folder above the path is ignored.
func (g *ignores) cover(name string, isFolder bool) bool {
	for ; g != nil; g = g.above {
		rest := strings.TrimPrefix(name, g.folder)
		for _, p := range slices.Backward(g.patterns) {
			if (isFolder || !p.folders) && p.match(rest) {
				return !p.negated
			}
		}
	}
	return false
}

func parsePattern(line string) (p pattern, ok bool) {
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	if strings.HasPrefix(line, "#") {
		return p, false
	}
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	line, p.negated = strings.CutPrefix(line, "!")
	line, p.folders = strings.CutSuffix(line, "/")
	p.anchored = strings.Contains(line, "/")
	p.segments = strings.Split(strings.TrimPrefix(line, "/"), "/")
	for i, segment := range p.segments {
		p.segments[i] = caret(segment)
		if _, err := path.Match(p.segments[i], ""); err != nil || segment == "" {
			return p, false
		}
	}
	return p, true
}

// caret changes [!a] to [^a], the form that path.Match uses.
func caret(segment string) string {
	out := []byte(segment)
	for i := 0; i+1 < len(out); i++ {
		switch {
		case out[i] == '\\':
			i++
		case out[i] == '[' && out[i+1] == '!':
			out[i+1] = '^'
		}
	}
	return string(out)
}

func (p pattern) match(name string) bool {
	if !p.anchored {
		ok, _ := path.Match(p.segments[0], path.Base(name)) // parsePattern has tried it
		return ok
	}
	return matchAll(p.segments, strings.Split(name, "/"))
}

// matchAll matches names with segments. The segment ** matches any number of names, or at least one if it is the last segment.
// After a mismatch, the last ** takes one more name, so the cost is at most the product of the lengths.
func matchAll(segments, names []string) bool {
	star, taken := -1, 0
	i, j := 0, 0
	for j < len(names) {
		if i < len(segments) && segments[i] == "**" {
			if i == len(segments)-1 {
				return true
			}
			star, taken = i, j
			i++
			continue
		}
		if i < len(segments) {
			if ok, _ := path.Match(segments[i], names[j]); ok { // parsePattern has tried it
				i, j = i+1, j+1
				continue
			}
		}
		if star < 0 {
			return false
		}
		taken++
		i, j = star+1, taken
	}
	return i == len(segments)
}
