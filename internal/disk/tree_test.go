package disk // the tests look at trees deeper than mostOpen

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// deep makes a folder in a folder, depth times, each beside a file, and returns the path of the last.
func deep(tb testing.TB, dir string, depth int) string {
	tb.Helper()
	must := func(err error) {
		if err != nil {
			tb.Helper()
			tb.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	must(err)
	for range depth {
		must(root.WriteFile("f", nil, 0o600))
		must(root.Mkdir("dd", 0o700))
		below, err := root.OpenRoot("dd")
		must(err)
		must(root.Close())
		root = below
	}
	must(root.Close())
	return strings.TrimSuffix(strings.Repeat("dd/", depth), "/")
}

func write(tb testing.TB, name, text string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}

func walk(tb testing.TB, files fs.FS) (names []string, failures []error) {
	tb.Helper()
	err := fs.WalkDir(files, ".", func(name string, _ fs.DirEntry, err error) error {
		names = append(names, name)
		if err != nil {
			failures = append(failures, err)
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return names, failures
}

// A tree behaves like os.Root at any depth, and links cannot escape from it.
func TestTree(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), t.TempDir()
	write(t, filepath.Join(outside, "secret"), "x")
	last := deep(t, dir, 3*mostOpen+5)
	for i, at := range []string{"", "dd/", strings.Repeat("dd/", mostOpen), strings.Repeat("dd/", 2*mostOpen+1), last + "/"} {
		write(t, filepath.Join(dir, at+"side/g"), fmt.Sprint(i))
		for link, target := range map[string]string{"out": outside, "up": "..", "in": "side"} {
			if err := os.Symlink(target, filepath.Join(dir, at+link)); err != nil {
				t.Fatal(err)
			}
		}
	}
	files, err := Disk{}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // nothing was written
	for range 2 {
		got, failures := walk(t, files)
		want, _ := walk(t, root.FS())
		if !slices.Equal(got, want) || len(failures) > 0 || len(got) < 6*mostOpen {
			t.Errorf("%d names, want %d; failures %v", len(got), len(want), failures)
		}
	}
	for _, name := range []string{last + "/out", last + "/in", last + "/up/up", last + "/f", last + "/nothing", "out", "..", last + "/../dd", "", "/"} {
		got, err := fs.ReadDir(files, name)
		want, wantErr := fs.ReadDir(root.FS(), name)
		if len(got) != len(want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Errorf("ReadDir(%s): got %v, error %v; want %v, error %v", name, got, err, want, wantErr)
		}
	}
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for i := range 200 {
				dir := []string{"", "side/", "dd/side/", last + "/side/", "in/", last + "/in/", "out/", "up/", "nothing/"}[(i*(worker+1))%9]
				for _, name := range []string{"g", "secret", "up/side/g", "in", "in/g", "out", "nothing", "../f", ""} {
					got, err := fs.ReadFile(struct{ fs.FS }{files}, dir+name)
					want, wantErr := fs.ReadFile(struct{ fs.FS }{root.FS()}, dir+name)
					if !bytes.Equal(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
						t.Errorf("Open(%s): got %q, error %v; want %q, error %v", dir+name, got, err, want, wantErr)
						return
					}
				}
			}
		})
	}
	wait.Wait()
}

// Names that are not UTF-8 are read like all others. They lead out of the tree no more than those do.
func TestTreeNotUTF8(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), t.TempDir()
	write(t, filepath.Join(outside, "b\xff"), "secret")
	folder := deep(t, dir, mostOpen+3) + "/caf\xe9"
	for _, name := range []string{"a\xff", "caf\xe9/b\xff", folder + "/b\xff", folder + "/c"} {
		write(t, filepath.Join(dir, name), "text of "+name)
	}
	for link, target := range map[string]string{"out\xff": outside, "caf\xe9/out": outside, "in\xff": "a\xff"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	files, err := Disk{}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	names, failures := walk(t, files)
	if len(failures) > 0 {
		t.Errorf("walk: %v", failures)
	}
	for _, name := range []string{"a\xff", "caf\xe9/b\xff", folder + "/b\xff", folder + "/c"} {
		data, err := fs.ReadFile(struct{ fs.FS }{files}, name)
		if string(data) != "text of "+name || err != nil || !slices.Contains(names, name) {
			t.Errorf("%q: got %q, error %v", name, data, err)
		}
	}
	if data, err := fs.ReadFile(files, "in\xff"); string(data) != "text of a\xff" || err != nil {
		t.Errorf("a link in the tree: got %q, error %v", data, err)
	}
	for _, name := range []string{"out\xff/b\xff", "caf\xe9/out/b\xff", "../" + filepath.Base(outside) + "/b\xff", "caf\xe9/../a\xff", "/a\xff", "nothing\xff"} {
		if data, err := fs.ReadFile(struct{ fs.FS }{files}, name); err == nil {
			t.Errorf("%q: got %q", name, data)
		}
	}
	if info, err := fs.Lstat(files, "out\xff"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("a link: got %v, error %v", info, err)
	}
}

func BenchmarkWalk(b *testing.B) {
	for _, depth := range []int{500, 2000} {
		dir := b.TempDir()
		deep(b, dir, depth)
		files, err := Disk{}.Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("depth=%d", depth), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				walk(b, files)
			}
		})
	}
}
