package inputs

import (
	"io/fs"
	"path"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// CodeBefore is the code of the base.
type CodeBefore struct {
	Files   fs.FS
	Folder  string // of the head that its paths are below; "." unless the repository is checked out in a folder
	Listed  func() (worktree.Listing, error)
	Archive source.ReadArchive // reads all files at once; nil to read them from Files
}

// Removed returns the manifests that the change removed, with their paths as in the head; none if there is nothing to compare with.
func (c Collected) Removed() ([]manifest.Manifest, error) {
	if c.Base == nil {
		return nil, nil
	}
	return c.Base.gone(c.Head, c.Declared.Manifests)
}

// CodeBefore returns the code of the base; false if the base is a single file. Of a base on a Forge, it takes the files that the change did
// not touch from the head, and reads the others one by one, or an archive if they are many. none says that the change only added files,
// besides those that counts leaves out, so that what is new in them is new.
func (c Collected) CodeBefore(counts func(file string) bool) (out CodeBefore, none, ok bool, err error) {
	if c.Base == nil || c.Base.tree == nil {
		return out, false, false, nil
	}
	if out.Files, err = c.Base.tree(); err != nil {
		return out, false, true, err
	}
	out.Folder, out.Listed = c.folder(), listedOnce(out.Files, c.Base.archive != nil)
	if c.Base.archive == nil {
		return out, false, true, nil
	}
	listing, err := out.Listed()
	if err != nil {
		return out, false, true, err
	}
	const most = 20 // requests
	touched, counted := 0, 0
	for _, name := range listing.Files {
		inHead := path.Join(out.Folder, name)
		if same, err := source.Unchanged(c.Head.Files, inHead, out.Files, name); err == nil && same {
			continue
		}
		touched++
		if counts(inHead) {
			counted++
		}
		if counted > 0 && touched > most {
			break
		}
	}
	if c.Head.Away != "" || touched > most {
		out.Archive = c.Base.archive
	} else {
		out.Files = overlay{base: out.Files, head: c.Head.Files, folder: out.Folder}
	}
	return out, counted == 0, true, nil
}

// Had reports whether the base had a file of the head.
func (b CodeBefore) Had(h Head, file string) bool {
	_, err := fs.Stat(b.Files, h.InRepository(file))
	return err == nil
}

// folder returns the folder of the checkout in the head; "." for the head itself.
func (c Collected) folder() string {
	listing, err := c.Head.Listed()
	if err != nil || len(listing.Repos) != 1 {
		return "."
	}
	return listing.Repos[0]
}

// overlay reads files of a commit from the head if they are the same there.
type overlay struct {
	base, head fs.FS
	folder     string // of the checkout in the head
}

// Open opens a file.
func (o overlay) Open(name string) (fs.File, error) {
	inHead := path.Join(o.folder, name)
	if same, err := source.Unchanged(o.head, inHead, o.base, name); err == nil && same {
		return o.head.Open(inHead)
	}
	return o.base.Open(name)
}

// Stat describes a file of the commit.
func (o overlay) Stat(name string) (fs.FileInfo, error) { return fs.Stat(o.base, name) }

// Lstat describes a file of the commit, or a link.
func (o overlay) Lstat(name string) (fs.FileInfo, error) { return source.Lstat(o.base, name) }

// ReadLink returns the target of a link of the commit.
func (o overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.base, name) }
