package scalar

import (
	"path"
	"strings"
)

// Login returns the canonical form of a user name: lower case, without the @ of a mention. GitHub and GitLab treat names that
// differ only in case as the same user.
func Login(text string) string {
	return strings.ToLower(strings.TrimLeft(strings.TrimSpace(text), "@"))
}

// SameLogin reports whether two spellings name the same user. Empty names are never the same.
func SameLogin(a, b string) bool { return Login(a) != "" && Login(a) == Login(b) }

// Repository returns the canonical form of owner/name: lower case.
func Repository(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// SameRepository reports whether two spellings name the same repository. Empty names are never the same.
func SameRepository(a, b string) bool { return Repository(a) != "" && Repository(a) == Repository(b) }

// RepositoryMatches reports whether a pattern such as acme/* matches owner/name, whatever their case. * stays within a segment.
func RepositoryMatches(pattern, repository string) bool {
	ok, err := path.Match(Repository(pattern), Repository(repository))
	return err == nil && ok
}

// RepositoryPattern explains why a pattern cannot match any owner/name, and what to write instead. Both are empty if it can.
func RepositoryPattern(pattern string) (problem, hint string) {
	text := strings.TrimSpace(pattern)
	_, rest, isURL := strings.Cut(text, "://")
	host, below, _ := strings.Cut(rest, "/")
	switch {
	case isURL && host != "" && strings.Count(strings.Trim(below, "/"), "/") >= 1:
		return "it is a URL, and repositories are named owner/name", "write `" + strings.TrimSuffix(strings.Trim(below, "/"), ".git") + "`"
	case isURL:
		return "it is a URL, and repositories are named owner/name", "write owner/name"
	case strings.HasPrefix(text, "!"):
		return "a pattern cannot exclude repositories", "list the repositories or patterns that are allowed"
	case strings.ContainsAny(text, "{}"):
		return "braces have no meaning here", "write one entry for each: " + strings.Join(Braces(text), ", ")
	case text == "**" || text == "*":
		return "repositories are named owner/name, and * stays within one of the two", "write `*/*` for every repository, or `owner/*` for every repository of an owner"
	case strings.Contains(text, "**"):
		return "** has no meaning here: a name has two parts, owner and name", "write `" + strings.ReplaceAll(text, "**", "*") + "`"
	case !strings.Contains(text, "/"):
		return "repositories are named owner/name", "write `owner/" + text + "` with the owner's name, or `*/" + text + "` for any owner"
	case strings.Count(text, "/") > 1 && strings.HasSuffix(text, "/") && strings.Count(text, "/") == 2:
		return "a name does not end with a slash", "write `" + strings.TrimSuffix(text, "/") + "`"
	case strings.Count(text, "/") > 1 && strings.Contains(strings.SplitN(text, "/", 2)[0], "."):
		return "repositories are named owner/name, without a server", "write `" + strings.Join(strings.Split(strings.Trim(text, "/"), "/")[1:], "/") + "`"
	case strings.Count(strings.Trim(text, "/"), "/") > 1:
		return "repositories are named owner/name, without a path", "write `" + strings.Join(strings.SplitN(strings.Trim(text, "/"), "/", 3)[:2], "/") + "`"
	case strings.ContainsAny(text, " \t"):
		return "no name of a repository has a space", "write `" + strings.Join(strings.Fields(text), "") + "`"
	case strings.HasPrefix(text, "/") || strings.HasSuffix(text, "/"):
		return "repositories are named owner/name", "write `" + strings.Trim(text, "/") + "/*` for every repository of an owner"
	}
	if _, err := path.Match(text, ""); err != nil {
		return "it is not a valid pattern", "close the bracket, or write * instead"
	}
	return "", ""
}

// Braces expands the alternatives of a text with braces: a{b,c} is ab and ac. Braces within braces stay as they are.
func Braces(text string) []string {
	before, rest, opened := strings.Cut(text, "{")
	inner, after, closed := strings.Cut(rest, "}")
	if !opened || !closed {
		return []string{strings.Trim(text, "{}")}
	}
	var out []string
	for alternative := range strings.SplitSeq(inner, ",") {
		out = append(out, before+strings.TrimSpace(alternative)+after)
	}
	return out
}

// TeamMatches reports whether a pattern matches a team, whatever their case. A team may be written as growth, acme/growth or
// @acme/growth; organisations are compared where both name one.
func TeamMatches(pattern, team string) bool {
	patternOrg, patternSlug := splitTeam(pattern)
	org, slug := splitTeam(team)
	if patternOrg != "" && org != "" {
		if ok, err := path.Match(patternOrg, org); err != nil || !ok {
			return false
		}
	}
	ok, err := path.Match(patternSlug, slug)
	return err == nil && ok && slug != ""
}

// splitTeam splits a team into its organisation, which may be empty, and its slug.
func splitTeam(text string) (org, slug string) {
	name := Login(text)
	if org, slug, ok := strings.Cut(name, "/"); ok {
		return org, slug
	}
	return "", name
}
