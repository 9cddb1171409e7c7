package source

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"sync"
)

// Lost is what could not be read of a file system.
type Lost struct {
	mu     sync.Mutex
	errors map[string]error // the first one of each name
}

// Watch returns a file system that notes what cannot be read, for a reader that goes on without it.
func Watch(fsys fs.FS) (fs.FS, *Lost) {
	lost := &Lost{errors: map[string]error{}}
	return watched{fsys, lost}, lost
}

// Names lists the files and folders that could not be read, sorted.
func (l *Lost) Names() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Sorted(maps.Keys(l.errors))
}

// Err returns why a file could not be read.
func (l *Lost) Err(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.errors[name]
}

// note keeps an error, unless it says that there is no such file, or that its name can be that of none.
func (l *Lost) note(name string, err error) error {
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) || errors.Is(err, io.EOF) {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.errors[name] == nil {
		l.errors[name] = err
	}
	return err
}

// watched is a file system that notes errors.
type watched struct {
	fs.FS
	lost *Lost
}

func (w watched) Open(name string) (fs.File, error) {
	f, err := w.FS.Open(name)
	if err != nil {
		return nil, w.lost.note(name, err)
	}
	return watchedFile{f, name, w.lost}, nil
}

func (w watched) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.FS, name)
	return entries, w.lost.note(name, err)
}

func (w watched) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(w.FS, name)
	return info, w.lost.note(name, err)
}

func (w watched) Lstat(name string) (fs.FileInfo, error) {
	info, err := Lstat(w.FS, name)
	return info, w.lost.note(name, err)
}

func (w watched) ReadLink(name string) (string, error) {
	target, err := fs.ReadLink(w.FS, name)
	return target, w.lost.note(name, err)
}

// watchedFile is a file of it.
type watchedFile struct {
	fs.File
	name string
	lost *Lost
}

func (f watchedFile) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	return n, f.lost.note(f.name, err)
}

func (f watchedFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return info, f.lost.note(f.name, err)
}
