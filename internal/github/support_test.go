package github_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

const (
	canary      = "ghs_CANARYcanaryCANARY0123456789canary"
	oldCommit   = "1111111111111111111111111111111111111111"
	newCommit   = "2222222222222222222222222222222222222222"
	sideCommit  = "3333333333333333333333333333333333333333"
	forkCommit  = "4444444444444444444444444444444444444444"
	aheadCommit = "5555555555555555555555555555555555555555"
	lostCommit  = "6666666666666666666666666666666666666666"
)

func day(d int) time.Time { return time.Date(2026, 10, d, 12, 0, 0, 0, time.UTC) }

// now is the time of every test.
func now() time.Time { return day(20) }

// fixture is a repository with all that a reference can name.
func fixture() githubtest.Repo {
	files := map[string]string{
		"README.md": "# r", "policy.yaml": "version: 1\n", "vendors/stripe.yaml": "id: stripe\n", "vendors/sendgrid.yaml": "id: sendgrid\n",
		"waivers/w.yaml": "id: w\n", "probes/stripe.json": "{}\n", "src/vendors/no.yaml": "no\n",
		"deep/er/vendors/a.yaml": "id: a\n", "deep/er/policy.yaml": "version: 2\n", "deep/other.txt": "x",
	}
	old := map[string]string{"vendors/stripe.yaml": "id: old\n"}
	return githubtest.Repo{
		Owner: "acme", Name: "registry", Default: "main",
		Branches: map[string]string{"main": newCommit, "release/1.0": sideCommit, "both": newCommit},
		Tags:     map[string]string{"v1": oldCommit, "pkg@1.0.0": oldCommit, "both": oldCommit},
		Commits: map[string]githubtest.Commit{
			oldCommit:   {Date: day(1), Files: old},
			newCommit:   {Date: day(10), Parent: oldCommit, Files: files, Links: map[string]string{"CLAUDE.md": "README.md", "dangling": "/etc/passwd"}, Modules: []string{"sub"}},
			sideCommit:  {Date: day(5), Parent: oldCommit, Files: old},
			forkCommit:  {Date: day(6), Parent: oldCommit, Files: map[string]string{"vendors/evil.yaml": "id: evil\n"}},
			aheadCommit: {Date: day(11), Parent: newCommit, Files: files},
			lostCommit:  {Date: day(2), Files: files},
		},
	}
}

// clock notes the waits of a client and waits for none.
type clock struct {
	mu    sync.Mutex
	waits []time.Duration
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waits = append(c.waits, d)
	return ctx.Err()
}

// serve starts the fake with the fixture.
func serve(t *testing.T, change func(*githubtest.Options)) *githubtest.Server {
	t.Helper()
	o := githubtest.Options{Repos: []githubtest.Repo{fixture()}}
	if change != nil {
		change(&o)
	}
	return githubtest.Start(t, o)
}

// connect makes a client of a server that never waits for real.
func connect(t *testing.T, api string, change func(*github.Options)) (*github.Client, *clock) {
	t.Helper()
	waits := &clock{}
	o := github.Options{APIURL: api, Token: wire.NewToken(canary), Now: now, Sleep: waits.sleep}
	if change != nil {
		change(&o)
	}
	client, err := github.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return client, waits
}

func reference(t *testing.T, text string) github.Reference {
	t.Helper()
	r, err := github.ParseReference(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// content is all that a tree holds, in one text.
func content(t *testing.T, tree *source.Tree) string {
	t.Helper()
	var out strings.Builder
	err := fs.WalkDir(tree.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := tree.Read(name)
		fmt.Fprintf(&out, "%s %q\n", name, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// leakFree fails if a text holds the token, or what stands in the link of an archive.
func leakFree(t *testing.T, what, text string) {
	t.Helper()
	encoded := base64.StdEncoding.EncodeToString([]byte(canary))
	for _, secret := range []string{canary, strings.TrimRight(encoded, "="), "canaryCANARY", githubtest.ArchivePermission} {
		if strings.Contains(text, secret) {
			t.Errorf("%s holds a secret: %s", what, text)
		}
	}
}

// once answers the k-th request with a fault, and lets all others pass.
func once(k int, fault http.HandlerFunc) func(int, *http.Request) http.HandlerFunc {
	return func(n int, _ *http.Request) http.HandlerFunc {
		if n == k {
			return fault
		}
		return nil
	}
}

// always answers every request with a fault.
func always(fault http.HandlerFunc) func(int, *http.Request) http.HandlerFunc {
	return func(int, *http.Request) http.HandlerFunc { return fault }
}
