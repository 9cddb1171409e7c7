package scalar

import (
	"path"
	"strings"
)

// Login returns the canonical form of a user name: lower case, without the @ of a mention and without an organisation or address in front,
// as in @acme/a.ferreira. GitHub and GitLab treat names that differ only in case as the same user.
func Login(text string) string {
	name := strings.TrimRight(mention(text), "/")
	return strings.Trim(name[strings.LastIndexByte(name, '/')+1:], "@ ")
}

// mention returns a name in lower case, without the @ in front.
func mention(text string) string {
	return strings.ToLower(strings.TrimLeft(strings.TrimSpace(text), "@"))
}

// SameLogin reports whether two spellings name the same user. Empty names are never the same.
func SameLogin(a, b string) bool { return Login(a) != "" && Login(a) == Login(b) }

// Repository returns the canonical form of owner/name: lower case.
func Repository(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// SameRepository reports whether two spellings name the same repository. Empty names are never the same.
func SameRepository(a, b string) bool { return Repository(a) != "" && Repository(a) == Repository(b) }

// RepositoryMatches reports whether a pattern such as acme/* matches owner/name, whatever their case. * stays within a segment, and a
// pattern with ** matches nothing.
func RepositoryMatches(pattern, repository string) bool {
	ok, err := path.Match(Repository(pattern), Repository(repository))
	return err == nil && ok && !strings.Contains(pattern, "**")
}

// RepositoryCovers reports whether a pattern surely matches every repository that another one matches.
func RepositoryCovers(pattern, other string) bool {
	if Repository(pattern) == Repository(other) {
		return !strings.Contains(pattern, "**")
	}
	const any = "\x00" // no name has it, so that only * matches it
	return !strings.ContainsAny(pattern, "?[") && RepositoryMatches(pattern, strings.NewReplacer("*", any, "?", any).Replace(other))
}

// TeamMatches reports whether a pattern matches a team, whatever their case. A team may be written as growth, acme/growth or
// @acme/growth; organisations are compared where both name one. A pattern with ** matches nothing.
func TeamMatches(pattern, team string) bool {
	patternOrg, patternSlug := splitTeam(pattern)
	org, slug := splitTeam(team)
	if patternOrg != "" && org != "" {
		if ok, err := path.Match(patternOrg, org); err != nil || !ok {
			return false
		}
	}
	ok, err := path.Match(patternSlug, slug)
	return err == nil && ok && slug != "" && !strings.Contains(pattern, "**")
}

// TeamCovers reports whether a pattern surely matches every team that another one matches.
func TeamCovers(pattern, other string) bool {
	return pattern == other && !strings.Contains(pattern, "**") || !strings.ContainsAny(other, "*?[") && TeamMatches(pattern, other)
}

// splitTeam splits a team into its organisation, which may be empty, and its slug.
func splitTeam(text string) (org, slug string) {
	name := mention(text)
	if org, slug, ok := strings.Cut(name, "/"); ok {
		return org, slug
	}
	return "", name
}
