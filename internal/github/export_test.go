package github

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/http"

	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// HTTP is the http.Client below go-github, for requests that no method of Client makes yet.
func (c *Client) HTTP() *http.Client { return c.api.Client() }

// SafeTransport is the transport of a client whose Options name none.
func SafeTransport() (*http.Transport, error) { return wire.Direct("", nil) }

// ReadArchive reads a tarball with limits of a test's own; zero means the real ones.
func ReadArchive(data []byte, root, sha string, entries int, unpacked int64) (fs.FS, error) {
	most := snapshot.RegistryLimits()
	if entries > 0 {
		most.Entries = entries
	}
	if unpacked > 0 {
		most.Unpacked = unpacked
	}
	a, err := snapshot.ReadRegistry(bytes.NewReader(data), root, sha, most)
	if err != nil {
		return nil, err
	}
	files, err := a.Files()
	if err != nil {
		return nil, err // not a nil *memory in an interface
	}
	return files, nil
}

// ReadCode reads a tarball of a commit with the given files. Nothing can be fetched.
func ReadCode(data []byte, commit map[string][]byte, sha string, most source.ArchiveLimits, visit func(file string, data []byte)) (source.Shortfall, error) {
	items := map[string]snapshot.Item{}
	for name, content := range commit {
		items[name] = snapshot.Item{Size: int64(len(content)), Blob: string(source.BlobOf(content))}
	}
	code := snapshot.NewCode(snapshot.NewFiles(items), sha, most, visit)
	if err := code.Read(bytes.NewReader(data)); err != nil {
		return source.Shortfall{}, err
	}
	err := code.Complete(context.Background(), snapshot.Fetcher{One: func(string) ([]byte, error) { return nil, errors.New("nothing can be fetched") }})
	return code.Short, err
}
