package disk

import (
	"cmp"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

// tree is a directory that links cannot escape from. os.Root opens each folder of a path for every call, so walking a
// deep tree would take quadratic time. A tree keeps some of the folders on the way to the last one listed, and
// continues from the nearest.
type tree struct {
	root *os.Root
	last atomic.Pointer[folder] // of the last file that was opened

	mu   sync.Mutex
	kept []kept // each inside the previous one
}

// kept is an open folder. Its path ends in a slash.
type kept struct {
	path string
	root *os.Root
}

// stride is the number of levels between two folders that are kept.
const stride = 32

// Open opens a directory.
func (d Disk) Open(dir string) (fs.FS, error) {
	dir = d.at(dir)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() { // opening a pipe may block forever
		return nil, cmp.Or(err, error(&fs.PathError{Op: "open", Path: dir, Err: syscall.ENOTDIR}))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &tree{root: root}, nil
}

// Open opens a file from its folder, which is usually the same as for the previous file. If that fails, it opens the file from the
// root: a link out of the folder may stay in the tree, and errors should contain the whole path. Closing a folder in another goroutine
// waits for calls in progress.
func (t *tree) Open(name string) (fs.File, error) {
	slash := strings.LastIndexByte(name, '/')
	if slash < 0 || !isPath(name) {
		return t.whole(name).Open(name)
	}
	dir, base := name[:slash], name[slash+1:]
	in := t.last.Load()
	if in == nil || in.path != dir {
		var err error
		if in, err = openFolder(t.root, dir); err != nil {
			return t.whole(name).Open(name)
		}
		if before := t.last.Swap(in); before != nil {
			before.close()
		}
	}
	if f, err := in.open(base); err == nil {
		return f, nil
	}
	return t.whole(name).Open(name)
}

// ReadDir lists a folder, sorted by name.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	if isPath(name) && strings.Count(name, "/") >= stride {
		t.mu.Lock()
		defer t.mu.Unlock()
		if near, rest := t.near(name); near != nil {
			if entries, err := (bytewise{near}).in(rest).ReadDir(rest); err == nil {
				return entries, nil
			}
		}
	}
	if entries, err := t.list(name); err == nil {
		return entries, nil
	}
	return t.whole(name).ReadDir(name) // its errors contain the whole path
}

// list lists a folder. A folder of an os.Root asks for the details of each file at once; this one does so when they are needed.
func (t *tree) list(name string) ([]fs.DirEntry, error) {
	if !isPath(name) {
		return nil, fs.ErrInvalid
	}
	f, err := reopened(t.root, name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	entries, err := f.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	for i, e := range entries {
		entries[i] = entry{e, t, path.Join(name, e.Name())}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// entry is an entry of a folder in a tree.
type entry struct {
	fs.DirEntry
	tree *tree
	path string
}

// Info describes the file, or the link itself.
func (e entry) Info() (fs.FileInfo, error) { return e.tree.Lstat(e.path) }

// Stat describes a file.
func (t *tree) Stat(name string) (fs.FileInfo, error) { return t.whole(name).Stat(name) }

// Lstat describes a file, or the link itself.
func (t *tree) Lstat(name string) (fs.FileInfo, error) { return t.whole(name).Lstat(name) }

// ReadFile reads a file.
func (t *tree) ReadFile(name string) ([]byte, error) { return t.whole(name).ReadFile(name) }

// ReadLink reads where a link leads.
func (t *tree) ReadLink(name string) (string, error) { return t.whole(name).ReadLink(name) }

// whole is what the root makes of a whole path.
func (t *tree) whole(name string) rooted { return bytewise{t.root}.in(name) }

// near returns the nearest folder that is kept, and the rest of the path from there; nil if a folder cannot be opened.
func (t *tree) near(name string) (*os.Root, string) {
	from, path := t.root, ""
	for len(t.kept) > 0 {
		last := t.kept[len(t.kept)-1]
		if strings.HasPrefix(name, last.path) {
			from, path = last.root, last.path
			break
		}
		last.root.Close() //nolint:errcheck,gosec // nothing was written
		t.kept = t.kept[:len(t.kept)-1]
	}
	for {
		rest := name[len(path):]
		next := upTo(rest, stride)
		if next == "" {
			return from, rest
		}
		root, err := from.OpenRoot(strings.TrimSuffix(next, "/"))
		if err != nil {
			return nil, ""
		}
		from, path = root, path+next
		t.kept = append(t.kept, kept{path, root})
	}
}

// upTo returns the beginning of a path through the n-th slash; empty if it has fewer.
func upTo(path string, n int) string {
	for i := range len(path) {
		if path[i] == '/' {
			if n--; n == 0 {
				return path[:i+1]
			}
		}
	}
	return ""
}
