package github

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/source"
)

// maxFetched is how many files of a registry are fetched one by one because its archive lacks them, or has them changed.
const maxFetched = 20

// lister returns all names of a repository at a commit, with git's names of the contents.
type lister func(ctx context.Context) (*memory, error)

// complete compares the files of a registry in an archive with those that the commit has. Attributes of a repository can keep files
// out of its archives (export-ignore) or change them (export-subst, eol); what is missing or differs is fetched. What cannot be
// made equal is refused.
func (a *archive) complete(ctx context.Context, list lister) error {
	tree, err := list(ctx)
	if err != nil {
		return fmt.Errorf("list the files of %s: %w", a.sha, err)
	}
	known, fetch := map[string]bool{}, []string{}
	for _, name := range slices.Sorted(maps.Keys(tree.files)) {
		file, ours := a.ours(name)
		if !ours || tree.files[name].kind == fs.ModeIrregular {
			continue
		}
		if tree.files[name].kind != 0 {
			return &ArchiveError{Entry: oneLine(name), Reason: "is a link; commit the file itself"}
		}
		if file == "" {
			continue // a file in the place of the folder, which holds no registry
		}
		if known[file] = true; !a.agrees(file, tree.files[name]) {
			fetch = append(fetch, name)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(a.files)) {
		if !known[file] {
			return &ArchiveError{Entry: oneLine(file), Reason: "is not in the commit"}
		}
	}
	if len(fetch) > maxFetched {
		return &ArchiveError{Reason: fmt.Sprintf("it lacks or changes %d files of the registry, such as %q, and at most %d are fetched one by one; remove their attributes (export-ignore, export-subst, eol) from .gitattributes", len(fetch), oneLine(fetch[0]), maxFetched)}
	}
	for _, name := range fetch {
		if err := a.fetch(name, tree.files[name]); err != nil {
			return err
		}
	}
	return nil
}

// agrees reports whether the archive has a file as the commit has it. Line ends that the archive alone has are undone.
func (a *archive) agrees(file string, want item) bool {
	packed, ok := a.files[file]
	if !ok {
		return false
	}
	data := packed.Unpack(nil)
	if string(source.BlobOf(data)) == want.blob {
		return true
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	if string(source.BlobOf(data)) != want.blob {
		return false
	}
	a.files[file] = source.Pack(data)
	return true
}

// fetch reads a file of the commit.
func (a *archive) fetch(name string, from item) error {
	file, _ := a.ours(name)
	if from.size > maxFile {
		return &ArchiveError{Entry: oneLine(name), Reason: fmt.Sprintf("is longer than %d bytes", maxFile)}
	}
	data, err := from.read()
	if err != nil {
		return fmt.Errorf("fetch %q, which the archive lacks or changes: %w", oneLine(name), err)
	}
	if string(source.BlobOf(data)) != from.blob {
		return &ArchiveError{Entry: oneLine(name), Reason: "was fetched, but differs from the version in the commit"}
	}
	a.files[file] = source.Pack(data)
	return nil
}
