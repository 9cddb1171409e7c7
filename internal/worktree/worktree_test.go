package worktree_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/gitindex"
	"github.com/vendorgate/vendorgate/internal/gitindex/indextest"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// tree is a directory of names; the text of those that need one follows "=".
func tree(names ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for _, name := range names {
		name, text, _ := strings.Cut(name, "=")
		mode := fs.FileMode(0)
		if rest, ok := strings.CutSuffix(name, "@"); ok {
			name, mode = rest, fs.ModeSymlink
		}
		out[name] = &fstest.MapFile{Data: []byte(text), Mode: mode}
	}
	return out
}

func index(at string, files fstest.MapFS, entries ...gitindex.Entry) fstest.MapFS {
	files[at+".git/index"] = &fstest.MapFile{Data: indextest.Write(entries...)}
	return files
}

func file(path string) gitindex.Entry   { return gitindex.Entry{Path: path} }
func sparse(path string) gitindex.Entry { return gitindex.Entry{Path: path, Absent: true} }

func describe(l worktree.Listing) string {
	var out strings.Builder
	for _, name := range l.Files {
		fmt.Fprintln(&out, name)
	}
	for _, s := range l.Skipped {
		fmt.Fprintf(&out, "- %s: %s\n", s.Path, s.Reason)
	}
	return out.String()
}

func TestList(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		files fstest.MapFS
		want  string
	}{
		{"nothing", tree(), ""},
		{
			"no git: everything but packages", tree("a", "vendor/b", "third_party/c", "x/node_modules/d", ".venv/e", "dist/f", ".gitignore=dist"),
			".gitignore\na\ndist/f\nthird_party/c\nvendor/b\n- .venv: installed packages\n- x/node_modules: installed packages\n",
		},
		{"links are no files", tree("a@", "b/c@"), "- a: symbolic link\n- b/c: symbolic link\n"},
		{
			"tracked files count, whatever they are called", index("", tree("node_modules/a", "vendor/b", ".gitignore=*"), file("node_modules/a"), file("vendor/b")),
			"node_modules/a\nvendor/b\n- .gitignore: ignored by git\n",
		},
		{"new files count", index("", tree("a", "new", "dir/new"), file("a")), "a\ndir/new\nnew\n"},
		{
			"ignored files do not", index("", tree("a", "dist/b", "dist/c/d", "x.log", "s/x.log", ".gitignore=dist/\n*.log"), file("a"), file(".gitignore")),
			".gitignore\na\n- dist: ignored by git\n- s/x.log: ignored by git\n- x.log: ignored by git\n",
		},
		{
			"a tracked file in an ignored folder", index("", tree("dist/a", "dist/b", "dist/c/d", ".git/info/exclude=dist"), file("dist/a")),
			"dist/a\n- dist/b: ignored by git\n- dist/c: ignored by git\n",
		},
		{
			"files that are gone", index("", tree("a/x"), file("a/b"), file("a/x"), file("c"), file("d/e/f"), sparse("d/g")),
			"a/x\n- a/b: not in the working tree\n- c: not in the working tree\n- d/e/f: not in the working tree\n- d/g: sparse checkout: not in the working tree\n",
		},
		{"a file of a sparse checkout that is there", index("", tree("a"), sparse("a")), "a\n"},
		{
			"folders of a sparse index", index("", tree("a"), file("a"), gitindex.Entry{Path: "b/", Kind: gitindex.Dir, Absent: true}),
			"a\n- b/: sparse checkout: not in the working tree\n",
		},
		{"something else in their place", index("", tree("a/b", "c@", "d@"), file("a"), file("c"), file("d/e")), "- a: not in the working tree: something else has its name\n- c: not in the working tree: something else has its name\n- d/e: not in the working tree\n"},
		{
			"other repositories", index("", tree("a", "sub/.git=gitdir: x", "sub/b", "other/.git/HEAD", "other/c", "link@"),
				file("a"), gitindex.Entry{Path: "sub", Kind: gitindex.Submodule}, gitindex.Entry{Path: "link", Kind: gitindex.Symlink}),
			"a\n- link: symbolic link\n- other: another repository\n- sub: submodule: another repository\n",
		},
		{"the order of git", index("", tree("a.b", "a/b", "a0"), file("a.b"), file("a/b"), file("a0")), "a.b\na/b\na0\n"},
		{
			"checkouts in folders", index("shop/", tree("shop/a", "shop/dist/b", "shop/.gitignore=/dist", "notes"), file("a"), file(".gitignore"), file("gone")),
			"notes\nshop/.gitignore\nshop/a\n- shop/dist: ignored by git\n- shop/gone: not in the working tree\n",
		},
		{
			"a linked worktree", tree(".git=gitdir: /elsewhere/.git/worktrees/x", "dist/a", ".gitignore=dist"),
			".gitignore\ndist/a\n- .git: searched all files instead: the index is in another directory\n",
		},
		{
			"an index that cannot be read", tree(".git/index=x", "dist/a", ".gitignore=dist"),
			".gitignore\ndist/a\n- .git/index: searched all files instead: not a git index\n",
		},
	} {
		got, err := worktree.List(test.files)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if diff := cmp.Diff(test.want, describe(got)); diff != "" {
			t.Errorf("%s: want, got:\n%s", test.name, diff)
		}
	}
}

// In the tree of a commit everything is tracked.
func TestListCommit(t *testing.T) {
	t.Parallel()
	got, err := worktree.ListCommit(tree("node_modules/a", ".gitignore=*", "b@"))
	if want := ".gitignore\nnode_modules/a\n- b: symbolic link\n"; err != nil || describe(got) != want {
		t.Errorf("got %q, error %v; want %q", describe(got), err, want)
	}
}

func TestRepos(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files fstest.MapFS
		want  []string
	}{
		"none":       {tree("a"), nil},
		"root":       {index("", tree("a", "b/.git/HEAD"), file("a")), []string{"."}},
		"in folders": {tree("a/.git/HEAD", "b/c/.git/HEAD", "d/.git=gitdir: x"), []string{"a", "b/c"}},
	} {
		got, err := worktree.List(test.files)
		if diff := cmp.Diff(test.want, got.Repos); diff != "" || err != nil {
			t.Errorf("%s: error %v; want, got:\n%s", name, err, diff)
		}
	}
}

// locked is a directory with folders that nobody may list.
type locked struct {
	fstest.MapFS
	folder string
}

func (l locked) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == l.folder {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.ReadDir(name)
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	files := index("", tree("a/b", "c"), file("a/b"), file("c"))
	got, err := worktree.List(locked{files, "a"})
	if want := "c\n- a: cannot be read: permission denied\n"; err != nil || describe(got) != want {
		t.Errorf("got %q, error %v; want %q", describe(got), err, want)
	}
	if _, err := worktree.List(locked{files, "."}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a root that cannot be listed: error %v", err)
	}
}

// counting is a directory that counts what is asked of it.
type counting struct {
	fstest.MapFS
	calls map[string]int
}

func (c counting) ReadDir(name string) ([]fs.DirEntry, error) {
	c.calls["ReadDir "+name]++
	return c.MapFS.ReadDir(name)
}

func (c counting) Open(name string) (fs.File, error) {
	c.calls["Open "+name]++
	return c.MapFS.Open(name)
}

// Each folder is listed once, and no file is opened but those of git.
func TestListOnce(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("d/", 100) + "f"
	files := counting{index("", tree("a", deep, "gone/x/y", "dist/z", ".gitignore=dist"), file("a"), file(deep)), map[string]int{}}
	if _, err := worktree.List(files); err != nil {
		t.Fatal(err)
	}
	folders := 0
	for call, n := range files.calls {
		if n != 1 {
			t.Errorf("%s: %d times", call, n)
		}
		if strings.HasPrefix(call, "ReadDir ") {
			folders++
		} else if name := strings.TrimPrefix(call, "Open "); name != ".git/index" && name != ".gitignore" && name != ".git/info/exclude" {
			t.Errorf("opened %s", name)
		}
	}
	if want := 1 + 100 + 2; folders != want {
		t.Errorf("%d folders were listed, want %d", folders, want)
	}
}
