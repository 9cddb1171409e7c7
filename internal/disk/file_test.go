package disk_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/vendorgate/vendorgate/internal/disk"
)

// WriteFile follows links: it replaces their target and keeps the links.
func TestWriteFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.MkdirAll(at("deep/er"), 0o755))
	must(os.MkdirAll(at("folder"), 0o755))
	for _, name := range []string{"old", "deep/old", "folder/old"} {
		must(os.WriteFile(at(name), []byte("something much longer"), 0o644))
	}
	for link, target := range map[string]string{
		"link": "old", "far": "deep/old", "up": "hop/../old", "hop": "deep/er", "absolute": at("folder/old"), "dangling": "fresh", "loop": "loop",
		"null": os.DevNull, "twice": "link",
	} {
		must(os.Symlink(target, at(link)))
	}
	for name, target := range map[string]string{
		"new": "new", "old": "old", "link": "old", "far": "deep/old", "up": "deep/old", "absolute": "folder/old", "dangling": "fresh",
		"hop/new": "deep/er/new", "twice": "old",
	} {
		before, _ := os.Lstat(at(name))
		if err := (disk.Disk{}).WriteFile(at(name), []byte(name)); err != nil {
			t.Errorf("WriteFile(%s): %v", name, err)
			continue
		}
		if got, err := os.ReadFile(at(target)); err != nil || string(got) != name {
			t.Errorf("WriteFile(%s): %s holds %q, error %v", name, target, got, err)
		}
		if after, err := os.Lstat(at(name)); err != nil || before != nil && before.Mode().Type() != after.Mode().Type() {
			t.Errorf("WriteFile(%s) made %v of %v, error %v", name, after.Mode(), before.Mode(), err)
		}
	}
	for _, name := range []string{"loop", "deep", "nowhere/x", ""} {
		if err := (disk.Disk{}).WriteFile(at(name), []byte("x")); err == nil {
			t.Errorf("WriteFile(%s): no error", name)
		}
	}
	must(disk.Disk{}.WriteFile(at("null"), []byte("x")))
	if info, err := os.Lstat(at("null")); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("a link to %s became %v, error %v", os.DevNull, info.Mode(), err)
	}
	if left, err := filepath.Glob(at("*/.vendorgate-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, error %v", left, err)
	}
}

// Names are relative to the directory of a Disk, and absolute ones stay.
func TestDir(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	here := disk.Disk{Dir: dir}
	if err := here.WriteFile("a", []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := here.AppendFile("a", []byte(" two")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "./a", filepath.Join(dir, "a")} {
		if got, err := here.ReadFile(name, 100); err != nil || string(got) != "one two" {
			t.Errorf("ReadFile(%s) = %q, %v", name, got, err)
		}
	}
	if got, err := here.ReadFile("a", 3); err != nil || string(got) != "one " {
		t.Errorf("ReadFile of 3 bytes = %q, %v; want one byte more", got, err)
	}
	if is, err := here.IsDir("."); err != nil || !is {
		t.Errorf("IsDir(.) = %v, %v", is, err)
	}
	if is, err := here.IsDir("a"); err != nil || is {
		t.Errorf("IsDir(a) = %v, %v", is, err)
	}
	if got, want := here.Abs("b/../a"), here.Abs(filepath.Join(dir, "a")); got != want {
		t.Errorf("Abs: %s and %s", got, want)
	}
	files, err := here.Open(".")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := fs.ReadFile(files, "a"); err != nil || string(got) != "one two" {
		t.Errorf("a in Open(.) = %q, %v", got, err)
	}
	for _, want := range []string{"report.json", "report-2.json"} {
		if got, err := here.NewFile(".", "report.json", nil); err != nil || got != want {
			t.Errorf("NewFile = %s, %v; want %s", got, err, want)
		}
	}
}

// WriteFile creates the folders that a file below the working folder needs, but none elsewhere, and none behind a link.
func TestWriteFileInNewFolder(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), t.TempDir()
	for link, target := range map[string]string{"out": outside, "gone": filepath.Join(outside, "gone"), "git": ".git", "lost": "nowhere"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{".git", "file"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	here := disk.Disk{Dir: dir}
	for _, name := range []string{"reports/a.xml", "reports/b.xml", "x/z/a.xml", filepath.Join(dir, "absolute", "a.xml")} {
		if err := here.WriteFile(name, []byte("report")); err != nil {
			t.Errorf("WriteFile(%s): %v", name, err)
		}
	}
	if got, err := os.ReadFile(filepath.Join(dir, "x", "z", "a.xml")); err != nil || string(got) != "report" {
		t.Errorf("got %q, %v", got, err)
	}
	for _, name := range []string{"../beside/a.xml", filepath.Join(outside, "new", "a.xml"), "out/new/a.xml", "gone/a.xml", "git/hooks/a.xml", "lost/a.xml", "lost/new/a.xml"} {
		if err := here.WriteFile(name, []byte("report")); err == nil {
			t.Errorf("WriteFile(%s): no error", name)
		}
	}
	for _, folder := range []string{outside, filepath.Join(dir, ".git")} {
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("%s holds %v, %v", folder, left, err)
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, "nowhere")); err == nil {
		t.Error("a folder was created behind a link")
	}
}
