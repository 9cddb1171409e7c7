package github

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"time"
)

// memory is a read-only file system of files that are held in memory. It needs no lock: nothing changes it.
type memory struct {
	files map[string][]byte
	dirs  map[string][]fs.DirEntry // sorted by name; "." is always there
}

// newMemory makes a file system of files by their path, which must be valid and of which none is a folder of another.
func newMemory(files map[string][]byte) *memory {
	m := &memory{files: files, dirs: map[string][]fs.DirEntry{".": nil}}
	for name, data := range files {
		m.enter(name, info{name: path.Base(name), size: int64(len(data))})
	}
	for _, entries := range m.dirs {
		slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	}
	return m
}

// enter puts an entry into its folder, and a folder that is new into its own.
func (m *memory) enter(name string, i info) {
	dir := path.Dir(name)
	_, known := m.dirs[dir]
	m.dirs[dir] = append(m.dirs[dir], i)
	if !known {
		m.enter(dir, info{name: path.Base(dir), dir: true})
	}
}

// Open opens a file or a folder.
func (m *memory) Open(name string) (fs.File, error) {
	i, err := m.find("open", name)
	if err != nil {
		return nil, err
	}
	if i.dir {
		return &openDir{about: i, entries: m.dirs[name]}, nil
	}
	return &openFile{Reader: bytes.NewReader(m.files[name]), about: i}, nil
}

// Stat describes a file or a folder.
func (m *memory) Stat(name string) (fs.FileInfo, error) {
	i, err := m.find("stat", name)
	if err != nil {
		return nil, err
	}
	return i, nil
}

// ReadDir lists a folder, sorted by name.
func (m *memory) ReadDir(name string) ([]fs.DirEntry, error) {
	i, err := m.find("readdir", name)
	if err != nil {
		return nil, err
	}
	if !i.dir {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("not a directory")}
	}
	return slices.Clone(m.dirs[name]), nil
}

func (m *memory) find(op, name string) (info, error) {
	if !fs.ValidPath(name) {
		return info{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if data, ok := m.files[name]; ok {
		return info{name: path.Base(name), size: int64(len(data))}, nil
	}
	if _, ok := m.dirs[name]; ok {
		return info{name: path.Base(name), dir: true}, nil
	}
	return info{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// info describes an entry, and is its entry in a folder too.
type info struct {
	name string
	size int64
	dir  bool
}

func (i info) Name() string               { return i.name }
func (i info) Size() int64                { return i.size }
func (i info) IsDir() bool                { return i.dir }
func (i info) Sys() any                   { return nil }
func (i info) ModTime() time.Time         { return time.Time{} }
func (i info) Type() fs.FileMode          { return i.Mode().Type() }
func (i info) Info() (fs.FileInfo, error) { return i, nil }
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
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
