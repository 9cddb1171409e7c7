package registry

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Stray is a file of a registry that nobody reads, although it is in a folder of the registry: it is in a subfolder, or its name
// does not end as it must.
type Stray struct {
	File  string // path in the registry
	ID    string // of the record, waiver or probe result that it seems to hold
	Right string // path under which it would be read
}

// Nested reports whether the file is in a subfolder.
func (s Stray) Nested() bool { return path.Dir(s.File) != path.Dir(s.Right) }

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
	err := fs.WalkDir(tree.Files, folder, func(name string, entry fs.DirEntry, err error) error {
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
