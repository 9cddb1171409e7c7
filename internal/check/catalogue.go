package check

import (
	"bytes"
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
	ids, err := known.Tree.List("vendors", ".yaml")
	if err != nil {
		return nil, fmt.Errorf("list the records: %s", source.Reason(err))
	}
	var added []detect.Entry
	for _, id := range ids {
		if !addsIdentity(known.Tree, id) {
			continue
		}
		v, err := known.Vendor(id)
		if err != nil || v == nil || v.Record == nil || len(v.Problems) > 0 {
			continue // reported elsewhere if a use needs it, and by lint
		}
		added = append(added, detect.EntryOf(v))
	}
	if len(added) == 0 {
		return compiled(), nil
	}
	return detect.Compile(slices.Concat(entries, added)), nil
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

// addsIdentity reports whether a record may say how to recognise a vendor. Most decisions about known vendors do not, so
// they need not be parsed.
func addsIdentity(tree *source.Tree, id string) bool {
	data, err := source.ReadFile(tree.Files, "vendors/"+id+".yaml")
	return err == nil && slices.ContainsFunc([]string{"api_hosts", "sdks", "domains", "detect"}, func(key string) bool {
		return bytes.Contains(data, []byte(key))
	})
}
