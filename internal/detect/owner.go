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

// owner reads the manifests at the root of the tree.
func (t *tree) owner() owner {
	const shortest = 4 // letters of a name that says something
	var out owner
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
