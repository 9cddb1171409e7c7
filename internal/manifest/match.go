package manifest

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// Match finds the manifests that match patterns: paths, or globs in which ** matches any number of folders. Globs match only the
// listed files, without foreign ones. A file that a path names is always a manifest.
func (s Search) Match(files fs.FS, patterns []string) (Found, error) {
	var found Found
	for _, pattern := range patterns {
		if strings.ContainsAny(pattern, "*?[{") {
			if !doublestar.ValidatePattern(pattern) {
				return found, fmt.Errorf("--manifest %q is not a valid glob", pattern)
			}
			s.glob(&found, pattern)
			continue
		}
		info, err := source.Lstat(files, pattern)
		switch {
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid):
			s.absent(&found, pattern)
		case err != nil:
			found.Gaps = append(found.Gaps, diag.Gap{Target: s.Display(pattern), Reason: worktree.Unread + source.Reason(err)})
		case info.IsDir():
			found.Folders = append(found.Folders, pattern)
		default:
			found.Paths = append(found.Paths, pattern)
		}
	}
	found.sort()
	return found, nil
}

// absent handles a path that does not exist. It is a gap if git tracks the path.
func (s Search) absent(found *Found, name string) {
	for _, skipped := range s.Files.Skipped {
		if skipped.Absent() && (skipped.Path == name || strings.HasSuffix(skipped.Path, "/") && strings.HasPrefix(name, skipped.Path)) {
			found.lose(s.Display(skipped.Path), skipped)
			return
		}
	}
	found.Unused = append(found.Unused, name)
}

// glob adds the files that match a pattern.
func (s Search) glob(found *Found, pattern string) {
	met := false
	try := func(name string, irregular bool) {
		if s.without(name) || !doublestar.MatchUnvalidated(pattern, name) {
			return
		}
		met = true
		switch {
		case s.leavesOut(found, name, true):
		case !irregular && HasName(name) && !s.ours(name):
			found.Foreign = append(found.Foreign, name)
		default:
			found.Paths = append(found.Paths, name)
		}
	}
	for _, name := range s.Files.Files {
		try(name, false)
	}
	for _, skipped := range s.Files.Skipped {
		if skipped.Irregular() {
			try(skipped.Path, true)
		} else if s.lost(skipped, func(name string) bool { return doublestar.MatchUnvalidated(pattern, name) }) {
			met = true
			if gap := s.Display(skipped.Path); !slices.ContainsFunc(found.Gaps, func(g diag.Gap) bool { return g.Target == gap }) {
				found.lose(gap, skipped)
			}
		}
	}
	if !met {
		found.Unused = append(found.Unused, pattern)
	}
}
