package scalar

import (
	"path"
	"strings"
)

// TeamPattern explains why a pattern cannot match any team, and what to write instead. Both are empty if it can. A team is written as in
// [TeamMatches].
func TeamPattern(pattern string) (problem, hint string) {
	const example = "write the team's slug, with or without its organisation, as in `acme/team-checkout`"
	text := strings.TrimSpace(pattern)
	_, rest, isURL := strings.Cut(text, "://")
	parts := strings.Split(strings.TrimLeft(text, "@"), "/")
	_, err := path.Match(text, "")
	switch {
	case isURL:
		return "it is a URL, and teams are written as organisation/slug", teamHint(strings.Split(strings.Trim(rest, "/"), "/"), example)
	case strings.HasPrefix(text, "!"):
		return "a pattern cannot exclude teams", "list the teams or patterns that are allowed"
	case strings.ContainsAny(text, "{}"):
		return "braces have no meaning here", eachHint(Braces(text), func(one string) bool { problem, _ := TeamPattern(one); return problem == "" }, example)
	case strings.Contains(text, "**"):
		return "** has no meaning here", "write `*` for every team, or `acme/*` for every team of an organisation"
	case len(parts) > 2:
		return "a team is written as organisation/slug", teamHint(parts, example)
	case strings.ContainsAny(text, " \t\\:#,"):
		return "the slug of a team has letters, digits, hyphens and underscores", example
	case parts[len(parts)-1] == "" || parts[0] == "":
		return "it names no team", example
	case err != nil:
		return "a bracket is not closed", example
	}
	return "", ""
}

// teamHint says what to write instead of the parts of a path or URL that leads to a team.
func teamHint(parts []string, otherwise string) string {
	var names []string
	for _, part := range parts {
		if part != "orgs" && part != "teams" && part != "team" && !strings.Contains(part, ".") {
			names = append(names, part)
		}
	}
	if len(names) != 2 {
		return otherwise
	}
	if problem, _ := TeamPattern(strings.Join(names, "/")); problem != "" {
		return otherwise
	}
	return "write `" + strings.Join(names, "/") + "`"
}

// eachHint says to write several entries instead of one with alternatives, if all of them are sound.
func eachHint(entries []string, sound func(string) bool, otherwise string) string {
	for _, entry := range entries {
		if !sound(entry) {
			return otherwise
		}
	}
	return "write one entry for each: `" + strings.Join(entries, "`, `") + "`"
}
