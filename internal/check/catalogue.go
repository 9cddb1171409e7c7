package check

import (
	"fmt"
	"io/fs"
	"reflect"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// catalogue returns the vendors to look for: those that vendorgate knows, and what the organisation's records add to them. illegible
// names the records that do not say by what to recognise their vendor, and cannot be read.
func catalogue(embedded fs.FS, known *registry.Registry) (c *detect.Catalogue, illegible []string, err error) {
	m, err := builtIn(embedded)
	if err != nil {
		return nil, nil, fmt.Errorf("read the catalogue of vendors: %w", err)
	}
	if known == nil || known.Embedded() {
		return m.with(nil, nil), nil, nil
	}
	own := ownEntries{known: known, embedded: byID(m.entries)}
	if err := own.readStrays(); err != nil {
		return nil, nil, err
	}
	if err := own.read(); err != nil {
		return nil, nil, err
	}
	return m.with(slices.Concat(own.guessed, own.nested), slices.Concat(own.beside, own.ranked())), own.illegible, nil
}

// catalogues caches the result for each embedded registry. Only tests have more than one.
//
//nolint:gochecknoglobals // a cache
var catalogues sync.Map

// made is an embedded registry, and the catalogues that were made of it last.
type made struct {
	entries []detect.Entry

	mu   sync.Mutex
	last []extended // most recent first
}

// extended is a catalogue of the embedded entries and an organisation's: before lose to them, and after win.
type extended struct {
	before, after []detect.Entry
	compiled      func() *detect.Catalogue
}

// with returns the catalogue with an organisation's entries. To compile it takes longer than most checks, and one process may check
// many repositories with the same registry, so the last ones are kept.
func (m *made) with(before, after []detect.Entry) *detect.Catalogue {
	const most = 8
	m.mu.Lock()
	i := slices.IndexFunc(m.last, func(e extended) bool { return reflect.DeepEqual(e.before, before) && reflect.DeepEqual(e.after, after) })
	var found extended
	if i >= 0 {
		found = m.last[i]
		m.last = slices.Delete(m.last, i, i+1)
	} else {
		found = extended{before, after, sync.OnceValue(func() *detect.Catalogue { return detect.Compile(slices.Concat(before, m.entries, after)) })}
	}
	m.last = slices.Insert(m.last[:min(len(m.last), most-1)], 0, found)
	m.mu.Unlock()
	return found.compiled()
}

// Prepare reads the part of a catalogue that does not depend on the organisation's records, so that a search with the registry need not
// wait for it. Callers may list the tree meanwhile.
func Prepare(embedded fs.FS, known *registry.Registry) {
	if !reflect.TypeOf(embedded).Comparable() {
		return // what is read would not be kept
	}
	if m, err := builtIn(embedded); err == nil && known.Embedded() { // the search reports the error
		m.with(nil, nil)
	}
}

// builtIn returns the vendors of an embedded registry, which it reads once.
func builtIn(files fs.FS) (*made, error) {
	read := sync.OnceValues(func() (*made, error) {
		defer debug.SetGCPercent(debug.SetGCPercent(400)) // almost everything read here is kept
		entries, err := detect.Embedded(files)
		if err != nil {
			return nil, err
		}
		return &made{entries: entries}, nil
	})
	if reflect.TypeOf(files).Comparable() {
		known, _ := catalogues.LoadOrStore(files, read)
		read = known.(func() (*made, error)) //nolint:forcetypeassert // nothing else is stored
	}
	return read()
}
