package gitlab_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/gitlab"
	"github.com/vendorgate/vendorgate/internal/gitlab/gitlabtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

const (
	canary    = "glpat-CANARY-0123456789"
	reader    = "glpat-reader"
	jobToken  = "glcbt-job"
	oldCommit = "1111111111111111111111111111111111111111"
	newCommit = "2222222222222222222222222222222222222222"
	headOfOne = "3333333333333333333333333333333333333333"
	merged    = "4444444444444444444444444444444444444444"
	forked    = "5555555555555555555555555555555555555555"
	botUser   = 42
)

func now() time.Time { return time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC) }

// registryFiles are a registry and what lies beside it.
func registryFiles() map[string]string {
	return map[string]string{
		"policy.yaml": "policy\n", "vendors/stripe.yaml": "stripe\n", "vendors/twilio.yaml": "twilio\n", "waivers/w.yaml": "", "README.md": "read me\n",
	}
}

// options are a project with a registry, another with a merge request, and a fork of that.
func options() gitlabtest.Options {
	return gitlabtest.Options{
		Projects: []gitlabtest.Project{
			{
				ID: 7, Path: "acme/platform/vendor-registry", Default: "main",
				Branches: map[string]string{"main": newCommit, "feature/x": oldCommit, "both": oldCommit},
				Tags:     map[string]string{"v1": oldCommit, "both": newCommit},
				Commits: map[string]gitlabtest.Commit{
					newCommit: {Files: registryFiles(), Parents: []string{oldCommit}},
					oldCommit: {Files: map[string]string{"policy.yaml": "old\n", "sub/dir/policy.yaml": "below\n"}},
					headOfOne: {Files: registryFiles()}, // of a fork
				},
			},
			{
				ID: 8, Path: "acme/checkout", Default: "main", Public: true,
				Branches: map[string]string{"main": newCommit, "release": newCommit, "topic": headOfOne},
				Commits: map[string]gitlabtest.Commit{
					oldCommit: {Files: map[string]string{"vendors.yaml": "before\n", "src/a.go": "a\n", "empty": ""}, Links: map[string]string{"link.yaml": "vendors.yaml"}},
					newCommit: {Parents: []string{oldCommit}, Files: map[string]string{"vendors.yaml": "main\n"}},
					headOfOne: {Parents: []string{oldCommit}, Files: map[string]string{"vendors.yaml": "head\n"}},
					merged:    {Parents: []string{newCommit, headOfOne}, Files: map[string]string{"vendors.yaml": "merged\n"}},
					forked:    {Parents: []string{newCommit}, Files: map[string]string{"vendors.yaml": "fork\n"}},
				},
				MergeRequests: map[int64]gitlabtest.MergeRequest{
					1: {Source: 8, Head: headOfOne, Target: "main", Author: "jo"},
					2: {Source: 9, Head: forked, Target: "main", Author: "mallory"},
				},
			},
			{
				ID: 9, Path: "mallory/checkout", Default: "main", Public: true, Branches: map[string]string{"main": forked},
				Commits: map[string]gitlabtest.Commit{forked: {Files: map[string]string{"vendors.yaml": "fork\n"}}},
			},
		},
		Tokens: map[string]gitlabtest.Token{
			canary: {User: botUser, Scopes: []string{"api"}, Projects: []int64{7, 8}},
			reader: {User: 43, Scopes: []string{"read_api"}, Projects: []int64{7, 8}},
		},
		Jobs: map[string]gitlabtest.Job{jobToken: {ID: 31, Pipeline: 21, Project: 8, Name: "vendorgate", Ref: "refs/merge-requests/1/head", SHA: headOfOne}},
	}
}

// serve starts a server that must be asked only what GitLab documents.
func serve(t *testing.T, change func(o *gitlabtest.Options)) *gitlabtest.Server {
	t.Helper()
	o := options()
	if change != nil {
		change(&o)
	}
	server := gitlabtest.New(o)
	t.Cleanup(func() {
		for _, violation := range server.Close() {
			t.Error(violation)
		}
		for _, r := range server.Requests() {
			if strings.Contains(r.Path+r.Query+r.Body, canary) {
				t.Errorf("%s %s?%s has the token outside of its header", r.Method, r.Path, r.Query)
			}
		}
	})
	return server
}

// connect returns a client with a token, and the waits that it makes.
func connect(t *testing.T, server *gitlabtest.Server, token string) (*gitlab.Client, *[]time.Duration) {
	t.Helper()
	var waits []time.Duration
	client, err := gitlab.New(gitlab.Options{
		APIURL: server.URL + "/api/v4", Token: wire.NewToken(token), JobToken: wire.NewToken(jobToken), Now: now,
		Sleep: func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return client, &waits
}

func reference(t *testing.T, text string) gitlab.Reference {
	t.Helper()
	r, err := gitlab.ParseReference(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// contents reads all files.
func contents(t *testing.T, files fs.FS) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		out[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func repeated(n int, name string) map[string]string {
	out := map[string]string{}
	for i := range n {
		out[fmt.Sprintf(name, i)] = fmt.Sprintf("file %d\n", i)
	}
	return out
}

func with(files, more map[string]string) map[string]string {
	out := maps.Clone(files)
	maps.Copy(out, more)
	return out
}
