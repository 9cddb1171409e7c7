package source_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/source"
)

func TestReadLimit(t *testing.T) {
	t.Parallel()
	for size, want := range map[int]int{0: 0, 1: 1, source.MaxFile - 1: source.MaxFile - 1, source.MaxFile: source.MaxFile, source.MaxFile + 1: source.MaxFile + 1, source.MaxFile + 2: source.MaxFile + 1, 3 * source.MaxFile: source.MaxFile + 1} {
		data := bytes.Repeat([]byte("x"), size)
		got, err := source.New("o", "", fstest.MapFS{"f": {Data: data}}).Read("f")
		if err != nil || len(got) != want || !bytes.Equal(got, data[:want]) {
			t.Errorf("Read of %d bytes: got %d, error %v; want %d", size, len(got), err, want)
		}
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	tree := source.New("o", "", fstest.MapFS{"d/f": {Data: []byte("x")}, "link": {Mode: fs.ModeSymlink, Data: []byte("d/f")}, "pipe": {Mode: fs.ModeNamedPipe}, "device": {Mode: fs.ModeDevice}})
	for name, want := range map[string]error{
		"d": source.ErrNotRegular, "link": source.ErrNotRegular, "pipe": source.ErrNotRegular, "device": source.ErrNotRegular,
		"none": fs.ErrNotExist, "d/none": fs.ErrNotExist, "../f": fs.ErrInvalid, "/d/f": fs.ErrInvalid, "d/": fs.ErrInvalid, "": fs.ErrInvalid, "d/./f": fs.ErrInvalid,
	} {
		data, err := tree.Read(name)
		if data != nil || !errors.Is(err, want) && (want != fs.ErrInvalid || !errors.Is(err, fs.ErrNotExist)) { //nolint:errorlint // the sentinel of this table
			t.Errorf("Read(%q): got %q, error %v; want %v", name, data, err, want)
		}
	}
}

// directory makes a directory with everything that is no plain file.
func directory(t *testing.T) fs.FS {
	t.Helper()
	dir, outside := t.TempDir(), t.TempDir()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	must(os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o600))
	must(os.MkdirAll(at("sub/deeper"), 0o700))
	must(os.WriteFile(at("plain"), []byte("plain"), 0o600))
	must(os.WriteFile(at("sub/plain"), []byte("sub"), 0o600))
	must(os.Symlink(filepath.Join(outside, "secret"), at("out")))
	must(os.Symlink("../../../../../../../../etc/passwd", at("up")))
	must(os.Symlink(outside, at("outdir")))
	must(os.Symlink("plain", at("in")))
	must(os.Symlink("sub", at("indir")))
	must(os.Symlink("loop", at("loop")))
	must(os.Symlink("nothing", at("dangling")))
	must(fifo(at("fifo")))
	root, err := os.OpenRoot(dir)
	must(err)
	t.Cleanup(func() { root.Close() }) //nolint:errcheck // nothing was written
	return root.FS()
}

func TestReadFromRoot(t *testing.T) {
	t.Parallel()
	tree := source.New("o", "", directory(t))
	for name, want := range map[string]string{"plain": "plain", "sub/plain": "sub", "indir/plain": "sub"} {
		if data, err := tree.Read(name); err != nil || string(data) != want {
			t.Errorf("Read(%s): got %q, error %v; want %q", name, data, err, want)
		}
	}
	for _, name := range []string{"out", "up", "in", "indir", "outdir", "loop", "dangling", "fifo", "sub", "."} {
		data, err := tree.Read(name)
		if data != nil || !errors.Is(err, source.ErrNotRegular) {
			t.Errorf("Read(%s): got %q, error %v; want that it is no regular file", name, data, err)
		}
		if err != nil && source.Reason(err) != "not a regular file" {
			t.Errorf("Reason of %s: got %q", name, source.Reason(err))
		}
	}
	for _, name := range []string{"outdir/secret", "../secret", "/etc/passwd", "sub/../plain", "none"} {
		if data, err := tree.Read(name); data != nil || err == nil {
			t.Errorf("Read(%s): got %q, error %v; want an error", name, data, err)
		}
	}
}

func TestReason(t *testing.T) {
	t.Parallel()
	_, err := source.New("o", "", fstest.MapFS{}).Read("a/b: c")
	if got := source.Reason(err); got != "file does not exist" {
		t.Errorf("Reason(%v): got %q", err, got)
	}
	for text, want := range map[string]string{"plain": "plain", "open x: permission denied": "permission denied", "a: b: c": "c"} {
		if got := source.Reason(errors.New(text)); got != want {
			t.Errorf("Reason(%q): got %q, want %q", text, got, want)
		}
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	tree := source.New("o", "", fstest.MapFS{
		"v/b.yaml": {}, "v/a.yaml": {}, "v/c.yml": {}, "v/d.yaml/x": {}, "v/sub/e.yaml": {}, "v/.yaml": {}, "v/f.YAML": {}, "v/link.yaml": {Mode: fs.ModeSymlink}, "w.yaml": {},
	})
	got, err := tree.List("v", ".yaml")
	if diff := cmp.Diff([]string{"", "a", "b", "link"}, got); diff != "" || err != nil {
		t.Errorf("List(v): error %v; want, got:\n%s", err, diff)
	}
	if got, err := tree.List("none", ".yaml"); got != nil || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("List(none): got %q, error %v; want that it does not exist", got, err)
	}
	if got, err := tree.List("w.yaml", ".yaml"); got != nil || err == nil {
		t.Errorf("List of a file: got %q, error %v; want an error", got, err)
	}
	if got := tree.Name("v/a.yaml"); got != "o/v/a.yaml" {
		t.Errorf("Name: got %q", got)
	}
}

func TestDigest(t *testing.T) {
	t.Parallel()
	files := func() fstest.MapFS { return fstest.MapFS{"a": {Data: []byte("1")}, "b": {Data: []byte("2")}} }
	digest := func(files fs.FS, names ...string) string {
		tree := source.New("o", "", files)
		for _, name := range names {
			if _, err := tree.Read(name); err != nil && name != "none" {
				t.Fatal(err)
			}
		}
		return tree.Digest()
	}
	const want = "sha256:"
	both := digest(files(), "a", "b")
	if !strings.HasPrefix(both, want) || len(both) != len(want)+32 {
		t.Errorf("Digest: got %q, want 32 digits after %s", both, want)
	}
	for name, same := range map[string]string{
		"another order": digest(files(), "b", "a"), "read twice": digest(files(), "a", "b", "a"), "and one that is absent": digest(files(), "a", "none", "b"),
	} {
		if same != both {
			t.Errorf("Digest, %s: got %q, want %q", name, same, both)
		}
	}
	changed, renamed, joined := files(), files(), fstest.MapFS{"a": {Data: []byte("12")}, "b": {}}
	changed["b"] = &fstest.MapFile{Data: []byte("3")}
	renamed["c"] = renamed["b"]
	seen := map[string]string{both: "both"}
	for name, other := range map[string]string{
		"nothing read": digest(files()), "one read": digest(files(), "a"), "the other read": digest(files(), "b"), "changed": digest(changed, "a", "b"),
		"renamed": digest(renamed, "a", "c"), "moved between files": digest(joined, "a", "b"),
	} {
		if twin, ok := seen[other]; ok {
			t.Errorf("Digest, %s: got the same as for %s", name, twin)
		}
		seen[other] = name
	}
	if got := source.New("o", "9f2c1d4", files()).Digest(); got != "9f2c1d4" {
		t.Errorf("Digest of a revision: got %q", got)
	}
	// What was read last is what was judged: a file that changes in between changes the digest.
	moving := files()
	tree := source.New("o", "", moving)
	for _, text := range []string{"1", "9"} {
		moving["a"] = &fstest.MapFile{Data: []byte(text)}
		if _, err := tree.Read("a"); err != nil {
			t.Fatal(err)
		}
	}
	if got := tree.Digest(); got == digest(files(), "a") {
		t.Error("Digest: a file that was read anew did not change it")
	}
}

// broken fails in the middle of a file.
type broken struct{ fstest.MapFS }

type brokenFile struct{ fs.File }

func (brokenFile) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

func (b broken) Open(name string) (fs.File, error) {
	f, err := b.MapFS.Open(name)
	return brokenFile{f}, err
}

func TestReadFails(t *testing.T) {
	t.Parallel()
	tree := source.New("o", "", broken{fstest.MapFS{"a": {Data: []byte("1")}}})
	if _, err := tree.Read("a"); err == nil || source.Reason(err) != "disk on fire" {
		t.Errorf("Read: got error %v", err)
	}
	if got, want := tree.Digest(), source.New("o", "", fstest.MapFS{}).Digest(); got != want {
		t.Errorf("Digest after a failure: got %q, want that of nothing, %q", got, want)
	}
}
