package registry

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/source"
)

// IdentityOf reads the identity in the bytes of vendors/<id>.yaml. It is the one that the whole record has, read 50 times
// as fast: lines of the form that records are written in are taken as they are, and a file with any other line is parsed
// whole. What is wrong elsewhere in the file is not noticed here.
func IdentityOf(id string, data []byte) Identity {
	var out Identity
	new(identityScanner).read(id, data, &out)
	return out
}

// read is IdentityOf for many records, one after another.
func (s *identityScanner) read(id string, data []byte, out *Identity) {
	if out.ID = id; s.scan(string(data), out) {
		return
	}
	record, _ := record.Table().Parse("", data)
	*out = (&Vendor{ID: id, Record: record}).Identity()
}

// Identities lists who the vendors of a tree are, by id. They are data and decide nothing, so the tree need not be trusted.
func Identities(tree *source.Tree) ([]Identity, error) {
	ids, err := tree.List("vendors", ".yaml")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrNoVendors
	case err != nil:
		return nil, fmt.Errorf("read vendors: %w", err)
	}
	out := make([]Identity, len(ids))
	err = eachRecord(tree, ids, func(s *identityScanner, i int, id string, data []byte) { s.read(id, data, &out[i]) })
	return out, err
}

// ScanIdentities reads the identities that the records of some ids state or inherit. For each id, yield gets the identity, or nil for a
// record that must be parsed to learn it: one with a line that is not of the form that records are written in, or one that is not a
// regular file. A record of which relevant is false is left out. yield is not called concurrently, and in no
// particular order. The error is that a record cannot be read.
func (r *Registry) ScanIdentities(ids []string, relevant func(id string, data []byte) bool, yield func(id string, known *Identity)) error {
	var lock sync.Mutex
	return eachRecord(r.Tree, ids, func(s *identityScanner, _ int, id string, data []byte) {
		var out *Identity
		if data != nil {
			if !relevant(id, data) {
				return
			}
			if known := (Identity{ID: id}); s.scan(string(data), &known) {
				known.detach()
				known.inherit(r.embedded)
				out = &known
			}
		}
		lock.Lock()
		defer lock.Unlock()
		yield(id, out)
	})
}

// inherit takes what the identity lacks from the record of the same id in the embedded registry.
func (i *Identity) inherit(embedded *source.Tree) {
	data, err := source.ReadFile(embedded.Files, "vendors/"+i.ID+".yaml")
	if err != nil {
		return // there is none: reading what is embedded does not fail
	}
	base := IdentityOf(i.ID, data)
	for _, f := range scannedFields {
		switch {
		case f.text != nil && *f.text(i) == "":
			*f.text(i) = *f.text(&base)
		case f.list != nil && *f.list(i) == nil:
			*f.list(i) = *f.list(&base)
		}
	}
}

// detach copies the texts, so that they do not keep the whole record in memory.
func (i *Identity) detach() {
	for _, f := range scannedFields {
		if f.text != nil {
			*f.text(i) = strings.Clone(*f.text(i))
			continue
		}
		list := slices.Clone(*f.list(i))
		for k := range list {
			list[k] = strings.Clone(list[k])
		}
		*f.list(i) = list
	}
}

// eachRecord calls a function with the bytes of records, which are only valid during the call; none for what is not a regular file.
// It is called concurrently.
func eachRecord(tree *source.Tree, ids []string, call func(s *identityScanner, i int, id string, data []byte)) error {
	const workers = 2 // more only wait for the disk
	var failed [workers]error
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			var buffer []byte
			var s identityScanner
			for i := len(ids) * w / workers; i < len(ids)*(w+1)/workers && failed[w] == nil; i++ {
				name := "vendors/" + ids[i] + ".yaml"
				data, err := source.ReadInto(tree.Files, name, buffer)
				switch {
				case err == nil:
					buffer = data
				case errors.Is(err, source.ErrNotRegular) || !fs.ValidPath(name):
					data = nil
				default:
					failed[w] = fmt.Errorf("read %s: %w", tree.Name(name), err)
					continue
				}
				call(&s, i, ids[i], data)
			}
		})
	}
	wait.Wait()
	return cmp.Or(failed[:]...)
}
