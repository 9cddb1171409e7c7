package search

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// The functions below say why nothing in code can match an entry of a record, and what would. Both texts are empty if something can.

// EnvNameFault judges an entry of detect.env_names. Only names in upper case are searched for, and a glob may have one star.
func EnvNameFault(glob string) (problem, hint string) {
	plain := strings.Trim(glob, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_*") == ""
	upper := strings.ToUpper(strings.NewReplacer("-", "_", " ", "_", ".", "_").Replace(glob))
	switch {
	case strings.Count(glob, "*") > 1:
		return "only one star is supported", "write one star, as in " + cmp.Or(strings.Map(inEnvName, upper), "ACME") + "_*"
	case !plain && strings.Trim(upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_*") == "":
		if !strings.ContainsAny(upper, "_*") {
			upper += "_*"
		}
		return "only names in upper case, with underscores, are searched for", "write " + upper
	case !plain:
		return "names of environment variables have letters, digits and underscores", "write a name, or one with a star, as in ACME_*"
	case !strings.ContainsAny(glob, "_*"):
		return "only names with an underscore are searched for", "write " + glob + "_*"
	}
	return "", ""
}

// inEnvName drops the characters that no name of an environment variable has.
func inEnvName(r rune) rune {
	if r == '_' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' {
		return r
	}
	return -1
}

// importLanguages are those whose imports are searched for.
func importLanguages() []string {
	return []string{"csharp", "dart", "elixir", "go", "java", "js", "php", "python", "ruby", "rust", "swift"}
}

// ImportFault judges an entry of detect.imports.
func ImportFault(text string) (problem, hint string) {
	language, name, ok := strings.Cut(text, ":")
	switch {
	case !ok || name == "":
		return "it names no language", "write language:name, as in python:acme"
	case !slices.Contains(importLanguages(), language):
		return fmt.Sprintf("imports of %q are not searched for", language), nearest(language, importLanguages(), "use one of ")
	}
	return "", ""
}

// packageTypes are the types of packages that are searched for.
func packageTypes() []string {
	return []string{"cargo", "cocoapods", "composer", "gem", "github", "githubactions", "golang", "hex", "maven", "npm", "nuget", "pub", "pypi", "swift", "terraform"}
}

// PackageFault judges an entry of sdks, a purl.
func PackageFault(purl string) (problem, hint string) {
	kind, _, _ := strings.Cut(strings.TrimPrefix(purl, "pkg:"), "/")
	if slices.Contains(packageTypes(), kind) {
		return "", ""
	}
	return fmt.Sprintf("packages of type %q are not searched for", kind), nearest(kind, packageTypes(), "remove it, or use one of ")
}

// ResourceFault judges an entry of detect.resources. A star stands at the end, after a whole word.
func ResourceFault(glob string) (problem, hint string) {
	start, after, star := strings.Cut(glob, "*")
	whole := start != "" && strings.IndexByte("_: ", start[len(start)-1]) >= 0
	instead := cmp.Or(start, "acme") + "_*"
	if whole {
		instead = start + "*"
	}
	switch {
	case after != "":
		return "only a star at the end is supported", "write " + instead
	case star && !whole:
		return "a star follows a whole word", "write " + instead
	}
	return "", ""
}

// URLFault judges an entry of detect.urls: a host and the start of a path.
func URLFault(url string) (problem, hint string) {
	url = strings.TrimPrefix(url, "https://")
	host, _, ok := strings.Cut(url, "/")
	if !ok {
		return "it has no path", "write the start of a path after it, or list the host in api_hosts"
	}
	if problem, hint = HostFault(host); problem == "" && strings.ContainsAny(host, "*:") {
		return "only a plain host is supported", "write a host without a scheme, port or star"
	}
	return problem, hint
}

// FileFault judges an entry of detect.files: the name of a file, after that of its folder if need be. A star stands in the name.
func FileFault(glob string) (problem, hint string) {
	folder, base := path.Split(glob)
	switch {
	case glob != strings.Trim(glob, "/"):
		return "names of files have no leading or trailing slash", "write " + strings.Trim(glob, "/")
	case strings.Contains(folder, "*") || folder != "" && strings.Contains(base, "*"):
		return "only the last part of a path may have a star", "write " + base
	case strings.Count(folder, "/") > 1:
		return "only the last folder of a path counts", "write " + path.Base(folder) + "/" + base
	case strings.HasPrefix(base, "*."):
		return "it matches the files of other tools", "write the part of the name that only this service uses"
	}
	return "", ""
}

// SymbolFault judges an entry of detect.symbols.
func SymbolFault(text string) (problem, hint string) {
	language, name, ok := strings.Cut(text, ":")
	switch {
	case !ok || name == "":
		return "it names no language", "write language:name, as in ruby:acme_delivery"
	case !slices.Contains(symbolLanguages(), language):
		return fmt.Sprintf("symbols of %q are not searched for", language), nearest(language, symbolLanguages(), "use one of ")
	case strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 || !inSymbol[byte(r)] && r != '.' }), len(name) > maxSymbol: //nolint:gosec // it is ASCII
		return "a symbol is one name, with dots, hyphens and underscores", ""
	}
	return "", ""
}

// HostFault judges an entry of api_hosts, domains, detect.script_hosts or scope.hosts.
func HostFault(pattern string) (problem, hint string) {
	last := pattern[strings.LastIndexByte(pattern, '.')+1:]
	private := []string{"corp", "example", "home", "internal", "invalid", "lan", "local", "localhost", "test"} // reserved, or used inside of networks
	if suffix, listed := publicsuffix.PublicSuffix(last); listed || suffix != last || slices.Contains(private, last) {
		return "", ""
	}
	common := []string{"com", "net", "org", "io", "dev", "app", "ai", "co", "cloud", "eu", "uk", "de", "fr"}
	return fmt.Sprintf("there is no top-level domain %q", last), nearest(last, common, "correct the name; common ones are ")
}

func nearest(word string, choices []string, otherwise string) string {
	if near := diag.Nearest(word, choices); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return otherwise + strings.Join(choices, ", ")
}
