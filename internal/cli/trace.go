package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
)

// catalogue is what is looked for: the vendors that vendorgate knows, and what the organisation's records add to them.
func catalogue(env Env, known *registry.Registry) (*detect.Catalogue, error) {
	entries, compiled, err := builtIn(env.Registry)
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
			continue // a record that is named is reported by those who need it; lint reports all
		}
		added = append(added, detect.EntryOf(v))
	}
	if len(added) == 0 {
		return compiled(), nil
	}
	return detect.Compile(slices.Concat(entries, added)), nil
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

// addsIdentity reports whether a record may say by what a vendor is found. A decision about a vendor that is known already
// mostly does not, and need not be parsed for it.
func addsIdentity(tree *source.Tree, id string) bool {
	data, err := source.ReadFile(tree.Files, "vendors/"+id+".yaml")
	return err == nil && slices.ContainsFunc([]string{"api_hosts", "sdks", "domains", "detect"}, func(key string) bool {
		return bytes.Contains(data, []byte(key))
	})
}

// search looks through a tree for vendors. What is declared, and the registry itself, is no trace.
func search(env Env, s settings, h head, found foundManifests, c *detect.Catalogue, o detect.Options) (*detect.Result, error) {
	declarations := map[string]bool{}
	for _, m := range found.manifests {
		declarations[m.Path] = true
	}
	own := within(env, s.dir, s.registry)
	o.Exclude = func(file string) bool {
		return declarations[file] || own != "" && strings.HasPrefix(file, own+"/") && slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(file))
	}
	show, done := progress(env)
	defer done()
	o.Progress = show
	return detect.Scan(h.files, c, o)
}

// progress shows how far a search is, on a terminal, once it has taken a second.
func progress(env Env) (show func(done, total int), done func()) {
	if !env.Watched {
		return nil, func() {}
	}
	start := env.Now()
	var shown atomic.Int64 // tenths of a second since the start
	show = func(done, total int) {
		tenths := int64(env.Now().Sub(start) / (100 * time.Millisecond))
		if last := shown.Load(); tenths < 10 || tenths < last+2 || !shown.CompareAndSwap(last, tenths) {
			return
		}
		_ = env.Stderr.Status(sink.Linef("searching: %d of %d files", done, total)) // nobody misses it
	}
	return show, func() {
		if shown.Load() > 0 {
			_ = env.Stderr.Status(sink.Line{})
		}
	}
}

// notSearched says in one notice what a search left out. What should have been searched and could not be read is a gap.
func notSearched(skipped []detect.Skipped, name func(string) string, rep *diag.Report) {
	if len(skipped) == 0 {
		return
	}
	reasons := map[string]int{}
	for _, s := range skipped {
		if strings.HasPrefix(s.Reason, detect.Unread) {
			rep.Gaps = append(rep.Gaps, diag.Gap{Target: name(s.Path), Reason: s.Reason})
		}
		reasons[s.Reason]++
	}
	var parts []string
	for reason, n := range reasons {
		parts = append(parts, fmt.Sprintf("%d: %s", n, reason))
	}
	slices.Sort(parts)
	if more := len(parts) - 5; more > 0 {
		parts = append(parts[:5], fmt.Sprintf("and %d more reasons", more))
	}
	rep.Notices = append(rep.Notices, fmt.Sprintf("%d paths were not searched for vendors (%s); `vendorgate scan` lists them", len(skipped), strings.Join(parts, "; ")))
}
