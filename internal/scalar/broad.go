package scalar

import (
	_ "embed"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// wildcards are the characters that stand for others in a glob, or that make one match several names.
const wildcards = `*?[]{},\`

// above lists the domains of two or more labels that have public suffixes below them without being one: nodeart.io, for
// stage.nodeart.io. Those that have a wildcard rule right below are left out.
//
//go:embed above_suffixes.txt
var above string

// BroadHost reports whether a glob of hosts matches domains that anyone can register: there is a public suffix at or below what follows its
// last wildcard, as in *, *.com, *.co.uk, *.github.io, *.np (names are registered below com.np) and *.nodeart.io (below stage.nodeart.io).
// Suffixes of local networks, such as *.internal, belong to whoever uses them.
func BroadHost(glob string) bool {
	labels := strings.Split(strings.TrimSuffix(strings.ToLower(glob), "."), ".")
	last := -1
	for i, label := range labels {
		if strings.ContainsAny(label, wildcards) {
			last = i
		}
	}
	if last < 0 {
		return false
	}
	fixed := strings.Join(labels[last+1:], ".")
	return fixed == "" || PublicSuffix(fixed) || PublicSuffix("x."+fixed) || strings.Contains(above, "\n"+fixed+"\n")
}

// PublicSuffix reports whether anyone can have a name below a domain: it is a suffix of a registry, such as co.uk, or of a hosting
// service, such as github.io. Names that no registry knows, such as internal, are none.
func PublicSuffix(domain string) bool {
	suffix, official := publicsuffix.PublicSuffix(domain)
	return domain == suffix && (official || strings.Contains(suffix, "."))
}

// codeHost returns the server of code at the start of a Go module's name; empty if there is none.
func codeHost(name string) string {
	host, _, _ := strings.Cut(name, "/")
	if slices.Contains([]string{"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gopkg.in"}, strings.ToLower(host)) {
		return host
	}
	return ""
}

// BroadPackage reports whether a glob matches packages of any name: it has no letter and no digit outside of brackets, as *, ** and @*/*.
// The name of a server where anyone can publish, as in github.com/**, does not count.
func BroadPackage(glob string) bool {
	if glob == "" {
		return false
	}
	if owner, ok := strings.CutPrefix(glob, codeHost(glob)+"/"); ok && codeHost(glob) != "" {
		glob, _, _ = strings.Cut(owner, "/") // anyone can have a repository there
	}
	return Unnamed(glob)
}

// Unnamed reports whether a glob has no letter and no digit outside of brackets, so that it matches names of any kind.
func Unnamed(glob string) bool {
	depth := 0
	for _, c := range glob {
		switch {
		case c == '[':
			depth++
		case c == ']':
			depth = max(depth-1, 0)
		case depth == 0 && !strings.ContainsRune(`*?{},\/@.-_!^`, c):
			return false
		}
	}
	return true
}
