package deps

import (
	"strings"
)

// Dependency is a package that a package manager's manifest lists.
type Dependency struct {
	Ecosystem string // as package URLs have it: npm, golang, pypi
	Name      string // with its namespace, as the manifest has it: @scope/name, com.example/name
	Offset    int    // of the name in the file
	Dev       bool   // for development, tests or the build alone
	Indirect  bool   // needed by another dependency
	Renamed   bool   // code imports it under another name, which the manifest gives
}

// forDevelopment reports whether the name of a dependency group, or of its file, means development tools.
func forDevelopment(group string) bool {
	group = strings.ToLower(group)
	for _, word := range []string{"dev", "test", "lint", "doc", "typing", "build", "bench", "example", "tool"} {
		if strings.Contains(group, word) {
			return true
		}
	}
	return false
}
