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
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// catalogue returns the vendors to look for: those that vendorgate knows, and what the organisation's records add to them. illegible
// names the records that do not say by what to recognise their vendor, and cannot be read.
func catalogue(embedded fs.FS, known *registry.Registry) (c *detect.Catalogue, illegible []string, err error) {
	entries, compiled, err := builtIn(embedded)
	if err != nil {
		return nil, nil, fmt.Errorf("read the catalogue of vendors: %w", err)
	}
	if known == nil || known.Embedded() {
		return compiled(), nil, nil
	}
	own := ownEntries{known: known, embedded: ids(entries)}
	if err := own.readStrays(); err != nil {
		return nil, nil, err
	}
	if err := own.read(); err != nil {
		return nil, nil, err
	}
	all := slices.Concat(own.guessed, own.nested, entries, own.beside, own.broken, own.valid) // the later ones win
	if len(all) == len(entries) {
		return compiled(), own.illegible, nil
	}
	return detect.Compile(all), own.illegible, nil
}

// ids returns the ids of entries.
func ids(entries []detect.Entry) map[string]bool {
	out := make(map[string]bool, len(entries))
	for i := range entries {
		out[entries[i].ID] = true
	}
	return out
}

// ownEntries are the entries of the organisation's records. Those of records with problems hold what a glimpse finds, so that a
// mistake does not hide a vendor.
type ownEntries struct {
	known    *registry.Registry
	embedded map[string]bool // ids

	valid   []detect.Entry
	broken  []detect.Entry
	beside  []detect.Entry // of files that seem to hold records and are not read, in the folder of the records
	nested  []detect.Entry // of those in subfolders
	guessed []detect.Entry // names in all of these files that may be those of others

	illegible []string // files of records
}

// read reads the entries of the records.
func (o *ownEntries) read() error {
	ids, err := o.known.Tree.List("vendors", ".yaml")
	if err != nil {
		return fmt.Errorf("list the records: %s", source.Reason(err))
	}
	var parse []string
	err = o.known.ScanIdentities(ids, o.relevant, func(id string, identity *registry.Identity) {
		if identity == nil || !o.embedded[id] && !identity.Recognisable() { // a key may be misspelt
			parse = append(parse, id)
			return
		}
		o.valid = append(o.valid, detect.EntryFor(*identity))
	})
	if err != nil {
		return err
	}
	slices.Sort(parse)
	for _, id := range parse {
		v, err := o.known.Vendor(id)
		if err == nil && v != nil && v.Record != nil && len(v.Problems) == 0 {
			o.valid = append(o.valid, detect.EntryOf(v))
			continue
		}
		entry, err := o.glimpse(id, "vendors/"+id+".yaml")
		if err != nil {
			return err
		}
		o.broken = append(o.broken, entry)
	}
	slices.SortFunc(o.valid, func(a, b detect.Entry) int { return cmp.Compare(a.ID, b.ID) })
	return nil
}

// glimpse returns the entry of a record that cannot be used.
func (o *ownEntries) glimpse(id, file string) (detect.Entry, error) {
	data, err := readRecord(o.known, file)
	if err != nil {
		return detect.Entry{}, err
	}
	named, guessed := registry.Glimpse(id, data)
	if guessed.Recognisable() {
		o.guessed = append(o.guessed, detect.EntryFor(guessed))
	}
	if !o.embedded[id] && !named.Recognisable() && !guessed.Recognisable() {
		o.illegible = append(o.illegible, file)
	}
	return detect.EntryFor(named), nil
}

// relevant reports whether a record may say how to recognise a vendor, even if a key is misspelt or escaped. Most decisions about
// known vendors do not, so they need not be parsed.
func (o *ownEntries) relevant(id string, data []byte) bool {
	return !o.embedded[id] || slices.ContainsFunc([]string{"host", "sdk", "domain", "detect", "pkg:", "\\", "\x00"}, func(key string) bool {
		return bytes.Contains(data, []byte(key))
	})
}

// readStrays reads the entries of files that seem to hold records and are not read. A folder that has the name of a record holds
// none that can be read: it may be a submodule.
func (o *ownEntries) readStrays() error {
	strays, err := o.known.Strays()
	if err != nil {
		return fmt.Errorf("list the records: %s", source.Reason(err))
	}
	for _, s := range strays {
		entry, err := o.glimpse(s.ID, s.File)
		switch {
		case err != nil:
			return err
		case s.Nested():
			o.nested = append(o.nested, entry)
		default:
			o.beside = append(o.beside, entry)
		}
	}
	found, err := fs.ReadDir(o.known.Tree.Files, "vendors")
	if err != nil {
		return fmt.Errorf("list the records: %s", source.Reason(err))
	}
	for _, e := range found {
		id, ok := strings.CutSuffix(e.Name(), ".yaml")
		if ok && e.IsDir() && !o.embedded[id] {
			o.illegible = append(o.illegible, "vendors/"+e.Name())
		}
	}
	return nil
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
