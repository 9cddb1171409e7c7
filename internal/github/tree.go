package github

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"sync"

	gh "github.com/google/go-github/v62/github"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Tree returns the file system of a repository at a commit of 40 digits. One request lists the names. A file is read
// once, when it is opened, in the same way as File, with the context given here. Lstat and ReadLink see a link; opening
// it reads its target on the server. A submodule is an irregular file that cannot be opened.
func (c *Client) Tree(ctx context.Context, owner, repo, commit string) (fs.FS, error) {
	files, err := c.tree(ctx, owner, repo, commit)
	if err != nil {
		return nil, err // not a nil *snapshot.Files in an interface
	}
	return files, nil
}

func (c *Client) tree(ctx context.Context, owner, repo, commit string) (*snapshot.Files, error) {
	if err := wrongPlace(owner, repo, commit); err != nil {
		return nil, err
	}
	request := c.at("repos/" + owner + "/" + repo + "/git/trees/" + commit)
	wrong := func(cause wire.Cause, detail string) error {
		return &wire.Error{Request: request, Cause: cause, Detail: detail}
	}
	listed, _, err := c.api.Git.GetTree(wire.Demanding(ctx, wire.Demand{Limit: wire.MaxList}), owner, repo, commit, true)
	switch {
	case err != nil:
		return nil, c.plain(request, err)
	case listed.Entries == nil || listed.Truncated == nil:
		return nil, wrong(wire.Unreadable, "the response is not a tree")
	case listed.GetTruncated():
		return nil, wrong(wire.TooBig, "the repository has more files than the server lists in one response")
	}
	files, folders := map[string]snapshot.Item{}, map[string]bool{}
	for _, entry := range listed.Entries {
		folders[entry.GetPath()] = folders[entry.GetPath()] || entry.GetType() == "tree" && snapshot.IsOdd(entry.GetPath())
	}
	for _, entry := range listed.Entries {
		name := entry.GetPath()
		isTree := entry.GetType() == "tree"
		taken := func(name string) bool {
			_, isFile := files[name]
			return isFile || folders[name]
		}
		switch {
		case isTree && folders[name] && snapshot.IsOdd(name):
			continue
		case snapshot.IsOdd(name):
			name = snapshot.Another(name, taken)
		}
		if !fs.ValidPath(name) || name == "." || taken(name) {
			return nil, wrong(wire.Unreadable, fmt.Sprintf("it lists %q, which is not a valid path or is repeated", diag.OneLine(name)))
		}
		if isTree {
			folders[name] = true
			continue
		}
		one, ok := c.item(ctx, owner, repo, commit, entry)
		if !ok {
			return nil, wrong(wire.Unreadable, fmt.Sprintf("it lists %q with an unknown type", diag.OneLine(name)))
		}
		files[name] = one
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

// item describes the entry at a path and how to read it.
func (c *Client) item(ctx context.Context, owner, repo, commit string, entry *gh.TreeEntry) (snapshot.Item, bool) {
	name, size := entry.GetPath(), int64(entry.GetSize())
	read := sync.OnceValues(func() ([]byte, error) {
		if snapshot.IsOdd(name) { // the server may not find it by its name
			return c.blob(ctx, owner, repo, entry.GetSHA(), source.MaxFile)
		}
		return c.File(ctx, owner, repo, name, commit)
	})
	switch entry.GetType() + entry.GetMode() {
	case "blob100644", "blob100755", "blob100664":
		return snapshot.Item{Size: size, Blob: entry.GetSHA(), Read: func() ([]byte, error) {
			if size == 0 {
				return nil, nil
			}
			data, err := read()
			if err == nil && int64(len(data)) != min(size, source.MaxFile+1) {
				return nil, &wire.Error{Request: c.at("repos/" + owner + "/" + repo), Cause: wire.Unreadable, Detail: fmt.Sprintf("%q has %d bytes, and the tree says %d", diag.OneLine(name), len(data), size)}
			}
			return data, err
		}}, entry.Size != nil && size >= 0
	case "blob120000":
		link := sync.OnceValues(func() (string, error) { return c.link(ctx, owner, repo, entry.GetSHA()) })
		return snapshot.Item{Kind: fs.ModeSymlink, Size: size, Read: read, Link: link}, commitPattern.MatchString(entry.GetSHA())
	case "commit160000":
		return snapshot.Item{Kind: fs.ModeIrregular}, true
	}
	return snapshot.Item{}, false
}

// link reads the target of a link, which git stores as the content of a blob.
func (c *Client) link(ctx context.Context, owner, repo, blob string) (string, error) {
	data, err := c.blob(ctx, owner, repo, blob, snapshot.MaxName)
	return string(data), err
}

// blob reads a content by git's name of it.
func (c *Client) blob(ctx context.Context, owner, repo, blob string, limit int64) ([]byte, error) {
	data, _, err := c.api.Git.GetBlobRaw(wire.Demanding(ctx, wire.Demand{Limit: limit, Raw: true}), owner, repo, blob)
	return data, c.plain(c.at("repos/"+owner+"/"+repo+"/git/blobs/"+blob), err)
}
