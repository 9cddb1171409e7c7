package deps

import (
	"path"
	"strings"
)

// MentionedIn returns the ecosystems of the dependencies in a file that lists them in a form that Read does not read, such as a Bazel file
// or a lock file.
func MentionedIn(name string) []string {
	base := path.Base(name)
	switch base {
	case "Podfile.lock":
		return []string{"cocoapods"}
	case "project.pbxproj", "Package.resolved":
		return []string{"swift"}
	case "paket.dependencies", "packages.lock.json":
		return []string{"nuget"}
	case "BUILD", "BUILD.bazel", "MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel", "build.sc", "ivy.xml", "gradle.lockfile":
		return []string{"maven"}
	case "tox.ini", "poetry.lock", "Pipfile.lock":
		return []string{"pypi"}
	case "import_map.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml":
		return []string{"npm"}
	case "Gemfile.lock":
		return []string{"gem"}
	case "composer.lock":
		return []string{"composer"}
	case "mix.lock":
		return []string{"hex"}
	}
	switch path.Ext(base) {
	case ".podspec":
		return []string{"cocoapods"}
	case ".bzl", ".gradle":
		return []string{"maven"}
	case ".kts", ".kt":
		if strings.HasSuffix(base, ".gradle.kts") || strings.Contains(name, "buildSrc/") {
			return []string{"maven"}
		}
	}
	return nil
}

// Mentioned returns the name of a package that a word stands for in a file that MentionedIn speaks of. before is the word before it.
func Mentioned(ecosystem, before, word string) string {
	switch ecosystem {
	case "maven":
		return before + "/" + word
	case "swift":
		return "github.com/" + strings.TrimSuffix(strings.TrimPrefix(word, "github.com/"), ".git")
	case "npm":
		if i := strings.LastIndexByte(word, '@'); i > 0 {
			return word[:i]
		}
	}
	return word
}
