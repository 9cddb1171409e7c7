package github_test

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// A file that was not there, an empty one and what is no file are told apart for certain, by the tree of the commit, which is
// asked for once.
func TestRepositoryFile(t *testing.T) {
	t.Parallel()
	server := serve(t, func(o *githubtest.Options) { o.Repos[0].Commits[newCommit].Files["empty.yaml"] = "" })
	client, _ := connect(t, server.API, nil)
	repository := client.Repository("acme/registry")
	for _, c := range []struct {
		path, want string
		err        error
		calls      int // of the API, for this file
	}{
		{"policy.yaml", "version: 1\n", nil, 1},
		{"nothing.yaml", "", fs.ErrNotExist, 2}, // the file, then the tree
		{"empty.yaml", "", nil, 1},
		{"vendors", "", source.ErrNotRegular, 1},
		{"gone/too.yaml", "", fs.ErrNotExist, 0}, // the tree is known
	} {
		before := client.Calls()
		got, err := repository.File(t.Context(), c.path, newCommit)
		if string(got) != c.want || !errors.Is(err, c.err) {
			t.Errorf("File(%s) = %q, %v; want %q, %v", c.path, got, err, c.want, c.err)
		}
		if calls := client.Calls() - before; calls != c.calls {
			t.Errorf("File(%s): %d requests, want %d", c.path, calls, c.calls)
		}
	}
}

// A server that refuses is no proof that a file was not there. Its errors are whole, and marked as the server's.
func TestRepositoryRefused(t *testing.T) {
	t.Parallel()
	server := serve(t, nil)
	client, _ := connect(t, server.API, nil)
	_, err := client.Repository("acme/nowhere").File(t.Context(), "policy.yaml", newCommit)
	var said interface {
		error
		FromServer()
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) || !errors.As(err, &said) {
		t.Errorf("got %v", err)
	}
}

// A folder that holds no registry is absent to callers that know no GitHub; one that cannot be read is not.
func TestRepositoryFolder(t *testing.T) {
	t.Parallel()
	server := serve(t, nil)
	client, _ := connect(t, server.API, nil)
	repository := client.Repository("acme/registry")
	tree, date, err := repository.Folder(t.Context(), ".", sideCommit)
	if err != nil || tree.Revision != sideCommit || !date.Equal(fixture().Commits[sideCommit].Date) {
		t.Errorf("the root: %v, %v, %v", tree, date, err)
	}
	if _, _, err := repository.Folder(t.Context(), "nowhere", newCommit); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	if _, _, err := repository.Folder(t.Context(), ".", "main"); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no commit: %v", err)
	}
	if tip, err := repository.BranchTip(t.Context(), "release/1.0"); err != nil || tip != sideCommit {
		t.Errorf("BranchTip: %s, %v", tip, err)
	}
	files, err := repository.Tree(t.Context(), newCommit)
	if err != nil {
		t.Fatal(err)
	}
	info, err := fs.Stat(files, "policy.yaml")
	if err != nil || info.Sys() != source.BlobOf([]byte("version: 1\n")) {
		t.Errorf("policy.yaml: %v, %v", info, err)
	}
}
