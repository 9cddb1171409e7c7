package detect_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/detect"
)

const call = `x("https://api.stripe.com/v1")`

// With a git index, tracked files and new files are searched, and all skipped paths are listed.
func TestTrackedFiles(t *testing.T) {
	t.Parallel()
	tree := memory{"a.txt": call, "docs/d.md": call, "src/b.go": "package b\n\nvar x = " + call, "src/deep/c.go": "", "untracked.js": call, "dist/a.js": call, ".gitignore": "/dist\n"}.fs()
	tree["link"] = &fstest.MapFile{Mode: fs.ModeSymlink}
	for index, want := range map[string]string{
		"v2": `stripe confirmed
  src/b.go:3:20: confirmed host "api.stripe.com"
  untracked.js:1:12: confirmed host "api.stripe.com"
  a.txt:1:12: hint host "api.stripe.com" (docs)
  docs/d.md:1:12: hint host "api.stripe.com" (docs)
skipped dist: ignored by git
skipped link: symbolic link
skipped sub: submodule: another repository
`,
		"v3": `stripe confirmed
  src/b.go:3:20: confirmed host "api.stripe.com"
  untracked.js:1:12: confirmed host "api.stripe.com"
  a.txt:1:12: hint host "api.stripe.com" (docs)
  docs/d.md:1:12: hint host "api.stripe.com" (docs)
skipped dist: ignored by git
skipped link: symbolic link
skipped sub: submodule: another repository
`,
		"split-v2": `stripe confirmed
  src/b.go:3:20: confirmed host "api.stripe.com"
  untracked.js:1:12: confirmed host "api.stripe.com"
  a.txt:1:12: hint host "api.stripe.com" (docs)
  docs/d.md:1:12: hint host "api.stripe.com" (docs)
skipped dist: ignored by git
skipped link: symbolic link
skipped sub: submodule: another repository
`,
		"sparse": `stripe confirmed
  untracked.js:1:12: confirmed host "api.stripe.com"
  a.txt:1:12: hint host "api.stripe.com" (docs)
  docs/d.md:1:12: hint host "api.stripe.com" (docs)
skipped dist: ignored by git
skipped link: symbolic link
skipped src/: sparse checkout: not in the working tree
skipped sub: submodule: another repository
`,
		"split": `stripe confirmed
  src/b.go:3:20: confirmed host "api.stripe.com"
  untracked.js:1:12: confirmed host "api.stripe.com"
  a.txt:1:12: hint host "api.stripe.com" (docs)
  dist/a.js:1:12: hint host "api.stripe.com" (generated code)
  docs/d.md:1:12: hint host "api.stripe.com" (docs)
skipped .git/index: searched all files instead: the index is split into two files: sharedindex.932287ab5118e4478899648b07bc604f3253f633 cannot be read: file does not exist
skipped link: symbolic link
`,
	} {
		data, err := os.ReadFile("../gitindex/testdata/" + index)
		if err != nil {
			t.Fatal(err)
		}
		const rest = "sharedindex.5a26691d680adf0154eb038ea265333f8738931f" // of split-v2
		shared, err := os.ReadFile("../gitindex/testdata/" + rest)
		if err != nil {
			t.Fatal(err)
		}
		with := fstest.MapFS{".git/index": {Data: data}, ".git/" + rest: {Data: shared}, ".git/config": {Data: []byte(call)}}
		for name, file := range tree {
			with[name] = file
		}
		if diff := cmp.Diff(want, describe(scan(t, with))); diff != "" {
			t.Errorf("Scan(%s) (-want +got):\n%s", index, diff)
		}
	}
	data, err := os.ReadFile("../gitindex/testdata/v2")
	if err != nil {
		t.Fatal(err)
	}
	gone := fstest.MapFS{".git/index": {Data: data}, "a.txt": {Mode: fs.ModeDir}, "src/b.go": {Mode: fs.ModeNamedPipe}}
	want := `skipped a.txt: not in the working tree: something else has its name
skipped docs/d.md: not in the working tree
skipped link: symbolic link
skipped src/b.go: not in the working tree: something else has its name
skipped src/deep/c.go: not in the working tree
skipped sub: submodule: another repository
`
	if diff := cmp.Diff(want, describe(scan(t, gone))); diff != "" {
		t.Errorf("Scan(a working tree that has lost its files) (-want +got):\n%s", diff)
	}
}

// Files that are not text are listed as skipped; text in other encodings is read.
func TestContents(t *testing.T) {
	t.Parallel()
	tree := memory{
		"big.js":                     strings.Repeat("x", detect.MaxFile+1),
		"film.mp4":                   "\x00" + strings.Repeat("x", detect.MaxFile+1),
		"binary.js":                  "\x00" + call,
		"late.js":                    strings.Repeat(" ", 8000) + "\x00\n" + call,
		"lfs.js":                     "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
		"le.js":                      utf16le("\u00e9\U0001F600 " + call),
		"be.js":                      "\xfe\xff\x00x\x00.\x00y",
		"odd.js":                     "\xff\xfex",
		"bom.js":                     "\xef\xbb\xbf" + call,
		"latin1.js":                  "\xe9 " + call + " \xff",
		"empty.js":                   "",
		"one.js":                     ".",
		"package.json":               "{",
		"template/package.json":      "{\"name\": {{ name }}}",
		"test/fixtures/package.json": "{",
		"pom.xml":                    strings.Repeat(" ", 1<<20) + "<project/>",
		"many.js":                    strings.Repeat(call+"\n", 6000),
	}.fs()
	tree["pipe"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	tree["link"] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("/etc/passwd")}
	result := scan(t, tree)
	want := []detect.Skipped{
		{Path: "big.js", Reason: "larger than 5 MiB"},
		{Path: "binary.js", Reason: "binary"},
		{Path: "film.mp4", Reason: "binary"},
		{Path: "lfs.js", Reason: "Git LFS pointer: the content is elsewhere"},
		{Path: "link", Reason: "symbolic link"},
		{Path: "many.js", Reason: "more than 5000 names; the rest was not searched"},
		{Path: "package.json", Reason: "cannot be read: its dependencies: not JSON: it ends early"},
		{Path: "pipe", Reason: "not a regular file"},
		{Path: "pom.xml", Reason: "cannot be read: its dependencies: larger than 1 MiB"},
		{Path: "template/package.json", Reason: "not read: its dependencies: not JSON: invalid character '{'"},
		{Path: "test/fixtures/package.json", Reason: "not read: its dependencies: not JSON: it ends early"},
	}
	if diff := cmp.Diff(want, result.Skipped); diff != "" {
		t.Errorf("Scan: skipped (-want +got):\n%s", diff)
	}
	if result.Files != 13 {
		t.Errorf("Scan: %d files, want 13", result.Files)
	}
	var places []string
	for _, e := range result.Vendors[0].Sightings {
		places = append(places, fmt.Sprintf("%s:%d:%d", e.File, e.Line, e.Col))
	}
	if diff := cmp.Diff([]string{"bom.js:1:12", "late.js:2:12", "latin1.js:1:14", "le.js:1:15", "many.js:1:12"}, places); diff != "" {
		t.Errorf("Scan: places (-want +got):\n%s", diff)
	}
}

func utf16le(text string) string {
	out := []byte{0xFF, 0xFE}
	for _, r := range text {
		if r > 0xFFFF {
			r -= 0x10000
			high, low := 0xD800+r>>10, 0xDC00+r&0x3FF
			out = append(out, byte(high), byte(high>>8), byte(low), byte(low>>8))
			continue
		}
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

// Links out of a tree, and circular links, are not followed; paths that cannot be opened are listed.
func TestDirectory(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), t.TempDir()
	write := func(name string) {
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(call), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(outside, "secret.js"))
	write(filepath.Join(dir, "src", "a.js"))
	for link, target := range map[string]string{"out": outside, "file.js": filepath.Join(outside, "secret.js"), "loop": ".", "src/up": "..", "self": "self"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // nothing was written
	want := "stripe confirmed\n  src/a.js:1:12: confirmed host \"api.stripe.com\"\n"
	for _, link := range []string{"file.js", "loop", "out", "self", "src/up"} {
		want += "skipped " + link + ": symbolic link\n"
	}
	if diff := cmp.Diff(want, describe(scan(t, root.FS()))); diff != "" {
		t.Errorf("Scan (-want +got):\n%s", diff)
	}
}

// refusing is a file system that refuses to open some names.
type refusing struct {
	fstest.MapFS
	names map[string]bool
}

func (r refusing) Open(name string) (fs.File, error) {
	if r.names[name] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.Open(name)
}

func (r refusing) ReadDir(name string) ([]fs.DirEntry, error) {
	if r.names[name] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.ReadDir(name)
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	files := memory{"a.js": call, "b.js": call, "dir/c.js": call}.fs()
	got := describe(scan(t, refusing{files, map[string]bool{"b.js": true, "dir": true}}))
	want := "stripe confirmed\n  a.js:1:12: confirmed host \"api.stripe.com\"\nskipped b.js: cannot be read: permission denied\nskipped dir: cannot be read: permission denied\n"
	if diff := cmp.Diff(strings.ReplaceAll(want, "permission denied", fs.ErrPermission.Error()), got); diff != "" {
		t.Errorf("Scan (-want +got):\n%s", diff)
	}
	if _, err := detect.Scan(refusing{files, map[string]bool{".": true}}, catalogue(), detect.Options{}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("Scan(a tree that cannot be listed): got error %v, want %v", err, fs.ErrPermission)
	}
}

// The result for a tree does not depend on which worker is faster.
func TestSameResult(t *testing.T) {
	t.Parallel()
	tree := memory{}
	for i := range 300 {
		tree[fmt.Sprintf("d%d/a%d.js", i%7, i)] = strings.Repeat("\n", i%5) + call + "\nfetch('https://api.quuxpay.com/v1')\n// https://slack.com\n"
	}
	first := scan(t, tree.fs())
	for range 5 {
		if again := scan(t, tree.fs()); !reflect.DeepEqual(first, again) {
			t.Fatalf("Scan: two results differ:\n%s", cmp.Diff(first, again))
		}
	}
}

func scan(t *testing.T, files fs.FS) *detect.Result {
	t.Helper()
	result, err := detect.Scan(files, catalogue(), detect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return result
}
