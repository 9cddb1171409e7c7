package inputs

import (
	"fmt"
	"io/fs"
	"math"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// findBefore finds the manifests of a base on disk.
func (r Request) findBefore(b *Base, display func(string) string, without ...string) (manifest.Found, error) {
	return r.findIn(b.files, display, false, func(name string) ([]byte, error) {
		_, data, err := b.read(name)
		return data, err
	}, without...)
}

// findAtCommit finds the manifests of a base on a Forge. Each file is a request, unless the head has the same content. Above a limit,
// files with the name of a manifest count as manifests.
func (r Request) findAtCommit(b *Base, h Head, files fs.FS, display func(string) string) (manifest.Found, error) {
	left := maxAway
	return r.findIn(files, display, true, func(name string) ([]byte, error) {
		if h.Away == "" && h.Files != nil {
			if data, err := source.ReadFile(h.Files, name); err == nil && sameBlob(files, name, data) {
				return data, nil
			}
		}
		if left--; left < 0 {
			return nil, errTooMuch
		}
		_, data, err := b.read(name)
		return data, err
	})
}

func (r Request) findIn(files fs.FS, display func(string) string, commit bool, read func(string) ([]byte, error), without ...string) (manifest.Found, error) {
	listing, err := listedOnce(files, commit)()
	if err != nil {
		return manifest.Found{}, fmt.Errorf("%s: %s", display("."), Because(err))
	}
	excluded := newExclusions(listing, read, func() *Base { return nil })
	return r.find(files, manifest.Search{Files: listing, Display: display, Read: read, Exclude: excluded.cover, Most: math.MaxInt, Without: without})
}
