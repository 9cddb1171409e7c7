package github

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"sync"

	gh "github.com/google/go-github/v62/github"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Tree returns the file system of a repository at a commit of 40 digits. One request lists the names. A file is read
// once, when it is opened, in the same way as File, with the context given here. Lstat and ReadLink see a link; opening
// it reads its target on the server. A submodule is an irregular file that cannot be opened.
func (c *Client) Tree(ctx context.Context, owner, repo, commit string) (fs.FS, error) {
	files, err := c.tree(ctx, owner, repo, commit)
	if err != nil {
		return nil, err // not a nil *memory in an interface
	}
	return files, nil
}

func (c *Client) tree(ctx context.Context, owner, repo, commit string) (*memory, error) {
	if err := wrongPlace(owner, repo, commit); err != nil {
		return nil, err
	}
	request := c.at("repos/" + owner + "/" + repo + "/git/trees/" + commit)
	wrong := func(cause Cause, detail string) error { return &Error{Request: request, Cause: cause, Detail: detail} }
	listed, _, err := c.api.Git.GetTree(demanding(ctx, demand{limit: maxList}), owner, repo, commit, true)
	switch {
	case err != nil:
		return nil, c.plain(request, err)
	case listed.Entries == nil || listed.Truncated == nil:
		return nil, wrong(Unreadable, "the response is not a tree")
	case listed.GetTruncated():
		return nil, wrong(TooBig, "the repository has more files than the server lists in one response")
	}
	files, folders := map[string]item{}, map[string]bool{}
	for _, entry := range listed.Entries {
		folders[entry.GetPath()] = folders[entry.GetPath()] || entry.GetType() == "tree" && isOdd(entry.GetPath())
	}
	for _, entry := range listed.Entries {
		name := entry.GetPath()
		isTree := entry.GetType() == "tree"
		taken := func(name string) bool {
			_, isFile := files[name]
			return isFile || folders[name]
		}
		switch {
		case isTree && folders[name] && isOdd(name):
			continue
		case isOdd(name):
			name = another(name, taken)
		}
		if !fs.ValidPath(name) || name == "." || taken(name) {
			return nil, wrong(Unreadable, fmt.Sprintf("it lists %q, which is not a valid path or is repeated", oneLine(name)))
		}
		if isTree {
			folders[name] = true
			continue
		}
		one, ok := c.item(ctx, owner, repo, commit, entry)
		if !ok {
			return nil, wrong(Unreadable, fmt.Sprintf("it lists %q with an unknown type", oneLine(name)))
		}
		files[name] = one
	}
	for name := range files {
		for above := path.Dir(name); above != "."; above = path.Dir(above) {
			if _, isFile := files[above]; isFile {
				return nil, wrong(Unreadable, fmt.Sprintf("it lists %q below something that is not a folder", oneLine(name)))
			}
		}
	}
	return newFiles(files), nil
}

// item describes the entry at a path and how to read it.
func (c *Client) item(ctx context.Context, owner, repo, commit string, entry *gh.TreeEntry) (item, bool) {
	name, size := entry.GetPath(), int64(entry.GetSize())
	read := sync.OnceValues(func() ([]byte, error) {
		if isOdd(name) { // the server may not find it by its name
			return c.blob(ctx, owner, repo, entry.GetSHA(), source.MaxFile)
		}
		return c.File(ctx, owner, repo, name, commit)
	})
	switch entry.GetType() + entry.GetMode() {
	case "blob100644", "blob100755", "blob100664":
		return item{size: size, blob: entry.GetSHA(), read: func() ([]byte, error) {
			if size == 0 {
				return nil, nil
			}
			data, err := read()
			if err == nil && int64(len(data)) != min(size, source.MaxFile+1) {
				return nil, &Error{Request: c.at("repos/" + owner + "/" + repo), Cause: Unreadable, Detail: fmt.Sprintf("%q has %d bytes, and the tree says %d", oneLine(name), len(data), size)}
			}
			return data, err
		}}, entry.Size != nil && size >= 0
	case "blob120000":
		link := sync.OnceValues(func() (string, error) { return c.link(ctx, owner, repo, entry.GetSHA()) })
		return item{kind: fs.ModeSymlink, size: size, read: read, link: link}, commitPattern.MatchString(entry.GetSHA())
	case "commit160000":
		return item{kind: fs.ModeIrregular}, true
	}
	return item{}, false
}

// link reads the target of a link, which git stores as the content of a blob.
func (c *Client) link(ctx context.Context, owner, repo, blob string) (string, error) {
	data, err := c.blob(ctx, owner, repo, blob, maxName)
	return string(data), err
}

// blob reads a content by git's name of it.
func (c *Client) blob(ctx context.Context, owner, repo, blob string, limit int64) ([]byte, error) {
	data, _, err := c.api.Git.GetBlobRaw(demanding(ctx, demand{limit: limit, raw: true}), owner, repo, blob)
	return data, c.plain(c.at("repos/"+owner+"/"+repo+"/git/blobs/"+blob), err)
}
