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
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

func shown(name string) string { return "repo/" + name }

const ours = "kind: VendorManifest\n"

func tree(names ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for _, name := range names {
		out[name] = &fstest.MapFile{Data: []byte(ours)}
	}
	return out
}

// in is a search of a directory.
func in(t *testing.T, files fs.FS, without ...string) manifest.Search {
	t.Helper()
	listing, err := worktree.List(files)
	if err != nil {
		t.Fatal(err)
	}
	return manifest.Search{Files: listing, Display: shown, Most: 1000, Read: func(name string) ([]byte, error) { return source.ReadFile(files, name) }, Without: without}
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
		{"others", []string{"vendors.yaml.bak", "suppliers.yaml", "a/xvendors.yaml", "vendors/yaml"}, nil, ""},
		{"root", []string{"vendors.yaml"}, []string{"vendors.yaml"}, ""},
		{"the other ending", []string{"vendors.yml"}, []string{"vendors.yml"}, ""},
		{".github", []string{".github/vendors.yaml", ".github/workflows/ci.yaml"}, []string{".github/vendors.yaml"}, ""},
		{"below .github, and .github below", []string{".github/actions/vendors.yaml", "a/.github/vendors.yaml"}, []string{".github/actions/vendors.yaml", "a/.github/vendors.yaml"}, ""},
		{"nested, sorted", []string{"z/vendors.yaml", "a/b/c/vendors.yml", "vendors.yaml", "a/vendors.yaml"}, []string{"a/b/c/vendors.yml", "a/vendors.yaml", "vendors.yaml", "z/vendors.yaml"}, ""},
		{"both names", []string{"a/vendors.yaml", "a/vendors.yml"}, []string{"a/vendors.yaml", "a/vendors.yml"}, "repo/a/vendors.yml:1:1: " + second + "a/vendors.yaml" + keep},
		{"root and .github", []string{"vendors.yaml", ".github/vendors.yaml"}, []string{".github/vendors.yaml", "vendors.yaml"}, "repo/.github/vendors.yaml:1:1: " + second + "vendors.yaml" + keep},
		{"three", []string{"vendors.yaml", "vendors.yml", ".github/vendors.yml"}, []string{".github/vendors.yml", "vendors.yaml", "vendors.yml"}, "repo/.github/vendors.yml:1:1: " + second + "vendors.yaml" + keep + "repo/vendors.yml:1:1: " + second + "vendors.yaml" + keep},
		{"other case", []string{"Vendors.yaml", "a/VENDORS.YML"}, nil, "repo/Vendors.yaml:1:1: \"Vendors.yaml\" is not in lower case, so this manifest is not read | rename it to \"vendors.yaml\"\nrepo/a/VENDORS.YML:1:1: \"VENDORS.YML\" is not in lower case, so this manifest is not read | rename it to \"vendors.yml\"\n"},
		{"case clash", []string{"Vendors.yaml", "vendors.yaml"}, []string{"vendors.yaml"}, "repo/Vendors.yaml:1:1: \"Vendors.yaml\" is not in lower case, so this manifest is not read | rename it to \"vendors.yaml\"\n"},
		{"near names", []string{"vendor.yaml", "a/vendors.json", "a/vendors.yaml"}, []string{"a/vendors.yaml"}, "repo/a/vendors.json:1:1: \"vendors.json\" is not a manifest name, so this manifest is not read | move its entries to repo/a/vendors.yaml, which exists, and remove it\nrepo/vendor.yaml:1:1: \"vendor.yaml\" is not a manifest name, so this manifest is not read | rename it to \"vendors.yaml\"\n"},
		{"not searched", []string{"node_modules/a/vendors.yaml", "a/node_modules/vendors.yaml", ".git/vendors.yaml"}, nil, ""},
		{"folders of other people's code", []string{"vendor/x/vendors.yaml", "b/third_party/vendors.yaml"}, []string{"b/third_party/vendors.yaml", "vendor/x/vendors.yaml"}, ""},
		{"searched", []string{"vendors/vendors.yaml", "my_node_modules/vendors.yaml", ".gitx/vendors.yaml", "testdata/vendors.yaml"}, []string{".gitx/vendors.yaml", "my_node_modules/vendors.yaml", "testdata/vendors.yaml", "vendors/vendors.yaml"}, ""},
		{"a folder of that name", []string{"vendors.yaml/x", "a/Vendors.yml/vendors.yaml", "node_modules/vendors.yaml/x"}, []string{"a/Vendors.yml/vendors.yaml"}, "repo/a/Vendors.yml:1:1: Vendors.yml is a folder | rename the folder; a manifest must be a file\nrepo/vendors.yaml:1:1: vendors.yaml is a folder | rename the folder; a manifest must be a file\n"},
	} {
		found := in(t, tree(test.files...), "").Find()
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
	found := in(t, broken{files, "b"}, "").Find()
	if diff := cmp.Diff([]string{"a/vendors.yaml", "c/vendors.yaml"}, found.Paths); diff != "" {
		t.Errorf("paths: want, got:\n%s", diff)
	}
	if len(found.Gaps) != 1 || found.Gaps[0].Target != "repo/b" || !strings.Contains(found.Gaps[0].Reason, "permission") {
		t.Errorf("gaps: got %+v, want one for repo/b", found.Gaps)
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
	found := in(t, root.FS(), "").Find()
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
		{[]string{"**/vendors.y*ml"}, []string{".github/vendors.yaml", "[x]/vendors.yaml", "a/b/vendors.yml", "a/vendors.yaml", "vendors.yaml"}, nil},
		{[]string{"a/**"}, []string{"a/b/vendors.yml", "a/other.yaml", "a/vendors.yaml"}, nil},
		{[]string{"*/vendors.yaml", "a/*.yaml"}, []string{".github/vendors.yaml", "[x]/vendors.yaml", "a/other.yaml", "a/vendors.yaml"}, nil},
		{[]string{"node_modules/vendors.yaml"}, []string{"node_modules/vendors.yaml"}, nil},
		{[]string{"a/{vendors,other}.yaml"}, []string{"a/other.yaml", "a/vendors.yaml"}, nil},
		{[]string{"nothing.yaml", "b/*", "vendors.yaml"}, []string{"vendors.yaml"}, []string{"nothing.yaml", "b/*"}},
		{[]string{"../vendors.yaml", "/vendors.yaml", "./vendors.yaml"}, nil, []string{"../vendors.yaml", "/vendors.yaml", "./vendors.yaml"}},
		{[]string{""}, nil, []string{""}},
		{[]string{`\[x\]/vendors.yaml`}, []string{"[x]/vendors.yaml"}, nil},
	} {
		found, err := in(t, files, "").Match(files, test.patterns)
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
		if found, err := in(t, files, "").Match(files, []string{pattern}); err == nil || !strings.Contains(err.Error(), "\""+pattern+"\"") {
			t.Errorf("Match(%q): got %+v, error %v; want an error that names the pattern", pattern, found, err)
		}
	}
	found, err := in(t, files, "").Match(files, []string{"a", "vendors.yaml", "."})
	if diff := cmp.Diff(manifest.Found{Paths: []string{"vendors.yaml"}, Folders: []string{"a", "."}}, found); diff != "" || err != nil {
		t.Errorf("Match of folders: error %v; want, got:\n%s", err, diff)
	}
	found, err = in(t, broken{files, "a"}, "").Match(broken{files, "a"}, []string{"**/vendors.yaml", "vendors.yaml"})
	if err != nil || len(found.Gaps) != 1 || found.Gaps[0].Target != "repo/a" || found.Gaps[0].Reason != "cannot be read: permission denied" || len(found.Paths) != 3 || len(found.Unused) > 0 {
		t.Errorf("Match in a folder that cannot be read: got %+v, error %v; want a gap", found, err)
	}
	found, err = in(t, broken{files, "a"}, "").Match(broken{files, "a"}, []string{"a"})
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
		if diff := cmp.Diff(manifest.Found{Paths: want}, in(t, files, registry).Find()); diff != "" {
			t.Errorf("Find, registry %q: want, got:\n%s", registry, diff)
		}
		found, err := in(t, files, registry).Match(files, []string{"**/vendors.yaml"})
		if diff := cmp.Diff(want, found.Paths); diff != "" || err != nil {
			t.Errorf("Match, registry %q: error %v; want, got:\n%s", registry, err, diff)
		}
	}
	found, err := in(t, files, ".registry").Match(files, []string{".registry/vendors.yaml", ".registry/*.yaml"})
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
	if diff := cmp.Diff(want, in(t, root.FS(), "").Find().Gaps); diff != "" {
		t.Errorf("Find: want, got:\n%s", diff)
	}
	found, err := in(t, root.FS(), "").Match(root.FS(), []string{"**/vendors.yaml"})
	if diff := cmp.Diff(want, found.Gaps); diff != "" || err != nil {
		t.Errorf("Match: error %v; want, got:\n%s", err, diff)
	}
}
