package manifest

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// Found is the result of a search for manifests.
type Found struct {
	Paths    []string // with slashes, sorted
	Foreign  []string // files of other tools that have the name of a manifest
	Excluded []string // manifests that the search leaves out on request
	Unused   []string // patterns that matched no file
	Folders  []string // patterns without a wildcard that name a folder
	Problems []diag.Problem
	Gaps     []diag.Gap // what could not be read
	TooMany  int        // number of files that may be manifests, if it is above the limit
}

// Search is a search for manifests in the files of a repository.
type Search struct {
	Files   worktree.Listing
	Display func(path string) string            // returns the path of a file for reports
	Read    func(path string) ([]byte, error)   // returns the content of a file that may be a manifest
	Ours    func(path string, data []byte) bool // reports whether such a file is a manifest; nil means Recognize
	Exclude func(path string) bool              // reports whether to leave a manifest out; may be nil
	Most    int                                 // maximum number of files that may be manifests; if there are more, none is read
	Without []string                            // folders to leave out, such as the registry; empty names are ignored
}

// Find finds the manifests: vendors.yaml or vendors.yml in any folder, or in its .github. A file of another tool with that name is foreign.
// Two manifests for a folder, a manifest with another name, and a folder with that name are problems, because a manifest would not
// be read. A tracked manifest that is not in the working tree is a gap.
func (s Search) Find() Found {
	var found Found
	for _, name := range s.Files.Folders {
		if HasName(name) && !s.leavesOut(&found, name, false) {
			found.problem(s.Display(name), fmt.Sprintf("%s is a folder", path.Base(name)), "rename the folder; a manifest must be a file")
		}
	}
	names := s.candidates(&found)
	if found.TooMany = len(names); found.TooMany <= s.Most {
		found.TooMany = 0
	} else {
		names = nil
	}
	byFolder := map[string][]string{}
	for _, c := range names {
		if s.judge(&found, c.Path, c.Irregular()) {
			byFolder[Folder(c.Path)] = append(byFolder[Folder(c.Path)], c.Path)
		}
	}
	for _, names := range byFolder {
		slices.SortFunc(names, func(a, b string) int { // .github last, vendors.yaml before vendors.yml
			return cmp.Or(cmp.Compare(len(path.Dir(a)), len(path.Dir(b))), cmp.Compare(a, b))
		})
		found.Paths = append(found.Paths, names...)
		for _, name := range names[1:] {
			found.problem(s.Display(name), fmt.Sprintf("a second manifest for the same folder; the first is %s", s.Display(names[0])), "keep one of them")
		}
	}
	found.sort()
	return found
}

// RootPaths returns the possible paths of the manifest at the root of a repository. The first that exists is the manifest.
func RootPaths() []string {
	return []string{"vendors.yaml", "vendors.yml", settingsFolder + "/vendors.yaml", settingsFolder + "/vendors.yml"}
}

// settingsFolder is where repositories keep the settings of their server. It may be absent.
const settingsFolder = ".github"

// Folder is the folder that a manifest is for: its own, or the one that its .github is in.
func Folder(manifest string) string {
	folder := path.Dir(manifest)
	if path.Base(folder) == settingsFolder {
		folder = path.Dir(folder)
	}
	return folder
}

// HasName reports whether a path has the name of a manifest, in any case.
func HasName(name string) bool {
	base := path.Base(name)
	return strings.EqualFold(base, "vendors.yaml") || strings.EqualFold(base, "vendors.yml")
}

// candidates returns the files that may be manifests according to their names. It adds gaps for those that are not there.
func (s Search) candidates(found *Found) []worktree.Skipped {
	var out []worktree.Skipped
	for _, name := range s.Files.Files {
		if isNear(name) && !s.without(name) || HasName(name) && !s.leavesOut(found, name, true) {
			out = append(out, worktree.Skipped{Path: name})
		}
	}
	for _, skipped := range s.Files.Skipped {
		switch {
		case skipped.Irregular() && HasName(skipped.Path) && !s.leavesOut(found, skipped.Path, true):
			out = append(out, skipped)
		case s.lost(skipped, HasName) && !s.leavesOut(found, skipped.Path, true):
			found.lose(s.Display(skipped.Path), skipped)
		}
	}
	return out
}

// judge reports whether a file is a manifest to read. irregular means that it is not a regular file, such as a link.
func (s Search) judge(found *Found, name string, irregular bool) bool {
	base := path.Base(name)
	switch lower := strings.ToLower(base); {
	case isNear(name):
		if right, near := NearName(name, func() ([]byte, error) { return s.Read(name) }); near && !s.leavesOut(found, name, true) {
			found.problem(s.Display(name), fmt.Sprintf("%q is not a manifest name, so this manifest is not read", base), s.rightName(right))
		}
	case !irregular && !s.ours(name):
		found.Foreign = append(found.Foreign, name)
	case base != lower:
		found.problem(s.Display(name), fmt.Sprintf("%q is not in lower case, so this manifest is not read", base), fmt.Sprintf("rename it to %q", lower))
	default:
		return true
	}
	return false
}

// isNear reports whether NearName would look into a file.
func isNear(name string) bool { return slices.Contains(nearNames(), strings.ToLower(path.Base(name))) }

// rightName returns the hint for a manifest with a wrong name.
func (s Search) rightName(right string) string {
	if _, taken := slices.BinarySearch(s.Files.Files, right); taken {
		return fmt.Sprintf("move its entries to %s, which exists, and remove it", s.Display(right))
	}
	return fmt.Sprintf("rename it to %q", path.Base(right))
}

// ours reports whether a file with the name of a manifest is one. A file that cannot be read may be one.
func (s Search) ours(name string) bool {
	data, err := s.Read(name)
	switch {
	case err != nil:
		return true
	case s.Ours != nil:
		return s.Ours(name, data)
	}
	return Recognize(data)
}

// leavesOut reports whether a path is in a folder that the search leaves out, or is excluded. Excluded manifests are noted.
func (s Search) leavesOut(found *Found, name string, note bool) bool {
	if s.without(name) {
		return true
	}
	if s.Exclude == nil || !s.Exclude(name) {
		return false
	}
	if note {
		found.Excluded = append(found.Excluded, name)
	}
	return true
}

func (s Search) without(name string) bool {
	return slices.ContainsFunc(s.Without, func(folder string) bool { return folder != "" && strings.HasPrefix(name, folder+"/") })
}

// lost reports whether a skipped path may be a manifest or contain one.
func (s Search) lost(skipped worktree.Skipped, HasName func(string) bool) bool {
	unread := strings.HasPrefix(skipped.Reason, worktree.Unread)
	return !s.without(skipped.Path) && (unread || skipped.Absent() && (HasName(skipped.Path) || strings.HasSuffix(skipped.Path, "/")))
}

// lose adds a gap for a path that may be a manifest and cannot be read.
func (f *Found) lose(shown string, skipped worktree.Skipped) {
	switch {
	case !skipped.Absent():
		f.Gaps = append(f.Gaps, diag.Gap{Target: shown, Reason: skipped.Reason})
	case strings.HasSuffix(skipped.Path, "/"):
		f.Gaps = append(f.Gaps, diag.Gap{Target: shown, Reason: "a sparse checkout left the folder out, so it is unknown whether it has a manifest; check it out, or name the manifests to check with --manifest"})
	default:
		f.Gaps = append(f.Gaps, diag.Gap{Target: shown, Reason: "git tracks this manifest, and it is not in the working tree; check it out, or remove it with `git rm`"})
	}
}

func (f *Found) sort() {
	for _, list := range []*[]string{&f.Paths, &f.Foreign, &f.Excluded} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	slices.SortFunc(f.Problems, func(a, b diag.Problem) int { return strings.Compare(a.Pos.File, b.Pos.File) })
}

func (f *Found) problem(file, message, hint string) {
	f.Problems = append(f.Problems, diag.Problem{Pos: diag.Pos{File: file, Line: 1, Col: 1}, Message: message, Hint: hint})
}
