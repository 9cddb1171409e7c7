package cli_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/gitindex"
	"github.com/vendorgate/vendorgate/internal/gitindex/indextest"
)

// checkedOut is a checkout of files, with the index that git keeps.
func checkedOut(files, links map[string]string, modules []string) fstest.MapFS {
	out, entries := mapFS(files), []gitindex.Entry{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		entries = append(entries, gitindex.Entry{Path: name})
	}
	for name, target := range links {
		out[name] = &fstest.MapFile{Mode: 0o777 | fs.ModeSymlink, Data: []byte(target)}
		entries = append(entries, gitindex.Entry{Path: name, Kind: gitindex.Symlink})
	}
	for _, name := range modules {
		entries = append(entries, gitindex.Entry{Path: name, Kind: gitindex.Submodule})
	}
	slices.SortFunc(entries, func(a, b gitindex.Entry) int { return strings.Compare(a.Path, b.Path) })
	out[".git/index"], out[".git/HEAD"] = &fstest.MapFile{Data: indextest.Write(entries...)}, &fstest.MapFile{Data: []byte(shopMerge + "\n")}
	return out
}

// A commit has the same report with a checkout and without one, to the last character, whatever its tree has and whatever Git
// attributes do to its archive.
func TestAwayIsCheckedOut(t *testing.T) {
	t.Parallel()
	type tree struct {
		base, files, links map[string]string
		modules            []string
		ignored            []string // left out of the archive
	}
	trees := map[string]tree{
		"no code":              {},
		"links and submodules": {files: map[string]string{"src/pay.js": callsStripe}, links: map[string]string{"link.js": "src/pay.js"}, modules: []string{"sub"}},
		"skipped": {files: map[string]string{
			"bin.js": "\x00" + callsStripe, "lfs.js": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "big.js": strings.Repeat("x", 5<<20+1) + callsStripe,
			"film.mp4": "\x00" + strings.Repeat("x", 5<<20+1), "wide.js": "\xff\xfe" + strings.Repeat("x\x00", 5<<19+1),
			"utf16.js": "\xff\xfex\x00", "node_modules/a/index.js": callsStripe, ".gitignore": "*\n",
		}},
		"unreadable dependencies": {files: map[string]string{"package.json": "{", "src/pay.js": callsStripe}},
		"a registry and manifests": {files: map[string]string{
			"a/vendors.yaml": goodManifest, "b/vendors.yaml": "version: 1\nurl: https://api.stripe.com/v1\n", "fixtures/vendors.yaml": goodManifest + newVendor,
		}},
		"unchanged":         {base: map[string]string{"src/pay.js": callsStripe}, files: map[string]string{"src/pay.js": callsStripe, "src/new.js": `fetch("https://api.unknown-service.io/v1")`}},
		"pictures left out": {files: pictures(40), ignored: []string{"pictures"}},
		"left out":          {files: map[string]string{"src/pay.js": callsStripe, "src/deep/other.js": callsStripe}, ignored: []string{"src"}},
		"by attributes":     {files: map[string]string{".gitattributes": "src/pay.js export-ignore\nv.js export-subst\n*.txt eol=crlf\n", "src/pay.js": callsStripe, "v.js": "// $Format:%H$\n" + callsStripe}},
	}
	names, err := filepath.Glob("../detect/testdata/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no trees: %v", err)
	}
	all := map[string]string{}
	for i, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, file := range archive.Files {
			files[file.Name] = string(file.Data)
			all["t/"+fmt.Sprint(i)+"/"+file.Name] = string(file.Data)
		}
		if effort.Takes(i, 20) {
			trees[name] = tree{files: files}
		}
	}
	trees["all trees in one"] = tree{files: all}
	for name, tree := range trees {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var reports []string
			for _, away := range []bool{false, true} {
				w := newWorld()
				w.inputs["fail-scope"] = "changed"
				w.head["vendors.yaml"] = goodManifest
				maps.Copy(w.base, tree.base)
				maps.Copy(w.head, tree.files)
				w.shop = func(r *githubtest.Repo) {
					for _, sha := range []string{shopHead, shopMerge} {
						commit := r.Commits[sha]
						commit.Links, commit.Modules, commit.ExportIgnore = tree.links, tree.modules, tree.ignored
						r.Commits[sha] = commit
					}
				}
				if w.workspace = checkedOut(w.head, tree.links, tree.modules); away {
					w.workspace = fstest.MapFS{}
				}
				w.start(t)
				code := w.run(t)
				_, downloads := w.calls(0)
				if away != (downloads == 2) {
					t.Errorf("away %v: %d downloads", away, downloads)
				}
				reports = append(reports, fmt.Sprintf("exit code %d\n%s", code, w.written["vendorgate-report.json"]))
			}
			if diff := cmp.Diff(reports[0], reports[1]); diff != "" {
				t.Errorf("with a checkout and without one (-with +without):\n%s", diff)
			}
		})
	}
}

// pictures returns files that are not text.
func pictures(n int) map[string]string {
	out := map[string]string{}
	for i := range n {
		out[fmt.Sprintf("pictures/%02d.png", i)] = fmt.Sprint("\x89PNG\x00", i)
	}
	return out
}

// A file whose name is not UTF-8 is searched. The report names it as the server lists it.
func TestAwayOddNames(t *testing.T) {
	t.Parallel()
	w := newWorld().about("pull_request_target")
	w.registry["policy.yaml"] += "scan: required\n"
	w.head["vendors.yaml"], w.head["src/caf\xe8.js"], w.head["src/caf\xe9.js"] = goodManifest, "x", callsStripe
	w.start(t)
	w.workspace = mapFS(w.base)
	if code := w.run(t); code != 1 || !strings.Contains(w.output, `src/caf\ufffd\ufffd.js:1:21: error: the code uses "stripe"`) {
		t.Errorf("exit code %d\n%s", code, w.output)
	}
}

// claiming is the archive of a file, and of another one that claims a size.
func claiming(t *testing.T, name, text, other string, size int64) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	w := tar.NewWriter(zipped)
	if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o644, Size: int64(len(text))}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: other, Mode: 0o644, Size: size}); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// If a limit ends the search of code that is not checked out, a notice counts the files. Where a search is required, there is no
// verdict.
func TestAwayLimit(t *testing.T) {
	t.Parallel()
	const limit = "the archive of the commit unpacks to more than 2 GiB"
	for _, c := range []struct {
		name, scan, policy string
		whenUsed           bool // and there is no manifest
		code               int
		want               string
	}{
		{"auto", "", "", false, 0, "not searched for vendors: 2 paths (limit: " + limit + ": 2)"},
		{"on", "on", "", false, 4, limit + "; not searched: 2 files"},
		{"required", "", "scan: required\n", false, 4, limit + "; not searched: 2 files"},
		{"off", "off", "", false, 0, "settings of this run: scan off"},
		{"no manifest, unless a vendor is used", "", "", true, 4, limit + "; not searched: 2 files"},
	} {
		w := newWorld().about("pull_request_target")
		w.inputs["scan"] = c.scan
		w.registry["policy.yaml"] += c.policy
		w.head["vendors.yaml"], w.head["z"] = goodManifest, "z"
		if c.whenUsed {
			w.inputs["missing-manifest"] = "when-used"
			delete(w.head, "vendors.yaml")
			delete(w.base, "vendors.yaml")
		}
		w.shop = func(r *githubtest.Repo) {
			commit := r.Commits[shopMerge]
			commit.Files = maps.Clone(commit.Files)
			commit.Files["data.bin"] = "x"
			commit.Archive = claiming(t, "t/README", "x", "t/data.bin", 3<<30)
			r.Commits[shopMerge] = commit
		}
		w.start(t)
		w.workspace = mapFS(w.base)
		if code := w.run(t); code != c.code || !strings.Contains(w.all(), c.want) {
			t.Errorf("%s: exit code %d, want %d and %q in\n%s", c.name, code, c.code, c.want, w.all())
		}
	}
}

// If very many files are left out of the archive, the report names some of them, and counts the others.
func TestAwayLeftOut(t *testing.T) {
	t.Parallel()
	w := newWorld().about("pull_request_target")
	w.head["vendors.yaml"], w.head[".gitattributes"] = goodManifest, "/tests export-ignore\n"
	for i := range 60 {
		w.head[fmt.Sprintf("tests/%02d.js", i)] = fmt.Sprint("\xe9", i) // no UTF-8, of which many are fetched with few requests
	}
	w.start(t)
	w.workspace = mapFS(w.base)
	const reason = ": cannot be read: a Git attribute (export-ignore, export-subst) leaves it out of the archive of the commit, and there are too many such files to fetch\n"
	if code := w.run(t); code != 4 || strings.Count(w.output, "not checked: ") != 51 || !strings.Contains(w.output, "not checked: tests/49.js"+reason) || !strings.Contains(w.output, "not checked: 10 more files"+reason) {
		t.Errorf("exit code %d\n%s", code, w.output)
	}
}

// A download that breaks off never gives a better verdict: it starts again, and if it breaks off every time, there is none.
func TestAwayCut(t *testing.T) {
	t.Parallel()
	for _, forever := range []bool{false, true} {
		want := map[bool]int{false: 1, true: 4}[forever]
		size := 1 << 20
		for n := 0; n < size; n += effort.Size(7, 97) {
			w := newWorld().about("pull_request_target")
			w.head["vendors.yaml"], w.head["src/pay.js"] = goodManifest, callsStripe
			w.shop = func(r *githubtest.Repo) {
				data, err := r.Tarball(shopMerge)
				if err != nil {
					t.Fatal(err)
				}
				size = len(data)
				tries := 0
				var lock sync.Mutex
				w.options.Fault = func(_ int, r *http.Request) http.HandlerFunc {
					lock.Lock()
					defer lock.Unlock()
					if !strings.Contains(r.URL.Path, "/archive/acme/shop/") {
						return nil
					}
					if tries++; tries > 1 && !forever {
						return nil
					}
					return githubtest.Says(200, string(data[:n]), "Content-Length", fmt.Sprint(len(data)))
				}
			}
			w.start(t)
			w.workspace = mapFS(w.base)
			if code := w.run(t); code != want || forever && !strings.Contains(w.output, "the code cannot be searched for vendors: read the archive") {
				t.Errorf("cut at %d, forever %v: exit code %d, want %d\n%s", n, forever, code, want, w.output)
			}
		}
	}
}
