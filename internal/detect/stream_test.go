package detect_test

import (
	"fmt"
	"go/build"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// streamed searches the files of a commit in a random order, each once. Those that are too large do not come.
func streamed(tb testing.TB, files fs.FS, c *detect.Catalogue, o detect.Options) *detect.Result {
	tb.Helper()
	listing, err := worktree.ListCommit(files)
	if err != nil {
		tb.Fatal(err)
	}
	o.Listed = func() (worktree.Listing, error) { return listing, nil }
	s, err := detect.NewStream(c, o, detect.Keep{Held: 1 << 30, Whole: 1 << 30})
	if err != nil {
		tb.Fatal(err)
	}
	short := source.Shortfall{}
	names := slices.Clone(listing.Files)
	rand.New(rand.NewPCG(1, uint64(len(names)))).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			tb.Fatal(err)
		}
		if len(data) > detect.MaxFile {
			short.Large = append(short.Large, name)
			continue
		}
		s.Add(name, data)
		clear(data) // which is only valid during the call
	}
	return s.Result(short)
}

// The files of a tree one at a time, in any order, give the result of the whole tree: the same sightings, counts, lines, and reasons
// of what is skipped.
func TestStreamIsScan(t *testing.T) {
	t.Parallel()
	trees := map[string]fs.FS{
		"contents": memory{
			"big.js": strings.Repeat("x", detect.MaxFile+1), "binary.js": "\x00" + call, "lfs.js": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
			"le.js": utf16le(call), "bom.js": "\xef\xbb\xbf" + call, "plain.js": "x", "plain_le.txt": utf16le("xyz"), "empty.js": "", "package.json": "{",
			"pom.xml": strings.Repeat(" ", 1<<20) + "<project/>", "many.js": strings.Repeat(call+"\n", 6000), "README.md": call, "LICENSE": "\x00",
		}.fs(),
		"what matters for others": memory{
			"LICENSE": "ours", "vendor/a/LICENSE": "ours", "vendor/a/x.js": call, "vendor/b/COPYING.md": "theirs", "vendor/b/x.js": call, "vendor/b/y.js": `fetch("https://api.unknown-service.io/v1")`,
			"tsconfig.json": `{"compilerOptions": {"baseUrl": "."}}`, "stripe/index.ts": "", "a.ts": `import x from "stripe/index"`,
			"third_party/c/package.json": `{"name": "@theirs/c"}`, "package.json": `{"name": "@ours/main"}`, "third_party/c/x.js": call,
			"go.mod": "module example.com/ours\n", "poetry.lock": "name = \"stripe\"\n", "stripe/__init__.py": "", "b.py": "import stripe\n",
		}.fs(),
	}
	names, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no trees: %v", err)
	}
	all := fstest.MapFS{} // in one tree, where they are context for each other
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tree := memory{}
		for _, file := range archive.Files {
			tree[file.Name] = string(file.Data)
		}
		trees[name] = tree.fs()
		maps.Copy(all, tree.fs())
	}
	trees["all"] = all
	library, err := os.OpenRoot(filepath.Join(build.Default.GOROOT, "src", "net"))
	if err != nil {
		t.Fatal(err)
	}
	defer library.Close() //nolint:errcheck // nothing was written
	trees["Go's library"] = library.FS()
	for what, c := range map[string]*detect.Catalogue{"catalogue": catalogue(), "embedded": embedded(t)} {
		for name, tree := range trees {
			want, err := detect.Scan(tree, c, detect.Options{Listed: func() (worktree.Listing, error) { return worktree.ListCommit(tree) }})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, streamed(t, tree, c, detect.Options{})); diff != "" {
				t.Errorf("%s, %s (-scan +stream):\n%s", name, what, diff)
			}
		}
	}
}

// What is excluded or ignored is so in a Stream, too.
func TestStreamOptions(t *testing.T) {
	t.Parallel()
	tree := memory{"a.js": call, "b.js": call, "vendors.yaml": call, "d.js": `fetch("https://api.unknown-service.io/v1")`}.fs()
	o := detect.Options{
		Exclude: func(file string) bool { return file == "vendors.yaml" },
		Ignore:  func(_ string, _ detect.Kind, _, file string) bool { return file == "b.js" || file == "d.js" },
	}
	want, err := detect.Scan(tree, catalogue(), o)
	if err != nil || want.Files != 3 || len(want.Vendors) != 1 || len(want.UnknownHosts) != 0 {
		t.Fatalf("got %+v, %v", want, err)
	}
	if diff := cmp.Diff(want, streamed(t, tree, catalogue(), o)); diff != "" {
		t.Errorf("(-scan +stream):\n%s", diff)
	}
}

// A file that did not come is skipped with the reason. A name that is not in the list is named, unless it is excluded.
func TestStreamShortfall(t *testing.T) {
	t.Parallel()
	add := func(short source.Shortfall) string {
		o := detect.Options{
			Listed: func() (worktree.Listing, error) {
				return worktree.Listing{Files: []string{"a.js", "b.js", "c.js", "x.js"}}, nil
			},
			Exclude: func(file string) bool { return file == "x.js" },
		}
		s, err := detect.NewStream(catalogue(), o, detect.Keep{Held: 1 << 20, Whole: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		s.Add("a.js", []byte("plain"))
		s.Add("other.js", []byte(call))
		s.Add("x.js", []byte(call))
		return describe(s.Result(short))
	}
	for _, c := range []struct {
		short source.Shortfall
		want  string
	}{
		{source.Shortfall{}, "skipped b.js: cannot be read: it did not come\nskipped c.js: cannot be read: it did not come\n"},
		{source.Shortfall{Large: []string{"b.js"}, LeftOut: map[string]string{"c.js": "why", "odd": "why not", "x.js": "of no interest"}}, "skipped b.js: larger than 5 MiB\nskipped c.js: cannot be read: why\nskipped odd: cannot be read: why not\n"},
		{source.Shortfall{Limit: "has more than 1 entry", LeftOut: map[string]string{"c.js": "why"}}, "skipped b.js: limit: the archive of the commit has more than 1 entry\nskipped c.js: cannot be read: why\n"},
	} {
		if diff := cmp.Diff(c.want, add(c.short)); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.short, diff)
		}
	}
}

// A Stream keeps the files with something to weigh, and no more of them than it may. All others cost nothing, however many they are.
func TestStreamKeeps(t *testing.T) {
	t.Parallel()
	const size, files, most = 10_000, 1000, 50_000
	var names []string
	for i := range files {
		names = append(names, fmt.Sprintf("f%04d.js", i))
	}
	o := detect.Options{Listed: func() (worktree.Listing, error) { return worktree.Listing{Files: names}, nil }}
	for _, c := range []struct {
		every       int // file that names a vendor
		held        int64
		notSearched int
	}{{1000, size, 0}, {200, 5 * size, 0}, {100, 5 * size, 5}, {1, 5 * size, 995}} {
		s, err := detect.NewStream(catalogue(), o, detect.Keep{Held: most, Whole: most})
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range names {
			text := strings.Repeat("x", size)
			if i%c.every == 0 {
				text = call + strings.Repeat("x", size-len(call))
			}
			s.Add(name, []byte(text))
			if held, whole := s.Held(); whole > most || held > whole/10 { // such texts compress well
				t.Fatalf("every %d: %d bytes are kept as %d", c.every, whole, held)
			}
		}
		_, held := s.Held()
		result := s.Result(source.Shortfall{})
		if held != c.held || len(result.Skipped) != c.notSearched || result.Files != files-c.notSearched || result.Bytes != int64(size*result.Files) {
			t.Errorf("every %d: %d bytes are kept, %d files not searched, %d files with %d bytes searched", c.every, held, len(result.Skipped), result.Files, result.Bytes)
		}
		for _, skipped := range result.Skipped {
			if !strings.HasPrefix(skipped.Reason, detect.Limit) {
				t.Errorf("%+v", skipped)
			}
		}
	}
}

// Text that cannot be compressed is limited by what it takes.
func TestStreamHoldsWhatFits(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	text := []byte(call)
	for range 10_000 {
		text = append(text, byte(' '+random.IntN(90)))
	}
	names := []string{"a.js", "b.js", "c.js"}
	o := detect.Options{Listed: func() (worktree.Listing, error) { return worktree.Listing{Files: names}, nil }}
	s, err := detect.NewStream(catalogue(), o, detect.Keep{Held: 20_000, Whole: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		s.Add(name, text)
	}
	result := s.Result(source.Shortfall{})
	if held, whole := s.Held(); held > 20_000 || whole != int64(2*len(text)) || len(result.Skipped) != 1 || result.Files != 2 {
		t.Errorf("%d bytes are kept as %d, %d files searched, skipped %v", whole, held, result.Files, result.Skipped)
	}
}

// A byte or a megabyte of blanks does not hide what a dependency file names.
func TestDependencyFileThatIsNoText(t *testing.T) {
	t.Parallel()
	tree := memory{"requirements.txt": "stripe==4\n# \x00\n", "package.json": strings.Repeat(" ", detect.MaxFile) + "{}", "logo.png": "\x00"}.fs()
	want := "skipped logo.png: binary\nskipped package.json: cannot be read: its dependencies: larger than 5 MiB\nskipped requirements.txt: cannot be read: its dependencies: binary\n"
	got, err := detect.Scan(tree, catalogue(), detect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, describe(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, describe(streamed(t, tree, catalogue(), detect.Options{}))); diff != "" {
		t.Errorf("a stream (-want +got):\n%s", diff)
	}
}
