package search

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/deps"
)

// ecosystemOf returns the ecosystem of a language whose imports are derived from names of packages; empty if there is none.
func ecosystemOf(language string) string {
	switch language {
	case "js":
		return "npm"
	case "go":
		return "golang"
	case "python":
		return "pypi"
	case "ruby":
		return "gem"
	case "rust":
		return "cargo"
	case "elixir":
		return "hex"
	case "dart":
		return "pub"
	case "csharp":
		return "nuget"
	case "swift":
		return "cocoapods"
	case "java":
		return "maven"
	case "php":
		return "composer"
	}
	return ""
}

// sharesNamespaces reports whether an import in an ecosystem only resembles the name of its package, so that other packages
// and the repository's own code may use the same namespace.
func sharesNamespaces(ecosystem string) bool {
	switch ecosystem {
	case "maven", "composer", "nuget", "cocoapods", "hex":
		return true
	}
	return false
}

// derivedImports returns the imports that follow from the name of a vendor's package. It returns none if the name is a common
// word or if the namespace is not the vendor's.
func derivedImports(ecosystem, name string, e *Entry) []string {
	name = strings.ToLower(name)
	namespace, base := "", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		namespace, base = name[:i], name[i+1:]
	}
	switch ecosystem {
	case "npm":
		return []string{name}
	case "golang":
		return []string{deps.WithoutMajor(name)}
	case "pypi", "cargo":
		return []string{strings.ReplaceAll(base, "-", "_")}
	case "gem":
		constant := strings.NewReplacer("-ruby", "", "ruby-", "", "-", "", "_", "").Replace(base)
		return []string{base, strings.ReplaceAll(base, "-", "/"), constant}
	case "pub":
		return []string{base}
	case "hex":
		return uncommon(strings.ReplaceAll(base, "_", ""))
	case "cocoapods":
		return uncommon(base)
	case "nuget":
		return uncommon(strings.TrimSuffix(base, ".net"))
	case "maven": // com.acme:acme-java is imported as com.acme; for com.google.cloud:storage, the group says nothing about the import
		if last := namespace[strings.LastIndexByte(namespace, '.')+1:]; last != "" && strings.Contains(base, last) && strings.Contains(namespace, ".") && e.owns(namespace) {
			return []string{namespace}
		}
	case "composer": // acme/acme-php is imported as Acme
		if namespace != "" && strings.HasPrefix(base, namespace) && e.owns(namespace) {
			return uncommon(strings.ReplaceAll(namespace, "-", ""))
		}
	}
	return nil
}
