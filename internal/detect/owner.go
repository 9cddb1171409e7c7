package detect

import (
	"path"
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// owner is what the manifests at the root of a tree say about whose code it is.
type owner struct {
	names   []string // of packages and their scopes
	domains []string // of the home page
}

func homepage() *regexp.Regexp {
	return regexp.MustCompile(`(?i)"?(?:homepage|website)"?\s*[:=]\s*"https?://([\w.\-]+)`)
}

// owner reads the manifests at the root of the tree, its title, and whom it asks to write to.
func (t *tree) owner() owner {
	const shortest = 4 // letters of a name that says something
	var out owner
	for _, name := range t.names {
		dir, base := path.Split(name)
		if stem, ext := strings.TrimSuffix(base, path.Ext(base)), path.Ext(base); dir == "" && (ext == ".sln" || ext == ".slnx") && len(plain(stem)) >= shortest {
			out.names = append(out.names, strings.ToLower(plain(stem)))
		}
		switch {
		case !isContact(name):
		case strings.HasPrefix(strings.ToLower(base), "readme"):
			if title := titleOf(t.read(name)); len(title) >= shortest {
				out.names = append(out.names, title)
			}
		default:
			for _, m := range address().FindAllSubmatch(t.read(name), -1) {
				out.write(strings.ToLower(string(m[1])))
			}
		}
	}
	for _, manifest := range []string{"package.json", "composer.json", "go.mod", "Cargo.toml", "pyproject.toml"} {
		if !t.has(manifest) {
			continue
		}
		name := strings.ToLower(strings.TrimPrefix(path.Base(t.ownerOf(manifest)), "@"))
		if name = plain(name); len(name) >= shortest {
			out.names = append(out.names, name)
		}
		if m := homepage().FindSubmatch(t.read(manifest)); m != nil {
			if domain, ok := search.Registrable(strings.ToLower(string(m[1]))); ok {
				out.domains = append(out.domains, domain)
			}
		}
	}
	return out
}

func address() *regexp.Regexp { return regexp.MustCompile(`[\w.+\-]+@([\w\-]+(?:\.[\w\-]+)+)`) }

// write adds the domain of an address that people are asked to write to. Those of providers of mailboxes say nothing.
func (o *owner) write(host string) {
	const shortest = 4
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
	if name := plain(first); len(name) > shortest {
		o.names = append(o.names, name)
	}
}

// isContact reports whether a file at the root of a tree says what it is called or whom to write to.
func isContact(name string) bool {
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

func heading() *regexp.Regexp { return regexp.MustCompile(`(?im)^(?:#|<h1[^>]*>)[ \t]*([^\n<]+)`) }

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
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return r != '.' && r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	for len(words) > 1 {
		switch words[len(words)-1] {
		case "api", "app", "web", "website", "server", "backend", "frontend", "infrastructure", "ios", "android", "mobile", "platform", "monorepo", "client", "cloud", "desktop":
			words = words[:len(words)-1]
			continue
		}
		break
	}
	return plain(strings.Join(words, ""))
}

// owns reports whether an unknown domain is the owner's own: that of the home page, or one that is named like the package.
func (o owner) owns(domain string) bool {
	first, _, _ := strings.Cut(domain, ".")
	for _, name := range o.names {
		if plain(first) == name {
			return true
		}
	}
	for _, own := range o.domains {
		if domain == own {
			return true
		}
	}
	return false
}

// plain returns a name without joints.
func plain(name string) string { return strings.NewReplacer("-", "", "_", "", ".", "").Replace(name) }
