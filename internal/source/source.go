// Package source reads files and records where they came from. It does not interpret them.
package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// MaxFile is the maximum size of a file in bytes. One byte more is read, so that the caller can tell that a file is too
// big.
const MaxFile = 1 << 20

// ErrNotRegular is returned for anything other than a regular file, such as a symbolic link, a directory or a device.
var ErrNotRegular = errors.New("not a regular file")

// Tree is a set of files at one moment: a directory, embedded data, or a repository at a commit.
type Tree struct {
	Origin   string // how a reader names it: "examples/registry", "embedded"
	Revision string // commit, if there is one
	Files    fs.FS
	mu       sync.Mutex
	read     map[string][sha256.Size]byte
	listed   map[string][]fs.DirEntry
}

// New names the files of a file system.
func New(origin, revision string, files fs.FS) *Tree {
	return &Tree{Origin: origin, Revision: revision, Files: files, read: map[string][sha256.Size]byte{}}
}

// Name returns the path of a file as shown to users: below the origin, with bytes that are not UTF-8 escaped.
func (t *Tree) Name(file string) string { return path.Join(t.Origin, Escaped(file)) }

// Escaped writes bytes that are not UTF-8 as \xe9, so that such names stay distinct, and U+FFFD as \ufffd.
func Escaped(name string) string {
	if utf8.ValidString(name) && !strings.ContainsRune(name, utf8.RuneError) {
		return name
	}
	var out strings.Builder
	for len(name) > 0 {
		r, size := utf8.DecodeRuneInString(name)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, `\x%02x`, name[0])
		case r == utf8.RuneError:
			out.WriteString(`\ufffd`)
		default:
			out.WriteString(name[:size])
		}
		name = name[size:]
	}
	return out.String()
}

// Read reads one regular file, at most MaxFile+1 bytes of it. A file that is absent is fs.ErrNotExist.
// Every file read counts into the Digest. Several may read at once.
func (t *Tree) Read(file string) ([]byte, error) {
	data, err := ReadFile(t.Files, file)
	if err == nil {
		t.mu.Lock()
		t.read[file] = sha256.Sum256(data)
		t.mu.Unlock()
	}
	return data, err
}

// ReadDir lists a directory, sorted by name. It lists each once, as it was the first time. The caller must not change the result.
func (t *Tree) ReadDir(dir string) ([]fs.DirEntry, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if entries, ok := t.listed[dir]; ok {
		return entries, nil
	}
	entries, err := fs.ReadDir(t.Files, dir)
	if err != nil {
		return nil, err
	}
	if t.listed == nil {
		t.listed = map[string][]fs.DirEntry{}
	}
	t.listed[dir] = entries
	return entries, nil
}

// List names the files of a directory that end in suffix, sorted, without the suffix. A directory that is absent
// is fs.ErrNotExist.
func (t *Tree) List(dir, suffix string) ([]string, error) {
	entries, err := t.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), suffix); ok && !e.IsDir() {
			out = append(out, name)
		}
	}
	return out, nil
}

// Digest returns the revision or, if there is none, the hash of everything that was read: sha256 over the sorted pairs
// of path and content hash.
func (t *Tree) Digest() string {
	if t.Revision != "" {
		return t.Revision
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	names := make([]string, 0, len(t.read))
	for name := range t.read {
		names = append(names, name)
	}
	slices.Sort(names)
	h := sha256.New()
	for _, name := range names {
		sum := t.read[name]
		fmt.Fprintf(h, "%d %s %x\n", len(name), name, sum)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil)[:16])
}

// ReadFile reads one regular file of fsys, at most MaxFile+1 bytes of it.
func ReadFile(fsys fs.FS, name string) ([]byte, error) { return ReadInto(fsys, name, nil) }

// ReadInto is ReadFile for many files, one after another: it reads into buffer, or into a larger one where the file does
// not fit. What was read before is overwritten.
func ReadInto(fsys fs.FS, name string, buffer []byte) ([]byte, error) {
	_, links := fsys.(fs.ReadLinkFS)
	_, stats := fsys.(fs.StatFS)
	if links || stats { // what is no regular file is not even opened
		info, err := Lstat(fsys, name)
		if err == nil && !info.Mode().IsRegular() {
			err = fmt.Errorf("%s: %w", name, ErrNotRegular)
		}
		if err != nil {
			return nil, err
		}
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: %w", name, ErrNotRegular)
	}
	return readUpTo(f, info.Size(), buffer[:0])
}

// readUpTo reads at most MaxFile+1 bytes of a file that seems to have so many.
func readUpTo(f io.Reader, size int64, buffer []byte) ([]byte, error) {
	buffer = slices.Grow(buffer, int(min(size, MaxFile))+1) // one more byte shows the end
	for {
		if len(buffer) == cap(buffer) {
			buffer = slices.Grow(buffer, 512)
		}
		n, err := f.Read(buffer[len(buffer):min(cap(buffer), MaxFile+1)])
		buffer = buffer[:len(buffer)+n]
		switch {
		case errors.Is(err, io.EOF), len(buffer) > MaxFile:
			return buffer, nil
		case err != nil:
			return buffer, err
		}
	}
}

// Lstat describes a file, or the link itself where the file system knows links.
func Lstat(fsys fs.FS, name string) (fs.FileInfo, error) {
	if links, ok := fsys.(fs.ReadLinkFS); ok {
		return links.Lstat(name)
	}
	return fs.Stat(fsys, name)
}

// Reason formats err for a report. File-system errors lose their path, which the caller prints.
func Reason(err error) string {
	if errors.Is(err, ErrNotRegular) {
		return ErrNotRegular.Error()
	}
	if failed := (*fs.PathError)(nil); errors.As(err, &failed) && !utf8.ValidString(failed.Path) {
		return "its name is not UTF-8"
	}
	text := err.Error()
	if i := strings.LastIndex(text, ": "); i >= 0 {
		return text[i+2:]
	}
	return text
}
