package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/vendorgate/vendorgate"

// floors is the plan of doc.go. The root package holds embedded data.
func floors() map[string]int {
	return map[string]int{
		"cmd/vendorgate": 18, "internal/accuracy": 13, "internal/cli": 17, "internal/keeper": 16, "internal/command": 15, "internal/settings": 14, "internal/publish": 14, "internal/ci": 13, "internal/process": 12, "internal/check": 12, "internal/render": 12, "internal/inputs": 11, "internal/decision": 11, "internal/layout": 11,
		"internal/lint": 10, "internal/survey": 10, "internal/impact": 11, "internal/brief": 10, "internal/policytest": 10, "internal/gate/gatetest": 10,
		"internal/gate": 9, "internal/rules": 8, "internal/subject": 7, "internal/policy": 6,
		"internal/detect": 6, "internal/around": 4, "internal/owner": 4, "internal/construct": 5, "internal/library": 5, "internal/drafts": 5, "internal/intake": 5, "internal/manifest": 4, "internal/registry": 4, "internal/record": 3, "internal/edit": 3, "internal/attr": 2, "internal/inventory": 2, "internal/egress": 2, "internal/interop": 2, "internal/bom": 5, "internal/report": 3, "internal/search": 3, "internal/deps": 2, "internal/choice": 2, "internal/sink/sinktest": 2,
		"internal/action": 2, "internal/disk": 2, "internal/github": 2, "internal/gitlab": 2, "internal/gitlab/gitlabtest": 4, "internal/wire": 1, "internal/snapshot": 1, "internal/comment": 0, "internal/github/githubtest": 3,
		"internal/corpus/cut": 1, "internal/corpus": 0, "internal/effort": 0,
		"internal/yamltree": 1, "internal/starter": 2, "internal/explain": 1, "internal/control": 1, "internal/sink": 1, "internal/worktree": 1, "internal/gitrepo": 1,
		"internal/diag": 0, "internal/scalar": 0, "internal/source": 0, "internal/vocab": 0, "internal/gitindex": 0, "internal/gitindex/indextest": 1, "internal/lexer": 0, ".": 0, "internal": 0,
	}
}

// owners says which packages may import a third-party module.
func owners() map[string][]string {
	return map[string][]string{
		"gopkg.in/yaml.v3":                      {"internal/yamltree"},
		"github.com/package-url/packageurl-go":  {"internal/scalar"},
		"golang.org/x/net":                      {"internal/scalar", "internal/sink/sinktest", "internal/search"},
		"golang.org/x/sys":                      {"internal/disk"},
		"golang.org/x/mod":                      {"internal/deps", "cmd/vendorgate"},
		"github.com/pelletier/go-toml/v2":       {"internal/deps"},
		"github.com/bmatcuk/doublestar/v4":      {"internal/manifest"},
		"github.com/hashicorp/go-version":       {"internal/registry", "internal/policy"},
		"github.com/spf13/cobra":                {"internal/cli", "internal/keeper", "internal/command"},
		"github.com/spf13/pflag":                {"internal/cli", "internal/keeper", "internal/command"},
		"github.com/sethvargo/go-githubactions": {"internal/sink"},
		"github.com/yuin/goldmark":              {"internal/sink/sinktest"},
		"github.com/google/go-github/v62":       {"internal/github"},
		"golang.org/x/crypto":                   {"internal/wire"},
		"github.com/getkin/kin-openapi":         {"internal/github/githubtest"},
		"github.com/google/go-cmp":              {"internal/gate/gatetest"},
		"github.com/rogpeppe/go-internal":       {"internal/cli", "internal/keeper"},
	}
}

// edges observe and post. They import nothing that judges, and they alone, with those who wire them, know the world.
func edges() []string {
	return []string{"internal/action", "internal/disk", "internal/github", "internal/github/githubtest", "internal/gitlab", "internal/gitlab/gitlabtest", "internal/wire"}
}

// belowEdges is what an edge may import.
func belowEdges(dir string) []string {
	out := []string{"internal/diag", "internal/source", "internal/sink"}
	if strings.HasPrefix(dir, "internal/github") || dir == "internal/gitlab" {
		out = append(out, "internal/comment", "internal/wire", "internal/snapshot")
	}
	if dir == "internal/gitlab/gitlabtest" {
		out = append(out, "internal/github/githubtest")
	}
	if dir == "internal/github/githubtest" {
		out = append(out, "internal/github", "internal/corpus")
	}
	return out
}

// impure reports whether a package may know disk, network and process.
func impure(dir string) bool {
	testSupport := []string{"internal/corpus", "internal/corpus/cut", "internal/effort", "internal/accuracy"}
	return slices.Contains(edges(), dir) || slices.Contains(testSupport, dir) || dir == "internal/process" || strings.HasPrefix(dir, "cmd/")
}

// A CI system is one package behind an interface: above the edges one file knows it, and nobody else speaks its words.
func TestOneFileKnowsTheForge(t *testing.T) {
	t.Parallel()
	for _, forge := range []struct {
		wiring   string
		words    []string
		packages []string
	}{
		{"internal/ci/github.go", []string{`"GITHUB_`}, []string{module + "/internal/github", module + "/internal/action", "github.com/google/go-github/"}},
		{"internal/ci/gitlab.go", []string{`"GITLAB_`, `"CI_`}, []string{module + "/internal/gitlab"}},
	} {
		wired := false
		for _, f := range productFiles(t) {
			if strings.HasSuffix(f.name, "_test.go") || slices.Contains(edges(), f.dir) {
				continue
			}
			knows := slices.ContainsFunc(forge.words, func(word string) bool { return strings.Contains(f.source, word) }) ||
				slices.ContainsFunc(f.imports, func(imported string) bool {
					return slices.ContainsFunc(forge.packages, func(known string) bool {
						return imported == known || strings.HasSuffix(known, "/") && strings.HasPrefix(imported, known)
					})
				})
			switch {
			case knows && f.name == forge.wiring:
				wired = true
			case knows:
				t.Errorf("%s knows a CI system; only %s and the edges %q may", f.name, forge.wiring, edges())
			}
		}
		if !wired {
			t.Errorf("%s does not wire a CI system; this test has lost its way", forge.wiring)
		}
	}
}

// banned is what the pure floors must not know: disk, network, environment, log, processes.
func banned() []string {
	return []string{"os", "os/exec", "os/signal", "os/user", "net", "net/http", "log", "log/slog", "syscall", "io/ioutil", "plugin", "unsafe"}
}

// unlinked is what no package may import. Templates look methods up by name, which makes the linker keep every method of the
// program. Escaping is the task of package sink.
func unlinked() []string { return []string{"text/template", "html/template"} }

type file struct {
	dir, name string
	lines     int
	imports   []string
	source    string
}

func productFiles(t *testing.T) []file {
	t.Helper()
	var out []file
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata") {
			return fs.SkipDir
		}
		if entry.IsDir() || path.Ext(name) != ".go" {
			return nil
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ImportsOnly)
		if err != nil {
			return err
		}
		f := file{dir: path.Dir(name), name: name, lines: strings.Count(string(data), "\n"), source: string(data)}
		for _, i := range parsed.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, imported)
		}
		out = append(out, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 30 {
		t.Fatalf("found %d files; this test has lost its way", len(out))
	}
	return out
}

func TestFloors(t *testing.T) {
	t.Parallel()
	for _, f := range productFiles(t) {
		floor, ok := floors()[f.dir]
		if !ok {
			t.Errorf("%s: package %s has no floor; give it one in doc.go and here", f.name, f.dir)
		}
		if f.lines > 400 {
			t.Errorf("%s: %d lines; split it at 400", f.name, f.lines)
		}
		if strings.HasSuffix(f.name, "_test.go") {
			continue
		}
		for _, imported := range f.imports {
			below, ours := strings.CutPrefix(imported, module)
			if ours && slices.Contains(edges(), f.dir) && !slices.Contains(belowEdges(f.dir), strings.Trim(below, "/")) {
				t.Errorf("%s: an edge imports nothing above diag, source and sink", f.name)
			}
			switch below = strings.Trim(below, "/"); {
			case ours && below == "":
				below = "."
				fallthrough
			case ours:
				if target, known := floors()[below]; !known || target >= floor {
					t.Errorf("%s (floor %d) imports %s (floor %d)", f.name, floor, below, target)
				}
			case strings.Contains(strings.SplitN(imported, "/", 2)[0], "."):
				ownedImport(t, f, imported)
			case !impure(f.dir) && slices.Contains(banned(), imported):
				t.Errorf("%s: %s is banned in %s", f.name, imported, f.dir)
			}
			if slices.Contains(unlinked(), imported) {
				t.Errorf("%s: %s is banned; write text with strings.Builder, and pages with sink", f.name, imported)
			}
			if imported == "os/exec" || imported == "plugin" {
				t.Errorf("%s: vendorgate starts no process", f.name)
			}
		}
	}
}

// The size past which a package needs a wall inside it: it becomes two.
const (
	maxRoomFiles = 25
	maxRoomLines = 3500
)

func TestRoomsAreSmall(t *testing.T) {
	t.Parallel()
	files, lines := map[string]int{}, map[string]int{}
	for _, f := range productFiles(t) {
		if !strings.HasSuffix(f.name, "_test.go") {
			files[f.dir]++
			lines[f.dir] += f.lines
		}
	}
	for dir := range floors() {
		if files[dir] > maxRoomFiles || lines[dir] > maxRoomLines {
			t.Errorf("%s has %d files and %d lines; part it before it has more than %d files or %d lines", dir, files[dir], lines[dir], maxRoomFiles, maxRoomLines)
		}
	}
}

func ownedImport(t *testing.T, f file, imported string) {
	t.Helper()
	for mod, packages := range owners() {
		if imported == mod || strings.HasPrefix(imported, mod+"/") {
			if !slices.Contains(packages, f.dir) {
				t.Errorf("%s: %s belongs to %q", f.name, mod, packages)
			}
			return
		}
	}
	t.Errorf("%s: %s has no owner; name one in doc.go and here", f.name, imported)
}

// The pure floors take the time as a value, and nothing but main ends the process.
func TestNoClockNoExit(t *testing.T) {
	t.Parallel()
	for _, f := range productFiles(t) {
		if strings.HasSuffix(f.name, "_test.go") || f.dir == "cmd/vendorgate" {
			continue
		}
		for _, word := range []string{"time.Now(", "time.Since(", "time.Until(", "time.Local", "os.Exit(", "fmt.Print(", "fmt.Println(", "fmt.Printf(", "func init()"} {
			if strings.Contains(f.source, word) {
				t.Errorf("%s: %s is banned outside cmd/vendorgate", f.name, strings.TrimSuffix(word, "("))
			}
		}
	}
}

// What is printed goes through a sink.Stream: nothing else holds a stream of the process, and fmt prints to builders only.
func TestNoPrintButSink(t *testing.T) {
	t.Parallel()
	printed := regexp.MustCompile(`fmt\.Fprint(f|ln)?\((&?\w+)|\bos\.Std(out|err)\b|\bprint(ln)?\(`)
	for _, f := range productFiles(t) {
		if strings.HasSuffix(f.name, "_test.go") || f.dir == "internal/sink" {
			continue
		}
		source := strings.NewReplacer("sink.To(os.Stdout)", "", "sink.To(os.Stderr)", "", "disk.IsTerminal(os.Stdout)", "", "disk.IsTerminal(os.Stderr)", "").Replace(f.source)
		for _, m := range printed.FindAllStringSubmatch(source, -1) {
			if to := m[2]; to != "&out" && to != "h" { // a builder, a hash
				t.Errorf("%s: %s; print to a sink.Stream", f.name, m[0])
			}
		}
	}
}

// A test that could not run must not look like one that passed. Package corpus skips tests that need data of others, and
// turns every skip into a failure where the data is promised. Package effort skips tests only under the race detector.
func TestOnlyCorpusSkips(t *testing.T) {
	t.Parallel()
	skip := regexp.MustCompile(`\b(t|tb|f|b)\.Skip(f|Now)?\(`)
	for _, f := range productFiles(t) {
		if found := skip.FindString(f.source); found != "" && f.dir != "internal/corpus" && f.name != "internal/effort/effort.go" {
			t.Errorf("%s: %s; read data through package corpus, or let .ci/run choose the test with a build tag", f.name, found)
		}
	}
}

// The top level holds what the plan names and nothing else.
func TestTopLevel(t *testing.T) {
	t.Parallel()
	want := []string{
		"CHANGELOG.md", "Dockerfile", "LICENSE", "README.md", "action.yml", "cmd", "docs", "embed.go", "examples", "go.mod", "go.sum",
		"internal", "policy.yaml", "vendors", "waivers", // policy and waivers in a fork
		"templates",       // GitLab finds components only there
		"Casks", "bucket", // where Homebrew and Scoop look, from the first release on
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(want, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}

// Go modules and Windows refuse files with the names of devices, and one such file keeps everybody from `go install`.
func TestFileNamesArePortable(t *testing.T) {
	t.Parallel()
	device := regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$`)
	seen := map[string]string{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == ".git" {
			return fs.SkipDir
		}
		if device.MatchString(entry.Name()) || strings.ContainsAny(entry.Name(), `<>:"|?*\\`) || strings.TrimRight(entry.Name(), ". ") != entry.Name() && name != "." {
			t.Errorf("%s: Windows and the Go module format refuse the name", name)
		}
		lower := strings.ToLower(name)
		if other, twice := seen[lower]; twice {
			t.Errorf("%s and %s are one file where case does not count", name, other)
		}
		seen[lower] = name
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
