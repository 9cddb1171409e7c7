package inputs

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/vendorgate/vendorgate/internal/source"
)

// maxAway limits the files that are read from a Forge. Each is a request, and all jobs in a repository share a rate limit.
const maxAway = 100

// Limits for the manifests of one repository. Within them, a check takes about 100 MB of memory, or 500 MB if every entry is as large
// as possible. A base takes up to as much again.
const (
	maxManifests = 1000
	maxEntries   = 10_000
	maxBytes     = 4 << 20
)

// candidates reads the files that may be manifests, each once.
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

// checkParts is the hint for a repository with too many manifests.
const checkParts = "leave fixtures out with exclude_manifests, or check parts of the repository with --manifest"

// tooMany returns the reason not to check n manifests; empty if there is none.
func (c *candidates) tooMany(n int) string {
	switch {
	case n > c.most && c.most < maxManifests:
		return fmt.Sprintf("it has %d manifests, but at most %d can be read through the API; check out the repository before this step", n, c.most)
	case n > c.most, c.full && c.bytes <= maxBytes:
		return fmt.Sprintf("it has more than %d manifests, the most that one run can check; %s", c.most, checkParts)
	case c.full:
		return fmt.Sprintf("its manifests exceed %d MiB in total, the most that one run can check; %s", maxBytes>>20, checkParts)
	}
	return ""
}
