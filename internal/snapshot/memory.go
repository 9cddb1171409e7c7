// Package snapshot holds the files of a commit: as a file system in memory, and as they come in the archive that a server makes of it. It
// trusts neither archive nor listing further than the hashes of the contents.
package snapshot

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Files is a read-only file system with known names. The contents of files may be read later. It is immutable
// and needs no lock.
type Files struct {
	Items map[string]Item          // by path; nobody changes it
	dirs  map[string][]fs.DirEntry // sorted by name; "." is always there
	odd   map[string][]string      // names of files that may stand for names that are not UTF-8, by what these have in common
}

// packedFiles returns a file system with files at the given paths. Paths must be valid, and no file can be a folder of another.
func packedFiles(files map[string]source.Packed) *Files {
	items := map[string]Item{}
	for name, data := range files {
		items[name] = Item{Size: int64(data.Len()), Read: func() ([]byte, error) { return data.Unpack(nil), nil }}
	}
	return NewFiles(items)
}

// NewFiles creates a file system from the items at each path, under the same conditions.
func NewFiles(files map[string]Item) *Files {
	m := &Files{Items: files, dirs: map[string][]fs.DirEntry{".": nil}, odd: map[string][]string{}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		m.enter(name, about(name, files[name]))
		if IsOdd(name) {
			m.odd[alike(name)] = append(m.odd[alike(name)], name)
		}
	}
	for _, entries := range m.dirs {
		slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	}
	return m
}

// enter adds an entry to its folder, and adds new folders to their own.
func (m *Files) enter(name string, i info) {
	dir := path.Dir(name)
	_, known := m.dirs[dir]
	m.dirs[dir] = append(m.dirs[dir], i)
	if !known {
		m.enter(dir, folderInfo(dir))
	}
}

// Open opens a file or a folder, or the file behind a link.
func (m *Files) Open(name string) (fs.File, error) {
	name = m.listed(name)
	i, err := m.find("open", name)
	switch {
	case err != nil:
		return nil, err
	case i.IsDir():
		return &openDir{about: i, entries: m.dirs[name]}, nil
	case i.mode&fs.ModeIrregular != 0:
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is a submodule")}
	}
	data, err := m.Items[name].Read()
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if i = behind(i, data); m.Items[name].Size == Unknown {
		i.size = int64(len(data))
	}
	return &openFile{Reader: bytes.NewReader(data), about: i}, nil
}

// behind describes the target of a link, and returns anything else unchanged.
func behind(i info, data []byte) info {
	if i.mode&fs.ModeSymlink != 0 {
		i.mode, i.size = readOnly, int64(len(data))
	}
	return i
}

// Stat describes a file or a folder, or the target of a link.
func (m *Files) Stat(name string) (fs.FileInfo, error) {
	name = m.listed(name)
	i, err := m.find("stat", name)
	if err != nil {
		return nil, err
	}
	if i.mode&fs.ModeSymlink == 0 {
		return i, nil
	}
	data, err := m.Items[name].Read()
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	return behind(i, data), nil
}

// Lstat describes a file, a folder or a link.
func (m *Files) Lstat(name string) (fs.FileInfo, error) {
	i, err := m.find("lstat", m.listed(name))
	if err != nil {
		return nil, err
	}
	return i, nil
}

// ReadLink returns the target of a link, as written.
func (m *Files) ReadLink(name string) (string, error) {
	i, err := m.find("readlink", name)
	if err != nil {
		return "", err
	}
	if i.mode&fs.ModeSymlink == 0 {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	target, err := m.Items[name].Link()
	if err != nil {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: err}
	}
	return target, nil
}

// ReadDir lists a folder, sorted by name.
func (m *Files) ReadDir(name string) ([]fs.DirEntry, error) {
	i, err := m.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if !i.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("not a directory")}
	}
	return slices.Clone(m.dirs[name]), nil
}

// listed returns the listed name of a file whose name is not UTF-8, as it is in a checkout. If several may be meant, the name is
// returned as it is: nothing is known of the file.
func (m *Files) listed(name string) string {
	if names := m.odd[alike(name)]; !utf8.ValidString(name) && len(names) == 1 {
		return names[0]
	}
	return name
}

func (m *Files) find(op, name string) (info, error) {
	switch {
	case !utf8.ValidString(name):
		return info{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	case !fs.ValidPath(name):
		return info{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if i, ok := m.Items[name]; ok {
		return about(name, i), nil
	}
	if _, ok := m.dirs[name]; ok {
		return folderInfo(name), nil
	}
	return info{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

type openFile struct {
	*bytes.Reader
	about info
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.about, nil }
func (f *openFile) Close() error               { return nil }

type openDir struct {
	about   info
	entries []fs.DirEntry
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.about, nil }
func (d *openDir) Close() error               { return nil }
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.about.name, Err: errors.New("is a directory")}
}

// ReadDir lists the next n entries, or all that are left if n is not positive.
func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	left := d.entries
	if n > 0 && len(left) == 0 {
		return nil, io.EOF
	}
	if n > 0 && n < len(left) {
		left = left[:n]
	}
	d.entries = d.entries[len(left):]
	return slices.Clone(left), nil
}

const readOnly fs.FileMode = 0o444

// info implements fs.FileInfo and fs.DirEntry.
type info struct {
	name string
	size int64
	mode fs.FileMode
	blob string // of a tree at a commit: what git calls the content
}

func about(name string, i Item) info {
	return info{name: path.Base(name), size: max(0, i.Size), mode: i.Kind | readOnly, blob: i.Blob}
}

func folderInfo(name string) info {
	return info{name: path.Base(name), mode: fs.ModeDir | 0o555}
}

func (i info) Name() string               { return i.name }
func (i info) Size() int64                { return i.size }
func (i info) Mode() fs.FileMode          { return i.mode }
func (i info) IsDir() bool                { return i.mode.IsDir() }
func (i info) Type() fs.FileMode          { return i.mode.Type() }
func (i info) ModTime() time.Time         { return time.Time{} }
func (i info) Sys() any                   { return source.Blob(i.blob) }
func (i info) Info() (fs.FileInfo, error) { return i, nil }

// Unknown is the size of a file whose server does not say how long it is.
const Unknown = -1

// Item is a file, link or submodule at a path.
type Item struct {
	Kind fs.FileMode            // zero for a file, or ModeSymlink, or ModeIrregular for what cannot be opened
	Size int64                  // bytes, or Unknown
	Blob string                 // of a tree at a commit
	Read func() ([]byte, error) // of a link: what is behind it
	Link func() (string, error) // of a link: where it leads
}
