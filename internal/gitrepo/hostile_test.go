package gitrepo_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/vendorgate/vendorgate/internal/gitrepo"
	"github.com/vendorgate/vendorgate/internal/source"
)

// git's own files, as go-git writes them, in memory.
func inMemory(tb testing.TB, dir string) fstest.MapFS {
	tb.Helper()
	out := fstest.MapFS{}
	root := os.DirFS(filepath.Join(dir, ".git"))
	must(tb, fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	}))
	return out
}

// readAll reads the whole history of HEAD.
func readAll(tb testing.TB, files fs.FS) error {
	tb.Helper()
	r, err := gitrepo.Open(files, files)
	if err != nil {
		return err
	}
	head, err := r.Head()
	if err != nil {
		return err
	}
	base, err := r.Commit("base")
	if err != nil {
		return err
	}
	if _, err := r.MergeBase(tb.Context(), head, base); err != nil {
		return err
	}
	tree, err := r.Tree(head, ".")
	if err != nil {
		return err
	}
	short, err := tree.Archive(tb.Context(), source.ArchiveLimits{Entries: 100, Unpacked: 1 << 20, File: 1 << 20}, func(string, []byte) {})
	for name, reason := range short.LeftOut {
		return fmt.Errorf("%s: %s", name, reason)
	}
	return err
}

// A history that is damaged, cut off or elsewhere is an error that says so.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	write := func(packed bool) (fstest.MapFS, string, string) {
		s := newShop(t)
		first := s.commit(map[string]string{"a": "1", "d/b": "2"})
		second := s.commit(map[string]string{"a": "3"})
		must(t, s.Storer.SetReference(plumbing.NewHashReference("refs/heads/base", first)))
		if packed {
			s.pack()
		}
		return inMemory(t, s.dir), first.String(), second.String()
	}
	loose := func(name string) string { return "objects/" + name[:2] + "/" + name[2:] }
	for name, c := range map[string]struct {
		packed bool
		change func(files fstest.MapFS, first, second string)
		want   string
	}{
		"whole":          {change: func(fstest.MapFS, string, string) {}},
		"whole, packed":  {packed: true, change: func(fstest.MapFS, string, string) {}},
		"shallow":        {change: func(f fstest.MapFS, first, _ string) { delete(f, loose(first)) }, want: "git fetch --unshallow"},
		"another object": {change: func(f fstest.MapFS, first, second string) { f[loose(second)] = f[loose(first)] }, want: "is damaged"},
		"no zlib":        {change: func(f fstest.MapFS, _, second string) { f[loose(second)] = &fstest.MapFile{Data: []byte("x")} }, want: "is damaged"},
		"cut off":        {change: func(f fstest.MapFS, _, second string) { f[loose(second)].Data = f[loose(second)].Data[:20] }, want: "is damaged"},
		"a link": {change: func(f fstest.MapFS, _, second string) {
			f[loose(second)] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("/etc/passwd")}
		}, want: "not a regular file"},
		"a pipe":          {change: func(f fstest.MapFS, _, second string) { f[loose(second)] = &fstest.MapFile{Mode: fs.ModeNamedPipe} }, want: "not a regular file"},
		"HEAD leads out":  {change: func(f fstest.MapFS, _, _ string) { f["HEAD"].Data = []byte("ref: refs/../../secret") }, want: "is not the name of a branch"},
		"HEAD is odd":     {change: func(f fstest.MapFS, _, _ string) { f["HEAD"].Data = []byte("secret") }, want: `"HEAD" is not the id of a commit`},
		"SHA-256":         {change: func(f fstest.MapFS, _, _ string) { f["config"].Data = []byte("[extensions]\nobjectFormat = sha256\n") }, want: "names its objects with sha256"},
		"reftable":        {change: func(f fstest.MapFS, _, _ string) { f["config"].Data = []byte("[extensions]\nrefStorage = reftable\n") }, want: "as a reftable"},
		"pack is cut off": {packed: true, change: cut(".pack", 40), want: "is damaged"},
		"index is cut":    {packed: true, change: cut(".idx", 1100), want: "it is damaged"},
		"index is short":  {packed: true, change: cut(".idx", 9), want: "it is damaged"},
		"no pack":         {packed: true, change: func(f fstest.MapFS, _, _ string) { maps.DeleteFunc(f, ending(".pack")) }, want: "cannot be read: "},
	} {
		files, first, second := write(c.packed)
		c.change(files, first, second)
		if err := readAll(t, files); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func ending(end string) func(string, *fstest.MapFile) bool {
	return func(name string, _ *fstest.MapFile) bool { return strings.HasSuffix(name, end) }
}

func cut(end string, size int) func(fstest.MapFS, string, string) {
	return func(files fstest.MapFS, _, _ string) {
		for name, file := range files {
			if strings.HasSuffix(name, end) {
				file.Data = file.Data[:size]
			}
		}
	}
}

// Whatever a pack and its index contain, reading them ends, without a panic and within the limits.
func FuzzPack(f *testing.F) {
	s := newShop(f)
	text := strings.Repeat("some text\n", 500)
	must(f, s.Storer.SetReference(plumbing.NewHashReference("refs/heads/base", s.commit(map[string]string{"a": text}))))
	s.commit(map[string]string{"a": text + "more", "b": text + "less"})
	s.pack()
	files := inMemory(f, s.dir)
	var pack, index []byte
	for name, file := range files {
		switch filepath.Ext(name) {
		case ".pack":
			pack = file.Data
		case ".idx":
			index = file.Data
		}
	}
	f.Add(0, byte(0), 0, byte(0))
	for i := range 40 {
		f.Add(12+i*7, byte(1<<(i%8)), 1032+i*5, byte(0xff))
	}
	f.Fuzz(func(t *testing.T, at int, flip byte, indexAt int, indexFlip byte) {
		changed := maps.Clone(files)
		for name := range files {
			switch filepath.Ext(name) {
			case ".pack":
				changed[name] = &fstest.MapFile{Data: flipped(pack, at, flip)}
			case ".idx":
				changed[name] = &fstest.MapFile{Data: flipped(index, indexAt, indexFlip)}
			}
		}
		if err := readAll(t, changed); err == nil && (flip|indexFlip) != 0 {
			return // a byte that nothing depends on
		}
	})
}

func flipped(data []byte, at int, bits byte) []byte {
	out := bytes.Clone(data)
	if at = at % len(out); at < 0 {
		at += len(out)
	}
	out[at] ^= bits
	return out
}
