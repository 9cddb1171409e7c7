package detect

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/deps"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/library"
)

// The classes of files whose sightings count as hints. Reports show them.
const (
	inTests     = "tests"
	inFixtures  = "fixtures"
	inDocs      = "docs"
	inExamples  = "examples"
	inVendored  = "vendored code"
	inCopies    = "copies of libraries"
	inGenerated = "generated code"
	inMinified  = "minified code"
	inData      = "data files"
	inLocks     = "lock files"
	inSkeleton  = "skeleton configuration"
	inRegistry  = "files of vendorgate"
	inTools     = "settings of developers' tools"
	isAside     = "files put aside"
)

// standing is what the path of a file says about it.
type standing struct {
	class  string // empty for the repository's own code and configuration
	folder bool   // only the name of a folder decided the class
	weak   bool   // the name may mean something else: the class lowers what code does by one step, and no further
}

// classOf returns the standing of a file.
func (t *tree) classOf(name string) standing {
	lower := strings.ToLower(name)
	base := path.Base(lower)
	if class := classOfBase(lower, base, path.Base(name)); class != "" {
		weak := class == inMinified || class == inGenerated || class == inTests && around.ResemblesTest(base)
		return standing{class: class, weak: weak} // anybody can choose such a name
	}
	if aside, weak := around.SetAside(base); aside {
		return standing{class: isAside, weak: weak}
	}
	if around.OfTools(lower, base) {
		return standing{class: inTools, weak: true}
	}
	if around.Inventory(base) {
		return standing{class: inData}
	}
	if strings.HasPrefix(lower, ".github/") {
		if strings.HasPrefix(lower, ".github/issue_template/") || strings.HasPrefix(lower, ".github/discussion_template/") {
			return standing{class: inDocs}
		}
		return standing{}
	}
	if class, weak := t.classOfFolders(name, lower); class != "" {
		return standing{class, class != inVendored, weak}
	}
	if around.Seeds(base) {
		return standing{inData, true, lexer.Of(name).Code()}
	}
	if skeleton(lower, base) {
		return standing{class: inSkeleton}
	}
	return standing{}
}

// classOfFolders is the class of a file by the folders that it lies in. It is weak if the folder's name may mean something else.
func (t *tree) classOfFolders(name, lower string) (class string, weak bool) {
	code := lexer.Of(name).Code()
	builds := code || lexer.Of(name) == lexer.Terraform || strings.HasSuffix(lower, ".tf.json") // what the examples of a module set up is set up
	dirs := strings.Split(path.Dir(lower), "/")
	for i, dir := range dirs {
		if dir != "fixtures" && around.Recorded(dir) {
			return inFixtures, false
		}
		if strings.HasPrefix(dir, "testhelper") || strings.HasPrefix(dir, "testutil") {
			return inTests, false
		}
		if strings.HasSuffix(dir, ".dist-info") || strings.HasSuffix(dir, ".egg-info") {
			return inDocs, false
		}
		if !code && environment(dirs[:i], dir) {
			continue
		}
		if strings.HasPrefix(dir, "vendored") && !code && t.proven(name, i) {
			return inVendored, false
		}
		switch dir {
		case "test", "tests", "spec", "specs", "e2e":
			return inTests, builds && !t.tested(strings.Join(strings.Split(name, "/")[:i+1], "/"))
		case "__tests__", "cypress", "testdata", "androidtest", "unittest", "unittests", "integrationtests", "test-utils":
			return inTests, false
		case "fixtures", "snapshots":
			return inFixtures, code && !slices.Contains(dirs[:i], "tests") && !slices.Contains(dirs[:i], "test")
		case "recordings", "__snapshots__", ".snapshots", "wiremock", "stubs", "stub", "__recordings__":
			return inFixtures, false
		case "example", "examples", "sample", "samples", "demo", "demos", "tutorial", "tutorials":
			return inExamples, builds
		case "docs", "doc", "documentation":
			if !t.projects[strings.Join(strings.Split(name, "/")[:i+1], "/")] && !slices.Contains(dirs[:i], "src") {
				return inDocs, around.Notebook(name)
			}
		case "node_modules":
			return inVendored, false
		case "bower_components", "pods", "carthage", ".yarn", "site-packages":
			if !code || !library.Sources(dirs[:i]) {
				return inVendored, code && !t.filled(name, i)
			}
		case "vendor", "third_party", "third-party", "thirdparty":
			if (!code || !library.Sources(dirs[:i])) && t.proven(name, i) {
				return inVendored, false
			}
		case "generated", "__generated__", ".generated", "dist":
			return inGenerated, code && dir == "generated"
		case "seeds", "seeders", "seeder", "factories":
			return inData, code
		case "data":
			if !code {
				class, weak = inData, true // settings of the program's own services, perhaps
			}
		case "locales", "locale", "translations", "lang": // some frameworks write texts in code
			return inData, code
		case "language", "languages":
			if around.Tongue(path.Base(name)) {
				return inData, code
			}
		case "flow-typed": // types of the libraries that code imports
			return inTools, code
		case "dataset", "datasets", "i18n", "l10n":
			if !code {
				return inData, false
			}
		default:
			if around.OfTests(strings.Split(name, "/")[i]) {
				return inTests, builds && !t.tested(strings.Join(strings.Split(name, "/")[:i+1], "/"))
			}
			if (strings.HasSuffix(dir, "-data") || strings.HasSuffix(dir, "_data")) && !code {
				return inData, false
			}
		}
	}
	return class, weak
}

// environment reports whether a folder, by its name and those above it, is one of the environments that a repository is deployed to, such
// as deploy/test and environments/eu/demo, and holds no tests and no examples.
func environment(above []string, dir string) bool {
	if len(above) == 0 || dir != "test" && dir != "demo" {
		return false
	}
	if slices.ContainsFunc(above, func(d string) bool {
		return slices.Contains([]string{"environment", "environments", "env", "envs", "overlays", "stage", "stages"}, d)
	}) {
		return true
	}
	parents := []string{"deploy", "deployment", "deployments", "k8s", "kubernetes", "helm", "terraform", "infra", "infrastructure", "clusters"}
	return slices.Contains(parents, above[len(above)-1])
}

// hasTests reports whether a folder holds tests of a test framework, by the names of its files.
func (t *tree) hasTests(dir string) bool {
	found := false
	t.below(dir, func(name string) bool {
		lower := strings.ToLower(name)
		found = lexer.Of(name).Code() && classOfBase(lower, path.Base(lower), path.Base(name)) == inTests
		return !found
	})
	return found
}

// installed reports whether a file is in a folder that a package manager fills.
func installed(name string) bool {
	for dir := range strings.SplitSeq(path.Dir(name), "/") {
		switch dir {
		case "node_modules", "bower_components", "site-packages", "Pods", "Carthage":
			return true
		}
	}
	return false
}

func classOfBase(lower, base, original string) string {
	stem, ext := strings.TrimSuffix(base, path.Ext(base)), path.Ext(base)
	joint := strings.LastIndexAny(stem, "._-")
	ends := func(endings ...string) bool { return joint >= 0 && slices.Contains(endings, stem[joint:]) }
	switch base {
	case "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "go.sum", "packages.lock.json", "bun.lockb", "gradle.lockfile", "package.resolved", "flake.lock", "deno.lock":
		return inLocks
	case "license", "copying", "notice", "authors", "contributors", "readme", "changelog", "changes", "todo", "codeowners", "copyright":
		return inDocs
	case "pkg-info", "manual.html", "readme.html", "changelog.html", "license.html":
		return inDocs
	case "conftest.py", "pytest.ini", "phpunit.xml", "phpunit.xml.dist", "phpunit.dist.xml", "testing.go", "test_helper.rb", "test_helpers.rb":
		return inTests
	case "strings.xml": // Android's texts
		return inData
	}
	if ext == ".erb" || ext == ".j2" || ext == ".jinja2" || ext == ".tmpl" || ext == ".liquid" { // a template of a document
		ext = path.Ext(stem)
	}
	switch ext {
	case ".lock":
		return inLocks
	case ".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc", ".txt", ".tex", ".org", ".textile", ".rdoc", ".pod", ".man", ".1", ".5", ".7", ".8", ".html5":
		if strings.Contains(base, "requirements") || base == "cmakelists.txt" || ext == ".txt" && path.Base(path.Dir(lower)) == "requirements" {
			return ""
		}
		return inDocs
	case ".snap", ".har", ".cassette":
		return inFixtures
	case ".graphql", ".graphqls", ".gql", ".proto": // names of hosts are only in descriptions of fields
		return inDescription
	case ".csv", ".tsv", ".dat", ".sql", ".ndjson", ".opml", ".jsonl", ".svg", ".po", ".pot", ".xlf", ".xliff", ".geojson", ".arb", ".strings", ".xcstrings", ".stringsdict", ".patch", ".diff", ".map", ".jpg", ".jpeg", ".png", ".gif", ".ico", ".webp", ".pdf", ".eml", ".mbox", ".log", ".bib", ".dic", ".ics":
		return inData
	}
	switch {
	case around.Collection(base):
		return inExamples
	case ext == ".feature":
		return inTests
	case around.ProfileOfTests(stem), around.ProfileOfTests(base):
		return inTests
	case !lexer.Of(base).Code(): // e2e-test.yml is a pipeline
	case stem == "test" || stem == "tests" || stem == "spec", ends("_test", ".test", ".spec", "_spec", "-test", ".e2e", ".cy", "-spec", ".stories", "_tests", ".tests"), strings.HasPrefix(base, "test_"):
		return inTests
	case ext != "" && strings.Contains(" .java .kt .cs .scala .php .swift .groovy ", " "+ext+" ") && around.TestClass(strings.TrimSuffix(original, path.Ext(original))):
		return inTests
	case ends(".mock", "_mock", "-mock", ".mocks", "_mocks", "-mocks", ".fixture", "_fixture", ".fixtures", "_fixtures", "-fixtures"), strings.HasPrefix(base, "mock_"):
		return inFixtures
	}
	switch {
	case ends(".appdata", ".metainfo"): // descriptions for app stores
		return inDocs
	case ends(".min", "-min", ".bundle", "-bundle", ".chunk", ".standalone", ".umd", ".iife"):
		return inMinified
	case ends(".pb", "_pb", "_pb2", ".gen", "_generated", ".generated", ".g", ".freezed", "_gen", ".designer"), strings.HasSuffix(stem, "_pb2_grpc"), strings.HasSuffix(stem, ".pb.gw"):
		return inGenerated
	}
	return ""
}

// readable is the length of the start of a file that says what the file is.
const readable = 2000

// classOfContent recognises generated code, minified code, and files of vendorgate by their content. The class is weak if a person may
// have written the file: only a standard marker says that code is generated, and only a licence or a manifest of the build says that
// minified code is not the repository's own.
func (t *tree) classOfContent(name string, data []byte) (class string, weak bool) {
	head := data[:min(len(data), readable)]
	if ext := path.Ext(name); (ext == ".yaml" || ext == ".yml") && around.IsOurs(head) {
		return inRegistry, false
	}
	if path.Base(name) == ".phpstorm.meta.php" && bytes.Contains(head, []byte("namespace PHPSTORM_META")) { // for an editor; nothing runs it
		return inTools, false
	}
	if standard, found := around.Generated(name, head); found {
		return inGenerated, !standard
	}
	if lexer.Of(name) == lexer.JSON && (bytes.Contains(head, []byte(`"@context"`)) || bytes.Contains(head, []byte(`"signatures"`)) && bytes.Contains(head, []byte(`"keyid"`))) { // linked data, or signed metadata
		return inData, false
	}
	if ext := path.Ext(name); (ext == ".html" || ext == ".htm") && around.GeneratedPage(data) {
		return inGenerated, true
	}
	const least, lineLength = 10_000, 500
	if len(data) > least && len(data)/(1+bytes.Count(data, []byte("\n"))) > lineLength {
		code := lexer.Of(name).Code() || deps.CodeOf(name) != "" // the rest is data
		return inMinified, code && !t.isBuilt(name, data)
	}
	return "", false
}

// isBuilt reports whether a script is the output of a build or a published library: it starts with a licence or a version, or a manifest
// of the build lists it, in its folder or up to three above.
func (t *tree) isBuilt(name string, data []byte) bool {
	if library.Banner(data[:min(len(data), readable)]) {
		return true
	}
	const above = 3
	dir := path.Dir(name)
	for range above + 1 {
		for _, list := range buildManifests() {
			if file := path.Join(dir, list); t.has(file) && bytes.Contains(t.read(file), []byte(path.Base(name))) {
				return true
			}
		}
		dir = path.Dir(dir)
	}
	return false
}

func isBuildManifest(name string) bool {
	return path.Ext(name) == ".json" && slices.Contains(buildManifests(), path.Base(name))
}

// buildManifests are the names of files in which builds list what they wrote.
func buildManifests() []string {
	return []string{"manifest.json", "asset-manifest.json", "mix-manifest.json", "rev-manifest.json", "build-manifest.json", "entrypoints.json", ".vite/manifest.json"}
}
