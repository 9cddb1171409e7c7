//go:build act

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// These tests run the container in a real runner against the fake server. The image of the action and that of the job are
// made by .ci/run, which names the latter in JOB_IMAGE.

const (
	actCanary   = "ghp_ActActActActActActActActActActActAct12"
	actManifest = `apiVersion: vendorgate/v1
kind: VendorManifest
owner: team-growth
vendors:
  - {id: larkspur-mail, purpose: Send the newsletter, environments: [prod], data: [personal]}
`
	actPolicy = "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nallow_as_of: true\n"
	actNew    = "  - {id: halloway-maps, purpose: Show maps, environments: [prod], data: [personal]}\n"
	actCommit = "3f2c1a9000000000000000000000000000000001"
)

// stage is a repository with a pull request, and the server that knows it.
type stage struct {
	t          *testing.T
	dir        string // the work tree
	base, head string // commits
	commits    map[string]githubtest.Commit
	server     *githubtest.Server
	steps      string // of the workflow's job
}

func newStage(t *testing.T, steps string, more ...githubtest.Repo) *stage {
	t.Helper()
	s := &stage{t: t, dir: filepath.Join(t.TempDir(), "shop"), steps: steps, commits: map[string]githubtest.Commit{}}
	for _, name := range []string{"action.yml", "Dockerfile"} { // what `uses: ./` runs; its image is there already
		data, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		s.write(name, string(data))
	}
	s.git("init", "-q", "--initial-branch=main")
	s.git("remote", "add", "origin", "https://github.com/acme/shop")
	s.base = s.commit(actManifest)
	s.head = s.commit(actManifest + actNew)
	s.server = githubtest.Start(t, githubtest.Options{
		Tokens: map[string]githubtest.Access{actCanary: githubtest.Bot()},
		Repos: append(more, githubtest.Repo{
			Owner: "acme", Name: "shop", Default: "main", Branches: map[string]string{"main": s.base}, Pulls: map[int][]githubtest.Comment{5: nil},
			Commits: s.commits,
		}, githubtest.Repo{
			Owner: "acme", Name: "vendor-registry", Default: "main", Branches: map[string]string{"main": actCommit},
			Commits: map[string]githubtest.Commit{actCommit: {Date: actDate(), Files: map[string]string{"vendors/larkspur-mail.yaml": actRecord(t), "policy.yaml": actPolicy}}},
		}),
	})
	return s
}

// actRecord approves a vendor for as long as the built-in policy lets it be.
func actRecord(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../examples/registry/vendors/larkspur-mail.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "2036-08-31", "2027-08-31")
}

func (s *stage) write(name, text string) {
	s.t.Helper()
	name = filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) git(args ...string) string {
	s.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=ci", "-c", "user.email=ci@localhost", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = s.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// actDate is the date of all commits on the server. By the clock of this machine, which the container has, it is past.
func actDate() time.Time { return time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC) }

// commit makes the manifest the next state of the work tree, and the server knows it as a change of the base.
func (s *stage) commit(manifest string) string {
	s.t.Helper()
	s.write("vendors.yaml", manifest)
	s.git("add", "-A")
	s.git("commit", "-qm", "state")
	sha := s.git("rev-parse", "HEAD")
	s.commits[sha] = githubtest.Commit{Date: actDate(), Parent: s.base, Files: map[string]string{"vendors.yaml": manifest}}
	return sha
}

// act runs the workflow for an event, and returns the log.
func (s *stage) act(event, payload string, runID int, flags ...string) string {
	s.t.Helper()
	dir := s.t.TempDir()
	workflow, file := filepath.Join(dir, "workflow.yml"), filepath.Join(dir, "event.json")
	text := "name: vendors\non: [" + event + "]\npermissions: {}\njobs:\n  vendorgate:\n    runs-on: ubuntu-latest\n    defaults: {run: {shell: sh}}\n    steps:\n" + s.steps
	if err := errors.Join(os.WriteFile(workflow, []byte(text), 0o644), os.WriteFile(file, []byte(payload), 0o644)); err != nil {
		s.t.Fatal(err)
	}
	temp := filepath.Join(dir, "temp")
	if err := os.Mkdir(temp, 0o777); err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(s.t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "act", append([]string{
		event, "--directory", s.dir, "--workflows", workflow, "--eventpath", file,
		"--platform", "ubuntu-latest=" + os.Getenv("JOB_IMAGE"), "--pull=false", "--rebuild=false", "--action-offline-mode",
		"--container-daemon-socket", "-", "--action-cache-path", filepath.Join(dir, "cache"), "--container-options", "--volume " + temp + ":/tmp",
		"--secret", "GITHUB_TOKEN=" + actCanary, "--env", "GITHUB_API_URL=" + s.server.API, "--env", "GITHUB_GRAPHQL_URL=" + s.server.GraphQL,
		"--env", "GITHUB_SERVER_URL=https://github.com", "--env", fmt.Sprintf("GITHUB_RUN_ID=%d", runID), "--env", "GITHUB_RUN_ATTEMPT=1",
	}, flags...)...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_CACHE_HOME="+dir) // somebody's settings must not change the test
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		s.t.Fatalf("act %s: %v\n%s", event, err, &out)
	}
	if strings.Contains(out.String(), actCanary) {
		s.t.Errorf("the log of %s tells the token", event)
	}
	return out.String()
}

// result checks the verdict that a later step got.
func (s *stage) result(log, want string) {
	s.t.Helper()
	if !strings.Contains(log, "SAW "+want+"\n") {
		s.t.Errorf("want %q in the log\n%s", "SAW "+want, log)
	}
}

const gateStep = `      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1; the runner copies the tree itself
      - id: gate
        continue-on-error: true
        uses: ./
        with: {registry: acme/vendor-registry@main, as-of: 2026-11-23}
      - env: {SAW: "${{ steps.gate.outcome }} ${{ steps.gate.outputs.verdict }} ${{ steps.gate.outputs.exit-code }}"}
        run: echo "SAW $SAW"
`

func (s *stage) pull() string {
	return fmt.Sprintf(`{"action":"opened","number":5,"pull_request":{"number":5,"head":{"sha":%q,"ref":"x","repo":{"full_name":"acme/shop"}},"base":{"sha":%q,"ref":"main","repo":{"full_name":"acme/shop"}}},"repository":{"full_name":"acme/shop","default_branch":"main"}}`, s.head, s.base)
}

// A pull request fails, gets its comment, is fixed, and the comment says so.
func TestRunnerPullRequest(t *testing.T) {
	s := newStage(t, gateStep)
	s.result(s.act("pull_request", s.pull(), 100), "failure fail 1")
	comments := s.server.Comments("acme", "shop", 5)
	if len(comments) != 1 || !strings.Contains(comments[0].Body, `"halloway-maps" is not in the approved-vendor registry`) {
		t.Fatalf("comments after the failure: %+v", comments)
	}
	s.head = s.commit(actManifest)
	s.result(s.act("pull_request", s.pull(), 101), "success pass 0")
	if fixed := s.server.Comments("acme", "shop", 5); len(fixed) != 1 || fixed[0].ID != comments[0].ID || !strings.Contains(fixed[0].Body, "resolved at `"+s.head[:7]+"`") {
		t.Errorf("comments after the fix: %+v", fixed)
	}
}

// In a merge queue and on a schedule the same tree has the same verdict, and nothing is commented.
func TestRunnerOtherEvents(t *testing.T) {
	s := newStage(t, gateStep)
	group := fmt.Sprintf(`{"action":"checks_requested","merge_group":{"head_sha":%q,"base_sha":%q,"base_ref":"refs/heads/main"},"repository":{"full_name":"acme/shop","default_branch":"main"}}`, s.head, s.base)
	s.result(s.act("merge_group", group, 100), "failure fail 1")
	s.result(s.act("schedule", `{"schedule":"17 5 * * 1-5"}`, 101), "failure fail 1")
	if comments := s.server.Comments("acme", "shop", 5); len(comments) > 0 {
		t.Errorf("comments: %+v", comments)
	}
}

// The registry as an action: the runner fetches it, and it hands its files over without a token.
func TestRunnerRegistryAction(t *testing.T) {
	action, err := os.ReadFile("../../docs/workflows/registry-action/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	registry := &stage{t: t, dir: filepath.Join(t.TempDir(), "vendor-registry")}
	registry.write("action.yml", strings.ReplaceAll(string(action), "shell: bash", "shell: sh")) // the job's image has no other
	registry.write("vendors/larkspur-mail.yaml", actRecord(t))
	registry.write("policy.yaml", actPolicy)
	registry.git("init", "-q", "--initial-branch=main")
	registry.git("add", "-A")
	registry.git("commit", "-qm", "registry")
	s := newStage(t, strings.ReplaceAll(strings.ReplaceAll(gateStep, "      - id: gate\n", "      - id: registry\n        uses: acme/vendor-registry@main\n      - id: gate\n"),
		"registry: acme/vendor-registry@main", `registry: "${{ steps.registry.outputs.path }}"`))
	log := s.act("pull_request", s.pull(), 100, "--local-repository", "acme/vendor-registry@main="+registry.dir)
	s.result(log, "failure fail 1")
	if !strings.Contains(log, "registry /tmp/vendor-registry.") {
		t.Errorf("the registry is not the one that was handed over\n%s", log)
	}
}
