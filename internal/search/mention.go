package search

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// Mentions reports whether a file lists dependencies of an ecosystem in a form that package deps does not read, such as a
// Bazel file or a lock file.
func Mentions(name, ecosystem string) bool { return slices.Contains(mentionedIn(name), ecosystem) }

// MentionsAny reports whether a file lists dependencies of any ecosystem in such a form.
func MentionsAny(name string) bool { return len(mentionedIn(name)) > 0 }

// mentionedIn returns the ecosystems of the dependencies in such a file.
func mentionedIn(name string) []string {
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

// Mentioned returns the vendors' packages whose names such a file contains. This is enough to assign an import to a vendor, but it is
// no evidence of a use.
func (c *Catalogue) Mentioned(name string, data []byte) []Hit {
	var out []Hit
	ecosystems, before := mentionedIn(name), ""
	for word := range bytes.FieldsFuncSeq(data, func(r rune) bool { return strings.ContainsRune(" \t\r\n\"'`,;%()[]{}<>=|~^", r) }) {
		for text := range strings.SplitSeq(strings.TrimPrefix(string(word), "https://"), ":") { // group:artifact:version, npm:name@version
			for _, ecosystem := range ecosystems {
				if found, ok := c.packageOf(ecosystem, mentioned(ecosystem, before, text)); ok {
					out = append(out, Hit{Kind: Package, Vendor: int(found.vendor), Ecosystem: ecosystem, Text: mentioned(ecosystem, before, text), Local: found.local})
				}
			}
			if text != "" {
				before = text
			}
		}
	}
	return out
}

// mentioned returns the name of a package that a word stands for. before is the word before it.
func mentioned(ecosystem, before, word string) string {
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
