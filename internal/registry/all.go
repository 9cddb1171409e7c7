package registry

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
)

// Entry is a record of a registry that was read as a whole. Vendor is nil if there is an error.
type Entry struct {
	ID     string
	Vendor *Vendor
	Err    error // the file could not be read as bytes
}

// All reads every record in the registry itself, sorted by id, without the embedded ones. Files are read one after
// another and parsed by one worker per processor, because 2,000 full records take three seconds.
func (r *Registry) All() ([]Entry, error) {
	ids, err := r.Tree.List("vendors", ".yaml")
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", r.Tree.Name("vendors"), err)
	}
	type job struct {
		at         int
		own, known []byte
	}
	out := make([]Entry, len(ids))
	jobs := make(chan job)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for j := range jobs {
				out[j.at].Vendor = r.parse(out[j.at].ID, j.own, j.known)
			}
		})
	}
	for i, id := range ids {
		out[i] = Entry{ID: id, Vendor: r.vendors[id]}
		if out[i].Vendor != nil {
			continue
		}
		j := job{at: i}
		if j.own, j.known, out[i].Err = r.bytes(id); out[i].Err == nil {
			jobs <- j
		}
	}
	close(jobs)
	workers.Wait()
	for _, e := range out {
		if e.Vendor != nil {
			r.vendors[e.ID] = e.Vendor
		}
	}
	return out, nil
}

// Own reads the registry's own record of a vendor, whatever the embedded registry knows, and the bytes that it was read from. The record may
// have problems. The error is fs.ErrNotExist if there is none.
func (r *Registry) Own(id string) (*Vendor, []byte, error) {
	own, known, err := r.bytes(id)
	if err != nil {
		return nil, nil, err
	}
	return r.parse(id, own, known), own, nil
}

// bytes returns the files of a record and of the embedded identity of the same id; known is nil if there is none.
func (r *Registry) bytes(id string) (own, known []byte, err error) {
	name := "vendors/" + id + ".yaml"
	if own, err = r.Tree.Read(name); err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", r.Tree.Name(name), err)
	}
	if r.Embedded() {
		return own, nil, nil
	}
	if known, err = r.embedded.Read(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("read %s: %w", r.embedded.Name(name), err)
	}
	return own, known, nil
}

func (r *Registry) parse(id string, own, known []byte) *Vendor {
	var identity *attr.Record
	if known != nil {
		identity = parseVendor(id, r.embedded.Name("vendors/"+id+".yaml"), known, nil).Record
	}
	return parseVendor(id, r.Tree.Name("vendors/"+id+".yaml"), own, identity)
}
