package scalar

import (
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// wildcards are the characters that stand for others in a glob, or that make one match several names.
const wildcards = `*?[]{},\`

// BroadHost reports whether a glob of hosts matches domains that anyone can register: it has a wildcard in a public suffix, or in the label below
// one, as *, *.com, *.co.uk and *.github.io do. Suffixes of local networks, such as *.internal, belong to whoever uses them.
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
	suffix, official := publicsuffix.PublicSuffix(fixed)
	below, _ := publicsuffix.PublicSuffix("x." + fixed) // everybody may have a name below any name there
	return fixed == "" || fixed == suffix && (official || strings.Contains(suffix, ".")) || below == "x."+fixed && strings.Contains(fixed, ".")
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
