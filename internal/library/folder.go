package library

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// ofOthers matches a folder for libraries, or for files that a server hands out as they are.
var ofOthers = regexp.MustCompile(`(?i)(?:^|/)(?:vendors?|third[_-]?party|libs?|plugins|webapps?|wwwroot|webroot|htdocs|static|public|assets)/`)

// servedLibraries matches a folder of libraries among files that a server hands out, and a plugin of jQuery there.
var servedLibraries = regexp.MustCompile(`(?i)(?:^|/)(?:webapps?|wwwroot|webroot|htdocs|static|public|assets)/(?:.*/)?(?:libs/|jquery\.[\w.-]+\.js$)`)

// versionedFolder matches a folder of a library with its version below one for libraries: vendor/acme@3/acme.min.js.
var versionedFolder = regexp.MustCompile(`(?i)(?:^|/)(?:vendor|third[_-]?party|libs?)/[\w.\-]+@v?\d[\w.]*/`)

// versioned matches a folder or a file with the version of a library in its name: acme-1.0.10/acme.js, acme-1.0.10.js.
var versioned = regexp.MustCompile(`(?i)(?:^|/)[a-z][\w.]*(?:-[a-z][\w.]*)*[-@.]v?\d+\.\d+(?:\.\d+)*(?:[.-](?:min|all|pack|full))?(?:/|\.m?js$)`)

// Folder reports whether a script is in a folder for libraries. A folder called lib or static is one for minified code only.
func Folder(name string, minified bool) bool {
	switch path.Ext(name) {
	case ".js", ".mjs", ".cjs", ".css":
	default:
		return false
	}
	if minified {
		return ofOthers.MatchString(name)
	}
	dirs := strings.Split(strings.ToLower(path.Dir(name)), "/")
	i := slices.IndexFunc(dirs, vendors)
	return i >= 0 && (!Sources(dirs[:i]) || slices.Contains(dirs[:i], "assets"))
}

// vendors reports whether a folder is for code of others, by its name in lower case.
func vendors(dir string) bool {
	return dir == "vendor" || dir == "vendors" || dir == "third_party" || dir == "third-party" || dir == "thirdparty"
}

// Sources reports whether folders contain a repository's own sources, where a folder named vendor may be business code.
func Sources(dirs []string) bool {
	return slices.ContainsFunc(dirs, func(dir string) bool { return dir == "src" || dir == "app" || dir == "internal" || dir == "pkg" })
}
