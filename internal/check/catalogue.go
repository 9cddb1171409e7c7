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
	entries, compiled, err := builtIn(embedded)
	if err != nil {
		return nil, nil, fmt.Errorf("read the catalogue of vendors: %w", err)
	}
	if known == nil || known.Embedded() {
		return compiled(), nil, nil
	}
	own := ownEntries{known: known, embedded: byID(entries)}
	if err := own.readStrays(); err != nil {
		return nil, nil, err
	}
	if err := own.read(); err != nil {
		return nil, nil, err
	}
	all := slices.Concat(own.guessed, own.nested, entries, own.beside, own.ranked()) // the later ones win
	if len(all) == len(entries) {
		return compiled(), own.illegible, nil
	}
	return detect.Compile(all), own.illegible, nil
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
