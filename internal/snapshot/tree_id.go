package snapshot

import (
	"archive/tar"
	"cmp"
	"encoding/hex"
	"io"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/source"
)

// directory is a folder of an archive, to find out what git calls it.
type directory struct {
	entries map[string]object     // files and links
	folders map[string]*directory // nil if there are none
}

// object is a file or a link as git stores it.
type object struct {
	mode string
	blob source.Blob
}

// below returns the folder at a path, and makes it if there is none.
func (d *directory) below(path string) *directory {
	if path == "" {
		return d
	}
	first, rest, _ := strings.Cut(path, "/")
	if d.folders == nil {
		d.folders = map[string]*directory{}
	}
	if d.folders[first] == nil {
		d.folders[first] = &directory{}
	}
	return d.folders[first].below(rest)
}

// find returns the folder at a path, which is empty if there is none.
func (d *directory) find(path string) *directory {
	if path == "" || d == nil {
		return cmp.Or(d, &directory{})
	}
	first, rest, _ := strings.Cut(path, "/")
	return d.folders[first].find(rest)
}

// name returns what git calls a file or folder, which is empty if that is unknown, and whether there is one.
func (d *directory) name(name string) (id string, there bool) {
	if in := d.folders[name]; in != nil {
		return in.id(), true
	}
	o, there := d.entries[name]
	return string(o.blob), there
}

// note adds an entry of an archive. What the reader that it returns reads is the content; all of it must be read before the tree is asked
// for its id.
func (d *directory) note(name string, h *tar.Header, content io.Reader) (reader io.Reader, done func()) {
	above, last := "", name
	if slash := strings.LastIndexByte(name, '/'); slash >= 0 {
		above, last = name[:slash], name[slash+1:]
	}
	put := func(mode string, blob source.Blob) {
		in := d.below(above)
		if in.entries == nil {
			in.entries = map[string]object{}
		}
		in.entries[last] = object{mode, blob}
	}
	switch h.Typeflag {
	case tar.TypeDir:
		d.below(name)
	case tar.TypeSymlink:
		put("120000", source.BlobOf([]byte(h.Linkname)))
	case tar.TypeReg:
		hash, mode := source.NewBlob(h.Size), "100644"
		if h.Mode&0o100 != 0 {
			mode = "100755"
		}
		return io.TeeReader(content, hash), func() { put(mode, hash.Blob()) }
	}
	return content, func() {}
}

// id returns the name that git gives to a tree with these files. It is not that of the commit if the archive lacks or changes a file. It
// is empty if the archive does not say what is in a folder, as for a submodule.
func (d *directory) id() string {
	type entry struct{ key, line string } // git sorts folders as if their names ended with a slash
	var entries []entry
	add := func(key, mode, name, id string) bool {
		raw, err := hex.DecodeString(id)
		entries = append(entries, entry{key, mode + " " + name + "\x00" + string(raw)})
		return err == nil && id != "" && !strings.Contains(name, "\x00")
	}
	for name, o := range d.entries {
		if !add(name, o.mode, name, string(o.blob)) {
			return ""
		}
	}
	for name, in := range d.folders {
		if len(in.entries)+len(in.folders) == 0 || !add(name+"/", "40000", name, in.id()) {
			return ""
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
	var tree strings.Builder
	for _, e := range entries {
		tree.WriteString(e.line)
	}
	return source.TreeOf([]byte(tree.String()))
}
