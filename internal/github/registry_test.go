package github_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

func TestRegistry(t *testing.T) {
	t.Parallel()
	whole := `policy.yaml "version: 1\n"
probes/stripe.json "{}\n"
vendors/sendgrid.yaml "id: sendgrid\n"
vendors/stripe.yaml "id: stripe\n"
waivers/w.yaml "id: w\n"
`
	old := "vendors/stripe.yaml \"id: old\\n\"\n"
	tests := []struct {
		ref, sha, at, origin, content string
		calls                         int // of the API, of which one lists the files of newCommit, which has a submodule; the download comes on top
	}{
		{"acme/registry", newCommit, "HEAD", "acme/registry", whole, 3},
		{"acme/registry@main", newCommit, "refs/heads/main", "acme/registry", whole, 4},
		{"acme/registry@refs/heads/main", newCommit, "refs/heads/main", "acme/registry", whole, 3},
		{"acme/registry@refs/heads/both", newCommit, "refs/heads/both", "acme/registry", whole, 3},
		{"acme/registry@refs/tags/both", oldCommit, "refs/tags/both", "acme/registry", old, 2},
		{"acme/registry@v1", oldCommit, "refs/tags/v1", "acme/registry", old, 3},
		{"acme/registry@pkg@1.0.0", oldCommit, "refs/tags/pkg@1.0.0", "acme/registry", old, 3},
		{"acme/registry@release/1.0", sideCommit, "refs/heads/release/1.0", "acme/registry", old, 3},
		{"acme/registry@" + newCommit, newCommit, "refs/heads/main", "acme/registry", whole, 4},
		{"acme/registry@" + oldCommit, oldCommit, "refs/heads/main", "acme/registry", old, 3},
		{"acme/registry//deep/er", newCommit, "HEAD", "acme/registry/deep/er", "policy.yaml \"version: 2\\n\"\nvendors/a.yaml \"id: a\\n\"\n", 3},
	}
	for _, prefix := range []string{"", "/api/v3"} {
		for _, oneHost := range []bool{false, true} {
			for _, test := range tests {
				t.Run(fmt.Sprintf("%s %s %t", test.ref, prefix, oneHost), func(t *testing.T) {
					t.Parallel()
					server := serve(t, func(o *githubtest.Options) { o.Prefix, o.OneHost, o.Private = prefix, oneHost, canary })
					client, waits := connect(t, server.API, nil)
					tree, commit, err := client.Registry(t.Context(), reference(t, test.ref))
					if err != nil {
						t.Fatal(err)
					}
					if got := content(t, tree); got != test.content {
						t.Errorf("got\n%swant\n%s", got, test.content)
					}
					if commit.SHA != test.sha || commit.Ref != test.at || tree.Origin != test.origin || tree.Revision != test.sha {
						t.Errorf("got %+v, origin %q, revision %q", commit, tree.Origin, tree.Revision)
					}
					if want := fixture().Commits[test.sha].Date; !commit.Date.Equal(want) {
						t.Errorf("date: got %s, want %s", commit.Date, want)
					}
					if client.Calls() != test.calls || client.Downloads() != 1 || test.calls > 4 || len(waits.waits) != 0 {
						t.Errorf("%d requests, want %d; waits %v", client.Calls(), test.calls, waits.waits)
					}
					tokenStays(t, server)
				})
			}
		}
	}
}

// tokenStays fails if the token was sent to another host than the API's, or was not sent there.
func tokenStays(t *testing.T, server *githubtest.Server) {
	t.Helper()
	api := strings.Split(strings.TrimPrefix(server.API, "http://"), "/")[0]
	if len(server.Requests()) == 0 {
		t.Error("no request was sent")
	}
	for _, r := range server.Requests() {
		if sent := strings.Contains(fmt.Sprint(r.Header), canary); sent != (r.Host == api) {
			t.Errorf("%s %s%s: token sent: %t", r.Method, r.Host, r.URL, sent)
		}
		if strings.Contains(r.URL, canary) {
			t.Errorf("%s: the token stands in the URL", r.URL)
		}
	}
}

func TestRegistryRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ ref, want string }{
		{"acme/registry@both", `"both" is both a branch and a tag; write @refs/heads/both or @refs/tags/both`},
		{"acme/registry@nothing", `there is no branch or tag "nothing"`},
		{"acme/registry@1111111", `there is no branch or tag "1111111"; write a commit with all 40 digits`},
		{"acme/registry@refs/heads/v1", "No commit found"},
		{"acme/registry@refs/tags/main", "No commit found"},
		{"acme/registry@" + forkCommit, `the commit is not on the branch "main" and may come from a fork`},
		{"acme/registry@" + aheadCommit, `the commit is not on the branch "main" and may come from a fork`},
		{"acme/registry@" + sideCommit, `the commit is not on the branch "main" and may come from a fork`},
		{"acme/registry@" + lostCommit, "not found, or the token has no access"},
		{"acme/registry@" + strings.Repeat("7", 40), "not found, or the token has no access"},
		{"acme/nothing", "not found, or the token has no access"},
		{"acme/nothing@main", "not found, or the token has no access"},
		{"acme/registry//nowhere", `there is no vendors folder and no policy.yaml at "/nowhere"; is the path right?`},
		{"acme/registry//deep/other.txt", `there is no vendors folder and no policy.yaml at "/deep/other.txt"`},
	}
	server := serve(t, nil)
	for _, test := range tests {
		t.Run(test.ref, func(t *testing.T) {
			t.Parallel()
			client, _ := connect(t, server.API, nil)
			tree, commit, err := client.Registry(t.Context(), reference(t, test.ref))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if tree != nil || commit != (github.Commit{}) {
				t.Errorf("an error brings a tree or a commit: %v %v", tree, commit)
			}
			if client.Calls() > 5 {
				t.Errorf("%d requests", client.Calls())
			}
			leakFree(t, "error", fmt.Sprint(err))
		})
	}
}

func TestRegistryWithoutToken(t *testing.T) {
	t.Parallel()
	private := serve(t, func(o *githubtest.Options) { o.Private = canary })
	client, _ := connect(t, private.API, func(o *github.Options) { o.Token = wire.Token{} })
	_, _, err := client.Registry(t.Context(), reference(t, "acme/registry"))
	var e *wire.Error
	if !errors.As(err, &e) || e.Cause != wire.NotFound || !strings.Contains(err.Error(), "private and there is no token (HTTP 404)") {
		t.Errorf("got %v", err)
	}
	public := serve(t, nil)
	client, _ = connect(t, public.API, func(o *github.Options) { o.Token = wire.Token{} })
	if _, _, err := client.Registry(t.Context(), reference(t, "acme/registry")); err != nil {
		t.Error(err)
	}
	for _, r := range public.Requests() {
		if r.Header.Get("Authorization") != "" {
			t.Errorf("%s: an Authorization without a token", r.URL)
		}
	}
}

// A link in the registry is refused, one beside it is not looked at.
func TestRegistryLinks(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"policy.yaml", "vendors/x.yaml", "vendors", "waivers"} {
		server := serve(t, func(o *githubtest.Options) {
			repo := fixture()
			repo.Commits[newCommit] = githubtest.Commit{Date: day(1), Files: map[string]string{"probes/a.json": "{}"}, Links: map[string]string{name: "README.md"}}
			o.Repos = []githubtest.Repo{repo}
		})
		client, _ := connect(t, server.API, nil)
		_, _, err := client.Registry(t.Context(), reference(t, "acme/registry"))
		if err == nil || !strings.Contains(err.Error(), name+`" is a link; commit the file itself`) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
