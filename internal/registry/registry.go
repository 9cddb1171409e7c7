// Package registry reads an organisation's records and waivers. It does not evaluate uses. It reports what the files
// contain, and contradictions in them.
//
// # Why
//
// Records are read one by one, when a manifest names them, so that checks do not get slower as the registry grows.
package registry

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Registry is a tree with policy.yaml, vendors/<id>.yaml and waivers/<id>.yaml, and the embedded registry that its records
// inherit identity from. Only vendors must exist; who opens a registry decides about a policy that is missing.
// Many goroutines may use one registry.
type Registry struct {
	Tree     *source.Tree
	embedded *source.Tree
	lock     sync.Mutex // of vendors
	vendors  map[string]*Vendor
	unread   func() (unread, error)     // looks once
	approved func() map[string][]string // by category; looks once
	names    func() names               // looks once
}

// ErrNoVendors says that a registry has no vendors folder. It is an error, not an empty registry: a wrong path must
// not look like an organisation that has approved nothing.
var ErrNoVendors = errors.New("it has no vendors folder")

// Open checks that a tree of the trusted zone is a registry. embedded may be the same tree.
func Open(rules, embedded source.Rules) (*Registry, error) {
	tree := rules.Tree()
	info, err := fs.Stat(tree.Files, "vendors")
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, ErrNoVendors
	}
	if err != nil {
		return nil, fmt.Errorf("read vendors: %w", err)
	}
	return open(tree, embedded.Tree()), nil
}

func open(tree, embedded *source.Tree) *Registry {
	r := &Registry{Tree: tree, embedded: embedded, vendors: map[string]*Vendor{}}
	r.unread, r.approved, r.names = sync.OnceValues(r.findUnread), sync.OnceValue(r.approvedByCategory), sync.OnceValue(r.findNames)
	return r
}

// Embedded reports whether the registry is the embedded registry.
func (r *Registry) Embedded() bool { return r.Tree == r.embedded }

// Vendor reads the record of an id, which must be a valid one. It is nil if neither the registry nor the embedded one
// has a record. A record that cannot be read as bytes is an error.
func (r *Registry) Vendor(id string) (*Vendor, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if v, ok := r.vendors[id]; ok {
		return v, nil
	}
	known, err := readVendor(r.embedded, id, nil)
	if err != nil {
		return nil, err
	}
	v := known
	if !r.Embedded() {
		var identity *attr.Record
		if known != nil {
			identity = known.Record
		}
		if v, err = readVendor(r.Tree, id, identity); err != nil {
			return nil, err
		}
		if v == nil && known != nil { // who it is, and nothing that a fork may have decided
			v = &Vendor{ID: known.ID, File: known.File, Record: known.Record.Only(IdentityPaths()...), Problems: known.Problems}
		}
	}
	r.vendors[id] = v
	return v, nil
}

func readVendor(tree *source.Tree, id string, known *attr.Record) (*Vendor, error) {
	name := "vendors/" + id + ".yaml"
	data, err := tree.Read(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil //nolint:nilnil // absence is an answer
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", tree.Name(name), err)
	}
	return parseVendor(id, tree.Name(name), data, known), nil
}

// IDs lists the vendors that the registry or the embedded one has a record of, sorted.
func (r *Registry) IDs() []string {
	ids, _ := r.Tree.List("vendors", ".yaml") // a list of suggestions; Open has seen the folder
	known, _ := r.embedded.List("vendors", ".yaml")
	ids = append(ids, known...)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Nearest returns the id of the vendor that a word was most likely meant for: by its ids, and by the names and aliases of records; "" if none
// is close.
func (r *Registry) Nearest(word string) string {
	known := r.names()
	if id := known.of[foldName(word)]; id != "" {
		return id
	}
	if id := diag.Nearest(word, known.ids); id != "" {
		return id
	}
	return known.of[diag.Nearest(foldName(word), known.names)]
}

// names are what vendors are called.
type names struct {
	ids   []string
	names []string          // names and aliases, as foldName writes them
	of    map[string]string // ids by name
}

func (r *Registry) findNames() names {
	const searched = 1000 // as for alternatives
	out := names{ids: r.IDs(), of: map[string]string{}}
	own, _ := r.Tree.List("vendors", ".yaml") // as in IDs
	add := func(tree *source.Tree, ids []string) {
		known := make([]Identity, len(ids))
		_ = eachRecord(tree, ids, func(s *identityScanner, i int, id string, data []byte) { // what cannot be read has no name
			s.read(id, data, &known[i])
			known[i].detach()
		})
		for _, k := range known {
			for _, name := range append([]string{k.Name}, k.Aliases...) {
				if name = foldName(name); name != "" && out.of[name] == "" {
					out.of[name], out.names = k.ID, append(out.names, name)
				}
			}
		}
	}
	add(r.Tree, own[:min(len(own), searched)])
	if !r.Embedded() {
		known, _ := r.embedded.List("vendors", ".yaml")
		add(r.embedded, known)
	}
	return out
}

// foldName writes a name as an id: "Larkspur Mail (EU)" is larkspur-mail-eu.
func foldName(name string) string {
	return strings.Join(scalar.Words(name), "-")
}

// Alternatives names up to most approved vendors of a category, by id, of those that the caller calls usable.
func (r *Registry) Alternatives(category string, usable func(id string) bool, most int) []string {
	const asked = 50 // a suggestion is not worth asking about every vendor
	if category == "" || category == "other" {
		return nil
	}
	var out []string
	ids := r.approved()[category]
	for _, id := range ids[:min(len(ids), asked)] {
		if len(out) < most && usable(id) {
			out = append(out, id)
		}
	}
	return out
}

// approvedByCategory looks through the first records of the registry. Only those that could match are parsed.
func (r *Registry) approvedByCategory() map[string][]string {
	const searched = 1000 // a suggestion is not worth reading every record of a huge registry
	out := map[string][]string{}
	ids, _ := r.Tree.List("vendors", ".yaml") // as in IDs
	for _, id := range ids[:min(len(ids), searched)] {
		data, err := source.ReadFile(r.Tree.Files, "vendors/"+id+".yaml")
		if err != nil || !bytes.Contains(data, []byte("approved")) {
			continue
		}
		v, err := r.Vendor(id)
		if err != nil || v == nil || v.Record == nil || len(v.Problems) > 0 || v.Record.Get("status").Text != "approved" {
			continue
		}
		category := v.Record.Get("category").Text
		out[category] = append(out[category], id)
	}
	return out
}

// Waivers reads the waivers that speak of one of the vendors, or that are named, by id. Others are not parsed.
func (r *Registry) Waivers(vendors, named []string) ([]*Waiver, []diag.Gap) {
	var out []*Waiver
	var gaps []diag.Gap
	ids, err := r.Tree.List("waivers", ".yaml")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, []diag.Gap{{Target: r.Tree.Name("waivers"), Reason: "cannot be read: " + source.Reason(err)}}
	}
	for _, id := range ids {
		name := "waivers/" + id + ".yaml"
		data, err := r.Tree.Read(name)
		if err != nil {
			gaps = append(gaps, diag.Gap{Target: r.Tree.Name(name), Reason: "cannot be read: " + source.Reason(err)})
			continue
		}
		mentioned := slices.ContainsFunc(vendors, func(v string) bool { return bytes.Contains(data, []byte(v)) })
		if mentioned || slices.Contains(named, id) {
			out = append(out, parseWaiver(id, r.Tree.Name(name), data))
		}
	}
	return out, gaps
}
