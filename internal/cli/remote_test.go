package cli_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

const (
	mainCommit = "3f2c1a9000000000000000000000000000000001"
	oldCommit  = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	canary     = "ghp_CanaryCanaryCanaryCanaryCanaryCana12"
)

// github is a server with one registry, whose main branch approves larkspur-mail and whose tag v1 has a policy that
// trusts a registry for a week.
func registryServer(t *testing.T, private string) *githubtest.Server {
	t.Helper()
	policy := "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nregistry_max_age: P7D\n"
	return githubtest.Start(t, githubtest.Options{
		Private: private,
		Repos: []githubtest.Repo{{
			Owner: "acme", Name: "vendor-registry", Default: "main",
			Branches: map[string]string{"main": mainCommit}, Tags: map[string]string{"v1": oldCommit},
			Commits: map[string]githubtest.Commit{
				mainCommit: {Parent: oldCommit, Date: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Files: map[string]string{"policy.yaml": plainPolicy, "vendors/larkspur-mail.yaml": goodRecord, "org/policy.yaml": policy, "org/vendors/larkspur-mail.yaml": goodRecord}},
				oldCommit:  {Date: time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC), Files: map[string]string{"policy.yaml": policy, "vendors/larkspur-mail.yaml": goodRecord}},
			},
		}},
	})
}

// remoteRun is a run whose API is the server.
func remoteRun(s *githubtest.Server) *testRun {
	run := newRun().with(map[string]fstest.MapFS{".": files("vendors.yaml", goodManifest)})
	run.vars["GITHUB_API_URL"] = s.API
	run.env.IsDir = func(string) (bool, error) { return false, fs.ErrNotExist }
	return run
}

// A registry in a repository is read at one commit, which the report names with its ref and age.
func TestRegistryInRepository(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		registry, private string
		args              []string
		code              int
		want              []string // in the output of the run
	}{
		{"acme/vendor-registry", "", nil, 0, []string{"registry acme/vendor-registry (default branch at 3f2c1a9, 2 days old)"}},
		{"acme/vendor-registry@main", "", nil, 0, []string{"(main at 3f2c1a9"}},
		{"acme/vendor-registry@" + oldCommit, "", []string{"--as-of", "2026-11-12"}, 0, []string{"at aaaaaaa, 1 day old"}},
		{"acme/vendor-registry@v1", "", []string{"--as-of", "2026-11-17T09:00:00Z"}, 0, []string{"policy acme; registry acme/vendor-registry (v1 at aaaaaaa, 7 days old)"}},
		{"acme/vendor-registry@v1", "", []string{"--as-of", "2026-11-17T09:00:01Z"}, 4, []string{"its last commit is from 2026-11-10, but the policy allows it to be at most 7 days old [VG-REG-007]", "no-verdict"}},
		{"acme/vendor-registry//org", "", nil, 0, []string{"policy acme; registry acme/vendor-registry/org (default branch at"}},
		{"acme/vendor-registry@v9", "", nil, 4, []string{`there is no branch or tag "v9"`, "[VG-REG-007]"}},
		{"acme/vendor-registry//nowhere", "", nil, 4, []string{"[VG-REG-007]"}},
		{"acme/other", "", nil, 4, []string{"[VG-REG-007]", "--registry-token"}},
		{"acme/vendor-registry", canary, nil, 4, []string{"[VG-REG-007]", "--registry-token"}},
		{"acme/vendor-registry", canary, []string{"--registry-token", canary}, 0, []string{"pass"}},
		{"acme/../x", "", nil, 4, nil}, // a directory
		{"acme/x@", "", nil, 2, nil},
		{"./acme/vendor-registry", "", []string{"--registry-token", canary}, 2, []string{"need a registry in a repository"}},
	} {
		server := registryServer(t, c.private)
		run := remoteRun(server)
		code := run.main(t, append([]string{"check", "--registry", c.registry}, c.args...)...)
		output := run.stdout.String() + run.stderr.String()
		if code != c.code {
			t.Errorf("%s %q: exit code %d, want %d\n%s", c.registry, c.args, code, c.code, output)
		}
		for _, want := range c.want {
			if !strings.Contains(output, want) {
				t.Errorf("%s %q: no %q in\n%s", c.registry, c.args, want, output)
			}
		}
		if strings.Contains(output, canary) {
			t.Errorf("%s: the token is printed:\n%s", c.registry, output)
		}
		if calls := len(server.Requests()); calls > 5 {
			t.Errorf("%s: %d calls, want at most 5", c.registry, calls)
		}
	}
}

// In GitHub Actions owner/repo is a repository, whatever folders the pull request has brought along, and no variable of
// an earlier step is a token. Elsewhere a directory of the name comes first.
func TestRegistryOrDirectory(t *testing.T) {
	t.Parallel()
	approves := files("policy.yaml", plainPolicy, "vendors/larkspur-mail.yaml", goodRecord)
	server := registryServer(t, "")
	run := remoteRun(server).with(map[string]fstest.MapFS{".": files("vendors.yaml", goodManifest), "acme/vendor-registry": approves})
	run.env.IsDir = func(name string) (bool, error) {
		if name == "acme/vendor-registry" {
			return true, nil
		}
		return false, errors.New("no such file")
	}
	if code := run.main(t, "check", "--registry", "acme/vendor-registry"); code != 0 || len(server.Requests()) > 0 {
		t.Errorf("at home: exit code %d after %d calls, want the directory\n%s", code, len(server.Requests()), &run.stderr)
	}
	run.vars["GITHUB_TOKEN"], run.vars["GITHUB_API_URL"] = canary, "" // a token of another server
	if code := run.main(t, "check", "--registry", "acme/vendor-registry@main", "--registry-api-url", server.API); code != 0 {
		t.Errorf("at another server: exit code %d\n%s", code, &run.stderr)
	}
	run.vars["GITHUB_API_URL"] = server.API
	run.vars["GITHUB_ACTIONS"], run.vars["GITHUB_TOKEN"] = "true", canary
	if code := run.main(t, "check", "--registry", "acme/vendor-registry"); code != 0 || len(server.Requests()) == 0 {
		t.Errorf("in Actions: exit code %d after %d calls, want the repository\n%s", code, len(server.Requests()), &run.stderr)
	}
	for _, r := range server.Requests() {
		if r.Header.Get("Authorization") != "" {
			t.Errorf("%s %s carries a token that no input gave", r.Method, r.URL)
		}
	}
}
