package worktree_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/worktree"
)

// The rules of https://git-scm.com/docs/gitignore; git ls-files --others --exclude-standard gives these answers.
func TestIgnore(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		patterns string
		ignored  []string
		kept     []string
	}{
		{"a", []string{"a", "x/a", "a/b"}, []string{"ab", "xa"}},
		{"/a", []string{"a", "a/b"}, []string{"x/a"}},
		{"a/", []string{"a/b", "x/a/b"}, []string{"a", "x/a"}},
		{"x/a", []string{"x/a", "x/a/b"}, []string{"y/x/a", "a"}},
		{"*.log", []string{"a.log", "x/.log"}, []string{"a.logs"}},
		{"x/*.log", []string{"x/a.log"}, []string{"x/y/a.log", "a.log"}},
		{"**/a/b", []string{"a/b", "x/y/a/b"}, []string{"a/x/b"}},
		{"a/**/b", []string{"a/b", "a/x/b", "a/x/y/b/c"}, []string{"b", "x/a/b"}},
		{"a/**", []string{"a/b", "a/x/y"}, []string{"a", "x/a/b"}},
		{"**/a/**/b/**/c", []string{"a/b/c", "x/a/x/b/x/c"}, []string{"a/c", "b/c"}},
		{"a?c", []string{"abc"}, []string{"ac", "abbc"}},
		{"[ab]", []string{"a", "b"}, []string{"c", "ab"}},
		{"[!ab]", []string{"c"}, []string{"a", "b"}},
		{"[a-c]x", []string{"bx"}, []string{"dx"}},
		{`\#a`, []string{"#a"}, []string{"a"}},
		{`\!a`, []string{"!a"}, []string{"a"}},
		{"# a\n\n\r\n", nil, []string{"a", "# a"}},
		{"a  \n", []string{"a"}, []string{"a  "}},
		{"a\\ \n", []string{"a "}, []string{"a"}},
		{"a\r\nb\r\n", []string{"a", "b"}, []string{"c"}},
		{"\xef\xbb\xbfa", []string{"a"}, nil},
		{"*\n!keep", []string{"a"}, []string{"keep"}},
		{"*.log\n!x.log\nx.log", []string{"x.log"}, nil},
		{"dir\n!dir/keep", []string{"dir/keep"}, nil},
		{"dir/*\n!dir/keep", []string{"dir/a"}, []string{"dir/keep"}},
		{"[", nil, []string{"["}},
		{"a[", nil, []string{"a["}},
	} {
		files := fstest.MapFS{".git/index": tree("x")["x"], ".gitignore": {Data: []byte(test.patterns)}}
		files = index("", files, file(".gitignore"))
		all := slices.Concat(test.ignored, test.kept)
		for _, name := range all {
			if listed := list(t, files, name); listed == slices.Contains(test.ignored, name) {
				t.Errorf("%q: %q is listed: %v", test.patterns, name, listed)
			}
		}
	}
}

// list reports whether a file is listed beside others.
func list(t *testing.T, files fstest.MapFS, name string) bool {
	t.Helper()
	with := fstest.MapFS{name: {}}
	for other, f := range files {
		with[other] = f
	}
	got, err := worktree.List(with)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Contains(got.Files, name)
}

// The patterns of a folder come after those above it, and do not reach beside it.
func TestIgnoreInFolders(t *testing.T) {
	t.Parallel()
	files := index("", tree(".gitignore=*.o\n/top", "a/.gitignore=!keep.o\n/b", "a/keep.o", "a/x.o", "a/b", "a/c/b", "a/c/keep.o", "a/top", "b", "keep.o"))
	got, err := worktree.List(files)
	if want := []string{".gitignore", "a/.gitignore", "a/c/b", "a/c/keep.o", "a/keep.o", "a/top", "b"}; err != nil || !slices.Equal(got.Files, want) {
		t.Errorf("got %q, error %v; want %q", got.Files, err, want)
	}
}

// A pattern costs little, however many stars it has.
func TestIgnoreStars(t *testing.T) {
	t.Parallel()
	pattern := strings.Repeat("**/a/", 60) + strings.Repeat("*a", 500) + "b"
	name := strings.Repeat("a/", 100) + strings.Repeat("a", 200)
	files := index("", fstest.MapFS{".gitignore": {Data: []byte(pattern)}, name: {}}, file(".gitignore"))
	got, err := worktree.List(files)
	if err != nil || !slices.Contains(got.Files, name) {
		t.Errorf("error %v; the file is not listed", err)
	}
}
