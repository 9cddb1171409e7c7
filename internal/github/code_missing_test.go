package github_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Many files that the archive lacks take few requests. Text in another encoding is fetched alone, up to a limit, and what is not
// text is not fetched.
func TestCodeArchiveGroups(t *testing.T) {
	t.Parallel()
	left := func(n int) map[string]string {
		files := map[string]string{"left/picture.png": "\x00" + strings.Repeat("x", 600_000), "left/film.mp4": "\x00" + strings.Repeat("x", 2<<20), "left/latin1.js": "\xe9", "left/long": strings.Repeat("x", 600_000), "left/empty": ""}
		for i := range n {
			files[fmt.Sprintf("left/%03d.js", i)] = fmt.Sprint("x", i/2) // two of each
		}
		return files
	}
	broken := func(_ int, r *http.Request) http.HandlerFunc {
		if strings.Contains(r.URL.Path, "graphql") {
			return githubtest.Says(200, `{"data":{"repository":{"b0":{"oid":"`+strings.Repeat("0", 40)+`","text":"x"},"b1":null}}}`)
		}
		return nil
	}
	for _, c := range []struct {
		name    string
		files   map[string]string
		change  func(*github.Options)
		fault   func(int, *http.Request) http.HandlerFunc
		calls   int // in all
		leftOut int
		binary  int
	}{
		{"texts and others", left(220), nil, nil, 2 + 3 + 2, 0, 2},
		{"a thousand contents", left(1990), nil, nil, 2 + 20 + 2, 0, 2},
		{"more", left(2200), nil, nil, 2 + 20, 203, 0},
		{"few texts and a large file", left(2), nil, nil, 2 + 1 + 2, 0, 2},
		{"without a token", left(40), func(o *github.Options) { o.Token = wire.Token{} }, nil, 2, 43, 0},
		{"without GraphQL", left(40), func(o *github.Options) { o.GraphQLURL = "" }, nil, 2, 43, 0},
		{"GraphQL fails", left(40), nil, func(_ int, r *http.Request) http.HandlerFunc {
			if strings.Contains(r.URL.Path, "graphql") {
				return githubtest.Says(200, `{"errors":[{"type":"NOT_FOUND","message":"no"}]}`)
			}
			return nil
		}, 2 + 1, 43, 0},
		{"GraphQL answers something else", left(40), nil, broken, 2 + 1, 43, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := map[string]string{}
			server := serve(t, func(o *githubtest.Options) {
				commit := o.Repos[0].Commits[newCommit]
				maps.Copy(commit.Files, c.files)
				commit.Files[".gitattributes"] = "left export-ignore\n"
				maps.Copy(want, commit.Files)
				o.Fault = c.fault
			})
			client, _ := connect(t, server.API, func(o *github.Options) {
				if o.GraphQLURL = server.GraphQL; c.change != nil {
					c.change(o)
				}
			})
			most := roomy()
			most.File = 1 << 20
			got, short, err := readCode(t.Context(), t, client, most)
			if err != nil || len(short.LeftOut) != c.leftOut || len(short.Binary) != c.binary || client.Calls() != c.calls {
				t.Errorf("%d files left out and %d binary after %d calls, want %d and %d after %d; error %v", len(short.LeftOut), len(short.Binary), client.Calls(), c.leftOut, c.binary, c.calls, err)
			}
			for _, name := range slices.Concat(short.Binary, short.Large) {
				delete(want, name)
			}
			for name := range short.LeftOut {
				delete(want, name)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

// A file that cannot be fetched is left out with the reason. The end of the run is an error.
func TestCodeArchiveFetchFails(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]http.HandlerFunc{
		"404": githubtest.Refuses(404, "Not Found"), "empty": githubtest.Says(200, ""), "too long": githubtest.Says(200, strings.Repeat("x", 200_000)),
		"other": githubtest.Says(200, "other"),
	} {
		server := serve(t, func(o *githubtest.Options) {
			o.Unchecked = true
			o.Repos[0].Commits[newCommit].Files[".gitattributes"] = "README.md export-ignore\n"
			o.Fault = func(_ int, r *http.Request) http.HandlerFunc {
				if strings.Contains(r.URL.Path, "/git/blobs/") {
					return fault
				}
				return nil
			}
		})
		client, _ := connect(t, server.API, nil)
		got, short, err := readCode(t.Context(), t, client, roomy())
		if reason := short.LeftOut["README.md"]; err != nil || got["README.md"] != "" || !strings.Contains(reason, "fetched") || len(short.LeftOut) != 1 {
			t.Errorf("%s: %q, %+v, %v", name, got["README.md"], short, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	server := serve(t, func(o *githubtest.Options) {
		o.Repos[0].Commits[newCommit].Files[".gitattributes"] = "README.md export-ignore\n"
		o.Fault = func(_ int, r *http.Request) http.HandlerFunc {
			if strings.Contains(r.URL.Path, "/git/blobs/") {
				cancel()
			}
			return nil
		}
	})
	client, _ := connect(t, server.API, nil)
	if _, _, err := readCode(ctx, t, client, roomy()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
