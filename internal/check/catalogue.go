package check

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// catalogue is what is looked for: the vendors that vendorgate knows, and what the organisation's records add to them.
func catalogue(embedded fs.FS, known *registry.Registry) (*detect.Catalogue, error) {
	entries, compiled, err := builtIn(embedded)
	if err != nil {
		return nil, fmt.Errorf("read the catalogue of vendors: %w", err)
	}
	if known == nil || known.Embedded() {
		return compiled(), nil
	}
	nested, beside, err := strayEntries(known)
	if err != nil {
		return nil, err
	}
	broken, valid, err := ownEntries(known)
	if err != nil {
		return nil, err
	}
	if len(nested)+len(beside)+len(broken)+len(valid) == 0 {
		return compiled(), nil
	}
	return detect.Compile(slices.Concat(nested, entries, beside, broken, valid)), nil // the later ones win
}

// ownEntries are what the organisation's records add. Of those that cannot be used, it is what can be told all the same: they
// must not hide their vendors.
func ownEntries(known *registry.Registry) (broken, valid []detect.Entry, err error) {
	ids, err := known.Tree.List("vendors", ".yaml")
	if err != nil {
		return nil, nil, fmt.Errorf("list the records: %s", source.Reason(err))
	}
	for _, id := range ids {
		data, err := readRecord(known, "vendors/"+id+".yaml")
		if err != nil {
			return nil, nil, err
		}
		if !addsIdentity(data) {
			continue
		}
		v, err := known.Vendor(id)
		if err == nil && v != nil && v.Record != nil && len(v.Problems) == 0 {
			valid = append(valid, detect.EntryOf(v))
			continue
		}
		broken = append(broken, detect.EntryFor(registry.Glimpse(id, data)))
	}
	return broken, valid, nil
}

// strayEntries are what files add that seem to hold records and are not read: in subfolders, and beside the records.
func strayEntries(known *registry.Registry) (nested, beside []detect.Entry, err error) {
	strays, err := known.Strays()
	if err != nil {
		return nil, nil, fmt.Errorf("list the records: %s", source.Reason(err))
	}
	for _, s := range strays {
		data, err := readRecord(known, s.File)
		if err != nil {
			return nil, nil, err
		}
		entry := detect.EntryFor(registry.Glimpse(s.ID, data))
		if s.Nested() {
			nested = append(nested, entry)
		} else {
			beside = append(beside, entry)
		}
	}
	return nested, beside, nil
}

// catalogues are what was made of the registries inside the program: of one, in a process that is no test.
//
//nolint:gochecknoglobals // they do not change
var catalogues sync.Map

// builtIn lists the vendors of an embedded registry, and compiles them when they are asked for, once.
func builtIn(files fs.FS) ([]detect.Entry, func() *detect.Catalogue, error) {
	type made struct {
		entries  []detect.Entry
		compiled func() *detect.Catalogue
	}
	if reflect.TypeOf(files).Comparable() {
		if known, ok := catalogues.Load(files); ok {
			m, _ := known.(made)
			return m.entries, m.compiled, nil
		}
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // what is read here stays
	entries, err := detect.Embedded(files)
	if err != nil {
		return nil, nil, err
	}
	m := made{entries, sync.OnceValue(func() *detect.Catalogue { return detect.Compile(entries) })}
	if reflect.TypeOf(files).Comparable() {
		catalogues.Store(files, m)
	}
	return m.entries, m.compiled, nil
}

// readRecord reads a record as bytes. A link has none, nor has a name that is not UTF-8; the vendor of a link is found by what
// vendorgate knows of the id.
func readRecord(known *registry.Registry, file string) ([]byte, error) {
	data, err := source.ReadFile(known.Tree.Files, file)
	if errors.Is(err, source.ErrNotRegular) || !fs.ValidPath(file) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %s", known.Tree.Name(file), source.Reason(err))
	}
	return data, nil
}

// addsIdentity reports whether a record may say by what a vendor is found, even with a mistake in the name of a key. A decision
// about a vendor that is known already mostly does not, and need not be parsed for it.
func addsIdentity(data []byte) bool {
	return slices.ContainsFunc([]string{"host", "sdk", "domain", "detect", "pkg:"}, func(key string) bool {
		return bytes.Contains(data, []byte(key))
	})
}
