package gitlab

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// maxPages limits the requests for the names of a commit, with 100 names each.
const maxPages = 1000

type treeEntry struct {
	ID   string `json:"id"`
	Type string `json:"type"`
	Path string `json:"path"`
	Mode string `json:"mode"`
}

// tree lists the files of a project at a commit. GitLab does not say how long they are. A file is read when it is opened, with the
// context given here.
func (c *Client) tree(ctx context.Context, project, commit string) (*snapshot.Files, error) {
	below := project + "/repository/tree"
	wrong := func(cause wire.Cause, detail string) error { return c.wrong(http.MethodGet, below, cause, detail) }
	files, folders := map[string]snapshot.Item{}, map[string]bool{}
	query := url.Values{"ref": {commit}, "recursive": {"true"}, "per_page": {"100"}, "pagination": {"keyset"}}
	for range maxPages {
		var page []treeEntry
		header, err := c.get(ctx, c.api, below, query, &page)
		if err != nil {
			return nil, err
		}
		for _, entry := range page {
			name := entry.Path
			_, isFile := files[name]
			if !fs.ValidPath(name) || name == "." || isFile || folders[name] {
				return nil, wrong(wire.Unreadable, fmt.Sprintf("it lists %q, which is not a valid path or is repeated", diag.OneLine(name)))
			}
			if entry.Type == "tree" {
				folders[name] = true
				continue
			}
			one, ok := c.item(ctx, project, entry)
			if !ok {
				return nil, wrong(wire.Unreadable, fmt.Sprintf("it lists %q with an unknown type or hash", diag.OneLine(name)))
			}
			files[name] = one
		}
		token, err := nextPage(header)
		if err != nil {
			return nil, wrong(wire.Unreadable, err.Error())
		}
		if token != "" && token != query.Get("page_token") {
			query.Set("page_token", token)
			continue
		}
		if token != "" {
			return nil, wrong(wire.Unreadable, "the list does not end")
		}
		for name := range files {
			for above := path.Dir(name); above != "."; above = path.Dir(above) {
				if _, isFile := files[above]; isFile {
					return nil, wrong(wire.Unreadable, fmt.Sprintf("it lists %q below something that is not a folder", diag.OneLine(name)))
				}
			}
		}
		return snapshot.NewFiles(files), nil
	}
	return nil, wrong(wire.TooBig, fmt.Sprintf("the project has more than %d files and folders", maxPages*100))
}

// nextPage returns the token of the next page; empty if this is the last. Only the token of the link is used, never its address.
func nextPage(header http.Header) (string, error) {
	for link := range strings.SplitSeq(strings.Join(header.Values("Link"), ","), ",") {
		address, rel, _ := strings.Cut(strings.TrimSpace(link), ">")
		if !strings.Contains(rel, `rel="next"`) {
			continue
		}
		u, err := url.Parse(strings.TrimPrefix(address, "<"))
		if err != nil || u.Query().Get("page_token") == "" {
			return "", fmt.Errorf("the link to the next page has no page_token")
		}
		return u.Query().Get("page_token"), nil
	}
	return "", nil
}

// item describes an entry and how to read it.
func (c *Client) item(ctx context.Context, project string, entry treeEntry) (snapshot.Item, bool) {
	read := sync.OnceValues(func() ([]byte, error) { return c.blob(ctx, project, entry.ID, source.MaxFile) })
	known := snapshot.IsHash(entry.ID)
	switch entry.Type + entry.Mode {
	case "blob100644", "blob100755", "blob100664":
		return snapshot.Item{Size: snapshot.Unknown, Blob: entry.ID, Read: read}, known
	case "blob120000": // what is behind a link is not read, because nothing that matters may be one
		target := func() (string, error) {
			data, err := read()
			return string(data), err
		}
		unread := func() ([]byte, error) { return nil, fmt.Errorf("it is a link: %w", source.ErrNotRegular) }
		return snapshot.Item{Kind: fs.ModeSymlink, Blob: entry.ID, Read: unread, Link: target}, known
	case "commit160000":
		return snapshot.Item{Kind: fs.ModeIrregular}, true
	}
	return snapshot.Item{}, false
}

// blob reads a content by git's name of it. One that is longer than the limit is cut one byte after it; any other must have the name.
func (c *Client) blob(ctx context.Context, project, blob string, limit int64) ([]byte, error) {
	if blob == emptyBlob { // an empty response could be a lost one
		return nil, nil
	}
	below := project + "/repository/blobs/" + blob + "/raw"
	data, _, err := c.send(ctx, c.api, http.MethodGet, below, nil, nil, wire.Demand{Limit: limit + 1, Cut: true, Raw: true})
	if err != nil {
		return nil, err
	}
	if int64(len(data)) <= limit && string(source.BlobOf(data)) != blob {
		return nil, c.wrong(http.MethodGet, below, wire.Unreadable, "the content is not the one that the commit has")
	}
	return data, nil
}

const emptyBlob = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
