package search

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Registrable returns the registrable domain of a name: one label below a public suffix, which may be that of a hosting service.
// It is false for a name without a public suffix, such as an IP address or a local name.
func Registrable(name string) (string, bool) {
	suffix, official := publicsuffix.PublicSuffix(name)
	if !official && !strings.Contains(suffix, ".") {
		return "", false
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(name)
	return domain, err == nil
}

// Shared reports whether a name is a subdomain that a hosting service gives to its customers.
func Shared(name string) bool {
	suffix, official := publicsuffix.PublicSuffix(name)
	return !official && strings.Contains(suffix, ".") && suffix != name
}

// HostOf returns the text of a host in lower case.
func HostOf(data []byte, h Hit) string {
	return strings.Trim(strings.ToLower(string(data[h.At:h.End])), "-_")
}

// Plausible reports whether an unknown host could be a vendor's. It does not look at the context.
func Plausible(data []byte, h Hit) bool {
	name := HostOf(data, h)
	if labels := strings.Split(name, "."); len(labels) > 1 && reserved(labels[len(labels)-2]) {
		return false // saves looking up the public suffix
	}
	domain, ok := Registrable(name)
	return ok && reachable(data, h, domain) && !Placeholder(name) && !reserved(domain)
}

// Plausible reports whether a host below a vendor's domain could be one that a program calls. It does not look at the context.
func (c *Catalogue) Plausible(data []byte, h Hit) bool {
	name := HostOf(data, h)
	domain, ok := Registrable(name)
	return ok && reachable(data, h, domain) && !c.Placeholder(name)
}

// reachable reports whether a host is in a URL of the web, on a domain that can exist.
func reachable(data []byte, h Hit, domain string) bool {
	return (h.Target || h.URL && webScheme(data, h)) && !strings.Contains(domain, "_")
}

// packages reports whether a host belongs to a registry of packages or images.
func packages(host string) bool {
	last := strings.LastIndexByte(host, '.')
	if last < 0 {
		return false
	}
	switch host[strings.LastIndexByte(host[:last], '.')+1 : last] {
	case "npmjs", "pypi", "pythonhosted", "rubygems", "crates", "nuget", "packagist", "maven", "hex", "pub", "jitpack", "cocoapods", "goproxy", "yarnpkg", "docker", "quay", "anaconda", "chocolatey":
		return true
	}
	return false
}

// Placeholder reports whether a host that no entry lists is a placeholder or a local name.
func Placeholder(name string) bool {
	if invented(name) || strings.HasPrefix(name, "local.") {
		return true
	}
	for _, label := range []string{".test", ".invalid", ".local", ".internal", ".lan", ".home", ".corp", ".svc", ".localdomain", ".ts.net", ".localtest.me", ".lvh.me", ".nip.io", ".xip.io", ".sslip.io", ".traefik.me", "fritz.box"} { // the last ones lead to the own machine or network
		if strings.HasSuffix(name, label) {
			return true
		}
	}
	return false
}

// invented reports whether a text has a word that stands for another one.
func invented(name string) bool {
	for _, word := range []string{"your", "example", "placeholder", "changeme", "change-me", "xxx", "dummy", "foobar", "my-domain", "mydomain", "my-tenant", "my-company", "mycompany", "my-org", "subdomain", "localhost", "tenant-name"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// reserved reports whether a domain belongs to standards, source code, packages, examples or documentation. Programs name such
// domains without calling them. Only the first label counts, because many of these have several top-level domains.
func reserved(domain string) bool {
	name, _, _ := strings.Cut(domain, ".")
	switch name {
	case "npmjs", "pypi", "pythonhosted", "rubygems", "crates", "nuget", "packagist", "maven", "sonatype", "gradle", "hex", "hexdocs", "pub", "jitpack", "cocoapods",
		"metacpan", "cpan", "haskell", "nixos", "r-project", "bioconductor", "luarocks", "flathub", "snapcraft", "golang", "goproxy", "yarnpkg", "unpkg", "esm", "skypack", "debian", "ubuntu", "alpinelinux", "archlinux", "fedoraproject", "centos", "docker", "ghcr", "quay", "gcr",
		"git-scm", "github", "githubusercontent", "githubassets", "gitlab", "bitbucket", "sourceforge", "codeberg", "gitea", "launchpad", "githubapp",
		"w3", "ietf", "rfc-editor", "iana", "schema", "json-schema", "schemastore", "xmlsoap", "oasis-open", "openid", "purl", "dublincore", "ogp", "xmlns",
		"whatwg", "unicode", "iso", "ecma-international", "opengis", "openapis", "swagger", "w3id", "asyncapi", "cyclonedx", "spdx", "slsa", "in-toto", "opencontainers",
		"apache", "mozilla", "gnu", "kernel", "linuxfoundation", "eclipse", "springframework", "jboss", "hibernate", "python", "ruby-lang", "rust-lang", "nodejs",
		"php", "jquery", "typescriptlang", "reactjs", "react", "vuejs", "angular", "svelte", "nextjs", "laravel", "rubyonrails", "djangoproject", "symfony", "kotlinlang",
		"wikipedia", "wikimedia", "stackoverflow", "stackexchange", "medium", "example", "httpbin", "localhost", "test", "domain", "mysite", "my-site", "my-website", "mywebsite", "mystore", "myshop", "myblog", "mycompany", "foo", "bar", "site", "company", "myapp", "myapi", "my-api", "myserver", "my-server", "myhost", "webhook-domain", "your-domain", "hostname", "somehost", "somewhere", "acme", "acmecorp", "contoso", "fabrikam",
		"creativecommons", "chocolatey", "readthedocs", "opensource", "choosealicense", "contributor-covenant", "keepachangelog", "semver", "editorconfig", "eslint", "prettier", "babeljs":
		return true
	}
	return false
}
