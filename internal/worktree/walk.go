package worktree

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/gitindex"
	"github.com/vendorgate/vendorgate/internal/source"
)

// walker lists each folder once.
type walker struct {
	files  fs.FS
	commit bool // everything is tracked
	out    Listing
}

// scope is what git knows about a folder. The zero value is for a folder without an index.
type scope struct {
	tracked bool             // the folder is in a checkout whose index was read
	entries []gitindex.Entry // of the index, below the folder
	from    int              // offset of the names of the folder in the paths of entries
	ignores *ignores         // nil if nothing is ignored
	ignored bool             // the folder itself is ignored, although git tracks files in it
}

// child is a name in a folder with its entries in the index.
type child struct {
	name    string
	below   bool             // a folder with tracked files
	entries []gitindex.Entry // those files, or the only entry
}

func (w *walker) skip(name, reason string) {
	w.out.Skipped = append(w.out.Skipped, Skipped{name, reason})
}

// folder adds a folder. found is its content, sorted by name.
func (w *walker) folder(dir string, found []fs.DirEntry, s scope) {
	if dir != "." {
		w.out.Folders = append(w.out.Folders, dir)
	}
	if !s.tracked && !w.commit && has(found, ".git", fs.DirEntry.IsDir) {
		w.out.Repos = append(w.out.Repos, dir)
		if git, err := fs.Sub(w.files, join(dir, ".git")); err == nil {
			s, _ = w.readScope(git, dir)
		}
	}
	if dir == "." && !s.tracked && has(found, ".git", func(e fs.DirEntry) bool { return e.Type().IsRegular() }) {
		w.skip(".git", instead+"the index is in another directory") // a linked worktree, or a submodule
	}
	if s.tracked && has(found, ".gitignore", func(e fs.DirEntry) bool { return e.Type().IsRegular() }) {
		s.ignores = s.ignores.and(w.files, dir, join(dir, ".gitignore"))
	}
	children := s.children()
	for len(found)+len(children) > 0 {
		switch {
		case len(children) == 0, len(found) > 0 && found[0].Name() < children[0].name:
			w.untracked(join(dir, found[0].Name()), found[0], s)
			found = found[1:]
		case len(found) == 0, children[0].name < found[0].Name():
			w.absent(dir, children[0], s)
			children = children[1:]
		default:
			w.present(dir, children[0], found[0], s)
			found, children = found[1:], children[1:]
		}
	}
}

// descend reads and adds a folder below another one.
func (w *walker) descend(dir string, s scope) {
	found, err := fs.ReadDir(w.files, dir)
	switch {
	case err != nil:
		w.skip(dir, Unread+source.Reason(err))
	case s.tracked && len(s.entries) == 0 && has(found, ".git", nil):
		w.skip(dir, Repository)
	default:
		w.folder(dir, found, s)
	}
}

// untracked adds a name that is not in the index.
func (w *walker) untracked(name string, entry fs.DirEntry, s scope) {
	base := entry.Name()
	switch {
	case w.commit:
	case base == ".git", entry.IsDir() && (base == ".hg" || base == ".svn"):
		return
	case s.ignored, s.ignores.cover(name, entry.IsDir()):
		w.skip(name, Ignored)
		return
	case entry.IsDir() && (base == "node_modules" || base == ".venv" || base == ".tox" || base == "bower_components"):
		w.skip(name, Installed)
		return
	}
	if entry.IsDir() {
		w.descend(name, scope{tracked: s.tracked, ignores: s.ignores})
		return
	}
	w.file(name, entry)
}

// present adds a name that is in the index and in the folder.
func (w *walker) present(dir string, c child, entry fs.DirEntry, s scope) {
	name := join(dir, c.name)
	switch kind := c.entries[0].Kind; {
	case c.below && entry.IsDir():
		ignored := s.ignored || s.ignores.cover(name, true)
		w.descend(name, scope{tracked: true, entries: c.entries, from: s.from + len(c.name) + 1, ignores: s.ignores, ignored: ignored})
	case c.below, kind == gitindex.Symlink, kind == gitindex.Submodule, kind == gitindex.Dir:
		w.absent(dir, c, s)
	case !entry.Type().IsRegular():
		w.skip(name, Replaced)
	default:
		w.file(name, entry)
	}
}

// absent adds the entries of a name that is not in the folder, or that is something else there.
func (w *walker) absent(dir string, c child, s scope) {
	for _, e := range c.entries {
		reason := NotThere
		switch {
		case e.Kind == gitindex.Symlink:
			reason = Link
		case e.Kind == gitindex.Submodule:
			reason = Submodule
		case e.Absent:
			reason = Sparse
		}
		w.skip(join(dir, e.Path[s.from:]), reason)
	}
}

// file adds a file of the repository, or whatever is in its place.
func (w *walker) file(name string, entry fs.DirEntry) {
	switch {
	case entry.Type()&fs.ModeSymlink != 0:
		w.skip(name, Link)
	case w.commit && entry.Type()&fs.ModeIrregular != 0:
		w.skip(name, Submodule)
	case !entry.Type().IsRegular():
		w.skip(name, source.ErrNotRegular.Error())
	default:
		w.out.Files = append(w.out.Files, name)
	}
}

// children groups the entries of a folder by their next name, sorted by name.
func (s scope) children() []child {
	var out []child
	for i := 0; i < len(s.entries); {
		rest := s.entries[i].Path[s.from:]
		name, _, below := strings.Cut(rest, "/")
		next := i + 1
		if below = below && s.entries[i].Kind != gitindex.Dir || below && len(rest) > len(name)+1; below {
			for next < len(s.entries) && strings.HasPrefix(s.entries[next].Path[s.from:], rest[:len(name)+1]) {
				next++
			}
		}
		out = append(out, child{name, below, s.entries[i:next]})
		i = next
	}
	byName := func(a, b child) int { return cmp.Compare(a.name, b.name) }
	if !slices.IsSortedFunc(out, byName) { // git sorts the folder a after a.b
		slices.SortStableFunc(out, byName)
	}
	return out
}

// has reports whether a folder has a name for which fits is true. A nil fits accepts all.
func has(found []fs.DirEntry, name string, fits func(fs.DirEntry) bool) bool {
	i, ok := slices.BinarySearchFunc(found, name, func(e fs.DirEntry, name string) int { return cmp.Compare(e.Name(), name) })
	return ok && (fits == nil || fits(found[i]))
}

// readScope reads what git knows about the root of a checkout, which is the folder dir. It returns false if there is no index. An index
// that is there and cannot be read is listed as skipped.
func (w *walker) readScope(git fs.FS, dir string) (scope, bool) {
	entries, err := Index(git)
	if err != nil {
		w.skip(join(dir, ".git/index"), instead+err.Error())
	}
	if entries == nil {
		return scope{}, false
	}
	var none *ignores
	return scope{tracked: true, entries: entries, ignores: none.and(git, dir, "info/exclude")}, true
}

// committed reports whether a checkout has a commit, from git's own files, or may have one. A new repository has none.
func committed(git fs.FS) bool {
	head, err := source.ReadFile(git, "HEAD")
	if errors.Is(err, fs.ErrNotExist) {
		return false // git does not take the folder for a repository
	}
	ref, branch := strings.CutPrefix(strings.TrimSpace(string(head)), "ref: ")
	if err != nil || !branch {
		return true
	}
	for _, name := range []string{ref, "reftable", "commondir"} { // the last two say that the branch is written elsewhere
		if _, err := source.Lstat(git, name); !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
			return true
		}
	}
	packed, err := readWhole(git, "packed-refs")
	return !errors.Is(err, fs.ErrNotExist) && (err != nil || strings.Contains(string(packed), " "+ref+"\n"))
}

// below returns what git knows about a folder of a checkout, from the scope of its root. It returns false if git tracks nothing in it.
func (s scope) below(files fs.FS, folder string) (scope, bool) {
	out := scope{tracked: true, from: len(folder) + 1, ignores: s.ignores}
	for _, e := range s.entries {
		if strings.HasPrefix(e.Path, folder+"/") && len(e.Path) > len(folder)+1 {
			out.entries = append(out.entries, e)
		}
	}
	for i := range folder + "/" {
		if above := folder[:i]; i == len(folder) || folder[i] == '/' {
			dir := path.Dir(above)
			out.ignores = out.ignores.and(files, dir, join(dir, ".gitignore"))
			out.ignored = out.ignored || out.ignores.cover(above, true)
		}
	}
	return out, len(out.entries) > 0
}

// Index reads what a checkout tracks from git's own files. It returns nil if there is no index. If there is a commit and no index, or one
// without files, that is an error, because nothing may be checked out.
func Index(git fs.FS) ([]gitindex.Entry, error) {
	entries, err := readIndex(git)
	if err == nil && len(entries) == 0 && committed(git) {
		return nil, errors.New("git has a commit here and lists no files, so nothing may be checked out")
	}
	return entries, err
}

func readIndex(git fs.FS) ([]gitindex.Entry, error) {
	info, err := source.Lstat(git, "index")
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && !info.Mode().IsRegular():
		return nil, nil
	case err != nil:
		return nil, errors.New(Unread + source.Reason(err))
	}
	data, err := readWhole(git, "index")
	if err != nil {
		return nil, errors.New(Unread + source.Reason(err))
	}
	return gitindex.ParseSplit(data, func(name string) ([]byte, error) {
		data, err := readWhole(git, name)
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read: %s", name, source.Reason(err))
		}
		return data, nil
	})
}

// maxIndex is the maximum size of a git index: some 500,000 files.
const maxIndex = 64 << 20

func readWhole(files fs.FS, name string) ([]byte, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	data, err := io.ReadAll(io.LimitReader(f, maxIndex+1))
	if err == nil && len(data) > maxIndex {
		err = errors.New("larger than 64 MiB")
	}
	return data, err
}

// join is path.Join for a folder that may be ".".
func join(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}
