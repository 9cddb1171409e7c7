package detect

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
)

// The classes of files whose sightings count as hints. Reports show them.
const (
	inTests     = "tests"
	inFixtures  = "fixtures"
	inDocs      = "docs"
	inExamples  = "examples"
	inVendored  = "vendored code"
	inGenerated = "generated code"
	inMinified  = "minified code"
	inData      = "data files"
	inLocks     = "lock files"
	inSkeleton  = "skeleton configuration"
	inRegistry  = "files of vendorgate"
)

// classOf returns the class of a file by its path; empty for the repository's own code and configuration. folder reports
// whether only the name of a folder decided the class.
func (t *tree) classOf(name string) (class string, folder bool) {
	lower := strings.ToLower(name)
	base := path.Base(lower)
	if class := classOfBase(base); class != "" {
		return class, false
	}
	if strings.HasPrefix(lower, ".github/") {
		if strings.HasPrefix(lower, ".github/issue_template/") || strings.HasPrefix(lower, ".github/discussion_template/") {
			return inDocs, false
		}
		return "", false
	}
	if class := t.classOfFolders(name, lower); class != "" {
		return class, class != inVendored
	}
	if skeleton(lower, base) {
		return inSkeleton, false
	}
	return "", false
}

// classOfFolders is the class of a file by the folders that it lies in.
func (t *tree) classOfFolders(name, lower string) string {
	code := lexer.Of(name).Code()
	dirs := strings.Split(path.Dir(lower), "/")
	for i, dir := range dirs {
		if strings.Contains(dir, "mock") || strings.Contains(dir, "fixture") || strings.Contains(dir, "cassette") || strings.Contains(dir, "test_data") || strings.Contains(dir, "test-data") {
			return inFixtures
		}
		if strings.HasPrefix(dir, "testhelper") || strings.HasPrefix(dir, "testutil") {
			return inTests
		}
		if strings.HasSuffix(dir, ".dist-info") || strings.HasSuffix(dir, ".egg-info") {
			return inDocs
		}
		if strings.HasPrefix(dir, "vendored") && !code && t.proven(name, i) {
			return inVendored
		}
		switch dir {
		case "test", "tests", "__tests__", "spec", "specs", "e2e", "cypress", "testdata", "androidtest", "unittest", "unittests", "integrationtests", "test-utils":
			return inTests
		case "recordings", "__snapshots__", "snapshots", "wiremock", "stubs", "__recordings__":
			return inFixtures
		case "example", "examples", "sample", "samples", "demo", "demos", "tutorial", "tutorials":
			return inExamples
		case "docs", "doc", "documentation":
			if !t.projects[strings.Join(strings.Split(name, "/")[:i+1], "/")] && !slices.Contains(dirs[:i], "src") {
				return inDocs
			}
		case "node_modules":
			return inVendored
		case "bower_components", "pods", "carthage", ".yarn", "site-packages":
			if !code || !ownCode(dirs[:i]) {
				return inVendored
			}
		case "vendor", "third_party", "third-party", "thirdparty":
			if (!code || !ownCode(dirs[:i])) && t.proven(name, i) {
				return inVendored
			}
		case "generated", "__generated__", ".generated", "dist":
			return inGenerated
		case "data", "dataset", "datasets", "seeds", "locales", "locale", "i18n", "l10n", "translations", "lang":
			if !code {
				return inData
			}
		}
	}
	return ""
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

// ownCode reports whether folders contain the repository's own sources, where a folder named vendor may be business code.
func ownCode(dirs []string) bool {
	return slices.ContainsFunc(dirs, func(dir string) bool { return dir == "src" || dir == "app" || dir == "internal" || dir == "pkg" })
}

func classOfBase(base string) string {
	stem, ext := strings.TrimSuffix(base, path.Ext(base)), path.Ext(base)
	hasSuffix := func(suffixes ...string) bool {
		return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(stem, s) })
	}
	switch base {
	case "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "go.sum", "packages.lock.json", "bun.lockb", "gradle.lockfile", "package.resolved", "flake.lock", "deno.lock":
		return inLocks
	case "license", "copying", "notice", "authors", "contributors", "readme", "changelog", "changes", "todo", "codeowners", "copyright":
		return inDocs
	case "pkg-info", "manual.html", "readme.html", "changelog.html", "license.html":
		return inDocs
	case "conftest.py", "testing.go", "test_helper.rb", "test_helpers.rb":
		return inTests
	case "strings.xml": // Android's texts
		return inData
	}
	switch ext {
	case ".lock":
		return inLocks
	case ".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc", ".txt", ".tex", ".org", ".textile", ".rdoc", ".pod", ".man", ".1", ".html5":
		if strings.Contains(base, "requirements") {
			return ""
		}
		return inDocs
	case ".snap", ".har", ".cassette":
		return inFixtures
	case ".csv", ".tsv", ".sql", ".ndjson", ".jsonl", ".svg", ".po", ".pot", ".xlf", ".xliff", ".geojson", ".arb", ".strings", ".patch", ".diff", ".map", ".log", ".bib", ".dic", ".ics":
		return inData
	}
	switch {
	case stem == "test" || stem == "tests" || stem == "spec", ext == ".feature", hasSuffix("_test", ".test", ".spec", "_spec", "-test", ".e2e", ".cy", "-spec", ".stories", "_tests", ".tests"), strings.HasPrefix(base, "test_"):
		return inTests
	case ext != "" && strings.Contains(" .java .kt .cs .scala .php .swift .groovy ", " "+ext+" ") && hasSuffix("test", "tests", "testcase"):
		return inTests
	case hasSuffix(".appdata", ".metainfo"): // descriptions for app stores
		return inDocs
	case hasSuffix(".min", "-min", ".bundle", ".chunk"):
		return inMinified
	case hasSuffix(".pb", "_pb", "_pb2", "_pb2_grpc", ".gen", "_generated", ".generated", ".g", ".freezed", "_gen", ".designer", ".pb.gw"):
		return inGenerated
	}
	return ""
}

// skeleton reports whether a file comes with a framework or is a template. It names services that may not be in use.
func skeleton(lower, base string) bool {
	switch {
	case strings.HasPrefix(base, ".env") || strings.HasPrefix(base, "env") || strings.HasSuffix(base, ".env"), strings.HasPrefix(base, "dotenv"):
		if sampleName(base, "example", "sample", "dist", "template", "tpl", "defaults", "stub") {
			return true
		}
	case base == "app.json" && !strings.Contains(lower, "/"): // Heroku's template for deployments
		return true
	case sampleName(base, "example", "sample", "dist") && !lexer.Of(base).Code():
		return true
	}
	if path.Base(path.Dir(lower)) != "config" || path.Ext(base) != ".php" {
		return false
	}
	switch strings.TrimSuffix(base, ".php") { // Laravel's defaults
	case "services", "mail", "filesystems", "queue", "broadcasting", "cache", "logging", "database", "auth", "session", "app", "hashing", "cors", "sanctum", "view":
		return true
	}
	return false
}

func sampleName(base string, words ...string) bool {
	for _, word := range words {
		for _, joint := range []string{".", "-", "_"} {
			if strings.Contains(base, joint+word) || strings.HasPrefix(base, word+joint) {
				return true
			}
		}
	}
	return false
}

// classOfContent recognises generated code, minified code, and files of vendorgate by their content.
func classOfContent(name string, data []byte) string {
	head := data[:min(len(data), 2000)]
	if ext := path.Ext(name); (ext == ".yaml" || ext == ".yml") && isOurs(head) {
		return inRegistry
	}
	for _, mark := range []string{"Code generated by", "DO NOT EDIT", "@generated", "auto-generated by", "autogenerated by", "Generated by the protocol buffer compiler"} {
		if bytes.Contains(head, []byte(mark)) {
			return inGenerated
		}
	}
	const least, lineLength = 10_000, 500
	if len(data) > least && len(data)/(1+bytes.Count(data, []byte("\n"))) > lineLength {
		return inMinified
	}
	return ""
}

// isOurs reports whether a file is a record, manifest, waiver or policy, which names vendors without using them.
func isOurs(head []byte) bool {
	version, kind := false, false
	for line := range bytes.Lines(head) {
		version = version || bytes.HasPrefix(line, []byte("apiVersion: vendorgate/"))
		if value, ok := bytes.CutPrefix(line, []byte("kind: ")); ok {
			switch string(bytes.TrimSpace(value)) {
			case "Vendor", "VendorManifest", "Waiver", "Policy", "PolicyTest":
				kind = true
			}
		}
	}
	return version && kind
}
