package github

import (
	"io/fs"
)

// item is a file, link or submodule at a path.
type item struct {
	kind fs.FileMode            // zero for a file, or ModeSymlink, or ModeIrregular for what cannot be opened
	size int64                  // bytes
	blob string                 // of a tree at a commit
	read func() ([]byte, error) // of a link: what is behind it
	link func() (string, error) // of a link: where it leads
}
