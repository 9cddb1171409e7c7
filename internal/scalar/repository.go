package scalar

import (
	"path"
	"regexp"
	"strings"
)

// RepositoryPattern explains why a pattern cannot match any owner/name, and what to write instead. Both are empty if it can.
func RepositoryPattern(pattern string) (problem, hint string) {
	text := strings.TrimSpace(pattern)
	problem, instead := repositoryFault(text)
	if problem == "" {
		return "", ""
	}
	switch sound := soundRepository(instead); {
	case strings.HasPrefix(text, "!"):
		return problem, "list the repositories or patterns that are allowed"
	case strings.ContainsAny(text, "{}"):
		return problem, "write one entry for each: " + strings.Join(soundRepositories(Braces(text)), ", ")
	case text == "*" || text == "**":
		return problem, "write `*/*` for every repository, or `owner/*` for every repository of an owner"
	case sound == "":
		return problem, "write owner/name, or a pattern such as `acme/checkout-*`"
	case !strings.Contains(text, "/") && strings.HasPrefix(sound, "*/"):
		name := strings.TrimPrefix(sound, "*/")
		return problem, "write `owner/" + name + "` with the owner's name, or `" + sound + "` for any owner"
	case !strings.ContainsAny(text, "*[") && strings.HasSuffix(sound, "/*"):
		return problem, "write `" + sound + "` for every repository of an owner"
	default:
		return problem, "write `" + sound + "`"
	}
}

// soundRepository returns the pattern that a text without meaning comes closest to. It mends one fault after another. It is empty if
// nothing is close.
func soundRepository(text string) string {
	const most = 10 // faults of one text
	for range most {
		problem, instead := repositoryFault(text)
		if problem == "" {
			return text
		}
		text = instead
	}
	return ""
}

func soundRepositories(texts []string) []string {
	var out []string
	for _, text := range texts {
		if sound := soundRepository(text); sound != "" {
			out = append(out, sound)
		}
	}
	if out == nil {
		return []string{"acme/cart", "acme/shop"}
	}
	return out
}

// ownerName is the name of a user or an organisation. There is an underscore in that of a user whom an enterprise manages: it stands
// before the short code of the enterprise.
var ownerName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,38}$|^[A-Za-z0-9][A-Za-z0-9-]*_[A-Za-z0-9]{3,}$`)

// repositoryFault explains why a text matches no owner/name, and returns one that has this fault no more, but maybe others. It is the same
// text if there is nothing better.
func repositoryFault(text string) (problem, instead string) {
	_, rest, isURL := strings.Cut(text, "://")
	host, below, _ := strings.Cut(rest, "/")
	owner, name, slash := strings.Cut(text, "/")
	at := strings.IndexAny(text, "@#:")
	switch {
	case isURL && host != "":
		return "it is a URL, and repositories are named owner/name", strings.Trim(below, "/")
	case isURL:
		return "it is a URL, and repositories are named owner/name", text
	case strings.HasPrefix(text, "git@") && strings.Contains(text, ":"):
		return "it is a URL, and repositories are named owner/name", text[strings.Index(text, ":")+1:]
	case strings.HasPrefix(text, "!"):
		return "a pattern cannot exclude repositories", text
	case strings.ContainsAny(text, "{}"):
		return "braces have no meaning here", Braces(text)[0]
	case text == "**" || text == "*":
		return "repositories are named owner/name, and * stays within one of the two", "*/*"
	case strings.Contains(text, "**"):
		return "** has no meaning here: a name has two parts, owner and name", strings.ReplaceAll(text, "**", "*")
	case strings.Contains(text, `\`):
		return "owner and name are separated by /", strings.ReplaceAll(text, `\`, "/")
	case strings.ContainsAny(text, " \t"):
		return "no name of a repository has a space", text
	case at == 0:
		return "repositories are named owner/name", text[1:]
	case at > 0:
		return "repositories are named owner/name, without a branch or tag", text[:at]
	case strings.Contains(text, "//"):
		return "there is one slash between owner and name", strings.ReplaceAll(text, "//", "/")
	case strings.HasSuffix(strings.ToLower(text), ".git"):
		return "no name of a repository ends in .git", text[:len(text)-len(".git")]
	case text == "":
		return "repositories are named owner/name", ""
	case !slash:
		return "repositories are named owner/name", "*/" + text
	case name == "" && strings.Trim(owner, "/") != "":
		return "repositories are named owner/name", owner + "/*"
	case owner == "":
		return "repositories are named owner/name", name
	case strings.HasSuffix(name, "/"):
		return "a name does not end with a slash", owner + "/" + strings.TrimSuffix(name, "/")
	case strings.Contains(name, "/") && strings.Contains(owner, "."):
		return "repositories are named owner/name, without a server", name
	case strings.Contains(name, "/"):
		return "repositories are named owner/name, without a path", owner + "/" + name[:strings.Index(name, "/")]
	}
	return partFault(owner, name)
}

// partFault is repositoryFault for a text that has an owner and a name.
func partFault(owner, name string) (problem, instead string) {
	text := owner + "/" + name
	const ownerBytes, longest = "-_*?[]^", 100
	wrongIn := func(part, also string) string {
		return strings.Map(func(r rune) rune {
			if r < 0x80 && (isAlnum(byte(r)) || strings.ContainsRune(also, r)) { //nolint:gosec // it is below 0x80
				return r
			}
			return -1
		}, part)
	}
	_, err := path.Match(text, "")
	switch plain := wrongIn(owner, ownerBytes); {
	case plain != owner:
		return "the name of an owner has letters, digits and hyphens", text
	case wrongIn(name, ownerBytes+".") != name:
		return "the name of a repository has letters, digits, hyphens, underscores and dots", text
	case err != nil:
		return "it is not a valid pattern: a bracket is not closed", strings.NewReplacer("[", "*", "]", "").Replace(text)
	case strings.ContainsAny(owner, "*?["):
	case strings.HasPrefix(owner, "-") || strings.HasPrefix(owner, "_"):
		return "the name of an owner starts with a letter or digit", strings.TrimLeft(owner, "-_") + "/" + name
	case strings.Contains(owner, "_") && !ownerName.MatchString(owner):
		return "the name of an owner has an underscore only before the short code of an enterprise", strings.ReplaceAll(owner, "_", "-") + "/" + name
	case !ownerName.MatchString(owner):
		return "the name of an owner has at most 39 characters", text
	}
	switch {
	case name == "." || name == "..":
		return "no repository has this name", owner + "/*"
	case !strings.ContainsAny(name, "*?[") && len(name) > longest:
		return "the name of a repository has at most 100 characters", text
	}
	return "", ""
}

// Braces expands the alternatives of a text with braces: a{b,c} is ab and ac. Braces within braces stay as they are.
func Braces(text string) []string {
	before, rest, opened := strings.Cut(text, "{")
	inner, after, closed := strings.Cut(rest, "}")
	if !opened || !closed {
		return []string{strings.NewReplacer("{", "", "}", "").Replace(text)}
	}
	var out []string
	for alternative := range strings.SplitSeq(inner, ",") {
		out = append(out, before+strings.TrimSpace(alternative)+after)
	}
	return out
}
