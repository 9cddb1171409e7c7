package registry

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Stray is a file of a registry that nobody reads: it is in a subfolder of a folder of the registry, its name does not end as it must,
// or it is beside those folders.
type Stray struct {
	File  string // path in the registry
	ID    string // of the record, waiver or probe result that it seems to hold
	Right string // path under which it would be read
}

// Misplaced lists records and waivers of a tree that are beside a registry's folders: in its root, in a folder with nearly the name
// of one (vendor, Records), or in a folder with the name of one that is a level deeper (old/vendors). Files elsewhere, such as
// examples in documentation, are no mistake.
func Misplaced(tree *source.Tree) ([]Stray, error) {
	folders, err := besides(tree)
	if err != nil {
		return nil, err
	}
	var out []Stray
	for _, folder := range folders {
		entries, err := tree.ReadDir(folder)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", tree.Name(folder), err)
		}
		for _, e := range entries[:min(len(entries), maxBeside)] {
			name := path.Join(folder, e.Name())
			if e.IsDir() || !fs.ValidPath(name) || !slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(path.Ext(name))) {
				continue
			}
			data, err := source.ReadFile(tree.Files, name)
			if err != nil && !errors.Is(err, source.ErrNotRegular) {
				return nil, fmt.Errorf("read %s: %w", tree.Name(name), err)
			}
			if kind := ownKind.FindSubmatch(data); kind != nil && bytes.Contains(data, []byte("vendorgate/v1")) {
				id := strings.TrimSuffix(e.Name(), path.Ext(name))
				right := map[string]string{"Vendor": "vendors", "Waiver": "waivers"}[string(kind[1])]
				out = append(out, Stray{File: name, ID: id, Right: path.Join(right, id+".yaml")})
			}
		}
	}
	return out, nil
}

// maxBeside is the number of files of one folder that Misplaced looks at.
const maxBeside = 2000

// besides returns the folders that Misplaced looks at.
func besides(tree *source.Tree) ([]string, error) {
	out := []string{"."}
	top, err := tree.ReadDir(".")
	if errors.Is(err, fs.ErrNotExist) { // a change may remove the whole registry
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", tree.Name("."), err)
	}
	for _, e := range top {
		name := e.Name()
		switch lower := strings.ToLower(name); {
		case !e.IsDir() || slices.Contains([]string{"vendors", "waivers", "probes"}, name) || !fs.ValidPath(name):
			continue
		case slices.Contains([]string{"vendor", "vendors", "waiver", "waivers", "record", "records"}, lower):
			out = append(out, name)
			continue
		}
		inside, err := tree.ReadDir(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", tree.Name(name), err)
		}
		if slices.ContainsFunc(inside, func(e fs.DirEntry) bool { return e.Name() == "policy.yaml" }) {
			continue // a registry of its own
		}
		for _, e := range inside {
			if e.IsDir() && slices.Contains([]string{"vendors", "waivers"}, e.Name()) {
				out = append(out, path.Join(name, e.Name()))
			}
		}
	}
	return out, nil
}

// ownKind matches the line that says what a record or a waiver is.
var ownKind = regexp.MustCompile(`(?m)^kind: *["']?(Vendor|Waiver)["']?[ \t]*(?:#.*)?\r?$`)

// Beside reports whether the file is outside of the folder that it belongs in.
func (s Stray) Beside() bool { return !strings.HasPrefix(s.File, path.Dir(s.Right)+"/") }

// Nested reports whether the file is in a subfolder of the folder that it belongs in.
func (s Stray) Nested() bool { return !s.Beside() && path.Dir(s.File) != path.Dir(s.Right) }

// strayName is the name of a file that was meant to be read: larkspur-mail.yml, larkspur-mail.yaml.bak.
var strayName = regexp.MustCompile(`(?i)^(.+?)\.(?:ya?ml|json)(?:[^0-9a-z].*)?$`)

// Strays lists the files of one folder of a registry that nobody reads, by path. Files of other kinds, such as a README, are
// none of them. A folder that is absent has none.
func Strays(tree *source.Tree, folder string) ([]Stray, error) {
	ending := ".yaml"
	if folder == "probes" {
		ending = ".json"
	}
	var out []Stray
	err := fs.WalkDir(listing{tree}, folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == folder:
			return fs.SkipAll
		case err != nil:
			return fmt.Errorf("read %s: %w", tree.Name(name), err)
		case !fs.ValidPath(name) && entry.IsDir():
			return fs.SkipDir // its name is not UTF-8, so nothing in it can be read
		case !fs.ValidPath(name), name == folder || entry.IsDir() || path.Dir(name) == folder && strings.HasSuffix(name, ending):
			return nil
		}
		if id, ok := strayID(tree, name); ok {
			out = append(out, Stray{File: name, ID: id, Right: path.Join(folder, id+ending)})
		}
		return nil
	})
	return out, err
}

// listing is a tree as WalkDir reads it.
type listing struct{ *source.Tree }

// Open opens a file or folder.
func (l listing) Open(name string) (fs.File, error) { return l.Files.Open(name) }

// strayID returns the id of what a file seems to hold. It is false for a file of another kind.
func strayID(tree *source.Tree, name string) (string, bool) {
	base := path.Base(name)
	if strings.HasPrefix(base, ".") {
		return "", false
	}
	if m := strayName.FindStringSubmatch(base); m != nil {
		return m[1], true
	}
	data, err := source.ReadFile(tree.Files, name)
	if err != nil || !bytes.Contains(data, []byte("vendorgate/v1")) {
		return "", false
	}
	return strings.TrimSuffix(base, path.Ext(base)), true
}
