package gitlab_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/gitlab/gitlabtest"
)

// These are all requests for a registry. However many records it has, its files are listed only if the archive is not that of the commit.
func TestRequestsForRegistry(t *testing.T) {
	t.Parallel()
	const project, at = "gitlab:acme/platform/vendor-registry", "/projects/acme%2Fplatform%2Fvendor-registry/repository/"
	for _, c := range []struct {
		name, ref string
		change    func(c *gitlabtest.Commit)
		want      []string
		lists     int // requests for the list of files, with 100 names each
	}{
		{"the default branch", project, nil, []string{"commits", "archive.tar.gz", "tree"}, 0},
		{"a full ref", project + "@refs/heads/main", nil, []string{"branches/main", "archive.tar.gz", "tree"}, 0},
		{"a name", project + "@main", nil, []string{"branches/main", "tags/main", "archive.tar.gz", "tree"}, 0},
		{"a folder", project + "//sub/dir", func(c *gitlabtest.Commit) { c.Files["sub/dir/policy.yaml"] = "below\n" }, []string{"commits", "archive.tar.gz", "tree"}, 0},
		{"a commit", project + "@" + newCommit, nil, []string{"commits/" + newCommit, "commits/" + newCommit + "/refs", "archive.tar.gz", "tree"}, 0},
		{"a file outside of the registry that is not exported", project, func(c *gitlabtest.Commit) { c.Left = []string{"README.md"} }, []string{"commits", "archive.tar.gz", "tree"}, 0},
		{"a policy that is not exported", project, func(c *gitlabtest.Commit) { c.Left = []string{"policy.yaml"} }, []string{"commits", "archive.tar.gz", "tree"}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, func(o *gitlabtest.Options) {
				commit := o.Projects[0].Commits[newCommit]
				for i := range 200 {
					commit.Files[fmt.Sprintf("vendors/v%03d.yaml", i)] = fmt.Sprintf("id: v%03d\n", i)
				}
				if commit.Files["README.md"] = "x"; c.change != nil {
					c.change(&commit)
				}
				o.Projects[0].Commits[newCommit] = commit
			})
			client, _ := connect(t, server, reader)
			if _, _, err := client.Registry(t.Context(), reference(t, c.ref)); err != nil {
				t.Fatal(err)
			}
			want, got := []string{}, []string{}
			for _, path := range c.want {
				want = append(want, at+path)
			}
			lists := 0
			for _, r := range server.Requests() {
				if r.Path == at+"tree" && len(got) == len(want) {
					lists++
					continue
				}
				got = append(got, r.Path)
			}
			if c.lists > 0 { // the policy is fetched
				got = got[:len(want)]
			}
			if diff := cmp.Diff(want, got); diff != "" || lists != c.lists {
				t.Errorf("%d requests for the list, want %d; want, got:\n%s", lists, c.lists, diff)
			}
		})
	}
}
