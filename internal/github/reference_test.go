package github_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/snapshot"
)

func TestParseReference(t *testing.T) {
	t.Parallel()
	sha := strings.Repeat("aB", 20)
	tests := []struct {
		text string
		want github.Reference
	}{
		{"acme/registry", github.Reference{Owner: "acme", Repo: "registry"}},
		{"acme/.github", github.Reference{Owner: "acme", Repo: ".github"}},
		{"a_b-c/x.y_z-", github.Reference{Owner: "a_b-c", Repo: "x.y_z-"}},
		{"acme/registry@main", github.Reference{Owner: "acme", Repo: "registry", Ref: "main"}},
		{"acme/registry@release/1.0", github.Reference{Owner: "acme", Repo: "registry", Ref: "release/1.0"}},
		{"acme/registry@refs/tags/v1", github.Reference{Owner: "acme", Repo: "registry", Ref: "refs/tags/v1"}},
		{"acme/registry@pkg@1.0.0", github.Reference{Owner: "acme", Repo: "registry", Ref: "pkg@1.0.0"}},
		{"acme/registry@" + sha, github.Reference{Owner: "acme", Repo: "registry", Ref: strings.ToLower(sha)}},
		{"acme/registry//a/b", github.Reference{Owner: "acme", Repo: "registry", Path: "a/b"}},
		{"acme/registry//a/", github.Reference{Owner: "acme", Repo: "registry", Path: "a"}},
		{"acme/registry@v1//a/.b", github.Reference{Owner: "acme", Repo: "registry", Ref: "v1", Path: "a/.b"}},
	}
	for _, test := range tests {
		got, err := github.ParseReference(test.text)
		if err != nil || got != test.want {
			t.Errorf("ParseReference(%q): got %+v, %v", test.text, got, err)
		}
	}
}

func TestParseReferenceRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, reason, hint string }{
		{"", "has no repository", "write owner/repo"},
		{"registry", "has no repository", "write owner/repo"},
		{"./registry", `"." is not a valid owner name`, "letters"},
		{"../registry", `".." is not a valid owner name`, "letters"},
		{"/acme/registry", "too many parts", "two slashes"},
		{"acme/", `"" is not a valid repository name`, "letters"},
		{"/registry", `"" is not a valid owner name`, "letters"},
		{"acme/..", `".." is not a valid repository name`, "letters"},
		{"acme/.", `"." is not a valid repository name`, "letters"},
		{"acme/registry.git", `"registry.git" is not a valid repository name`, "remove .git"},
		{"acme/registry/sub@v1", "too many parts", "acme/registry@v1//sub"},
		{"acme/o/../x", "too many parts", "two slashes"},
		{"https://github.com/acme/registry", "it is a URL", "owner/repo"},
		{"git@github.com:acme/registry", "it is a URL", "owner/repo"},
		{"acme/reg?x=1", "is not a valid repository name", ""},
		{"acme/reg#x", "is not a valid repository name", ""},
		{"acme/reg%2e", "is not a valid repository name", ""},
		{"ac me/registry", "is not a valid owner name", ""},
		{"acme/registry ", "is not a valid repository name", ""},
		{"acme/registry@", "the ref after @ is empty", "default branch"},
		{"acme/registry@//a", "the ref after @ is empty", "default branch"},
		{"acme/registry@a..b", "is not a valid branch or tag name", "'..'"},
		{"acme/registry@a b", "is not a valid branch or tag name", ""},
		{"acme/registry@a?b", "is not a valid branch or tag name", ""},
		{"acme/registry@a#b", "is not a valid branch or tag name", ""},
		{"acme/registry@-a", "is not a valid branch or tag name", ""},
		{"acme/registry@/a", "is not a valid branch or tag name", ""},
		{"acme/registry@a/", "is not a valid branch or tag name", ""},
		{"acme/registry@a/.b", "is not a valid branch or tag name", ""},
		{"acme/registry@a.lock", "is not a valid branch or tag name", ""},
		{"acme/registry@a.", "is not a valid branch or tag name", ""},
		{"acme/registry@a\nb", "is not a valid branch or tag name", ""},
		{"acme/registry@" + strings.Repeat("a", 300), "is not a valid branch or tag name", ""},
		{"acme/registry@refs/pull/1/head", "neither a branch nor a tag", "refs/heads/NAME"},
		{"acme/registry//", "the path after // is empty", "root"},
		{"acme/registry//a//b", "is not a valid folder path", "single slashes"},
		{"acme/registry//../a", "is not a valid folder path", "'..'"},
		{"acme/registry//a/../b", "is not a valid folder path", "'..'"},
		{"acme/registry//.", "is not a valid folder path", ""},
		{"acme/registry///a", "is not a valid folder path", ""},
		{"acme/registry//a?b", "is not a valid folder path", ""},
		{"acme/registry//a b", "is not a valid folder path", ""},
		{"acme/registry//a@v1", "is not a valid folder path", "owner/repo@ref//path"},
		{"acme/registry//a\\b", "is not a valid folder path", ""},
		{strings.Repeat("a", 40) + "/registry", "is not a valid owner name", "39"},
		{"acme/" + strings.Repeat("a", 101), "is not a valid repository name", ""},
	}
	for _, test := range tests {
		got, err := github.ParseReference(test.text)
		var wrong *snapshot.ReferenceError
		if !errors.As(err, &wrong) || got != (github.Reference{}) {
			t.Errorf("ParseReference(%q): got %+v, %v", test.text, got, err)
			continue
		}
		if !strings.Contains(wrong.Reason, test.reason) || !strings.Contains(wrong.Hint, test.hint) || wrong.Hint == "" {
			t.Errorf("ParseReference(%q): got %q, hint %q", test.text, wrong.Reason, wrong.Hint)
		}
		if !strings.Contains(err.Error(), wrong.Reason) {
			t.Errorf("got %s", err)
		}
	}
}

// What is taken can be written back, and none of it needs an escape in a URL.
func FuzzParseReference(f *testing.F) {
	for _, seed := range []string{"a/b", "a/b@c//d", "a/b@refs/heads/x//y/z", "a/b//..", "a/b@x@y", "://", "a//b", "a/b@c?d#e", "a/b//J/..."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := github.ParseReference(text)
		if err != nil {
			return
		}
		again, err := github.ParseReference(r.String())
		if err != nil || again != r {
			t.Errorf("%q: %+v, then %+v, %v", text, r, again, err)
		}
		if strings.ContainsAny(r.String(), "?#% \\\n\t") || strings.Contains(r.Owner+r.Ref+r.Path, "..") || r.Repo == ".." {
			t.Errorf("%q gives %+v", text, r)
		}
		if r.Path != "" && !fs.ValidPath(r.Path) {
			t.Errorf("%q gives the path %q", text, r.Path)
		}
	})
}
