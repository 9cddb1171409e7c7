package github_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/snapshot"
)

// What the archive of a registry lacks or changes is fetched, so that the registry is the one of the commit. What cannot be made
// equal is refused.
func TestRegistryComplete(t *testing.T) {
	t.Parallel()
	const whole = "policy.yaml \"version: 1\\n\"\nprobes/stripe.json \"{}\\n\"\nvendors/sendgrid.yaml \"id: sendgrid\\n\"\nvendors/stripe.yaml \"id: stripe\\n\"\nwaivers/w.yaml \"id: w\\n\"\n"
	many := func(n int) func(*githubtest.Commit) {
		return func(c *githubtest.Commit) {
			for i := range n {
				c.Files[fmt.Sprintf("vendors/v%02d.yaml", i)] = "id: v\n"
			}
			c.ExportIgnore = []string{"vendors"}
		}
	}
	for _, c := range []struct {
		name    string
		change  func(*githubtest.Commit)
		fetched int    // files that are asked for one by one
		want    string // in the error; empty for the whole registry
	}{
		{"an archive of everything", func(*githubtest.Commit) {}, 0, ""},
		{"a record left out", func(c *githubtest.Commit) { c.ExportIgnore = []string{"vendors/stripe.yaml"} }, 1, ""},
		{"the policy left out", func(c *githubtest.Commit) { c.ExportIgnore = []string{"policy.yaml"} }, 1, ""},
		{"folders left out", func(c *githubtest.Commit) { c.ExportIgnore = []string{"vendors", "waivers"} }, 3, ""},
		{"everything left out", func(c *githubtest.Commit) {
			c.ExportIgnore = []string{"vendors", "waivers", "probes", "policy.yaml", "README.md", "src", "deep"}
		}, 5, ""},
		{"files of others left out", func(c *githubtest.Commit) { c.ExportIgnore = []string{"src", "deep"} }, 0, ""},
		{"a record changed", func(c *githubtest.Commit) { c.Exported = map[string]string{"vendors/stripe.yaml": "id: other\n"} }, 1, ""},
		{"line ends changed", func(c *githubtest.Commit) { c.Exported = map[string]string{"vendors/stripe.yaml": "id: stripe\r\n"} }, 0, ""},
		{"an empty file left out", func(c *githubtest.Commit) {
			c.Files["vendors/sendgrid.yaml"], c.ExportIgnore = "", []string{"vendors/sendgrid.yaml"}
		}, 0, "empty"},
		{"as many as are fetched", many(18), 20, "many"},
		{"more than are fetched", many(19), 0, `it lacks or changes 21 files of the registry, such as "vendors/sendgrid.yaml", and at most 20 are fetched one by one`},
		{"a file that is too long", func(c *githubtest.Commit) {
			c.Files["vendors/long.yaml"], c.ExportIgnore = strings.Repeat("x", 1<<20+1), []string{"vendors/long.yaml"}
		}, 0, `"vendors/long.yaml" is longer than 1048576 bytes`},
		{"a link left out", func(c *githubtest.Commit) {
			c.Links["vendors/link.yaml"], c.ExportIgnore = "stripe.yaml", []string{"vendors/link.yaml"}
		}, 0, `"vendors/link.yaml" is a link`},
		{"a file that is in no commit", func(c *githubtest.Commit) { c.Exported = map[string]string{"vendors/extra.yaml": "id: extra\n"} }, 0, `"vendors/extra.yaml" is not in the commit`},
		{"a tree that is too big to list", func(c *githubtest.Commit) { c.Truncated = true }, 0, "more files than the server lists"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, func(o *githubtest.Options) {
				commit := o.Repos[0].Commits[newCommit]
				c.change(&commit)
				o.Repos[0].Commits[newCommit] = commit
			})
			client, _ := connect(t, server.API, nil)
			tree, _, err := client.Registry(t.Context(), reference(t, "acme/registry@refs/heads/main"))
			if client.Calls() != 3+c.fetched || client.Downloads() != 1 {
				t.Errorf("%d calls, want %d; %d downloads", client.Calls(), 3+c.fetched, client.Downloads())
			}
			switch {
			case err == nil:
				got := content(t, tree)
				if c.want == "" && got != whole || c.want == "empty" && !strings.Contains(got, "vendors/sendgrid.yaml \"\"\n") || c.want == "many" && strings.Count(got, "vendors/") != 20 {
					t.Errorf("got\n%s", got)
				}
			case c.want == "" || !strings.Contains(err.Error(), c.want) || errors.Is(err, snapshot.ErrNoRegistry):
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
