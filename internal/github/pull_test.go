package github_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// The pull request of a commit is the only open one from its branch with that commit. Otherwise, the error says why there is none.
func TestOpenPull(t *testing.T) {
	t.Parallel()
	head := func(repo, branch, commit string) githubtest.Head {
		return githubtest.Head{Repo: repo, Branch: branch, Commit: commit, Base: "main", BaseCommit: oldCommit, Author: "mallory"}
	}
	deleted := head("", "patch-1", forkCommit)
	nobody := head("mallory/registry", "patch-1", forkCommit)
	nobody.Author = ""
	for _, c := range []struct {
		name  string
		heads map[int]githubtest.Head
		want  github.Pull
		err   string
	}{
		{"one", map[int]githubtest.Head{7: head("Mallory/Registry", "patch-1", forkCommit)}, github.Pull{Number: 7, Author: "mallory", Base: "main", BaseCommit: oldCommit}, ""},
		{"of nobody", map[int]githubtest.Head{7: nobody}, github.Pull{Number: 7, Base: "main", BaseCommit: oldCommit}, ""},
		{"one of several forks", map[int]githubtest.Head{6: head("eve/registry", "patch-1", sideCommit), 7: head("mallory/registry", "patch-1", forkCommit)}, github.Pull{Number: 7, Author: "mallory", Base: "main", BaseCommit: oldCommit}, ""},
		{"none", nil, github.Pull{}, "no open pull request has the commit 4444444 as its head"},
		{"another branch", map[int]githubtest.Head{7: head("mallory/registry", "patch-2", forkCommit)}, github.Pull{}, "no open pull request"},
		{"the commit in another fork", map[int]githubtest.Head{7: head("eve/registry", "patch-1", forkCommit)}, github.Pull{}, "no open pull request"},
		{"a deleted fork", map[int]githubtest.Head{7: deleted}, github.Pull{}, "no open pull request"},
		{"moved on", map[int]githubtest.Head{7: head("mallory/registry", "patch-1", newCommit)}, github.Pull{}, "the head of pull request 7 is another commit by now"},
		{"two", map[int]githubtest.Head{7: head("mallory/registry", "patch-1", forkCommit), 8: head("mallory/registry", "patch-1", forkCommit)}, github.Pull{}, "2 open pull requests have the commit 4444444 as their head"},
	} {
		server := serve(t, func(o *githubtest.Options) { o.Repos[0].Heads = c.heads })
		client, _ := commenting(t, server, nil)
		got, err := client.OpenPull(t.Context(), "acme", "registry", "mallory/registry", "patch-1", forkCommit)
		if got != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: got %+v, %v; want %+v, %s", c.name, got, err, c.want, c.err)
		}
		if client.Calls() != 1 {
			t.Errorf("%s: %d calls", c.name, client.Calls())
		}
		tokenStays(t, server)
	}
}

// A token that may not read pull requests, and answers that are none, are errors with a cause.
func TestOpenPullRefused(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]wire.Cause{
		`{"data":{"repository":null},"errors":[{"type":"FORBIDDEN","message":"no"}]}`: wire.Permission,
		`{"data":{"repository":null}}`:                              wire.Unreadable,
		`{"data":{"repository":{"pullRequests":{"nodes":[null]}}}}`: wire.Unreadable,
		`{"data":{"repository":{"pullRequests":{"nodes":[{"number":7,"headRefOid":"` + forkCommit + `","baseRefOid":"main"}]}}}}`: wire.Unreadable,
	} {
		server := serve(t, func(o *githubtest.Options) { o.Fault = always(githubtest.Says(200, body)) })
		client, _ := commenting(t, server, nil)
		_, err := client.OpenPull(t.Context(), "acme", "registry", "mallory/registry", "patch-1", forkCommit)
		var e *wire.Error
		if !errors.As(err, &e) || e.Cause != want {
			t.Errorf("%s: got %v, want cause %d", body, err, want)
		}
	}
}
