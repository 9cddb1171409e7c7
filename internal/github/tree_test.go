package github_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// plant starts the fake with one commit.
func plant(t *testing.T, commit githubtest.Commit) *githubtest.Server {
	t.Helper()
	commit.Date = day(1)
	return serve(t, func(o *githubtest.Options) { o.Repos[0].Commits[newCommit] = commit })
}

func TestTree(t *testing.T) {
	t.Parallel()
	server := plant(t, githubtest.Commit{
		Files: map[string]string{"vendors.yaml": "version: 1\n", "a/b/c.txt": "c", "a/empty": "", "ä b/#?%.txt": "odd"},
		Links: map[string]string{"a/link": "vendors.yaml"},
	})
	client, _ := connect(t, server.API, nil)
	files, err := client.Tree(t.Context(), "acme", "registry", newCommit)
	if err != nil {
		t.Fatal(err)
	}
	if client.Calls() != 1 {
		t.Errorf("%d calls for the names", client.Calls())
	}
	if data, err := fs.ReadFile(files, "a/empty"); err != nil || len(data) != 0 || client.Calls() != 1 {
		t.Errorf("the empty file: %q, %v, %d calls", data, err, client.Calls())
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if data, err := source.ReadFile(files, "vendors.yaml"); err != nil || string(data) != "version: 1\n" {
				t.Errorf("got %q, %v", data, err)
			}
		})
	}
	wait.Wait()
	if client.Calls() != 2 {
		t.Errorf("%d calls, and a file is read once", client.Calls())
	}
	if err := fstest.TestFS(files, "vendors.yaml", "a/b/c.txt", "a/empty", "a/link", "ä b/#?%.txt"); err != nil {
		t.Error(err)
	}
	if client.Calls() != 5 {
		t.Errorf("%d calls, want one for the names and one for each file or link that holds something", client.Calls())
	}
	tokenStays(t, server)
}

// A file whose name is not UTF-8 is found by the name that a checkout has for it, unless the server lists another one under the same
// name: it then counts as one that did not exist.
func TestTreeOddNames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files map[string]string
		same  bool
	}{
		"as it was":    {map[string]string{"caf\xe9.js": "x"}, true},
		"another text": {map[string]string{"caf\xe9.js": "y"}, false},
		"new":          {map[string]string{"a": "x"}, false},
		"one of two":   {map[string]string{"caf\xe9.js": "x", "caf\xe8.js": "y"}, false},
	} {
		server := plant(t, githubtest.Commit{Files: c.files})
		client, _ := connect(t, server.API, nil)
		before, err := client.Tree(t.Context(), "acme", "registry", newCommit)
		if err != nil {
			t.Fatal(err)
		}
		info, err := fs.Stat(before, "caf\xe9.js")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
		if same := err == nil && info.Sys() == any(source.BlobOf([]byte("x"))); same != c.same {
			t.Errorf("%s: unchanged %v", name, same)
		}
	}
}

func TestTreeOddities(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("x", source.MaxFile+10)
	server := plant(t, githubtest.Commit{
		Files: map[string]string{"x": "x", "big": big}, Links: map[string]string{"good": "x", "dangling": "/etc/passwd"}, Modules: []string{"lib/sub"},
	})
	client, _ := connect(t, server.API, nil)
	files, err := client.Tree(t.Context(), "acme", "registry", newCommit)
	if err != nil {
		t.Fatal(err)
	}
	links := files.(fs.ReadLinkFS)
	for name, want := range map[string]string{"good": "x", "dangling": "/etc/passwd"} {
		target, err := links.ReadLink(name)
		info, lerr := links.Lstat(name)
		if err != nil || lerr != nil || target != want || info.Mode().Type() != fs.ModeSymlink {
			t.Errorf("%s: got %q, %v, %v, %v", name, target, err, info, lerr)
		}
		if _, err := source.ReadFile(files, name); !errors.Is(err, source.ErrNotRegular) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if info, err := fs.Stat(files, "good"); err != nil || !info.Mode().IsRegular() || info.Size() != 1 {
		t.Errorf("behind the link: %v, %v", info, err)
	}
	var e *wire.Error
	if _, err := files.Open("dangling"); !errors.As(err, &e) || e.Cause != wire.NotFile {
		t.Errorf("dangling: got %v", err)
	}
	if _, err := links.ReadLink("x"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("a file as a link: got %v", err)
	}
	if _, err := files.Open("lib/sub"); err == nil || !strings.Contains(err.Error(), "submodule") {
		t.Errorf("submodule: got %v", err)
	}
	if info, err := links.Lstat("lib/sub"); err != nil || info.Mode().Type() != fs.ModeIrregular {
		t.Errorf("submodule: got %v, %v", info, err)
	}
	if data, err := source.ReadFile(files, "big"); err != nil || len(data) != source.MaxFile+1 {
		t.Errorf("big: %d bytes, %v", len(data), err)
	}
	if _, err := files.Open("nothing"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing: got %v", err)
	}
}

func TestTreeRefuses(t *testing.T) {
	t.Parallel()
	entry := func(path, mode, kind string) string {
		return fmt.Sprintf(`{"path":%q,"mode":%q,"type":%q,"sha":%q,"size":1}`, path, mode, kind, oldCommit)
	}
	file, folder := func(path string) string { return entry(path, "100644", "blob") }, func(path string) string { return entry(path, "040000", "tree") }
	for name, test := range map[string]struct {
		entries, rest string
		cause         wire.Cause
	}{
		"truncated":           {file("a"), `"truncated":true`, wire.TooBig},
		"no truncated":        {file("a"), `"x":1`, wire.Unreadable},
		"dots":                {file("../a"), `"truncated":false`, wire.Unreadable},
		"absolute":            {file("/a"), `"truncated":false`, wire.Unreadable},
		"no path":             {file(""), `"truncated":false`, wire.Unreadable},
		"root":                {folder("."), `"truncated":false`, wire.Unreadable},
		"twice":               {file("a") + "," + file("a"), `"truncated":false`, wire.Unreadable},
		"folder twice":        {folder("a") + "," + folder("a"), `"truncated":false`, wire.Unreadable},
		"file and folder":     {file("a") + "," + folder("a"), `"truncated":false`, wire.Unreadable},
		"file above a file":   {file("a/b/c") + "," + file("a"), `"truncated":false`, wire.Unreadable},
		"link above a file":   {entry("a", "120000", "blob") + "," + file("a/b"), `"truncated":false`, wire.Unreadable},
		"odd mode":            {entry("a", "100000", "blob"), `"truncated":false`, wire.Unreadable},
		"mode of another":     {entry("a", "160000", "blob"), `"truncated":false`, wire.Unreadable},
		"file without a size": {`{"path":"a","mode":"100644","type":"blob"}`, `"truncated":false`, wire.Unreadable},
		"link to nowhere":     {`{"path":"a","mode":"120000","type":"blob","sha":"../x"}`, `"truncated":false`, wire.Unreadable},
		"entry of nothing":    {"{}", `"truncated":false`, wire.Unreadable},
	} {
		server := serve(t, func(o *githubtest.Options) {
			o.Fault = always(githubtest.Says(200, `{"sha":"x","tree":[`+test.entries+`],`+test.rest+`}`))
		})
		client, _ := connect(t, server.API, nil)
		files, err := client.Tree(t.Context(), "acme", "registry", newCommit)
		var e *wire.Error
		if files != nil || !errors.As(err, &e) || e.Cause != test.cause {
			t.Errorf("%s: got %v, %v", name, files, err)
		}
	}
	client, _ := connect(t, plant(t, githubtest.Commit{Truncated: true}).API, nil)
	if _, err := client.Tree(t.Context(), "acme", "registry", newCommit); err == nil || !strings.Contains(err.Error(), "more files than the server lists") {
		t.Errorf("truncated: got %v", err)
	}
	client, _ = connect(t, plant(t, githubtest.Commit{}).API, nil)
	files, err := client.Tree(t.Context(), "acme", "registry", newCommit)
	if err != nil {
		t.Fatal(err)
	}
	if entries, err := fs.ReadDir(files, "."); err != nil || len(entries) != 0 {
		t.Errorf("empty: %v, %v", entries, err)
	}
	if _, err := client.Tree(t.Context(), "acme", "registry", "main"); err == nil || client.Calls() != 1 {
		t.Errorf("a branch: %v", err)
	}
}

// Whatever the server does: the tree comes whole, or not at all, and so does a file. A file that the tree names and the
// server then denies is no absent file.
func TestTreeFaults(t *testing.T) {
	t.Parallel()
	shared := &http.Transport{}
	for kind, fault := range faults() {
		for k := 1; k <= 2; k++ {
			t.Run(fmt.Sprint(kind, k), func(t *testing.T) {
				t.Parallel()
				server := serve(t, func(o *githubtest.Options) {
					o.Fault = func(n int, _ *http.Request) http.HandlerFunc {
						if n >= k {
							return fault
						}
						return nil
					}
				})
				client, _ := connect(t, server.API, func(o *github.Options) { o.Timeout, o.Transport = patience(kind), shared })
				files, err := client.Tree(t.Context(), "acme", "registry", newCommit)
				if (err == nil) != (k == 2) || (files == nil) != (err != nil) {
					t.Fatalf("got %v, %v", files, err)
				}
				if k == 2 {
					var data []byte
					if data, err = fs.ReadFile(files, "policy.yaml"); err == nil || len(data) > 0 || errors.Is(err, fs.ErrNotExist) {
						t.Errorf("got %q, %v", data, err)
					}
				}
				leakFree(t, "error", fmt.Sprintf("%v %+v %#v", err, err, err))
			})
		}
	}
}
