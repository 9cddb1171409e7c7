package inputs

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Limits of the manifests of one repository. Within them, a check of ordinary entries takes 100 MB, and one of entries that are
// made to be large takes 500 MB.
const (
	maxManifests = 1000
	maxEntries   = 10_000
	maxBytes     = 4 << 20
)

// candidates reads files with the name of a manifest, each once.
type candidates struct {
	files fs.FS
	most  int // files
	known map[string]candidate
	bytes int
	full  bool // a file was not read, because there are too many
}

type candidate struct {
	data []byte
	err  error
}

var errTooMuch = errors.New("too many manifests")

func newCandidates(files fs.FS) *candidates {
	return &candidates{files: files, most: maxManifests, known: map[string]candidate{}}
}

func (c *candidates) read(name string) ([]byte, error) {
	if known, ok := c.known[name]; ok {
		return known.data, known.err
	}
	if c.bytes > maxBytes || len(c.known) > c.most { // one more for the manifest at the root
		c.full = true
		return nil, errTooMuch
	}
	data, err := source.ReadFile(c.files, name)
	c.bytes += len(data)
	c.known[name] = candidate{data, err}
	return data, err
}

// checkParts is the next step for a repository with too many manifests.
const checkParts = "leave fixtures out with exclude_manifests, or check parts of the repository with --manifest"

// tooMany says why so many manifests are not checked; empty if they are.
func (c *candidates) tooMany(n int) string {
	switch {
	case n > c.most && c.most < maxManifests:
		return fmt.Sprintf("it has %d manifests, and at most %d are read by API; check out the repository before this step", n, c.most)
	case n > c.most, c.full && c.bytes <= maxBytes:
		return fmt.Sprintf("it has more than %d manifests, which are not checked at once; %s", c.most, checkParts)
	case c.full:
		return fmt.Sprintf("its manifests have more than %d MiB in all, which are not checked at once; %s", maxBytes>>20, checkParts)
	}
	return ""
}
