package snapshot

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/source"
)

// maxFetched is how many files of a registry are fetched one by one because its archive lacks them, or has them changed.
const maxFetched = 20

// Lister returns all names of a repository at a commit, with git's names of the contents.
type Lister func(ctx context.Context) (*Files, error)

// Is reports whether the archive is complete and unchanged: tree is git's name of the commit's files, or empty. It is false if the archive
// does not say what git calls them, as with a submodule.
func (a *Registry) Is(tree string) bool { return tree != "" && a.all.id() == tree }

// Has reports whether the archive has the registry as the commit has it. names are git's names of the files and folders in the folder of the
// registry, without links and submodules.
func (a *Registry) Has(names map[string]string) bool {
	root := a.all.find(a.root)
	for _, name := range registryNames() {
		want, known := names[name]
		if got, there := root.name(name); there != known || known && got != want {
			return false
		}
	}
	return true
}

// Complete compares the files of a registry in an archive with those that the commit has. Attributes of a repository can keep files
// out of its archives (export-ignore) or change them (export-subst, eol); what is missing or differs is fetched. What cannot be
// made equal is refused.
func (a *Registry) Complete(ctx context.Context, list Lister) error {
	tree, err := list(ctx)
	if err != nil {
		return fmt.Errorf("list the files of %s: %w", a.sha, err)
	}
	known, fetch := map[string]bool{}, []string{}
	for _, name := range slices.Sorted(maps.Keys(tree.Items)) {
		file, ours := a.ours(name)
		if !ours || tree.Items[name].Kind == fs.ModeIrregular {
			continue
		}
		if tree.Items[name].Kind != 0 {
			return &ArchiveError{Entry: diag.OneLine(name), Reason: "is a link; commit the file itself"}
		}
		if file == "" {
			continue // a file in the place of the folder, which holds no registry
		}
		if known[file] = true; !a.agrees(file, tree.Items[name]) {
			fetch = append(fetch, name)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(a.files)) {
		if !known[file] {
			return &ArchiveError{Entry: diag.OneLine(file), Reason: "is not in the commit"}
		}
	}
	if len(fetch) > maxFetched {
		return &ArchiveError{Reason: fmt.Sprintf("it lacks or changes %d files of the registry, such as %q, and at most %d are fetched one by one; remove their attributes (export-ignore, export-subst, eol) from .gitattributes", len(fetch), diag.OneLine(fetch[0]), maxFetched)}
	}
	for _, name := range fetch {
		if err := a.fetch(name, tree.Items[name]); err != nil {
			return err
		}
	}
	return nil
}

// agrees reports whether the archive has a file as the commit has it. Line ends that the archive alone has are undone.
func (a *Registry) agrees(file string, want Item) bool {
	packed, ok := a.files[file]
	if !ok {
		return false
	}
	data := packed.Unpack(nil)
	if string(source.BlobOf(data)) == want.Blob {
		return true
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	if string(source.BlobOf(data)) != want.Blob {
		return false
	}
	a.files[file] = source.Pack(data)
	return true
}

// fetch reads a file of the commit.
func (a *Registry) fetch(name string, from Item) error {
	file, _ := a.ours(name)
	if from.Size > maxFile {
		return &ArchiveError{Entry: diag.OneLine(name), Reason: fmt.Sprintf("is longer than %d bytes", maxFile)}
	}
	data, err := from.Read()
	if err != nil {
		return fmt.Errorf("fetch %q, which the archive lacks or changes: %w", diag.OneLine(name), err)
	}
	if string(source.BlobOf(data)) != from.Blob {
		return &ArchiveError{Entry: diag.OneLine(name), Reason: "was fetched, but differs from the version in the commit"}
	}
	a.files[file] = source.Pack(data)
	return nil
}
