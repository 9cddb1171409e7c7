// Package owner finds out whose a source tree is, from the files that say so. It knows no vendors.
//
// # Why
//
// A scan asks whether a host that no record lists is the owner's own, and whether a library in the tree is somebody else's. The answers
// need a handful of small files and no other part of a scan.
package owner

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Tree is what the package needs of a source tree.
type Tree struct {
	Files []string                 // sorted
	Read  func(name string) []byte // returns the content of a small file, or nil
	Known func(name string) bool   // reports whether the name of a file counts; nil if all do
}

func (t Tree) knows(name string) bool { return t.Known == nil || t.Known(name) }

func (t Tree) has(name string) bool {
	_, found := slices.BinarySearch(t.Files, name)
	return found
}

// Owner is what a tree says about whose code it is.
type Owner struct {
	names   []string // of packages, their scopes, and the product
	domains []string // of the home page, and of whom to write to
	linked  []string // domains in the read-me, which are the owner's if they start with a name
}

func homepage() *regexp.Regexp {
	return regexp.MustCompile(`(?i)"?(?:homepage|website)"?\s*[:=]\s*"https?://([\w.\-]+)`)
}

// Of reads the manifests at the root of a tree, its title, and whom it asks to write to.
func Of(t Tree) Owner {
	var out Owner
	for _, name := range t.Files {
		switch base := path.Base(name); {
		case path.Ext(name) == ".sln" || path.Ext(name) == ".slnx":
			if base == name && t.knows(name) {
				out.call(productOf(strings.TrimSuffix(base, path.Ext(base))))
			}
		case base == "project.pbxproj" && strings.Count(name, "/") == 1: // Xcode
			if t.knows(name) {
				out.call(productOf(strings.TrimSuffix(path.Dir(name), ".xcodeproj")))
			}
		case !contact(name):
		case strings.HasPrefix(strings.ToLower(base), "readme"):
			readme := t.Read(name)
			out.call(titleOf(readme))
			if domain := homeOf(readme); domain != "" {
				out.domains = append(out.domains, domain)
			}
			for _, m := range link().FindAllSubmatch(readme, -1) {
				if domain, ok := search.Registrable(strings.TrimRight(strings.ToLower(string(m[1])), ".")); ok {
					out.linked = append(out.linked, domain)
				}
			}
		default:
			for _, m := range address().FindAllSubmatch(t.Read(name), -1) {
				out.write(strings.ToLower(string(m[1])))
			}
		}
	}
	out.call(append(t.declared(), t.scopes())...)
	if domain := t.sources(); domain != "" {
		out.domains = append(out.domains, domain)
	}
	for _, manifest := range []string{"package.json", "composer.json", "go.mod", "Cargo.toml", "pyproject.toml"} {
		if !t.has(manifest) {
			continue
		}
		data := t.Read(manifest)
		whole := Package(manifest, data)
		out.call(productOf(path.Base(whole)))
		if manifest == "go.mod" {
			out.call(productOf(moduleName(data)))
		}
		if host, _, ok := strings.Cut(whole, "/"); ok && manifest == "go.mod" && !hosting(host) { // a module of the owner's own domain
			if domain, ok := search.Registrable(host); ok {
				out.domains = append(out.domains, domain)
			}
		}
		if m := homepage().FindSubmatch(data); m != nil {
			if domain, ok := search.Registrable(strings.ToLower(string(m[1]))); ok {
				out.domains = append(out.domains, domain)
			}
		}
	}
	return out
}

// call adds names, without those that are too short to say something.
func (o *Owner) call(names ...string) {
	const shortest = 4
	for _, name := range names {
		if len(name) >= shortest {
			o.names = append(o.names, name)
		}
	}
}

func address() *regexp.Regexp { return regexp.MustCompile(`[\w.+\-]+@([\w\-]+(?:\.[\w\-]+)+)`) }

// write adds the domain of an address that people are asked to write to. Those of providers of mailboxes say nothing.
func (o *Owner) write(host string) {
	domain, ok := search.Registrable(host)
	first, _, _ := strings.Cut(domain, ".")
	switch first {
	case "gmail", "googlemail", "googlegroups", "outlook", "hotmail", "live", "yahoo", "icloud", "me", "proton", "protonmail", "pm", "gmx", "web", "qq", "163", "126", "mail", "fastmail", "hey", "github", "noreply", "example":
		return
	}
	if !ok || search.Placeholder(host) {
		return
	}
	o.domains = append(o.domains, domain)
	o.call(plain(first))
}

// scopes returns the scope that most packages of a tree with several of them have: acme for @acme/web and @acme/api.
func (t Tree) scopes() string {
	const most, several = 40, 2
	counts, looked := map[string]int{}, 0
	for _, name := range t.Files {
		if path.Base(name) != "package.json" || strings.Contains(name, "node_modules/") {
			continue
		}
		if looked++; looked > most {
			break
		}
		var p struct{ Name string }
		if json.Unmarshal(t.Read(name), &p) == nil && strings.HasPrefix(p.Name, "@") {
			scope, _, _ := strings.Cut(p.Name[1:], "/")
			counts[scope]++
		}
	}
	scope, n := commonest(counts)
	if n < several {
		return ""
	}
	return productOf(scope)
}

// sources returns the domain that the packages of most files of Java, Kotlin and Scala are named after: acme.com for src/main/java/com/acme.
func (t Tree) sources() string {
	const most = 5000
	counts, all := map[string]int{}, 0
	for _, name := range t.Files {
		if !strings.Contains(name, "src/") {
			continue // most files, quickly
		}
		segments := strings.Split(name, "/")
		i := slices.IndexFunc(segments, func(s string) bool { return s == "java" || s == "kotlin" || s == "scala" })
		if i < 1 || len(segments) < i+5 || !strings.HasPrefix(strings.Join(segments[:i], "/")+"/", "src/") && !strings.Contains(name, "/src/") {
			continue
		}
		if all++; all > most {
			break
		}
		if !t.knows(name) {
			continue
		}
		if domain, ok := search.Registrable(strings.ToLower(segments[i+3] + "." + segments[i+2] + "." + segments[i+1])); ok {
			counts[domain]++
		}
	}
	domain, n := commonest(counts)
	if 2*n < all {
		return ""
	}
	return domain
}

// commonest returns the key with the highest count, and of several the first one.
func commonest(counts map[string]int) (key string, n int) {
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		if counts[k] > n {
			key, n = k, counts[k]
		}
	}
	return key, n
}

// railsApp is the file in which a Rails application has its name.
const railsApp = "config/application.rb"

func declaredName() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^\s*(?:module (\w+)|\[?app: :(\w+),|name: ([\w\-]+))\s*$`)
}

// declared returns the names in manifests of Ruby, Elixir and Dart: the module of a Rails application, the app of mix.exs, the name of a
// package.
func (t Tree) declared() (names []string) {
	for _, manifest := range []string{railsApp, "mix.exs", "pubspec.yaml"} {
		if !t.has(manifest) {
			continue
		}
		if m := declaredName().FindSubmatch(t.Read(manifest)); m != nil {
			names = append(names, productOf(string(bytes.Join(m[1:], nil))))
		}
	}
	return names
}

// contact reports whether a file says what a product is called or whom to write to.
func contact(name string) bool {
	dir, base := path.Split(strings.ToLower(name))
	if dir != "" && dir != ".github/" && dir != "docs/" {
		return false
	}
	switch base {
	case "readme.md", "readme", "readme.rst", "readme.adoc":
		return dir == ""
	case "security.md", "code_of_conduct.md", "code-of-conduct.md", "contributing.md", "security.txt":
		return true
	}
	return false
}

func link() *regexp.Regexp { return regexp.MustCompile(`https?://([\w.\-]+)`) }

func heading() *regexp.Regexp {
	return regexp.MustCompile(`(?im)^(?:#[ \t]*|<h1[^>]*>\s*(?:<[^>]+>\s*)*)([^\s<#][^\n<]*)`)
}

// picture matches a link around an image: that of a logo leads to the home page.
func picture() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:!\[[^\]]*\]\([^)]*\)\]\(|<a[^>]+href=")https?://([\w.\-]+)[^)"]*[)"](?:[^>]*>\s*<(?:img|picture))?`)
}

// homeOf returns the domain of the first link around an image in a read-me that it names elsewhere, too: the home page. Those of badges
// and code hosts are none.
func homeOf(readme []byte) string {
	for _, m := range picture().FindAllSubmatch(readme, -1) {
		if !bytes.Contains(m[0], []byte("](")) && !bytes.Contains(m[0], []byte("<img")) && !bytes.Contains(m[0], []byte("<picture")) {
			continue // a link in a text
		}
		domain, ok := search.Registrable(strings.ToLower(string(m[1])))
		if first, _, _ := strings.Cut(domain, "."); ok && !badge(first) && !hosting(domain) && bytes.Count(readme, []byte(domain)) > 1 {
			return domain
		}
	}
	return ""
}

// badge reports whether a site, by the first label of its domain, measures projects or gathers their users.
func badge(first string) bool {
	switch first {
	case "shields", "fury", "codecov", "coveralls", "travis-ci", "circleci", "codeclimate", "codacy", "snyk", "deepsource", "goreportcard", "godoc", "go", "npmjs", "pypi", "crates", "docker", "discord", "slack", "gitter", "twitter", "x",
		"opencollective", "patreon", "liberapay", "ko-fi", "buymeacoffee", "crowdin", "weblate", "transifex", "sonarcloud", "bestpractices", "producthunt", "youtube", "f-droid", "google", "apple", "heroku", "vercel", "netlify", "railway", "render", "digitalocean", "trendshift":
		return true
	}
	return false
}

// titleOf returns the title of a read-me as a plain name, without a subtitle and without words for a part of a product.
func titleOf(readme []byte) string {
	m := heading().FindSubmatch(readme)
	if m == nil {
		return ""
	}
	title := string(m[1])
	for _, mark := range []string{" - ", ": ", " – ", " — ", " [", " ![", " | ", " (", " for ", " by "} {
		title, _, _ = strings.Cut(title, mark)
	}
	return productOf(title)
}

// productOf returns a title or the name of a package as a plain name, without words for a part of a product.
func productOf(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r != '.' && (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	for len(words) > 1 && part(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return plain(strings.Join(words, ""))
}

// part reports whether a word says which part of a product a repository is.
func part(word string) bool {
	switch word {
	case "api", "app", "web", "website", "server", "backend", "frontend", "infrastructure", "infra", "ios", "android", "mobile", "platform", "monorepo", "client", "cloud", "desktop", "core", "site", "service", "services":
		return true
	}
	return false
}

// plain returns a name without joints.
func plain(name string) string { return strings.NewReplacer("-", "", "_", "", ".", "").Replace(name) }

func packageName() *regexp.Regexp { return regexp.MustCompile(`(?m)^\s*name\s*=\s*"([^"]+)"`) }

// Package returns the owner of the package that a manifest describes: the scope or account in its name, or else the whole name. It is
// empty for private packages.
func Package(manifest string, data []byte) string {
	switch path.Base(manifest) {
	case "package.json", "composer.json":
		var p struct {
			Name    string
			Private bool
		}
		if json.Unmarshal(data, &p) != nil || p.Private && strings.Contains(manifest, "/") {
			return ""
		}
		owner, _, _ := strings.Cut(p.Name, "/")
		return owner
	case "go.mod":
		parts := strings.Split(module(data), "/")
		return strings.Join(parts[:min(len(parts), 2)], "/")
	default:
		if m := packageName().FindSubmatch(data); m != nil {
			return string(m[1])
		}
	}
	return ""
}

// module returns the path of the module that a go.mod describes; empty if there is none.
func module(data []byte) string {
	for line := range strings.Lines(string(data)) {
		if path, ok := strings.CutPrefix(line, "module "); ok {
			return strings.TrimSpace(path)
		}
	}
	return ""
}

func majorVersion() *regexp.Regexp { return regexp.MustCompile(`/v\d+$`) }

// moduleName returns the last name in the path of a module, without its major version: listmonk for github.com/knadh/listmonk/v2.
func moduleName(data []byte) string {
	return path.Base(majorVersion().ReplaceAllString(module(data), ""))
}

// hosting reports whether a host offers a home to the modules of others.
func hosting(host string) bool {
	switch host {
	case "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "git.sr.ht", "gitea.com", "gopkg.in":
		return true
	}
	return false
}

// Says reports whether a file may say whose a tree is, besides the manifests of package managers.
func Says(name string) bool { return contact(name) || name == railsApp }
