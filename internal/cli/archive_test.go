package cli_test

import (
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// What the archive of a registry leaves out counts all the same: neither a suspended vendor's record nor the policy can be hidden by
// an attribute.
func TestArchiveLeavesOut(t *testing.T) {
	t.Parallel()
	suspended := strings.Replace(goodRecord, "status: approved", "status: suspended", 1)
	const unknownKey = "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nrequirments: []\n"
	for _, c := range []struct {
		name   string
		change func(files map[string]string) (ignored []string)
		code   int
		want   string
	}{
		{"a suspended vendor", func(files map[string]string) []string {
			files["vendors/larkspur-mail.yaml"] = suspended
			return []string{"vendors/larkspur-mail.yaml"}
		}, 1, "is suspended"},
		{"the policy", func(files map[string]string) []string {
			files["policy.yaml"] = unknownKey
			return []string{"policy.yaml"}
		}, 4, `unknown key "requirments"`},
		{"no policy at all", func(files map[string]string) []string {
			delete(files, "policy.yaml")
			return nil
		}, 4, "acme/vendor-registry/policy.yaml is missing, so there is no verdict [VG-REG-007]"},
		{"too much to fetch", func(files map[string]string) []string {
			for _, name := range strings.Fields("a b c d e f g h i j k l m n o p q r s t u") {
				files["vendors/"+name+name+".yaml"] = "apiVersion: vendorgate/v1\nkind: Vendor\nid: " + name + name + "\n"
			}
			return []string{"vendors"}
		}, 4, "it lacks or changes 22 files of the registry"},
		{"nothing", func(map[string]string) []string { return nil }, 0, "pass: no findings"},
	} {
		files := registryFiles()
		ignored := c.change(files)
		server := githubtest.Start(t, githubtest.Options{Repos: []githubtest.Repo{{
			Owner: "acme", Name: "vendor-registry", Default: "main", Branches: map[string]string{"main": mainCommit},
			Commits: map[string]githubtest.Commit{mainCommit: {Date: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Files: files, ExportIgnore: ignored}},
		}}})
		run := remoteRun(server)
		code := run.main(t, "check", "--registry", "acme/vendor-registry@main", "--as-of", "2026-11-23")
		if output := run.stdout.String() + run.stderr.String(); code != c.code || !strings.Contains(output, c.want) {
			t.Errorf("%s: exit code %d, want %d and %q in\n%s", c.name, code, c.code, c.want, output)
		}
	}
}
