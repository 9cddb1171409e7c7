package check

import (
	"bytes"
	"cmp"
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

// catalogue returns the vendors to look for: those that vendorgate knows, and what the organisation's records add to them.
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
	broken, valid, err := ownEntries(known, byID(entries))
	if err != nil {
		return nil, err
	}
	if len(nested)+len(beside)+len(broken)+len(valid) == 0 {
		return compiled(), nil
	}
	return detect.Compile(slices.Concat(nested, entries, beside, broken, valid)), nil // the later ones win
}

// byID indexes entries, which have different ids.
func byID(entries []detect.Entry) map[string]detect.Entry {
	out := make(map[string]detect.Entry, len(entries))
	for i := range entries {
		out[entries[i].ID] = entries[i]
	}
	return out
}

// ownEntries returns the entries of the organisation's records. The entries of records with problems hold what a glimpse finds,
// so that a mistake does not hide a vendor.
func ownEntries(known *registry.Registry, embedded map[string]detect.Entry) (broken, valid []detect.Entry, err error) {
	ids, err := known.Tree.List("vendors", ".yaml")
	if err != nil {
		return nil, nil, fmt.Errorf("list the records: %s", source.Reason(err))
	}
	var parse []string
	err = known.ScanIdentities(ids, addsIdentity, func(id string, identity *registry.Identity) {
		if identity == nil {
			parse = append(parse, id)
			return
		}
		valid = append(valid, inherited(detect.EntryFor(*identity), embedded))
	})
	if err != nil {
		return nil, nil, err
	}
	for _, id := range parse {
		v, err := known.Vendor(id)
		if err == nil && v != nil && v.Record != nil && len(v.Problems) == 0 {
			valid = append(valid, detect.EntryOf(v))
			continue
		}
		data, err := readRecord(known, "vendors/"+id+".yaml")
		if err != nil {
			return nil, nil, err
		}
		broken = append(broken, detect.EntryFor(registry.Glimpse(id, data)))
	}
	by := func(a, b detect.Entry) int { return cmp.Compare(a.ID, b.ID) }
	slices.SortFunc(broken, by)
	slices.SortFunc(valid, by)
	return broken, valid, nil
}

// inherited adds what an organisation's entry inherits from the embedded one.
func inherited(own detect.Entry, embedded map[string]detect.Entry) detect.Entry {
	known, ok := embedded[own.ID]
	if !ok {
		return own
	}
	for _, list := range []struct {
		own   *[]string
		known []string
	}{
		{&own.API, known.API},
		{&own.Brand, known.Brand},
		{&own.Script, known.Script},
		{&own.SDKs, known.SDKs},
		{&own.Imports, known.Imports},
		{&own.Env, known.Env},
		{&own.MultiBackend, known.MultiBackend},
		{&own.Local, known.Local},
		{&own.SelfHosted, known.SelfHosted},
		{&own.Resources, known.Resources},
		{&own.URLs, known.URLs},
	} {
		if *list.own == nil {
			*list.own = list.known
		}
	}
	return own
}

// strayEntries returns the entries of files that seem to hold records and are not read, in subfolders and beside the records.
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

// catalogues caches the result for each embedded registry. Only tests have more than one.
//
//nolint:gochecknoglobals // a cache
var catalogues sync.Map

// builtIn returns the vendors of an embedded registry, and a function that compiles them once.
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
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // almost everything read here is kept
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

// readRecord reads the bytes of a record. It returns none for a link and for a name that is not UTF-8.
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

// addsIdentity reports whether a record may say how to recognise a vendor, even if a key is misspelt. Most decisions about known
// vendors do not, so they need not be parsed.
func addsIdentity(data []byte) bool {
	return slices.ContainsFunc([]string{"host", "sdk", "domain", "detect", "pkg:"}, func(key string) bool {
		return bytes.Contains(data, []byte(key))
	})
}
