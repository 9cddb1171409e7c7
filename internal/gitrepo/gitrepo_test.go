package gitrepo_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/vendorgate/vendorgate/internal/gitrepo"
	"github.com/vendorgate/vendorgate/internal/source"
)

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// shop is a repository that go-git writes.
type shop struct {
	*git.Repository
	tb    testing.TB
	dir   string
	clock int64
}

func newShop(tb testing.TB) *shop {
	tb.Helper()
	dir := tb.TempDir()
	r, err := git.PlainInitWithOptions(dir, &git.PlainInitOptions{InitOptions: git.InitOptions{DefaultBranch: "refs/heads/main"}})
	must(tb, err)
	return &shop{r, tb, dir, 1_700_000_000}
}

// commit writes files to the working tree and commits them on top of parents, by default of HEAD.
func (s *shop) commit(files map[string]string, parents ...plumbing.Hash) plumbing.Hash {
	s.tb.Helper()
	work, err := s.Worktree()
	must(s.tb, err)
	for name, text := range files {
		must(s.tb, os.MkdirAll(filepath.Join(s.dir, filepath.Dir(name)), 0o755))
		must(s.tb, os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644))
		_, err := work.Add(name)
		must(s.tb, err)
	}
	s.clock += 60
	who := &object.Signature{Name: "A", Email: "a@acme.example", When: time.Unix(s.clock, 0)}
	commit, err := work.Commit("x", &git.CommitOptions{Author: who, Committer: who, Parents: parents, AllowEmptyCommits: true})
	must(s.tb, err)
	return commit
}

// open opens the repository as vendorgate does.
func (s *shop) open() *gitrepo.Repo {
	s.tb.Helper()
	files := os.DirFS(filepath.Join(s.dir, ".git"))
	r, err := gitrepo.Open(files, files)
	must(s.tb, err)
	return r
}

// pack moves all objects to one pack, with differences.
func (s *shop) pack() {
	s.tb.Helper()
	must(s.tb, s.RepackObjects(&git.RepackConfig{}))
	loose, err := filepath.Glob(filepath.Join(s.dir, ".git/objects/[0-9a-f][0-9a-f]"))
	must(s.tb, err)
	for _, dir := range loose {
		must(s.tb, os.RemoveAll(dir))
	}
}

// What go-git writes is read, whether in files of its own or in a pack with differences.
func TestTree(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	random := rand.New(rand.NewPCG(1, 2))
	long := make([]byte, 200_000)
	for i := range long {
		long[i] = "abcdefgh\n"[random.IntN(9)]
	}
	var commits []plumbing.Hash
	var want []map[string]string
	files := map[string]string{"a": "", "a.b": "x", "a-b/c": "y", "d/e/f": "z\n", "long": string(long)}
	for i := range 12 {
		files["long"] = files["long"][:i*5000] + fmt.Sprint(i) + files["long"][i*5000:]
		files["d/e/g"] = strings.Repeat("line\n", i) + files["long"][:1000]
		commits, want = append(commits, s.commit(files)), append(want, maps.Clone(files))
	}
	check := func() {
		r := s.open()
		for i, commit := range commits {
			tree, err := r.Tree(commit.String(), ".")
			must(t, err)
			got := map[string]string{}
			short, err := tree.Archive(t.Context(), source.ArchiveLimits{Entries: 100, Unpacked: 10 << 20, File: 1 << 20}, func(name string, data []byte) { got[name] = string(data) })
			if err != nil || short.Limit != "" || len(short.LeftOut)+len(short.Large) > 0 || !maps.Equal(got, want[i]) {
				t.Errorf("commit %d: %d files, %+v, error %v", i, len(got), short, err)
			}
			must(t, fstest.TestFS(tree, slices.Collect(maps.Keys(want[i]))...))
			info, err := fs.Stat(tree, "d/e/g")
			if err != nil || info.Sys() != source.BlobOf([]byte(want[i]["d/e/g"])) || info.Size() != int64(len(want[i]["d/e/g"])) {
				t.Errorf("commit %d: %+v, error %v", i, info, err)
			}
			below, err := r.Tree(commit.String(), "d/e")
			must(t, err)
			if data, err := fs.ReadFile(below, "f"); string(data) != "z\n" || err != nil {
				t.Errorf("commit %d: below a folder: %q, error %v", i, data, err)
			}
		}
	}
	check()
	s.pack()
	packs, err := filepath.Glob(filepath.Join(s.dir, ".git/objects/pack/*.pack"))
	if must(t, err); len(packs) != 1 {
		t.Fatalf("%d packs", len(packs))
	}
	if info, err := os.Stat(packs[0]); err != nil || info.Size() > 300_000 {
		t.Fatalf("the pack has no differences: %d bytes, error %v", info.Size(), err)
	}
	check()
	tree, err := s.open().Tree(commits[0].String(), ".")
	must(t, err)
	for _, name := range []string{"", "/", "a/", "../a", "a/b", "d/e/f/g", "d/../a", "none", "none/a"} {
		if _, err := tree.Open(name); err == nil {
			t.Errorf("opened %q", name)
		}
		if _, err := fs.Stat(tree, name); name != "" && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if empty, err := s.open().Tree(commits[0].String(), "a"); err != nil || len(entries(t, empty)) > 0 {
		t.Errorf("a file as a folder: error %v", err)
	}
}

func entries(tb testing.TB, files fs.FS) []fs.DirEntry {
	tb.Helper()
	out, err := fs.ReadDir(files, ".")
	must(tb, err)
	return out
}

// The merge base is that of go-git, in histories with merges.
func TestMergeBase(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	s := newShop(t)
	commits := []plumbing.Hash{s.commit(nil)}
	for range 60 {
		parents := []plumbing.Hash{commits[max(0, len(commits)-1-random.IntN(4))]}
		if other := commits[max(0, len(commits)-1-random.IntN(8))]; random.IntN(3) == 0 && other != parents[0] {
			parents = append(parents, other)
		}
		commits = append(commits, s.commit(nil, parents...))
	}
	r := s.open()
	for range 300 {
		a, b := commits[random.IntN(len(commits))], commits[random.IntN(len(commits))]
		first, err := s.CommitObject(a)
		must(t, err)
		second, err := s.CommitObject(b)
		must(t, err)
		bases, err := first.MergeBase(second)
		must(t, err)
		slices.SortFunc(bases, func(x, y *object.Commit) int { return y.Committer.When.Compare(x.Committer.When) })
		if got, err := r.MergeBase(t.Context(), a.String(), b.String()); err != nil || got != bases[0].Hash.String() {
			t.Errorf("%s and %s: got %s, error %v, want %s", a, b, got, err, bases[0].Hash)
		}
	}
}

// Branches, tags and ids are found as git finds them.
func TestCommit(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	first := s.commit(map[string]string{"a": "1"})
	second := s.commit(map[string]string{"a": "2"})
	_, err := s.CreateTag("v1", first, &git.CreateTagOptions{Message: "x", Tagger: &object.Signature{Name: "A", Email: "a@acme.example", When: time.Unix(1, 0)}})
	must(t, err)
	for _, ref := range []*plumbing.Reference{
		plumbing.NewHashReference("refs/tags/plain", first), plumbing.NewHashReference("refs/heads/feature/x", first),
		plumbing.NewHashReference("refs/remotes/origin/main", first), plumbing.NewSymbolicReference("refs/remotes/origin/HEAD", "refs/remotes/origin/main"),
		plumbing.NewSymbolicReference("refs/heads/round", "refs/heads/round"),
	} {
		must(t, s.Storer.SetReference(ref))
	}
	for _, packed := range []bool{false, true} {
		if packed {
			s.pack()
			must(t, os.WriteFile(filepath.Join(s.dir, ".git/packed-refs"), []byte("# pack-refs with: peeled\n"+first.String()+" refs/heads/old\n^"+first.String()+"\n"), 0o644))
		}
		r := s.open()
		want := map[string]plumbing.Hash{
			"main": second, "HEAD": second, "refs/heads/main": second, "heads/main": second, "v1": first, "plain": first, "feature/x": first, "origin/main": first, "origin": first,
			first.String(): first, first.String()[:7]: first, second.String()[:12]: second, strings.ToUpper(first.String()[:9]): first,
		}
		if packed {
			want["old"] = first
		}
		for text, commit := range want {
			if got, err := r.Commit(text); err != nil || got != commit.String() {
				t.Errorf("%s: got %s, error %v, want %s", text, got, err, commit)
			}
		}
		for _, text := range []string{"", "none", "feature", "../main", "refs/heads/../../HEAD", strings.Repeat("0", 40), strings.Repeat("0", 7), "config", first.String()[:6]} {
			if got, err := r.Commit(text); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%q: got %s, error %v", text, got, err)
			}
		}
		if got, err := r.Commit("round"); err == nil || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a ref that stands for itself: %s, error %v", got, err)
		}
		if branch, commit, err := r.Default(); branch != "origin" || commit != first.String() || err != nil {
			t.Errorf("the default branch: %s at %s, error %v", branch, commit, err)
		}
		if head, err := r.Head(); head != second.String() || err != nil {
			t.Errorf("HEAD: %s, error %v", head, err)
		}
		if date, err := r.Date(second.String()); err != nil || date.Unix() != s.clock {
			t.Errorf("date %v, error %v", date, err)
		}
	}
}

// The name comes from a remote on a server.
func TestName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "",
		"[remote \"origin\"]\n\turl = https://github.com/acme/shop.git\n":                                             "acme/shop origin",
		"[remote \"origin\"]\n\turl = git@github.com:acme/shop.git\n":                                                 "acme/shop origin",
		"[Remote \"origin\"]\n\tURL=ssh://git@github.example:22/acme/shop/ # x\n":                                     "acme/shop origin",
		"[remote \"origin\"]\nurl = https://gitlab.example/acme/web/shop\n":                                           "acme/web/shop origin",
		"[remote \"origin\"]\nurl = git@github.com:me/shop\n[remote \"upstream\"]\nurl = \"gh:acme/shop\"\n":          "acme/shop upstream",
		"[remote \"origin\"]\nurl = git@github.com:me/shop\n[remote \"upstream\"]\nurl = /srv/git/acme/shop\n":        "me/shop origin",
		"[remote \"origin\"]\nurl = git@github.com:acme/shop\nurl = git@github.com:me/shop\n":                         "acme/shop origin",
		"[remote \"origin\"]\nurl = C:/git/acme/shop\n":                                                               "",
		"[remote \"origin\"]\nurl = ../acme/shop\n":                                                                   "",
		"[remote \"origin\"]\nurl = file:///srv/git/acme/shop\n":                                                      "",
		"[remote \"origin\"]\nurl = https://github.com/acme/../shop\n":                                                "",
		"[remote \"origin\"]\nurl = https://github.com/shop\n":                                                        "",
		"[remote \"Origin\"]\nurl = https://github.com/acme/shop\n":                                                   "",
		"[remote]\nurl = https://github.com/acme/shop\n":                                                              "",
		"[include]\n\tpath = other\n[branch \"origin\"]\nurl = https://github.com/acme/shop\n; [remote \"origin\"]\n": "",
	} {
		files := fstest.MapFS{"config": {Data: []byte(text)}, "other": {Data: []byte("[remote \"origin\"]\nurl = https://github.com/acme/shop\n")}}
		r, err := gitrepo.Open(files, files)
		must(t, err)
		if name, remote := r.Name(); strings.TrimSpace(name+" "+remote) != want {
			t.Errorf("%q: got %q of %q, want %q", text, name, remote, want)
		}
	}
}
