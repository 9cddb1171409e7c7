package gitlab_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gitlab"
	"github.com/vendorgate/vendorgate/internal/gitlab/gitlabtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// What a job is about comes from its token.
func TestEvent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		job       gitlabtest.Job
		variables map[string]string
		repo      string
		commit    string
		branch    string
		change    int64
		merged    bool
	}{
		{"merge request", gitlabtest.Job{Project: 8, Ref: "refs/merge-requests/1/head", SHA: headOfOne}, nil, "acme/checkout", headOfOne, "", 1, false},
		{"and GitLab's variables", gitlabtest.Job{Project: 8, Ref: "refs/merge-requests/1/head", SHA: headOfOne}, map[string]string{
			"CI_PROJECT_ID": "8", "CI_PROJECT_PATH": "acme/checkout", "CI_COMMIT_SHA": headOfOne, "CI_MERGE_REQUEST_IID": "1", "CI_MERGE_REQUEST_PROJECT_ID": "8",
			"CI_JOB_ID": "31", "CI_PIPELINE_ID": "21", "CI_MERGE_REQUEST_DIFF_BASE_SHA": headOfOne, "CI_DEFAULT_BRANCH": "topic", // the last two are not used
		}, "acme/checkout", headOfOne, "", 1, false},
		{"merged results", gitlabtest.Job{Project: 8, Ref: "refs/merge-requests/1/merge", SHA: merged}, nil, "acme/checkout", merged, "", 1, true},
		{"merge train", gitlabtest.Job{Project: 8, Ref: "refs/merge-requests/1/train", SHA: merged}, nil, "acme/checkout", merged, "", 1, true},
		{"of a fork, in the target", gitlabtest.Job{Project: 8, Ref: "refs/merge-requests/2/head", SHA: forked}, nil, "acme/checkout", forked, "", 2, false},
		{"of a fork, in the fork", gitlabtest.Job{Project: 9, Ref: "main", SHA: forked}, map[string]string{"CI_MERGE_REQUEST_IID": "2", "CI_MERGE_REQUEST_PROJECT_ID": "8"}, "acme/checkout", forked, "", 2, false},
		{"branch", gitlabtest.Job{Project: 8, Ref: "topic", SHA: headOfOne}, nil, "acme/checkout", headOfOne, "topic", 0, false},
		{"default branch", gitlabtest.Job{Project: 8, Ref: "main", SHA: newCommit}, nil, "acme/checkout", newCommit, "main", 0, false},
		{"a tag with the name of the default branch", gitlabtest.Job{Project: 8, Ref: "main", SHA: headOfOne, Tag: true}, nil, "acme/checkout", headOfOne, "", 0, false},
	} {
		c.job.ID, c.job.Pipeline, c.job.Name = 31, 21, "vendorgate"
		server := serve(t, func(o *gitlabtest.Options) { o.Jobs[jobToken] = c.job })
		client, _ := connect(t, server, canary)
		got, err := client.Event(t.Context(), func(name string) string { return c.variables[name] })
		if err != nil || got.Project.Path != c.repo || got.Commit != c.commit || got.Branch != c.branch || got.Change.IID != c.change || got.Merged != c.merged || got.Pipeline != 21 {
			t.Errorf("%s: got %+v, error %v", c.name, got, err)
		}
	}
}

// A variable that somebody else has set gives no verdict.
func TestEventContradictions(t *testing.T) {
	t.Parallel()
	fork := gitlabtest.Job{ID: 31, Pipeline: 21, Project: 9, Ref: "main", SHA: forked}
	for _, c := range []struct {
		name, value string
		job         *gitlabtest.Job
		with        map[string]string
	}{
		{name: "CI_PROJECT_ID", value: "9"},
		{name: "CI_PROJECT_PATH", value: "acme/other"},
		{name: "CI_PROJECT_PATH", value: "Acme/checkout"},
		{name: "CI_COMMIT_SHA", value: newCommit},
		{name: "CI_COMMIT_SHA", value: "main"},
		{name: "CI_PIPELINE_ID", value: "22"},
		{name: "CI_JOB_ID", value: "32"},
		{name: "CI_MERGE_REQUEST_IID", value: "2"},
		{name: "CI_MERGE_REQUEST_IID", value: "1/../2"},
		{name: "CI_MERGE_REQUEST_PROJECT_ID", value: "9"},
		{"CI_MERGE_REQUEST_IID", "1", &fork, map[string]string{"CI_MERGE_REQUEST_PROJECT_ID": "8"}}, // of another source project
		{"CI_MERGE_REQUEST_IID", "../../7", &fork, map[string]string{"CI_MERGE_REQUEST_PROJECT_ID": "8"}},
		{"CI_MERGE_REQUEST_IID", "2", &fork, map[string]string{"CI_MERGE_REQUEST_PROJECT_ID": "x"}},
		{"CI_MERGE_REQUEST_IID", "2", &fork, nil},
	} {
		server := serve(t, func(o *gitlabtest.Options) {
			if c.job != nil {
				o.Jobs[jobToken] = *c.job
			}
		})
		client, _ := connect(t, server, canary)
		got, err := client.Event(t.Context(), func(name string) string {
			if name == c.name {
				return c.value
			}
			return c.with[name]
		})
		var wrong *gitlab.ContradictionError
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Variable, "CI_MERGE_REQUEST") && wrong.Variable != c.name {
			t.Errorf("%s=%s: got %+v, error %v", c.name, c.value, got, err)
		}
	}
}

// Without an answer to trust, there is no event.
func TestEventRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(o *gitlabtest.Options)
		want   string
	}{
		{"no such job", func(o *gitlabtest.Options) { o.Jobs = nil }, "rejected the token"},
		{"a project that the token cannot see", func(o *gitlabtest.Options) {
			o.Jobs[jobToken] = gitlabtest.Job{ID: 1, Pipeline: 1, Project: 99, Ref: "main", SHA: newCommit}
		}, "read the project of the job"},
		{"a merge request that is gone", func(o *gitlabtest.Options) { o.Projects[1].MergeRequests = nil }, "read the merge request"},
		{"a commit that is none", func(o *gitlabtest.Options) {
			o.Jobs[jobToken] = gitlabtest.Job{ID: 1, Pipeline: 1, Project: 8, Ref: "main", SHA: "HEAD"}
		}, "names no pipeline"},
		{"no ref", func(o *gitlabtest.Options) {
			o.Jobs[jobToken] = gitlabtest.Job{ID: 1, Pipeline: 1, Project: 8, SHA: newCommit}
		}, "names no pipeline"},
		{"no default branch", func(o *gitlabtest.Options) { o.Projects[1].Default = "" }, "default branch"},
		{"a default branch with a strange name", func(o *gitlabtest.Options) { o.Projects[1].Default = "a..b" }, "default branch"},
		{"a project with a strange name", func(o *gitlabtest.Options) { o.Projects[1].Path = "acme/../x" }, "path"},
		{"the head of a fork's merge request has moved", func(o *gitlabtest.Options) {
			o.Jobs[jobToken] = gitlabtest.Job{ID: 1, Pipeline: 1, Project: 9, Ref: "main", SHA: newCommit}
		}, "another commit by now"},
	} {
		server := serve(t, c.change)
		client, _ := connect(t, server, canary)
		got, err := client.Event(t.Context(), func(name string) string {
			if c.name != "the head of a fork's merge request has moved" {
				return ""
			}
			return map[string]string{"CI_MERGE_REQUEST_IID": "2", "CI_MERGE_REQUEST_PROJECT_ID": "8"}[name]
		})
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), jobToken) {
			t.Errorf("%s: got %+v, error %v, want %q", c.name, got, err, c.want)
		}
	}
}

// The job token is only asked whose it is, and the access token never is.
func TestTokensAreApart(t *testing.T) {
	t.Parallel()
	server := serve(t, nil)
	client, _ := connect(t, server, canary)
	if _, err := client.Event(t.Context(), func(string) string { return "" }); err != nil {
		t.Fatal(err)
	}
	for _, r := range server.Requests() {
		if isJob := r.Path == "/job"; isJob != (r.Header.Get("Job-Token") == jobToken) || isJob == (r.Header.Get("Private-Token") == canary) || r.Header.Get("Authorization") != "" {
			t.Errorf("%s has the headers %v", r.Path, r.Header)
		}
	}
	if n := client.Calls(); n != 3 {
		t.Errorf("got %d requests, want 3", n)
	}
	if _, err := gitlab.New(gitlab.Options{APIURL: "http://gitlab.example/api/v4", Now: now}); err == nil {
		t.Error("a token could go over http")
	}
	if _, err := gitlab.New(gitlab.Options{APIURL: "https://gitlab.example/api/v4", Now: now, Token: wire.NewToken("a\nb")}); err == nil {
		t.Error("a token with a line break is accepted")
	}
}
