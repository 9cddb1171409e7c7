package github_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// A merge base takes one request, wherever the two commits meet.
func TestMergeBase(t *testing.T) {
	t.Parallel()
	const merge = "7777777777777777777777777777777777777777"
	server := serve(t, func(o *githubtest.Options) {
		o.Repos[0].Commits[merge] = githubtest.Commit{Date: day(12), Parent: newCommit, Merged: forkCommit}
	})
	client, _ := connect(t, server.API, nil)
	repository := client.Repository("acme/registry")
	for _, c := range []struct{ name, branch, commit, want string }{
		{"a branch that both moved on from", "main", forkCommit, oldCommit},
		{"a commit that is ahead", "main", aheadCommit, newCommit},
		{"a commit that is behind", "main", oldCommit, oldCommit},
		{"the tip", "main", newCommit, newCommit},
		{"a merge of the tip and a fork", "main", merge, newCommit},
		{"another branch", "release/1.0", merge, oldCommit},
	} {
		before := client.Calls()
		if got, err := repository.MergeBase(t.Context(), c.branch, c.commit); got != c.want || err != nil {
			t.Errorf("%s: MergeBase = %s, %v; want %s", c.name, got, err, c.want)
		}
		if calls := client.Calls() - before; calls != 1 {
			t.Errorf("%s: %d requests, want 1", c.name, calls)
		}
	}
	for _, c := range []struct{ name, branch, commit string }{
		{"nothing in common", "main", lostCommit},
		{"no such branch", "nowhere", newCommit},
		{"no such commit", "main", "8888888888888888888888888888888888888888"},
	} {
		_, err := repository.MergeBase(t.Context(), c.branch, c.commit)
		var failed *wire.Error
		if !errors.As(err, &failed) || failed.Cause != wire.NotFound {
			t.Errorf("%s: %v, want an error with Cause NotFound", c.name, err)
		}
	}
	for _, c := range []struct{ branch, commit string }{{"../x", newCommit}, {"main", "main"}} {
		var wrong *snapshot.ReferenceError
		if _, err := repository.MergeBase(t.Context(), c.branch, c.commit); !errors.As(err, &wrong) {
			t.Errorf("MergeBase(%s, %s): %v, want a ReferenceError", c.branch, c.commit, err)
		}
	}
}

// However much a change changes, it takes little to find where it began.
func TestMergeBaseOfMuch(t *testing.T) {
	t.Parallel()
	server := serve(t, func(o *githubtest.Options) {
		o.Repos[0].Commits[forkCommit].Files["much"] = strings.Repeat("x", 9<<20)
	})
	client, _ := connect(t, server.API, nil)
	if got, err := client.Repository("acme/registry").MergeBase(t.Context(), "main", forkCommit); got != oldCommit || err != nil {
		t.Errorf("MergeBase = %s, %v; want %s", got, err, oldCommit)
	}
}

// A merge commit counts only if it merges the head that is asked about.
func TestMerge(t *testing.T) {
	t.Parallel()
	const merge = "7777777777777777777777777777777777777777"
	server := serve(t, func(o *githubtest.Options) {
		o.Repos[0].Commits[merge] = githubtest.Commit{Date: day(12), Parent: newCommit, Merged: forkCommit}
		o.Repos[0].Merges = map[int]string{5: merge, 6: newCommit}
	})
	client, _ := connect(t, server.API, nil)
	repository := client.Repository("acme/registry")
	if got, err := repository.Merge(t.Context(), 5, forkCommit); got != merge || err != nil {
		t.Errorf("Merge = %s, %v; want %s", got, err, merge)
	}
	for _, c := range []struct {
		name, head string
		pull       int
	}{
		{"an older head", sideCommit, 5},
		{"the target", newCommit, 5},
		{"no merge", oldCommit, 6},
		{"none", forkCommit, 7},
	} {
		if got, err := repository.Merge(t.Context(), c.pull, c.head); got != "" || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: Merge = %q, %v; want fs.ErrNotExist", c.name, got, err)
		}
	}
	if _, err := client.Repository("acme/nowhere").Merge(t.Context(), 5, forkCommit); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a repository that cannot be read: %v", err)
	}
}
