package detect

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/library"
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

// copied reports whether a file is a copy of somebody's library.
func (t *tree) copied(name string, data []byte) bool {
	return library.Copied(name, data, t.has, func(title string) bool { return t.owners().Names(title) })
}

// importMap is the file in which a Rails application lists the modules that it loads, those that it downloads into vendor/javascript, too.
const importMap = "config/importmap.rb"

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
