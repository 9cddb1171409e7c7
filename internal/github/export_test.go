package github

import (
	"bytes"
	"io/fs"
	"net/http"
)

// HTTP is the http.Client below go-github, for requests that no method of Client makes yet.
func (c *Client) HTTP() *http.Client { return c.api.Client() }

// SafeTransport is the transport of a client whose Options name none.
func SafeTransport() (*http.Transport, error) { return direct("", nil) }

// ReadArchive reads a tarball with limits of a test's own; zero means the real ones.
func ReadArchive(data []byte, root, sha string, entries int, unpacked int64) (fs.FS, error) {
	most := registryLimits()
	if entries > 0 {
		most.entries = entries
	}
	if unpacked > 0 {
		most.unpacked = unpacked
	}
	a, err := readArchive(bytes.NewReader(data), root, sha, most)
	if err != nil {
		return nil, err
	}
	files, err := a.registry()
	if err != nil {
		return nil, err // not a nil *memory in an interface
	}
	return files, nil
}
