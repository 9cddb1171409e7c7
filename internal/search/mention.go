package search

import (
	"bytes"
	"path"
	"strings"
)

// Mentions reports whether a file lists dependencies in a form that package deps does not read, such as a Podfile.
func Mentions(name string) bool { return mentionedIn(name) != "" }

// mentionedIn returns the ecosystem of the dependencies in such a file.
func mentionedIn(name string) string {
	base := path.Base(name)
	switch base {
	case "Podfile":
		return "cocoapods"
	case "Cartfile", "project.pbxproj":
		return "swift"
	case "paket.dependencies":
		return "nuget"
	case "BUILD", "BUILD.bazel", "MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel", "build.sc", "deps.edn", "ivy.xml":
		return "maven"
	}
	switch path.Ext(base) {
	case ".podspec":
		return "cocoapods"
	case ".sbt", ".bzl", ".gradle":
		return "maven"
	case ".kts", ".kt":
		if strings.HasSuffix(base, ".gradle.kts") || strings.Contains(name, "buildSrc/") {
			return "maven"
		}
	}
	return ""
}

// Mentioned returns the vendors' packages whose names such a file contains. This is enough to assign an import to a vendor, but it is
// no evidence of a use.
func (c *Catalogue) Mentioned(name string, data []byte) []Hit {
	ecosystem := mentionedIn(name)
	var out []Hit
	before := ""
	for word := range bytes.FieldsFuncSeq(data, func(r rune) bool { return strings.ContainsRune(" \t\r\n\"'`,;%()[]{}<>=|", r) }) {
		for text := range strings.SplitSeq(strings.TrimPrefix(string(word), "https://"), ":") { // of group:artifact:version
			key := strings.TrimSuffix(text, ".git")
			switch {
			case ecosystem == "maven":
				key = before + "/" + text
			case ecosystem == "swift" && !strings.HasPrefix(key, "github.com/"):
				key = "github.com/" + key
			}
			if text != "" {
				before = text
			}
			if found, ok := c.packageOf(ecosystem, key); ok {
				out = append(out, Hit{Kind: Package, Vendor: int(found.vendor), Ecosystem: ecosystem})
			}
		}
	}
	return out
}
