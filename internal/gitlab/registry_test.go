package gitlab_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/gitlab"
	"github.com/vendorgate/vendorgate/internal/gitlab/gitlabtest"
	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

func TestRegistry(t *testing.T) {
	t.Parallel()
	kept := registryFiles()
	delete(kept, "README.md")
	for text, want := range map[string]struct {
		commit, ref, origin string
		files               map[string]string
	}{
		"gitlab:acme/platform/vendor-registry":                {newCommit, "HEAD", "acme/platform/vendor-registry", kept},
		"gitlab:acme/platform/vendor-registry@main":           {newCommit, "refs/heads/main", "acme/platform/vendor-registry", kept},
		"gitlab:acme/platform/vendor-registry@v1//sub/dir":    {oldCommit, "refs/tags/v1", "acme/platform/vendor-registry/sub/dir", map[string]string{"policy.yaml": "below\n"}},
		"gitlab:acme/platform/vendor-registry@feature/x":      {oldCommit, "refs/heads/feature/x", "acme/platform/vendor-registry", map[string]string{"policy.yaml": "old\n"}},
		"gitlab:acme/platform/vendor-registry@refs/tags/both": {newCommit, "refs/tags/both", "acme/platform/vendor-registry", kept},
		"gitlab:acme/platform/vendor-registry@" + newCommit:   {newCommit, "refs/heads/main", "acme/platform/vendor-registry", kept},
	} {
		server := serve(t, func(o *gitlabtest.Options) { o.PageSize = 2 })
		client, _ := connect(t, server, reader)
		tree, commit, err := client.Registry(t.Context(), reference(t, text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if commit.SHA != want.commit || commit.Ref != want.ref || tree.Origin != want.origin || tree.Revision != want.commit || commit.Date.IsZero() {
			t.Errorf("%s: got %s at %+v", text, tree.Origin, commit)
		}
		if diff := cmp.Diff(want.files, contents(t, tree.Files)); diff != "" {
			t.Errorf("%s: want, got:\n%s", text, diff)
		}
	}
}

func TestRegistryRefused(t *testing.T) {
	t.Parallel()
	const project = "gitlab:acme/platform/vendor-registry"
	commit := func(change func(c *gitlabtest.Commit)) func(o *gitlabtest.Options) {
		return func(o *gitlabtest.Options) {
			c := o.Projects[0].Commits[newCommit]
			change(&c)
			o.Projects[0].Commits[newCommit] = c
		}
	}
	for _, c := range []struct {
		name, reference, token string
		change                 func(o *gitlabtest.Options)
		want                   string
	}{
		{"private, without a token", project, "", nil, "not found, or private and there is no token"},
		{"private, and the token sees other projects", project, reader, func(o *gitlabtest.Options) {
			o.Tokens[reader] = gitlabtest.Token{User: 1, Scopes: []string{"read_api"}}
		}, "not found, or the token has no access"},
		{"a token that is revoked", project, "glpat-old", nil, "rejected the token"},
		{"a token without the scope", project, reader, func(o *gitlabtest.Options) {
			o.Tokens[reader] = gitlabtest.Token{User: 1, Scopes: []string{"read_user"}, Projects: []int64{7}}
		}, "lacks the permission of the scope read_api"},
		{"no such ref", project + "@nothing", reader, nil, `no branch or tag "nothing"`},
		{"both a branch and a tag", project + "@both", reader, nil, "both a branch and a tag"},
		{"a commit of a fork", project + "@" + headOfOne, reader, nil, "no branch or tag of the project holds this commit"},
		{"no registry there", project + "@main//elsewhere", reader, nil, "there is no vendors folder"},
		{"a record that is a link", project, reader, commit(func(c *gitlabtest.Commit) { c.Links = map[string]string{"vendors/evil.yaml": "/etc/passwd"} }), "is a link"},
		{"an archive that is none", project, reader, commit(func(c *gitlabtest.Commit) { c.Archive = []byte("nothing") }), "not gzip"},
		{"an empty archive", project, reader, commit(func(c *gitlabtest.Commit) { c.Archive = []byte{} }), "not gzip"},
		{"an archive with another file", project, reader, commit(func(c *gitlabtest.Commit) {
			server := gitlabtest.Commit{Files: with(registryFiles(), map[string]string{"vendors/evil.yaml": "evil\n"})}
			c.Archive = server.Pack("top", newCommit)
		}), `"vendors/evil.yaml" is not in the commit`},
		{"an archive of another commit", project, reader, commit(func(c *gitlabtest.Commit) {
			c.Archive = (gitlabtest.Commit{Files: registryFiles()}).Pack("top", oldCommit)
		}), "for the commit"},
		{"many files left out", project, reader, commit(func(c *gitlabtest.Commit) {
			c.Files = with(c.Files, repeated(30, "vendors/v%d.yaml"))
			for name := range repeated(30, "vendors/v%d.yaml") {
				c.Left = append(c.Left, name)
			}
		}), "lacks or changes 30 files"},
	} {
		server := serve(t, c.change)
		client, _ := connect(t, server, c.token)
		tree, _, err := client.Registry(t.Context(), reference(t, c.reference))
		if tree != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, error %v, want %q", c.name, tree, err, c.want)
		}
	}
}

// What attributes keep out of the archive is fetched, and what they change in it is fetched as it is in the commit.
func TestRegistryComplete(t *testing.T) {
	t.Parallel()
	files := registryFiles()
	server := serve(t, func(o *gitlabtest.Options) {
		changed := with(files, map[string]string{"vendors/stripe.yaml": "approved: everything\n"})
		delete(changed, "vendors/twilio.yaml")
		o.Projects[0].Commits[newCommit] = gitlabtest.Commit{Files: files, Archive: (gitlabtest.Commit{Files: changed}).Pack("top", newCommit)}
	})
	client, _ := connect(t, server, reader)
	tree, _, err := client.Registry(t.Context(), reference(t, "gitlab:acme/platform/vendor-registry"))
	if err != nil {
		t.Fatal(err)
	}
	delete(files, "README.md")
	if diff := cmp.Diff(files, contents(t, tree.Files)); diff != "" {
		t.Errorf("want, got:\n%s", diff)
	}
}

func TestParseReference(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"gitlab:acme/registry", "gitlab:acme/a/b/c/registry@v1.2//a/b", "gitlab:acme/registry@refs/heads/main", "gitlab:acme_1/re.gistry@feature/x#1",
	} {
		if r, err := gitlab.ParseReference(text); err != nil || r.String() != text {
			t.Errorf("%s: got %s, error %v", text, r, err)
		}
	}
	for _, text := range []string{
		"", "acme/registry", "gitlab:", "gitlab:acme", "gitlab:/acme/registry", "gitlab:acme/registry/", "gitlab:acme/../registry", "gitlab:acme/registry.git",
		"gitlab:https://gitlab.com/acme/registry", "gitlab:acme/registry@", "gitlab:acme/registry@a..b", "gitlab:acme/registry@-x", "gitlab:acme/registry@refs/merge-requests/1/head",
		"gitlab:acme/registry//", "gitlab:acme/registry//../x", "gitlab:acme/registry//x@main", "gitlab:ac me/registry", "gitlab:acme/registry?x=1", "gitlab:acme/registry%2Fx",
	} {
		var wrong *snapshot.ReferenceError
		if r, err := gitlab.ParseReference(text); !errors.As(err, &wrong) || wrong.Hint == "" {
			t.Errorf("%q: got %+v, error %v", text, r, err)
		}
	}
}

func TestRepository(t *testing.T) {
	t.Parallel()
	client, _ := connect(t, serve(t, func(o *gitlabtest.Options) { o.PageSize = 2 }), reader)
	r := client.Repository(gitlab.Project{ID: 8, Path: "acme/checkout"})
	if base, err := r.MergeBase(t.Context(), "main", headOfOne); base != oldCommit || err != nil {
		t.Errorf("MergeBase: got %s, error %v", base, err)
	}
	if tip, err := r.BranchTip(t.Context(), "nothing"); err == nil || !strings.Contains(err.Error(), `no branch "nothing"`) {
		t.Errorf("BranchTip: got %s, error %v", tip, err)
	}
	if _, err := r.BranchTip(t.Context(), "../../7"); err == nil {
		t.Error("BranchTip: a path is accepted as a branch")
	}
	for name, want := range map[string]string{"vendors.yaml": "before\n", "src/a.go": "a\n", "empty": ""} {
		if data, err := r.File(t.Context(), name, oldCommit); string(data) != want || err != nil {
			t.Errorf("File(%s): got %q, error %v", name, data, err)
		}
	}
	if _, err := r.File(t.Context(), "none", oldCommit); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("File: got error %v, want that it does not exist", err)
	}
	for _, name := range []string{"link.yaml", "src"} {
		if _, err := r.File(t.Context(), name, oldCommit); !errors.Is(err, source.ErrNotRegular) {
			t.Errorf("File(%s): got error %v, want that it is no regular file", name, err)
		}
	}
	if _, _, err := r.Folder(t.Context(), ".", oldCommit); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Folder: got error %v, want that there is no registry", err)
	}
	tree, err := r.Tree(t.Context(), oldCommit)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := source.Lstat(tree, "vendors.yaml"); err != nil || info.Sys() != source.BlobOf([]byte("before\n")) {
		t.Errorf("Tree: got %v, error %v", info, err)
	}
	var mu sync.Mutex
	got := map[string]string{}
	most := source.ArchiveLimits{Entries: 100, Packed: 1 << 20, Unpacked: 1 << 20, File: 3}
	short, err := r.Archive(t.Context(), oldCommit, most, func(file string, data []byte) {
		mu.Lock()
		defer mu.Unlock()
		got[file] = string(data)
	})
	if diff := cmp.Diff(map[string]string{"src/a.go": "a\n", "empty": ""}, got); err != nil || diff != "" || !cmp.Equal(short.Large, []string{"vendors.yaml"}) {
		t.Errorf("Archive: shortfall %+v, error %v; want, got:\n%s", short, err, diff)
	}
}

// Whatever happens to the k-th request: the same registry comes, or none. The token shows nowhere.
func TestRegistryFaults(t *testing.T) {
	t.Parallel()
	ref := reference(t, "gitlab:acme/platform/vendor-registry")
	healthy, _ := connect(t, serve(t, nil), canary)
	want, _, err := healthy.Registry(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	kept := contents(t, want.Files)
	requests := healthy.Calls() + 1
	i := 0
	for _, fault := range githubtest.Faults(now(), canary) {
		if fault.Name == "slow" {
			continue
		}
		for k := 1; k <= requests; k++ {
			for _, always := range []bool{false, true} {
				if i++; !effort.Takes(i, 3) {
					continue
				}
				server := gitlabtest.New(func() gitlabtest.Options {
					o := options()
					o.Fault = func(n int, _ *http.Request) http.HandlerFunc {
						if n == k || always && n > k {
							return fault.Answer
						}
						return nil
					}
					return o
				}())
				client, _ := connect(t, server, canary)
				tree, _, err := client.Registry(t.Context(), ref)
				if err == nil && !cmp.Equal(kept, contents(t, tree.Files)) {
					t.Errorf("%s, request %d: another registry came", fault.Name, k)
				}
				if text := fmt.Sprint(err); strings.Contains(text, canary) {
					t.Errorf("%s, request %d: the token shows in %s", fault.Name, k, text)
				}
				server.Close()
			}
		}
	}
}

// The server says how long to wait. Above the budget of the run, there is no answer.
func TestRateLimit(t *testing.T) {
	t.Parallel()
	limited := func(times int, after string) func(o *gitlabtest.Options) {
		return func(o *gitlabtest.Options) {
			o.Fault = func(k int, r *http.Request) http.HandlerFunc {
				if k > times || !strings.HasSuffix(r.URL.Path, "/projects/acme/platform/vendor-registry/repository/commits") {
					return nil
				}
				return githubtest.Says(http.StatusTooManyRequests, "Retry later\n", "Retry-After", after, "RateLimit-Remaining", "0")
			}
		}
	}
	client, waits := connect(t, serve(t, limited(2, "7")), reader)
	if _, _, err := client.Registry(t.Context(), reference(t, "gitlab:acme/platform/vendor-registry")); err != nil || !cmp.Equal(*waits, []time.Duration{7e9, 7e9}) {
		t.Errorf("got waits %v, error %v", *waits, err)
	}
	client, _ = connect(t, serve(t, limited(9, "61")), reader)
	_, _, err := client.Registry(t.Context(), reference(t, "gitlab:acme/platform/vendor-registry"))
	var limit *wire.LimitError
	if !errors.As(err, &limit) || limit.Wait != 61*time.Second {
		t.Errorf("got error %v", err)
	}
	var refused *snapshot.ArchiveError
	if errors.As(err, &refused) {
		t.Errorf("a limit is no fault of the archive: %v", err)
	}
}
