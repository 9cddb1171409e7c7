package cli_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/gitlab/gitlabtest"
)

// lab is a job of GitLab CI/CD in acme/shop, and the server that it meets.
type lab struct {
	options    gitlabtest.Options
	base, head map[string]string
	workspace  fstest.MapFS // nil for the head
	args       []string
	vars       map[string]string
	server     *gitlabtest.Server
	output     string
	written    map[string][]byte // reports
}

const (
	labBot   = 42
	jobToken = "glcbt-64_running"
)

// newLab is a pipeline for a merge request that adds a vendor that nobody has vetted.
func newLab() *lab {
	l := &lab{
		base: map[string]string{"vendors.yaml": goodManifest, "README": "x"}, head: map[string]string{"vendors.yaml": goodManifest + newVendor, "README": "x"},
		args: []string{"--registry", "gitlab:acme/platform/vendor-registry@main", "--format", "json"},
		vars: map[string]string{"VENDORGATE_TOKEN": canary, "CI_JOB_TOKEN": jobToken},
	}
	l.options = gitlabtest.Options{
		Tokens: map[string]gitlabtest.Token{canary: {User: labBot, Scopes: []string{"api"}, Projects: []int64{7, 8}}},
		Jobs:   map[string]gitlabtest.Job{jobToken: {ID: 31, Pipeline: 21, Project: 8, Name: "vendorgate", Ref: "refs/merge-requests/5/head", SHA: shopHead}},
	}
	return l
}

func (l *lab) start(t *testing.T) *lab {
	t.Helper()
	shop := gitlabtest.Project{
		ID: 8, Path: "acme/shop", Default: "main", Branches: map[string]string{"main": shopBase, "x": shopHead, "mine": shopHead},
		Commits: map[string]gitlabtest.Commit{
			shopBase: {Files: l.base}, shopHead: {Files: l.head, Parents: []string{shopBase}}, shopMerge: {Files: l.head, Parents: []string{shopBase, shopHead}},
		},
		MergeRequests: map[int64]gitlabtest.MergeRequest{5: {Source: 8, Head: shopHead, Target: "main", Author: "mallory"}},
	}
	l.options.Projects = append(l.options.Projects, shop, gitlabtest.Project{
		ID: 7, Path: "acme/platform/vendor-registry", Default: "main", Branches: map[string]string{"main": mainCommit},
		Commits: map[string]gitlabtest.Commit{mainCommit: {Files: registryFiles(), Date: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)}},
	})
	l.server = gitlabtest.New(l.options)
	t.Cleanup(func() {
		for _, violation := range l.server.Close() {
			t.Error(violation)
		}
	})
	return l
}

// project changes a project before the server starts.
func (l *lab) project(id int64) *gitlabtest.Project {
	for i := range l.options.Projects {
		if l.options.Projects[i].ID == id {
			return &l.options.Projects[i]
		}
	}
	panic("no such project")
}

func (l *lab) run(t *testing.T) int {
	t.Helper()
	run := newRun()
	maps.Copy(run.vars, map[string]string{"GITLAB_CI": "true", "CI_SERVER_URL": l.server.URL, "CI_API_V4_URL": l.server.URL + "/api/v4"})
	maps.Copy(run.vars, l.vars)
	workspace := l.workspace
	if workspace == nil {
		workspace = mapFS(l.head)
	}
	run.env.Open = func(dir string) (fs.FS, error) {
		if dir == "." {
			return workspace, nil
		}
		return fs.Sub(workspace, strings.TrimPrefix(dir, "./"))
	}
	l.written = map[string][]byte{}
	run.env.WriteFile = func(name string, data []byte) error {
		l.written[name] = data
		return nil
	}
	run.env.Sleep = func(context.Context, time.Duration) error { return nil }
	args := l.args
	if !strings.Contains(strings.Join(args, " "), "--server") {
		args = append([]string{"--server", l.server.URL}, args...)
	}
	code := run.main(t, append([]string{"gitlab"}, args...)...)
	l.output = run.stdout.String() + run.stderr.String()
	if strings.Contains(l.output, canary) || strings.Contains(l.output, jobToken) {
		t.Errorf("a token shows in %s", l.output)
	}
	return code
}

func (l *lab) notes() []string {
	var out []string
	for _, n := range l.server.Notes(8, 5) {
		_, text, _ := strings.Cut(n.Body, "\n")
		if strings.Contains(strings.ToLower(text), "pull request") {
			text = "NOT IN THE WORDS OF GITLAB: " + text
		}
		out = append(out, text)
	}
	return out
}

type labReport struct {
	Verdict, Baseline string
	Findings          []struct {
		Rule, File, Message  string
		Introduced, Blocking bool
	}
}

func (l *lab) report(t *testing.T) (out labReport) {
	t.Helper()
	if err := json.NewDecoder(strings.NewReader(l.output)).Decode(&out); err != nil {
		t.Fatalf("%v in %s", err, l.output)
	}
	return out
}

// A merge request gets one note, which is edited, and says when all is well again.
func TestGitLabMergeRequest(t *testing.T) {
	t.Parallel()
	l := newLab().start(t)
	if code := l.run(t); code != 1 {
		t.Fatalf("got code %d\n%s", code, l.output)
	}
	if r := l.report(t); len(r.Findings) == 0 || !r.Findings[0].Introduced || r.Verdict != "fail" || !strings.Contains(r.Baseline, "acme/shop@b000000") {
		t.Errorf("got %+v", r)
	}
	notes := l.notes()
	if len(notes) != 1 || strings.HasPrefix(notes[0], "NOT") || !strings.Contains(notes[0], "halloway-maps") || !strings.Contains(notes[0], l.server.URL+"/acme/shop/-/blob/"+shopHead+"/vendors.yaml#L") {
		t.Fatalf("got notes %q", notes)
	}
	l.run(t)
	if again := l.notes(); !cmp.Equal(notes, again) {
		t.Errorf("the second run wrote %q", again)
	}
	l.workspace = mapFS(l.base)
	l.options.Jobs[jobToken] = gitlabtest.Job{ID: 33, Pipeline: 23, Project: 8, Name: "vendorgate", Ref: "refs/merge-requests/5/head", SHA: shopHead}
	if code := l.run(t); code != 0 {
		t.Errorf("got code %d\n%s", code, l.output)
	}
	if notes = l.notes(); len(notes) != 1 || !strings.Contains(notes[0], "resolved") {
		t.Errorf("got notes %q", notes)
	}
}

// The same change gets the same findings on both platforms.
func TestGitLabIsLikeGitHub(t *testing.T) {
	t.Parallel()
	l := newLab().start(t)
	w := newWorld().start(t)
	if one, two := l.run(t), w.run(t); one != two {
		t.Errorf("the codes are %d and %d", one, two)
	}
	var there []string
	for _, f := range w.report(t).Findings {
		there = append(there, f.Rule+" "+f.File+" "+f.Message)
	}
	var here []string
	for _, f := range l.report(t).Findings {
		here = append(here, f.Rule+" "+f.File+" "+f.Message)
	}
	if diff := cmp.Diff(there, here); diff != "" {
		t.Errorf("GitHub, GitLab:\n%s", diff)
	}
}

// What gives no verdict, and a usage error. In neither case anything is written.
func TestGitLabFailsClosed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(l *lab)
		code   int
		want   string
		quiet  bool // the server is not asked anything
	}{
		{"another merge request", func(l *lab) { l.vars["CI_MERGE_REQUEST_IID"] = "4" }, 4, "CI_MERGE_REQUEST_IID is \"4\", but the job token says 5", false},
		{"another project", func(l *lab) { l.vars["CI_PROJECT_PATH"] = "acme/exempt" }, 4, "CI_PROJECT_PATH is \"acme/exempt\"", false},
		{"another commit", func(l *lab) { l.vars["CI_COMMIT_SHA"] = shopBase }, 4, "CI_COMMIT_SHA", false},
		{"no job token", func(l *lab) { delete(l.vars, "CI_JOB_TOKEN") }, 4, "CI_JOB_TOKEN is not set", true},
		{"the token of a job that has ended", func(l *lab) { l.vars["CI_JOB_TOKEN"] = "glcbt-old" }, 4, "rejected the token", false},
		{"a private project without a token", func(l *lab) { delete(l.vars, "VENDORGATE_TOKEN") }, 4, "private and there is no token", false},
		{"another server", func(l *lab) { l.vars["CI_SERVER_URL"] = "https://evil.example" }, 2, "--server", true},
		{"the server is not given", func(l *lab) { l.args = append(l.args, "--server", "https://gitlab.com") }, 2, "--server", true},
		{"nothing is checked out", func(l *lab) { l.workspace = fstest.MapFS{} }, 2, "nothing is checked out", false},
		{"the checkout is not of the job", func(l *lab) {
			l.workspace = mapFS(l.head)
			l.workspace[".git/HEAD"] = &fstest.MapFile{Data: []byte(shopHead + "\n")}
			l.workspace[".git/config"] = &fstest.MapFile{Data: []byte("[core]\n\trepositoryformatversion = 0\n[remote \"origin\"]\n\turl = https://gitlab-ci-token:secret@gitlab.example/acme/shop.git\n")}
			l.options.Jobs[jobToken] = gitlabtest.Job{ID: 31, Pipeline: 21, Project: 8, Name: "vendorgate", Ref: "main", SHA: shopBase}
		}, 4, "is checked out, but the event is about", false},
		{"no job of GitLab", func(l *lab) { l.vars["GITLAB_CI"] = "" }, 2, "vendorgate check", true},
		{"a registry that may be anybody's", func(l *lab) { l.args[1] = "acme/vendor-registry" }, 2, "gitlab:acme/vendor-registry", false},
		{"a registry with a mistake", func(l *lab) { l.args[1] = "gitlab:acme" }, 2, "not a valid project", false},
	} {
		l := newLab()
		c.change(l)
		l.start(t)
		code := l.run(t)
		if code != c.code || !strings.Contains(l.output, c.want) {
			t.Errorf("%s: got code %d, want %d and %q\n%s", c.name, code, c.code, c.want, l.output)
		}
		if asked := l.server.Requests(); c.quiet && len(asked) > 0 || len(l.notes()) > 0 {
			t.Errorf("%s: the server was asked %+v", c.name, asked)
		}
	}
}

// An author cannot choose the base: it is the merge base with the default branch, whatever variables or the target branch say.
func TestGitLabBase(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(l *lab){
		"variables": func(l *lab) {
			maps.Copy(l.vars, map[string]string{
				"CI_MERGE_REQUEST_DIFF_BASE_SHA": shopHead, "CI_DEFAULT_BRANCH": "mine", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "mine",
				"CI_COMMIT_BEFORE_SHA": shopHead, "CI_COMMIT_BRANCH": "main", "CI_COMMIT_REF_NAME": "main", "CI_PIPELINE_SOURCE": "schedule",
			})
		},
		"target branch": func(l *lab) {
			l.project(8).MergeRequests[5] = gitlabtest.MergeRequest{Source: 8, Head: shopHead, Target: "mine", Author: "mallory"}
		},
		"another branch": func(l *lab) {
			l.options.Jobs[jobToken] = gitlabtest.Job{ID: 31, Pipeline: 21, Project: 8, Name: "vendorgate", Ref: "mine", SHA: shopHead}
		},
		"a tag with the name of the default branch": func(l *lab) {
			l.options.Jobs[jobToken] = gitlabtest.Job{ID: 31, Pipeline: 21, Project: 8, Name: "vendorgate", Ref: "main", SHA: shopHead, Tag: true}
		},
		"merged results": func(l *lab) {
			l.options.Jobs[jobToken] = gitlabtest.Job{ID: 31, Pipeline: 21, Project: 8, Name: "vendorgate", Ref: "refs/merge-requests/5/merge", SHA: shopMerge}
		},
	} {
		l := newLab().start(t)
		l.server.Close()
		change(l)
		l.server = gitlabtest.New(l.options)
		code := l.run(t)
		if r := l.report(t); code != 1 || !strings.Contains(r.Baseline, "acme/shop@b000000") || len(r.Findings) == 0 || !r.Findings[0].Introduced {
			t.Errorf("%s: got code %d and %+v\n%s", name, code, r, l.output)
		}
		for _, violation := range l.server.Close() {
			t.Error(violation)
		}
	}
}

// A pipeline in a fork of a public project has no access token. It gets the verdict, and no note.
func TestGitLabFork(t *testing.T) {
	t.Parallel()
	l := newLab()
	delete(l.vars, "VENDORGATE_TOKEN")
	maps.Copy(l.vars, map[string]string{"CI_MERGE_REQUEST_IID": "5", "CI_MERGE_REQUEST_PROJECT_ID": "8"})
	l.options.Jobs[jobToken] = gitlabtest.Job{ID: 31, Pipeline: 21, Project: 9, Name: "vendorgate", Ref: "main", SHA: shopHead}
	l.options.Projects = []gitlabtest.Project{{ID: 9, Path: "mallory/shop", Default: "main", Public: true, Branches: map[string]string{"main": shopHead}}}
	l.start(t)
	l.project(8).Public, l.project(7).Public = true, true
	l.project(8).MergeRequests[5] = gitlabtest.MergeRequest{Source: 9, Head: shopHead, Target: "main", Author: "mallory"}
	if code := l.run(t); code != 1 || !strings.Contains(l.output, "there is no token") || len(l.notes()) > 0 {
		t.Errorf("got code %d, notes %q\n%s", code, l.notes(), l.output)
	}
	if r := l.report(t); !strings.Contains(r.Baseline, "acme/shop@b000000") {
		t.Errorf("got %+v", r)
	}
}

// A token that can only read gives the same verdict, and says what the note needs.
func TestGitLabReadOnly(t *testing.T) {
	t.Parallel()
	l := newLab()
	l.options.Tokens[canary] = gitlabtest.Token{User: labBot, Scopes: []string{"read_api"}, Projects: []int64{7, 8}}
	l.start(t)
	if code := l.run(t); code != 1 || !strings.Contains(l.output, "scope api") {
		t.Errorf("got code %d\n%s", code, l.output)
	}
}

// The registry inside the checked project is read as it is on the default branch.
func TestGitLabRegistryInside(t *testing.T) {
	t.Parallel()
	l := newLab()
	l.args = []string{"--registry", "registry", "--format", "json"}
	for name, text := range registryFiles() {
		l.base["registry/"+name], l.head["registry/"+name] = text, text
	}
	l.head["registry/vendors/halloway-maps.yaml"] = strings.ReplaceAll(goodRecord, "larkspur-mail", "halloway-maps")
	l.start(t)
	if code := l.run(t); code != 1 || len(l.report(t).Findings) == 0 {
		t.Errorf("got code %d\n%s", code, l.output)
	}
}

// On the default branch, there is no change to check.
func TestGitLabDefaultBranch(t *testing.T) {
	t.Parallel()
	l := newLab()
	l.options.Jobs[jobToken] = gitlabtest.Job{ID: 31, Pipeline: 21, Project: 8, Name: "vendorgate", Ref: "main", SHA: shopBase}
	l.workspace = mapFS(l.base)
	if code := l.start(t).run(t); code != 0 {
		t.Errorf("got code %d\n%s", code, l.output)
	}
}
