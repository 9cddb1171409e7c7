package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/gitindex/indextest"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

// docs/developers.md shows the comment for examples/checkout as text, and README.md as a picture.
func TestDocsComment(t *testing.T) {
	t.Parallel()
	text := func(name string) string {
		data, err := os.ReadFile(filepath.FromSlash("../../examples/" + name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	registry, err := githubtest.FilesIn(os.DirFS("../../examples/registry"))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld()
	w.head = map[string]string{"vendors.yaml": text("checkout/vendors.yaml")}
	lines := strings.Split(w.head["vendors.yaml"], "\n")
	w.base = map[string]string{"vendors.yaml": strings.Join(lines[:18], "\n") + "\n"} // the change adds the last two vendors
	w.inputs["registry"], w.inputs["as-of"] = "acme/approved-vendors", "2026-11-23"
	w.vars["GITHUB_SERVER_URL"] = "https://github.com"
	w.options.Repos = []githubtest.Repo{{
		Owner: "acme", Name: "approved-vendors", Default: "main", Branches: map[string]string{"main": mainCommit},
		Commits: map[string]githubtest.Commit{mainCommit: {Date: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Files: registry}},
	}}
	w.start(t)
	w.workspace = mapFS(w.head)
	w.workspace[".git/HEAD"] = &fstest.MapFile{Data: []byte(shopMerge)}
	w.workspace[".git/index"] = &fstest.MapFile{Data: indextest.Files("vendors.yaml")}
	if code := w.run(t); code != 1 || len(w.comments()) != 1 {
		t.Fatalf("exit code %d, comments %q\n%s", code, w.comments(), w.output)
	}
	_, body, _ := strings.Cut(w.comments()[0], "\n")
	pictured(t, body)
	want := "<!-- comment of examples/checkout -->\n\n"
	for line := range strings.SplitSeq(strings.TrimSpace(body), "\n") {
		want += strings.TrimRight("> "+line, " ") + "\n"
	}
	file := filepath.FromSlash("../../docs/developers.md")
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile(`<!-- comment of examples/checkout -->\n\n(?:>.*\n)*`)
	if got := block.FindString(string(page)); got != want {
		if *update {
			fresh := block.ReplaceAllLiteralString(string(page), want)
			if err := os.WriteFile(file, []byte(fresh), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Errorf("docs/developers.md shows another comment; run go test ./internal/cli -update\n%s", want)
	}
}

// pictured compares docs/comment.svg with a comment, or draws it with -update.
func pictured(t *testing.T, comment string) {
	t.Helper()
	file, want := filepath.FromSlash("../../docs/comment.svg"), sinktest.Picture(t, "github-actions", comment)
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Errorf("docs/comment.svg shows another comment; run go test ./internal/cli -run DocsComment -update (%v)", err)
	}
}
