package github

import (
	"io/fs"
	"path"
	"time"

	"github.com/vendorgate/vendorgate/internal/source"
)

// item is a file, link or submodule at a path.
type item struct {
	kind fs.FileMode            // zero for a file, or ModeSymlink, or ModeIrregular for what cannot be opened
	size int64                  // bytes
	blob string                 // of a tree at a commit
	read func() ([]byte, error) // of a link: what is behind it
	link func() (string, error) // of a link: where it leads
}

const readOnly fs.FileMode = 0o444

// info implements fs.FileInfo and fs.DirEntry.
type info struct {
	name string
	size int64
	mode fs.FileMode
	blob string // of a tree at a commit: what git calls the content
}

func about(name string, i item) info {
	return info{name: path.Base(name), size: i.size, mode: i.kind | readOnly, blob: i.blob}
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
