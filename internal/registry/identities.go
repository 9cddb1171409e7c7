package registry

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
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
	const workers = 2 // more only wait for the disk
	out, failed := make([]Identity, len(ids)), [workers]error{}
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			var buffer []byte
			var s identityScanner
			for i := len(ids) * w / workers; i < len(ids)*(w+1)/workers && failed[w] == nil; i++ {
				name := "vendors/" + ids[i] + ".yaml"
				buffer, err := source.ReadInto(tree.Files, name, buffer)
				if err != nil {
					failed[w] = fmt.Errorf("read %s: %w", tree.Name(name), err)
				}
				s.read(ids[i], buffer, &out[i])
			}
		})
	}
	wait.Wait()
	return out, cmp.Or(failed[:]...)
}
