package manifest_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

func shown(name string) string { return "repo/" + name }

func tree(names ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for _, name := range names {
		out[name] = &fstest.MapFile{Data: []byte("x")}
	}
	return out
}

func TestFind(t *testing.T) {
	t.Parallel()
	const second, keep = "a second manifest for the same folder; the first is repo/", " | keep one of them\n"
	for _, test := range []struct {
		name     string
		files    []string
		paths    []string
		problems string
	}{
		{"nothing", nil, nil, ""},
		{"others", []string{"vendor.yaml", "vendors.json", "vendors.yaml.bak", "a/xvendors.yaml", "vendors/yaml"}, nil, ""},
		{"root", []string{"vendors.yaml"}, []string{"vendors.yaml"}, ""},
		{"the other ending", []string{"vendors.yml"}, []string{"vendors.yml"}, ""},
		{".github", []string{".github/vendors.yaml", ".github/workflows/ci.yaml"}, []string{".github/vendors.yaml"}, ""},
		{"below .github, and .github below", []string{".github/actions/vendors.yaml", "a/.github/vendors.yaml"}, []string{".github/actions/vendors.yaml", "a/.github/vendors.yaml"}, ""},
		{"nested, sorted", []string{"z/vendors.yaml", "a/b/c/vendors.yml", "vendors.yaml", "a/vendors.yaml"}, []string{"a/b/c/vendors.yml", "a/vendors.yaml", "vendors.yaml", "z/vendors.yaml"}, ""},
		{"both names", []string{"a/vendors.yaml", "a/vendors.yml"}, []string{"a/vendors.yaml", "a/vendors.yml"}, "repo/a/vendors.yml:1:1: " + second + "a/vendors.yaml" + keep},
		{"root and .github", []string{"vendors.yaml", ".github/vendors.yaml"}, []string{".github/vendors.yaml", "vendors.yaml"}, "repo/.github/vendors.yaml:1:1: " + second + "vendors.yaml" + keep},
		{"three", []string{"vendors.yaml", "vendors.yml", ".github/vendors.yml"}, []string{".github/vendors.yml", "vendors.yaml", "vendors.yml"}, "repo/.github/vendors.yml:1:1: " + second + "vendors.yaml" + keep + "repo/vendors.yml:1:1: " + second + "vendors.yaml" + keep},
		{"other case", []string{"Vendors.yaml", "a/VENDORS.YML"}, nil, "repo/Vendors.yaml:1:1: the name \"Vendors.yaml\" is not read | rename it to \"vendors.yaml\"\nrepo/a/VENDORS.YML:1:1: the name \"VENDORS.YML\" is not read | rename it to \"vendors.yml\"\n"},
		{"case clash", []string{"Vendors.yaml", "vendors.yaml"}, []string{"vendors.yaml"}, "repo/Vendors.yaml:1:1: the name \"Vendors.yaml\" is not read | rename it to \"vendors.yaml\"\n"},
		{"not searched", []string{"node_modules/a/vendors.yaml", "a/node_modules/vendors.yaml", ".git/vendors.yaml", "vendor/x/vendors.yaml", "b/vendor/vendors.yaml"}, nil, ""},
		{"searched", []string{"vendors/vendors.yaml", "my_node_modules/vendors.yaml", ".gitx/vendors.yaml", "testdata/vendors.yaml"}, []string{".gitx/vendors.yaml", "my_node_modules/vendors.yaml", "testdata/vendors.yaml", "vendors/vendors.yaml"}, ""},
		{"a folder of that name", []string{"vendors.yaml/x", "a/Vendors.yml/vendors.yaml", "node_modules/vendors.yaml/x"}, []string{"a/Vendors.yml/vendors.yaml"}, "repo/a/Vendors.yml:1:1: Vendors.yml is a folder | rename the folder; a manifest must be a file\nrepo/vendors.yaml:1:1: vendors.yaml is a folder | rename the folder; a manifest must be a file\n"},
	} {
		found := manifest.Find(tree(test.files...), shown, "")
		if diff := cmp.Diff(test.paths, found.Paths); diff != "" {
			t.Errorf("%s: paths: want, got:\n%s", test.name, diff)
		}
		if diff := cmp.Diff(test.problems, lines(found.Problems)); diff != "" {
			t.Errorf("%s: problems: want, got:\n%s", test.name, diff)
		}
		if len(found.Gaps) > 0 {
			t.Errorf("%s: got gaps %v", test.name, found.Gaps)
		}
	}
}

// broken is a file system with one folder that cannot be read.
type broken struct {
	fstest.MapFS
	dir string
}

func (b broken) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == b.dir {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.ReadDir(name)
}

func (b broken) Lstat(name string) (fs.FileInfo, error) {
	if name == b.dir {
		return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.Lstat(name)
}

func (b broken) Open(name string) (fs.File, error) {
	if name == b.dir {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.Open(name)
}

func TestFindUnreadable(t *testing.T) {
	t.Parallel()
	files := tree("a/vendors.yaml", "b/vendors.yaml", "c/vendors.yaml")
	found := manifest.Find(broken{files, "b"}, shown, "")
	if diff := cmp.Diff([]string{"a/vendors.yaml", "c/vendors.yaml"}, found.Paths); diff != "" {
		t.Errorf("paths: want, got:\n%s", diff)
	}
	if len(found.Gaps) != 1 || found.Gaps[0].Target != "repo/b" || !strings.Contains(found.Gaps[0].Reason, "permission") {
		t.Errorf("gaps: got %+v, want one for repo/b", found.Gaps)
	}
	found = manifest.Find(broken{files, "."}, shown, "")
	if len(found.Paths) > 0 || len(found.Gaps) != 1 || found.Gaps[0].Target != "repo" && found.Gaps[0].Target != "repo/." {
		t.Errorf("unreadable root: got %+v, want one gap", found)
	}
	dir, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := dir.Close(); err != nil {
		t.Fatal(err)
	}
	if found := manifest.Find(dir.FS(), shown, ""); len(found.Gaps) == 0 {
		t.Errorf("closed root: got %+v, want a gap", found)
	}
}

// A link is listed, so that its reader says that it is none to read; what lies behind a link to a folder is not.
func TestFindLinks(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), t.TempDir()
	for name, data := range map[string]string{filepath.Join(outside, "vendors.yaml"): "x", filepath.Join(dir, "real.yaml"): "x"} {
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"vendors.yaml": "real.yaml", "sub/vendors.yml": filepath.Join(outside, "vendors.yaml"), "out": outside, "dangling": "nothing"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // nothing was written
	found := manifest.Find(root.FS(), shown, "")
	if diff := cmp.Diff([]string{"sub/vendors.yml", "vendors.yaml"}, found.Paths); diff != "" || len(found.Gaps) > 0 {
		t.Errorf("Find with links: got gaps %v, paths (want, got):\n%s", found.Gaps, diff)
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	files := tree("vendors.yaml", "a/vendors.yaml", "a/b/vendors.yml", "a/other.yaml", "[x]/vendors.yaml", ".github/vendors.yaml", "node_modules/vendors.yaml")
	for _, test := range []struct {
		patterns, paths, unused []string
	}{
		{nil, nil, nil},
		{[]string{"vendors.yaml"}, []string{"vendors.yaml"}, nil},
		{[]string{"a/other.yaml", "a/other.yaml"}, []string{"a/other.yaml"}, nil},
		{[]string{"**/vendors.y*ml"}, []string{".github/vendors.yaml", "[x]/vendors.yaml", "a/b/vendors.yml", "a/vendors.yaml", "node_modules/vendors.yaml", "vendors.yaml"}, nil},
		{[]string{"a/**"}, []string{"a/b/vendors.yml", "a/other.yaml", "a/vendors.yaml"}, nil},
		{[]string{"*/vendors.yaml", "a/*.yaml"}, []string{".github/vendors.yaml", "[x]/vendors.yaml", "a/other.yaml", "a/vendors.yaml", "node_modules/vendors.yaml"}, nil},
		{[]string{"a/{vendors,other}.yaml"}, []string{"a/other.yaml", "a/vendors.yaml"}, nil},
		{[]string{"nothing.yaml", "b/*", "vendors.yaml"}, []string{"vendors.yaml"}, []string{"nothing.yaml", "b/*"}},
		{[]string{"../vendors.yaml", "/vendors.yaml", "./vendors.yaml"}, nil, []string{"../vendors.yaml", "/vendors.yaml", "./vendors.yaml"}},
		{[]string{""}, nil, []string{""}},
		{[]string{`\[x\]/vendors.yaml`}, []string{"[x]/vendors.yaml"}, nil},
	} {
		found, err := manifest.Match(files, test.patterns, shown, "")
		if err != nil {
			t.Errorf("Match(%q): %v", test.patterns, err)
		}
		if diff := cmp.Diff(test.paths, found.Paths); diff != "" {
			t.Errorf("Match(%q): paths: want, got:\n%s", test.patterns, diff)
		}
		if diff := cmp.Diff(test.unused, found.Unused); diff != "" {
			t.Errorf("Match(%q): unused: want, got:\n%s", test.patterns, diff)
		}
	}
	for _, pattern := range []string{"a/[", "{a", "a/[b"} {
		if found, err := manifest.Match(files, []string{pattern}, shown, ""); err == nil || !strings.Contains(err.Error(), "match \""+pattern+"\": ") {
			t.Errorf("Match(%q): got %+v, error %v; want an error that names the pattern", pattern, found, err)
		}
	}
	found, err := manifest.Match(files, []string{"a", "vendors.yaml", "."}, shown, "")
	if diff := cmp.Diff(manifest.Found{Paths: []string{"vendors.yaml"}, Folders: []string{"a", "."}}, found); diff != "" || err != nil {
		t.Errorf("Match of folders: error %v; want, got:\n%s", err, diff)
	}
	found, err = manifest.Match(broken{files, "a"}, []string{"**/vendors.yaml", "vendors.yaml"}, shown, "")
	if err != nil || len(found.Gaps) != 1 || found.Gaps[0].Target != "repo/**/vendors.yaml" || found.Gaps[0].Reason != "cannot be searched: permission denied" || len(found.Paths) != 1 || len(found.Unused) > 0 {
		t.Errorf("Match in a folder that cannot be read: got %+v, error %v; want a gap", found, err)
	}
	found, err = manifest.Match(broken{files, "a"}, []string{"a"}, shown, "")
	if err != nil || len(found.Gaps) != 1 || found.Gaps[0].Reason != "cannot be read: permission denied" {
		t.Errorf("Match of what cannot be read: got %+v, error %v; want a gap", found, err)
	}
}

// The registry that a workflow checks out into the tree is not the repository's.
func TestFindBesideRegistry(t *testing.T) {
	t.Parallel()
	files := tree("vendors.yaml", ".registry/vendors.yaml", ".registry/vendors/a.yaml", ".registry2/vendors.yaml", "a/.registry/vendors.yaml", "a/b/vendors.yaml")
	for registry, want := range map[string][]string{
		"":          {".registry/vendors.yaml", ".registry2/vendors.yaml", "a/.registry/vendors.yaml", "a/b/vendors.yaml", "vendors.yaml"},
		".registry": {".registry2/vendors.yaml", "a/.registry/vendors.yaml", "a/b/vendors.yaml", "vendors.yaml"},
		"a/b":       {".registry/vendors.yaml", ".registry2/vendors.yaml", "a/.registry/vendors.yaml", "vendors.yaml"},
	} {
		if diff := cmp.Diff(manifest.Found{Paths: want}, manifest.Find(files, shown, registry)); diff != "" {
			t.Errorf("Find, registry %q: want, got:\n%s", registry, diff)
		}
		found, err := manifest.Match(files, []string{"**/vendors.yaml"}, shown, registry)
		if diff := cmp.Diff(want, found.Paths); diff != "" || err != nil {
			t.Errorf("Match, registry %q: error %v; want, got:\n%s", registry, err, diff)
		}
	}
	found, err := manifest.Match(files, []string{".registry/vendors.yaml", ".registry/*.yaml"}, shown, ".registry")
	if diff := cmp.Diff(manifest.Found{Paths: []string{".registry/vendors.yaml"}, Unused: []string{".registry/*.yaml"}}, found); diff != "" || err != nil {
		t.Errorf("Match inside the registry: error %v; want, got:\n%s", err, diff)
	}
}

// A name that is not UTF-8 is said to be none.
func TestFindNotUTF8(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "caf\xe9"), 0o700); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // nothing was written
	want := []diag.Gap{{Target: "repo/caf\xe9", Reason: "cannot be read: its name is not UTF-8"}}
	if diff := cmp.Diff(want, manifest.Find(root.FS(), shown, "").Gaps); diff != "" {
		t.Errorf("Find: want, got:\n%s", diff)
	}
	found, err := manifest.Match(root.FS(), []string{"**/vendors.yaml"}, shown, "")
	want = []diag.Gap{{Target: "repo/**/vendors.yaml", Reason: "cannot be searched: its name is not UTF-8"}}
	if diff := cmp.Diff(want, found.Gaps); diff != "" || err != nil {
		t.Errorf("Match: error %v; want, got:\n%s", err, diff)
	}
}
