package detect

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/owner"
)

// proven reports whether a file below a folder such as vendor, the i-th of its path, is third-party code. The name of the folder is
// no proof: services/vendor may be a service about vendors.
func (t *tree) proven(name string, i int) bool {
	return t.vendored(strconv.Itoa(i) + " " + path.Dir(name))
}

// filled reports whether a package manager fills a folder such as Pods, the i-th of a path: what it reads is beside the folder, or what
// it writes is in it. The name of the folder is no proof.
func (t *tree) filled(name string, i int) bool {
	segments := strings.Split(name, "/")
	beside := func(files ...string) bool {
		return slices.ContainsFunc(files, func(file string) bool { return t.has(path.Join(path.Join(segments[:i]...), file)) })
	}
	switch strings.ToLower(segments[i]) {
	case "pods":
		return beside("Podfile", "Podfile.lock")
	case "carthage":
		return beside("Cartfile", "Cartfile.resolved")
	case "bower_components":
		return beside("bower.json", ".bowerrc")
	case ".yarn":
		return beside("yarn.lock", ".yarnrc.yml")
	}
	found := false // site-packages
	t.below(path.Join(segments[:i+1]...), func(name string) bool {
		found = strings.Contains(name, ".dist-info/") || strings.Contains(name, ".egg-info/")
		return !found
	})
	return found
}

// isVendored answers for the files of one folder. Its argument is the number of the path segment that is named vendor, a blank, and
// the path of the folder.
func (t *tree) isVendored(question string) bool {
	number, dir, _ := strings.Cut(question, " ")
	i, _ := strconv.Atoi(number)
	segments := strings.Split(dir, "/")
	root := strings.Join(segments[:i+1], "/")
	if len(segments) > i+1 && segments[i+1] == "javascript" && t.has(path.Join(path.Join(segments[:i]...), importMap)) { // Rails
		return true
	}
	for _, list := range []string{"modules.txt", "vendor.json", "composer/installed.json", "autoload.php"} {
		if t.has(path.Join(root, list)) {
			return true
		}
	}
	if len(segments) > i+2 && segments[i+1] == "bundle" && segments[i+2] == "ruby" { // Bundler
		return true
	}
	for n := len(segments); n > i; n-- {
		folder := strings.Join(segments[:n], "/")
		if t.foreignLicence(folder) || n > i+1 && t.foreignPackage(folder) {
			return true
		}
	}
	return false
}

// versionedFolder matches a folder of a library with its version below one for libraries: vendor/acme@3/acme.min.js.
var versionedFolder = regexp.MustCompile(`(?i)(?:^|/)(?:vendor|third[_-]?party|libs?)/[\w.\-]+@v?\d[\w.]*/`)

// published reports whether a script in a folder such as vendor starts with the banner of a published library. This proof is weaker
// than the others: callsOf outweighs it.
func published(name string, data []byte) bool {
	const banner = 1000
	head := data[:min(len(data), banner)]
	if ext := path.Ext(name); ext != ".js" && ext != ".mjs" && ext != ".css" {
		return false
	}
	if versionedFolder.MatchString(name) {
		return true
	}
	if !bytes.HasPrefix(bytes.TrimSpace(head), []byte("/*!")) && !bytes.Contains(head, []byte("@license")) && !bytes.Contains(head, []byte("@preserve")) {
		return false
	}
	for dir := range strings.SplitSeq(strings.ToLower(path.Dir(name)), "/") {
		if dir == "vendor" || dir == "third_party" || dir == "third-party" || dir == "thirdparty" {
			return true
		}
	}
	return false
}

// ofOthers matches a folder for libraries, or for files that a server hands out as they are.
var ofOthers = regexp.MustCompile(`(?i)(?:^|/)(?:vendors?|third[_-]?party|libs?|plugins|wwwroot|webroot|static|public|assets)/`)

// loaders matches the start of a library that can be loaded in several ways: as a module of AMD, as one of CommonJS, or as a script.
var loaders = regexp.MustCompile(`^\s*(?:(?://[^\n]*|/\*[^*]*\*/)\s*)*[;!(]*function[^{]{0,60}\{[^}]{0,300}\bdefine\.amd\b`)

// versionLine matches a line of a comment that names a version of a program: Acme 1.2.3, @version 1.2.3.
var versionLine = regexp.MustCompile(`(?m)^[ \t]*(?:/\*[*!]?|//|\*|#)?[ \t]*[@#]?[ \t]*([A-Za-z][\w. \-]{0,60})[ \t:]+v?\d+\.\d+(?:\.\d+)?\b`)

// copied reports whether a file of code starts with the banner of somebody's library, its name with a version and a copyright or
// licence, or, in a folder for libraries, like a library for several loaders. That a file is a copy is only likely, as any program may start so.
func (t *tree) copied(name string, data []byte) bool {
	const banner = 600
	head := data[:min(len(data), banner)]
	if ofOthers.MatchString(name) && loaders.Match(head) {
		return true
	}
	if family := lexer.Of(name); !family.Code() && family != lexer.CSS && family != lexer.Sass || !around.HasLicence(head) || !around.HasDecimal(head) {
		return false
	}
	for _, m := range versionLine.FindAllSubmatch(head, -1) {
		title := strings.ToLower(string(m[1]))
		if !strings.Contains(title, "licen") && !t.owners().Names(title) {
			return true
		}
	}
	return false
}

// importMap is the file in which a Rails application lists the modules that it loads, those that it downloads into vendor/javascript, too.
const importMap = "config/importmap.rb"

// forLibraries reports whether a script is in a folder for libraries. A folder called lib or static is one for minified code only.
func forLibraries(name string, minified bool) bool {
	switch path.Ext(name) {
	case ".js", ".mjs", ".cjs", ".css":
	default:
		return false
	}
	if minified {
		return ofOthers.MatchString(name)
	}
	dirs := strings.Split(strings.ToLower(path.Dir(name)), "/")
	i := slices.IndexFunc(dirs, func(dir string) bool {
		return dir == "vendor" || dir == "vendors" || dir == "third_party" || dir == "third-party" || dir == "thirdparty"
	})
	return i >= 0 && (!ownCode(dirs[:i]) || slices.Contains(dirs[:i], "assets"))
}

// foreignLicence reports whether a folder has a licence that is not the repository's.
func (t *tree) foreignLicence(dir string) bool {
	file := t.licenceIn(dir)
	if file == "" {
		return false
	}
	own := t.licenceIn(".")
	return own == "" || !bytes.Equal(bytes.TrimSpace(t.read(file)), bytes.TrimSpace(t.read(own)))
}

func (t *tree) licenceIn(dir string) string {
	for _, name := range licenceNames() {
		if file := path.Join(dir, name); t.has(file) {
			return file
		}
	}
	return ""
}

func isLicence(name string) bool { return slices.Contains(licenceNames(), path.Base(name)) }

// licenceNames are the names of files with a licence, the most common ones first.
func licenceNames() []string {
	return []string{
		"LICENSE", "LICENSE.txt", "LICENSE.md", "LICENSE.rst", "LICENCE", "LICENCE.txt", "LICENCE.md", "LICENCE.rst",
		"License", "License.txt", "License.md", "License.rst", "license", "license.txt", "license.md", "license.rst",
		"COPYING", "COPYING.txt", "COPYING.md", "COPYING.rst", "UNLICENSE", "UNLICENSE.txt", "UNLICENSE.md", "UNLICENSE.rst",
	}
}

// foreignPackage reports whether a folder contains a package of another owner.
func (t *tree) foreignPackage(dir string) bool {
	for _, manifest := range []string{"package.json", "composer.json", "go.mod", "Cargo.toml", "pyproject.toml"} {
		theirs := t.ownerOf(path.Join(dir, manifest))
		if theirs == "" {
			continue
		}
		ours := t.ownerOf(manifest)
		return ours != "" && theirs != ours
	}
	return false
}

// ownerOf returns the owner of the package that a manifest describes; empty if the tree has no such file.
func (t *tree) ownerOf(manifest string) string {
	if !t.has(manifest) {
		return ""
	}
	return owner.Package(manifest, t.read(manifest))
}

// maxConsulted is the size in bytes above which a file is not read for the sake of others.
const maxConsulted = 256 << 10

// read returns the content of a small file, or nil.
func (t *tree) read(name string) []byte {
	if size, ok := t.files.size(name); !ok || size > maxConsulted {
		return nil
	}
	data, _, _ := t.files.read(name, nil)
	return data
}
