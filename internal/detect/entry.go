package detect

import (
	"net/url"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/registry"
)

// Entry is what is looked for of one vendor. All lists are sorted. An entry of an id that another entry has adds to it.
type Entry struct {
	ID       string
	API      []string // hosts that answer API calls; *.name stands for all below
	Brand    []string // domains of the vendor's pages
	Script   []string // hosts of browser scripts
	Packages []string // ecosystem/name, as packageKey writes it
	Imports  []string // language:name; + in front where the package's name was taken for it
	Env      []string // globs of environment variables
}

// EntryOf takes from a record what is looked for.
func EntryOf(v *registry.Vendor) Entry {
	e := Entry{ID: v.ID}
	if v.Record == nil {
		return e
	}
	e.API, e.Brand = texts(v, "api_hosts"), texts(v, "domains")
	e.Script, e.Env = texts(v, "detect.script_hosts"), texts(v, "detect.env_names")
	for _, name := range texts(v, "detect.imports") {
		if language, name, ok := strings.Cut(name, ":"); ok {
			e.Imports = append(e.Imports, importKey(language, name))
		}
	}
	for _, purl := range texts(v, "sdks") {
		ecosystem, name, ok := splitPurl(purl)
		if !ok {
			continue
		}
		e.Packages = append(e.Packages, packageKey(ecosystem, name))
		for _, key := range derivedImports(ecosystem, name) {
			if !slices.Contains(e.Imports, key) {
				e.Imports = append(e.Imports, "+"+key)
			}
		}
	}
	for _, list := range []*[]string{&e.Packages, &e.Imports} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return e
}

func texts(v *registry.Vendor, path string) []string {
	out := v.Record.Get(path).Texts()
	if len(out) == 0 {
		return nil
	}
	slices.Sort(out)
	return out
}

func splitPurl(purl string) (ecosystem, name string, ok bool) {
	rest, ok := strings.CutPrefix(purl, "pkg:")
	if !ok {
		return "", "", false
	}
	if ecosystem, name, ok = strings.Cut(rest, "/"); !ok {
		return "", "", false
	}
	name, err := url.PathUnescape(name)
	return ecosystem, name, err == nil && !strings.ContainsAny(name, " \t\n")
}

// packageKey is how a package is looked up: in lower case, which no registry tells apart from upper case for two
// packages of note; pypi takes - _ . for the same, and a Go module's major version is none of its name.
func packageKey(ecosystem, name string) string {
	name = strings.ToLower(name)
	switch ecosystem {
	case "pypi":
		name = strings.NewReplacer("_", "-", ".", "-").Replace(name)
	case "golang":
		name = withoutMajor(name)
	}
	return ecosystem + "/" + name
}

func withoutMajor(module string) string {
	i := strings.LastIndex(module, "/v")
	if i > 0 && i+2 < len(module) && strings.Trim(module[i+2:], "0123456789") == "" {
		return module[:i]
	}
	return module
}

// importKey is how an import is looked up.
func importKey(language, name string) string { return language + ":" + strings.ToLower(name) }

// derivedImports are the names by which code imports a package, as far as its own name tells.
func derivedImports(ecosystem, name string) []string {
	lower := strings.ToLower(name)
	namespace, base := "", lower
	if i := strings.LastIndexByte(lower, '/'); i >= 0 {
		namespace, base = lower[:i], lower[i+1:]
	}
	under := strings.ReplaceAll(base, "-", "_")
	switch ecosystem {
	case "npm":
		return []string{"js:" + lower}
	case "golang":
		return []string{"go:" + withoutMajor(lower)}
	case "pypi":
		return []string{"python:" + under}
	case "gem":
		constant := strings.NewReplacer("-ruby", "", "ruby-", "", "-", "", "_", "").Replace(base)
		return []string{"ruby:" + base, "ruby:" + strings.ReplaceAll(base, "-", "/"), "ruby:" + constant}
	case "cargo":
		return []string{"rust:" + under}
	case "hex":
		return []string{"elixir:" + strings.ReplaceAll(base, "_", "")}
	case "pub":
		return []string{"dart:" + base}
	case "nuget":
		return []string{"csharp:" + strings.TrimSuffix(base, ".net")}
	case "cocoapods":
		return []string{"swift:" + base}
	case "maven": // com.acme:acme-java is imported as com.acme; of com.google.cloud:storage the group tells nothing
		if last := namespace[strings.LastIndexByte(namespace, '.')+1:]; last != "" && strings.Contains(base, last) && strings.Contains(namespace, ".") {
			return []string{"java:" + namespace}
		}
	case "composer": // acme/acme-php is imported as Acme
		if namespace != "" && strings.HasPrefix(base, namespace) {
			return []string{"php:" + strings.ReplaceAll(namespace, "-", "")}
		}
	}
	return nil
}
