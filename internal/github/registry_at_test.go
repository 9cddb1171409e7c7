package github_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/wire"
)

func TestRegistryAt(t *testing.T) {
	t.Parallel()
	server := serve(t, nil)
	for path, sha := range map[string]string{"": sideCommit, "deep/er": newCommit} {
		calls := 2
		if sha == newCommit { // it has a submodule, so its files are listed
			calls = 3
		}
		client, _ := connect(t, server.API, nil)
		tree, commit, err := client.RegistryAt(t.Context(), github.Reference{Owner: "acme", Repo: "registry", Path: path}, sha)
		if err != nil {
			t.Fatal(err)
		}
		if commit.SHA != sha || commit.Ref != "" || !commit.Date.Equal(fixture().Commits[sha].Date) || tree.Revision != sha || !strings.Contains(content(t, tree), "vendors/") {
			t.Errorf("got %+v, %s", commit, content(t, tree))
		}
		if client.Calls() != calls || client.Downloads() != 1 {
			t.Errorf("%d calls, %d downloads", client.Calls(), client.Downloads())
		}
	}
	client, _ := connect(t, server.API, nil)
	for _, path := range []string{"nowhere", "deep/other.txt", "deep"} {
		_, _, err := client.RegistryAt(t.Context(), github.Reference{Owner: "acme", Repo: "registry", Path: path}, newCommit)
		if !errors.Is(err, snapshot.ErrNoRegistry) {
			t.Errorf("%s: got %v", path, err)
		}
	}
	for _, sha := range []string{"main", strings.Repeat("8", 40), strings.ToUpper("abcdef") + newCommit[6:]} {
		_, _, err := client.RegistryAt(t.Context(), github.Reference{Owner: "acme", Repo: "registry"}, sha)
		if err == nil || errors.Is(err, snapshot.ErrNoRegistry) {
			t.Errorf("%s: got %v", sha, err)
		}
	}
	var wrong *snapshot.ReferenceError
	for _, r := range []github.Reference{{Owner: "a/b", Repo: "c"}, {Owner: "acme", Repo: ".."}, {Owner: "acme", Repo: "registry", Path: "../x"}} {
		if _, _, err := client.RegistryAt(t.Context(), r, newCommit); !errors.As(err, &wrong) {
			t.Errorf("%s: got %v", r, err)
		}
	}
}

func TestBranchTip(t *testing.T) {
	t.Parallel()
	server := serve(t, nil)
	client, _ := connect(t, server.API, nil)
	for branch, want := range map[string]string{"main": newCommit, "release/1.0": sideCommit, "both": newCommit} {
		tip, err := client.BranchTip(t.Context(), "acme", "registry", branch)
		if err != nil || tip.SHA != want || tip.Ref != "refs/heads/"+branch {
			t.Errorf("%s: got %+v, %v", branch, tip, err)
		}
	}
	var e *wire.Error
	if _, err := client.BranchTip(t.Context(), "acme", "registry", "v1"); !errors.As(err, &e) || e.Cause != wire.NotFound || !strings.Contains(err.Error(), `no branch "v1"`) {
		t.Errorf("a tag: got %v", err)
	}
	var wrong *snapshot.ReferenceError
	for _, branch := range []string{"", "a..b", "x?y", "refs/pull/1/merge", "a\nb"} {
		if _, err := client.BranchTip(t.Context(), "acme", "registry", branch); !errors.As(err, &wrong) {
			t.Errorf("%q: got %v", branch, err)
		}
	}
}
