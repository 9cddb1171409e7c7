package disk

import (
	"cmp"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// bytewise opens files of an os.Root whose names are not UTF-8. Root.FS refuses such names, but git can track them.
type bytewise struct{ root *os.Root }

// rooted is the interface of an os.Root's file system.
type rooted interface {
	fs.StatFS
	fs.ReadFileFS
	fs.ReadDirFS
	fs.ReadLinkFS
}

// in returns the file system for a path: Root.FS if it accepts the name.
func (b bytewise) in(name string) rooted {
	if isPath(name) && !utf8.ValidString(name) {
		return b
	}
	return b.root.FS().(rooted) //nolint:forcetypeassert // documented for Root.FS
}

// isPath is fs.ValidPath, but accepts bytes that are not UTF-8.
func isPath(name string) bool {
	return fs.ValidPath(strings.ToValidUTF8(name, "\uFFFD"))
}

func (b bytewise) Stat(name string) (fs.FileInfo, error)  { return b.root.Stat(name) }
func (b bytewise) Lstat(name string) (fs.FileInfo, error) { return b.root.Lstat(name) }
func (b bytewise) ReadFile(name string) ([]byte, error)   { return b.root.ReadFile(name) }
func (b bytewise) ReadLink(name string) (string, error)   { return b.root.Readlink(name) }

func (b bytewise) Open(name string) (fs.File, error) {
	f, err := b.root.Open(name)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (b bytewise) ReadDir(name string) ([]fs.DirEntry, error) {
	f, err := b.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	entries, err := f.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return entries, err
}
