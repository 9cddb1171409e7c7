package search

import (
	"net/url"
	"strings"
)

// unescape is the name of a package as its package manager writes it. It is false for one that cannot be a name.
func unescape(name string) (string, bool) {
	if strings.IndexByte(name, '%') < 0 {
		return name, !strings.ContainsAny(name, " \t\n")
	}
	name, err := url.PathUnescape(name)
	return name, err == nil && !strings.ContainsAny(name, " \t\n")
}

// packageKey is how a package is looked up: in lower case, which no registry tells apart from upper case for two
// packages of note; pypi takes - _ . for the same, and a Go module's major version is none of its name.
func packageKey(ecosystem, name string) string {
	name = strings.ToLower(name)
	switch ecosystem {
	case "pypi":
		name = strings.ReplaceAll(strings.ReplaceAll(name, "_", "-"), ".", "-")
	case "golang":
		name = withoutMajor(name)
	}
	return name
}

func withoutMajor(module string) string {
	i := strings.LastIndex(module, "/v")
	if i > 0 && i+2 < len(module) && strings.Trim(module[i+2:], "0123456789") == "" {
		return module[:i]
	}
	return module
}

// ecosystemOf is the ecosystem whose packages' names say how code of a language imports them, or empty.
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

// sharesNamespaces reports whether the name of a package only suggests how code imports it: other packages, and the
// code's own, may have the same prefix. Elsewhere code imports a package by its own name.
func sharesNamespaces(ecosystem string) bool {
	switch ecosystem {
	case "maven", "composer", "nuget", "cocoapods", "hex":
		return true
	}
	return false
}

// derivedImports returns the names by which code imports a package of a vendor, as far as the package's name says. It
// returns none where the name is a common word, and where a namespace is not the vendor's but belongs to a community.
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
		return []string{withoutMajor(name)}
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
	case "maven": // com.acme:acme-java is imported as com.acme; of com.google.cloud:storage the group tells nothing
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
