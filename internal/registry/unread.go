package registry

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/source"
)

// unread is what a registry has beside the records that are read.
type unread struct {
	strays []Stray             // where no record is read in their place
	twins  map[string][]string // files that may be meant as the same record, by the id in lower case, where there are several
	others []Stray             // of the twins, those that are not read
}

// Strays lists the files that seem to hold records and are not read, where no record is read in their place.
func (r *Registry) Strays() ([]Stray, error) {
	found, err := r.unread()
	return found.strays, err
}

// Twins lists the files that are not read because of an extension such as .yml, where the record of their id is read.
func (r *Registry) Twins() ([]Stray, error) {
	found, err := r.unread()
	return found.others, err
}

// Twin returns a file that may be meant as the record of an id and differs from the one that is read: acme.yml or Acme.yaml beside
// acme.yaml. It is empty if there is none.
func (r *Registry) Twin(id string) (file string, err error) {
	found, err := r.unread()
	if err != nil {
		return "", err
	}
	own := "vendors/" + id + ".yaml"
	twins := found.twins[strings.ToLower(id)]
	if !slices.Contains(twins, own) {
		return "", nil
	}
	for _, twin := range twins {
		if twin != own && !r.equal(own, twin) {
			return twin, nil
		}
	}
	return "", nil
}

// equal reports whether two files have the same bytes. What cannot be read may differ.
func (r *Registry) equal(a, b string) bool {
	one, errA := source.ReadFile(r.Tree.Files, a)
	other, errB := source.ReadFile(r.Tree.Files, b)
	return errA == nil && errB == nil && bytes.Equal(one, other)
}

// findUnread looks for files that are not read. It lists the folder of the records, its subfolders, and what may be meant as such a
// folder beside it. It reads no record that is in the right place.
func (r *Registry) findUnread() (unread, error) {
	all, err := Strays(r.Tree, "vendors")
	if err != nil {
		return unread{}, err
	}
	if !r.Embedded() {
		beside, err := Misplaced(r.Tree)
		if err != nil {
			return unread{}, err
		}
		all = append(all, slices.DeleteFunc(beside, func(s Stray) bool { return path.Dir(s.Right) != "vendors" })...)
	}
	ids, err := r.Tree.List("vendors", ".yaml")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unread{}, fmt.Errorf("read vendors: %w", err)
	}
	out := unread{twins: map[string][]string{}}
	for _, id := range ids {
		if lower := strings.ToLower(id); lower != id {
			out.twin(ids, lower, "vendors/"+id+".yaml")
		}
	}
	for _, s := range all {
		if isTwin(s) {
			out.twin(ids, strings.ToLower(s.ID), s.File)
		}
		switch _, read := slices.BinarySearch(ids, s.ID); {
		case !read:
			out.strays = append(out.strays, s)
		case isTwin(s):
			out.others = append(out.others, s)
		}
	}
	return out, nil
}

// twin adds a file that may be meant as the record of an id in lower case. That record comes first, if there is one.
func (u *unread) twin(ids []string, lower, file string) {
	if u.twins[lower] == nil {
		if _, read := slices.BinarySearch(ids, lower); read {
			u.twins[lower] = []string{"vendors/" + lower + ".yaml"}
		}
	}
	u.twins[lower] = append(u.twins[lower], file)
}

// isTwin reports whether only the extension of a file, .yml or .YAML, keeps it from being read.
func isTwin(s Stray) bool {
	ending := strings.ToLower(path.Ext(s.File))
	return path.Dir(s.File) == path.Dir(s.Right) && (ending == ".yaml" || ending == ".yml")
}

// Stray returns the file that seems to hold the record of an id and is not read; false if there is none, or a record is read. A
// record whose name differs from the id in upper and lower case alone counts, too.
func (r *Registry) Stray(id string) (Stray, bool, error) {
	found, err := r.unread()
	if err != nil {
		return Stray{}, false, err
	}
	right := "vendors/" + id + ".yaml"
	if i := slices.IndexFunc(found.strays, func(s Stray) bool { return strings.EqualFold(s.ID, id) }); i >= 0 {
		s := found.strays[i]
		s.ID, s.Right = id, right
		return s, true, nil
	}
	if twins := found.twins[strings.ToLower(id)]; len(twins) > 0 && !slices.Contains(twins, right) {
		return Stray{File: twins[0], ID: id, Right: right}, true, nil
	}
	return Stray{}, false, nil
}
