package disk

import (
	"cmp"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
)

// tree is a directory that links cannot escape from. os.Root opens each folder of a path for every call, so walking a
// deep tree would take quadratic time. A tree keeps the last folder of each depth open, which are those on the way to the last one used,
// and opens what is in them by its name.
type tree struct {
	root *os.Root
	open [mostOpen]atomic.Pointer[folder] // by depth, modulo their number
}

// mostOpen is the number of folders that a tree keeps open.
const mostOpen = 32

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
	if in, err := t.folder(name[:slash]); err == nil {
		if f, err := in.open(name[slash+1:]); err == nil {
			return f, nil
		}
	}
	return t.whole(name).Open(name)
}

// folder returns a folder. Another goroutine may close it at any time. Closing waits for calls in progress.
func (t *tree) folder(dir string) (*folder, error) {
	depth := 0
	if dir != "." {
		depth = 1 + strings.Count(dir, "/")
	}
	slot := &t.open[depth%mostOpen]
	if in := slot.Load(); in != nil && in.path == dir {
		return in, nil
	}
	in, err := t.openFolder(dir)
	if err != nil {
		return nil, err
	}
	if before := slot.Swap(in); before != nil {
		before.close()
	}
	return in, nil
}

// openFolder opens a folder by its name in the one above it or, if it is a link, from the root.
func (t *tree) openFolder(dir string) (*folder, error) {
	if dir != "." {
		if above, err := t.folder(path.Dir(dir)); err == nil {
			if in, err := above.below(dir); err == nil {
				return in, nil
			}
		}
	}
	return openFolder(t.root, dir)
}

// ReadDir lists a folder, sorted by name.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
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
	in, err := t.folder(name)
	if err != nil {
		return nil, err
	}
	entries, err := in.list()
	if err != nil {
		return nil, err
	}
	for i, e := range entries {
		entries[i] = entry{e, t, name}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// entry is an entry of a folder in a tree.
type entry struct {
	fs.DirEntry
	tree   *tree
	folder string
}

// Info describes the file, or the link itself.
func (e entry) Info() (fs.FileInfo, error) { return e.tree.Lstat(path.Join(e.folder, e.Name())) }

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
