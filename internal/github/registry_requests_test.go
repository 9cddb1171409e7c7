package github_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// plainRegistry is a repository without submodules and attributes, as most registries are.
func plainRegistry() githubtest.Repo {
	repo := fixture()
	commit := repo.Commits[newCommit]
	commit.Modules = nil
	repo.Commits[newCommit] = commit
	return repo
}

// These are all requests for a registry. docs/platform-team.md says how many there are.
func TestRequestsForRegistry(t *testing.T) {
	t.Parallel()
	type reader func(context.Context, *github.Client) error
	remote := func(text string) reader {
		at := reference(t, text)
		return func(ctx context.Context, c *github.Client) error {
			_, _, err := c.Registry(ctx, at)
			return err
		}
	}
	own := func(know func(context.Context, *github.Repository) error) reader {
		return func(ctx context.Context, c *github.Client) error {
			r := c.Repository("acme/registry")
			if know != nil {
				if err := know(ctx, r); err != nil {
					return err
				}
			}
			_, _, err := r.Folder(ctx, "deep/er", newCommit)
			return err
		}
	}
	const link, list = "tarball/" + newCommit, "git/trees/" + newCommit + "?recursive=1"
	for _, c := range []struct {
		name   string
		read   reader
		change func(c *githubtest.Commit)
		want   []string // each counts towards the limit
	}{
		{"the default branch", remote("acme/registry"), nil, []string{"commits?per_page=1", link}},
		{"a full ref", remote("acme/registry@refs/heads/main"), nil, []string{"commits/heads/main?per_page=1", link}},
		{"a name", remote("acme/registry@main"), nil, []string{"commits/heads/main?per_page=1", "commits/tags/main?per_page=1", link}},
		{"a commit", remote("acme/registry@" + newCommit), nil, []string{"", "compare/refs%2Fheads%2Fmain..." + newCommit + "?page=2&per_page=1", link}},
		{"a commit that the event names", own(nil), nil, []string{"commits/" + newCommit + "?per_page=1", link}},
		{"a known tip", own(func(ctx context.Context, r *github.Repository) error {
			_, err := r.BranchTip(ctx, "main")
			return err
		}), nil, []string{"commits/heads/main?per_page=1", link}},
		{"a known merge base", own(func(ctx context.Context, r *github.Repository) error {
			_, err := r.MergeBase(ctx, "main", newCommit)
			return err
		}), nil, []string{"compare/refs%2Fheads%2Fmain..." + newCommit + "?page=2&per_page=1", link}},
		{"known files", own(func(ctx context.Context, r *github.Repository) error {
			_, err := r.Tree(ctx, newCommit)
			return err
		}), nil, []string{list, "commits/" + newCommit + "?per_page=1", link}},
		{"a submodule", remote("acme/registry"), func(c *githubtest.Commit) { c.Modules = []string{"sub"} }, []string{"commits?per_page=1", link, list}},
		{"a file outside of the registry that is not exported", remote("acme/registry//deep/er"), func(c *githubtest.Commit) { c.ExportIgnore = []string{"README.md"} }, []string{"commits?per_page=1", link, list}},
		{"a record that is not exported", remote("acme/registry"), func(c *githubtest.Commit) { c.ExportIgnore = []string{"vendors/stripe.yaml"} }, []string{"commits?per_page=1", link, list, "contents/vendors/stripe.yaml?ref=" + newCommit}},
		{"a record that is exported with a change", remote("acme/registry"), func(c *githubtest.Commit) {
			c.Exported = map[string]string{"vendors/stripe.yaml": "id: other\n"}
		}, []string{"commits?per_page=1", link, list, "contents/vendors/stripe.yaml?ref=" + newCommit}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, func(o *githubtest.Options) {
				o.Repos = []githubtest.Repo{plainRegistry()}
				if commit := o.Repos[0].Commits[newCommit]; c.change != nil {
					c.change(&commit)
					o.Repos[0].Commits[newCommit] = commit
				}
			})
			client, _ := connect(t, server.API, nil)
			if err := c.read(t.Context(), client); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range server.Requests() {
				if at, ok := strings.CutPrefix(r.URL, "/repos/acme/registry"); ok {
					got = append(got, strings.TrimPrefix(at, "/"))
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" || client.Calls() != len(c.want) || client.Downloads() != 1 {
				t.Errorf("%d calls and %d downloads; want, got:\n%s", client.Calls(), client.Downloads(), diff)
			}
		})
	}
}

// The server cannot have a registry read that is not in the commit: what the commit is called is compared with what came.
func TestRegistryOfAnotherTree(t *testing.T) {
	t.Parallel()
	server := serve(t, func(o *githubtest.Options) {
		repo := plainRegistry()
		other := githubtest.Repo{Owner: "acme", Name: "registry", Commits: map[string]githubtest.Commit{newCommit: {Files: map[string]string{"policy.yaml": "version: 1\n", "vendors/evil.yaml": "id: evil\n"}}}}
		data, err := other.Tarball(newCommit)
		if err != nil {
			t.Fatal(err)
		}
		commit := repo.Commits[newCommit]
		commit.Archive = data
		repo.Commits[newCommit] = commit
		o.Repos = []githubtest.Repo{repo}
	})
	client, _ := connect(t, server.API, nil)
	tree, _, err := client.Registry(t.Context(), reference(t, "acme/registry"))
	if err == nil || !strings.Contains(err.Error(), "is not in the commit") {
		t.Errorf("got %v, %v", tree, err)
	}
}

// A commit is only read if a branch holds it, so the name of the default branch has to be one.
func TestOddDefaultBranch(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{`{}`, `{"default_branch":"../../x"}`} {
		server := serve(t, func(o *githubtest.Options) { o.Fault = always(githubtest.Says(200, answer)) })
		client, _ := connect(t, server.API, nil)
		_, _, err := client.Registry(t.Context(), reference(t, "acme/registry@"+newCommit))
		if err == nil || !strings.Contains(err.Error(), "the default branch has an unsupported name") {
			t.Errorf("%s: got %v", answer, err)
		}
	}
}
