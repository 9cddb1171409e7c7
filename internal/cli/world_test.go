package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// The commits of acme/shop, the repository under check.
const (
	shopBase  = "b000000000000000000000000000000000000001"
	shopHead  = "c000000000000000000000000000000000000002"
	shopMerge = "d000000000000000000000000000000000000003"
)

// world is a run of the action in acme/shop, and the server that it meets.
type world struct {
	heads map[int]githubtest.Head // of the shop, once the server runs
	*githubtest.Server
	base, head map[string]string // acme/shop before the change and after it
	workspace  fstest.MapFS      // what is checked out; nil for the head
	dirs       []string          // of the workspace, that settings may name
	inputs     map[string]string
	vars       map[string]string
	event      string
	payload    string
	options    githubtest.Options
	registry   map[string]string      // acme/vendor-registry
	shop       func(*githubtest.Repo) // changes acme/shop before the server starts; nil for nothing
	written    map[string][]byte      // files of the runner, after the run
	waited     time.Duration
	later      time.Duration // how much later than usual the run is
	output     string
}

func registryFiles() map[string]string {
	return map[string]string{
		"policy.yaml":                "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\ncontact: \"#vendor-security\"\nregistry_max_age: P30D\nallow_as_of: true\n",
		"vendors/larkspur-mail.yaml": goodRecord,
	}
}

const newVendor = "  - {id: halloway-maps, purpose: Show maps, environments: [prod], data: [personal]}\n"

// newWorld is a pull request that adds a vendor that nobody has vetted.
func newWorld() *world {
	w := &world{
		base: map[string]string{"vendors.yaml": goodManifest, "README": "x"}, head: map[string]string{"vendors.yaml": goodManifest + newVendor, "README": "x"},
		inputs: map[string]string{"registry": "acme/vendor-registry@main", "token": canary},
		vars:   map[string]string{}, registry: registryFiles(),
	}
	w.options.Tokens = map[string]githubtest.Access{canary: githubtest.Bot()}
	return w.about("pull_request")
}

// about sets the event of the run.
func (w *world) about(event string) *world {
	const repository = `"repository":{"id":7,"full_name":"acme/shop","default_branch":"main"}`
	pull := `"number":5,"user":{"login":"mallory"},"head":{"sha":"` + shopHead + `","ref":"x","repo":{"full_name":"mallory/shop"}},"base":{"sha":"` + shopBase + `","ref":"main","repo":{"id":7}}`
	sha := shopMerge
	switch w.event = event; event {
	case "pull_request", "pull_request_target":
		w.payload = `{"pull_request":{` + pull + `},` + repository + `}`
	case "merge_group":
		w.payload = `{"merge_group":{"head_sha":"` + shopHead + `","base_sha":"` + shopBase + `","base_ref":"refs/heads/main"},` + repository + `}`
		sha = shopHead
	case "merge_group without base_sha":
		w.event = "merge_group"
		w.payload = `{"merge_group":{"head_sha":"` + shopHead + `","base_ref":"refs/heads/main"},` + repository + `}`
		sha = shopHead
	case "push":
		w.payload = `{"ref":"refs/heads/x","before":"` + shopBase + `","after":"` + shopHead + `",` + repository + `}`
		sha = shopHead
	case "push of a new branch":
		w.event = "push"
		w.payload = `{"ref":"refs/heads/x","before":"` + strings.Repeat("0", 40) + `","after":"` + shopHead + `",` + repository + `}`
		sha = shopHead
	case "push to main":
		w.event = "push"
		w.payload = `{"ref":"refs/heads/main","before":"` + shopBase + `","after":"` + shopHead + `",` + repository + `}`
		sha = shopHead
	case "schedule":
		w.payload, sha = `{"schedule":"17 4 * * *"}`, shopHead
	case "workflow_dispatch":
		w.payload, sha = `{"ref":"refs/heads/x",`+repository+`}`, shopHead
	case "workflow_run":
		w.payload, sha = `{"workflow_run":{"head_sha":"`+shopHead+`","pull_requests":[{`+pull+`}]},`+repository+`}`, shopBase
	case "workflow_run of a fork":
		w.event = "workflow_run"
		w.payload, sha = `{"workflow_run":{"event":"pull_request","head_sha":"`+shopHead+`","head_branch":"x","head_repository":{"full_name":"mallory/shop"},"pull_requests":[]},`+repository+`}`, shopBase
	case "workflow_run of a push":
		w.event = "workflow_run"
		w.payload, sha = `{"workflow_run":{"event":"push","head_sha":"`+shopHead+`","head_branch":"x","head_repository":{"full_name":"acme/shop"},"pull_requests":[]},`+repository+`}`, shopBase
	}
	w.vars["GITHUB_SHA"] = sha
	return w
}

// start runs the server.
func (w *world) start(t *testing.T) *world {
	t.Helper()
	day := func(n int) time.Time { return time.Date(2026, 11, n, 9, 0, 0, 0, time.UTC) }
	w.options.Repos = append(w.options.Repos,
		githubtest.Repo{
			Owner: "acme", Name: "shop", Default: "main", Branches: map[string]string{"main": shopBase, "x": shopHead}, Pulls: map[int][]githubtest.Comment{5: nil}, Merges: map[int]string{5: shopMerge},
			Heads: map[int]githubtest.Head{5: {Repo: "mallory/shop", Branch: "x", Commit: shopHead, Base: "main", BaseCommit: shopBase, Author: "mallory"}},
			Commits: map[string]githubtest.Commit{
				shopBase: {Date: day(20), Files: w.base}, shopHead: {Parent: shopBase, Date: day(22), Files: w.head},
				shopMerge: {Parent: shopBase, Merged: shopHead, Date: day(22), Files: w.head},
			},
		},
		githubtest.Repo{
			Owner: "acme", Name: "vendor-registry", Default: "main", Branches: map[string]string{"main": mainCommit},
			Commits: map[string]githubtest.Commit{mainCommit: {Date: day(21), Files: w.registry}},
		})
	for i := range w.options.Repos {
		if r := &w.options.Repos[i]; r.Name == "shop" && w.shop != nil {
			w.shop(r)
		}
		if r := w.options.Repos[i]; r.Name == "shop" {
			w.heads = r.Heads
		}
	}
	w.Server = githubtest.Start(t, w.options)
	return w
}

// push makes a commit the head of the pull request.
func (w *world) push(commit string) {
	head := w.heads[5]
	w.payload = strings.ReplaceAll(w.payload, head.Commit, commit)
	head.Commit = commit
	w.heads[5] = head
}

// run runs the action once. The world keeps its output.
func (w *world) run(t *testing.T) int {
	t.Helper()
	run := newRun()
	maps.Copy(run.vars, map[string]string{
		"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": w.event, "GITHUB_EVENT_PATH": "event.json", "GITHUB_REPOSITORY": "acme/shop",
		"GITHUB_API_URL": w.API, "GITHUB_GRAPHQL_URL": w.GraphQL, "GITHUB_SERVER_URL": "https://github.example", "GITHUB_RUN_ID": "77", "GITHUB_RUN_ATTEMPT": "1",
		"GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary", "RUNNER_TEMP": "temp", "GITHUB_WORKFLOW_REF": "acme/shop/.github/workflows/v.yml@x", "GITHUB_JOB": "vendorgate", "GITHUB_REF": "refs/heads/main",
	})
	maps.Copy(run.vars, w.vars)
	for name, value := range w.inputs {
		run.vars["INPUT_"+strings.ToUpper(name)] = value
	}
	workspace := w.workspace
	if workspace == nil {
		workspace = mapFS(w.head)
	}
	run.env.Open = func(dir string) (fs.FS, error) {
		if dir == "." {
			return workspace, nil
		}
		if files, err := fs.Sub(workspace, strings.TrimPrefix(filepath.ToSlash(dir), "./")); err == nil {
			if _, err := fs.Stat(files, "."); err == nil {
				return files, nil
			}
		}
		return nil, fs.ErrNotExist
	}
	run.env.IsDir = func(name string) (bool, error) {
		if slices.Contains(w.dirs, name) {
			return true, nil
		}
		return false, fs.ErrNotExist
	}
	run.env.ReadFile = func(name string, _ int64) ([]byte, error) {
		if name == "event.json" {
			return []byte(w.payload), nil
		}
		return nil, fs.ErrNotExist
	}
	w.written, w.waited = map[string][]byte{}, 0
	run.env.AppendFile = func(name string, data []byte) error {
		w.written[name] = append(w.written[name], data...)
		return nil
	}
	run.env.NewFile = func(_, name string, data []byte) (string, error) {
		w.written[name] = bytes.Clone(data)
		return name, nil
	}
	run.env.Sleep = func(_ context.Context, d time.Duration) error {
		w.waited += d
		return nil
	}
	usual := run.env.Now()
	run.env.Now = func() time.Time { return usual.Add(w.later) }
	code := run.main(t, "action")
	w.output = run.stdout.String() + run.stderr.String()
	return code
}

// report is the JSON report of the last run.
func (w *world) report(t *testing.T) (out struct {
	Verdict, Reason, Baseline string
	Findings                  []struct {
		Rule       string
		File       string
		Line       int
		Message    string
		Hint       string
		Request    string
		Introduced bool
		Blocking   bool
	}
	Notices []string
},
) {
	t.Helper()
	if err := json.Unmarshal(w.written["vendorgate-report.json"], &out); err != nil {
		t.Fatalf("%v in the report %q\n%s", err, w.written["vendorgate-report.json"], w.output)
	}
	return out
}

// comments are the bodies of the comments of the pull request.
func (w *world) comments() []string {
	var out []string
	for _, c := range w.Comments("acme", "shop", 5) {
		out = append(out, c.Body)
	}
	return out
}

// all returns everything that a run wrote.
func (w *world) all() string {
	var out strings.Builder
	out.WriteString(w.output)
	for _, name := range slices.Sorted(maps.Keys(w.written)) {
		fmt.Fprintf(&out, "\n== %s\n%s", name, w.written[name])
	}
	for _, body := range w.comments() {
		out.WriteString("\n== comment\n" + body)
	}
	return out.String()
}

func mapFS(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// asked lists what the server was asked.
func (w *world) asked() string {
	var out strings.Builder
	for _, r := range w.Requests() {
		fmt.Fprintf(&out, "%s %s\n", r.Method, r.URL)
	}
	return out.String()
}

// calls counts the requests of the API since a number of them.
func (w *world) calls(since int) (api, downloads int) {
	for _, r := range w.Requests()[since:] {
		if strings.Contains(r.URL, "/archive/") {
			downloads++
		} else {
			api++
		}
	}
	return api, downloads
}
