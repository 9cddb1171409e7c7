package scalar

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// BranchPattern explains why a pattern, in which * stays within a part of a name, cannot match any branch, and what to write instead. Both
// are empty if it can. What git refuses as the name of a branch is in https://git-scm.com/docs/git-check-ref-format.
func BranchPattern(pattern string) (problem, hint string) {
	const (
		most  = 20 // faults of one text
		other = "write the name of a branch, such as release/1.x, or a pattern, such as release/*"
	)
	if problem, hint = branchSyntax(pattern, other); problem != "" {
		return problem, hint
	}
	problem, instead := branchFault(pattern)
	if problem == "" {
		return "", ""
	}
	for range most {
		again, better := branchFault(instead)
		if wrong, _ := branchSyntax(instead, other); again == "" && wrong == "" && !Unnamed(instead) {
			return problem, "write `" + instead + "`"
		}
		if again == "" {
			break
		}
		instead = better
	}
	return problem, other
}

// branchSyntax explains what a pattern means elsewhere and not here: regular expressions, alternatives, exclusions, remotes.
func branchSyntax(pattern, other string) (problem, hint string) {
	sound := func(one string) bool { problem, _ := BranchPattern(one); return problem == "" && !Unnamed(one) }
	opened, alternatives := strings.IndexByte(pattern, '{'), Braces(strings.TrimPrefix(pattern, "refs/heads/"))
	remote := regexp.MustCompile(`^(?:remotes/[^/]+|origin|upstream)/`).FindString(pattern)
	switch {
	case strings.HasPrefix(pattern, "!"):
		return "a pattern cannot exclude branches", "list the branches that are trusted"
	case strings.Contains(pattern, ".*"), strings.ContainsAny(pattern, "|$"), strings.Contains(pattern, "+") && strings.Contains(pattern, "["):
		return "it looks like a regular expression", "write one pattern for each kind of branch, such as release/*"
	case opened >= 0 && len(alternatives) > 1:
		return "braces have no meaning here", eachHint(alternatives, sound, other)
	case remote != "" && sound(pattern[len(remote):]):
		return "branches are named without their remote", "write `" + pattern[len(remote):] + "`"
	case remote != "":
		return "branches are named without their remote", other
	}
	return "", ""
}

// branchFault explains why a text matches no branch, and returns one that has this fault no more, but maybe others. It is empty if there is
// nothing better.
func branchFault(text string) (problem, instead string) {
	parts := strings.Split(text, "/")
	without := func(part string) string {
		return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == part }), "/")
	}
	short, isRef := strings.CutPrefix(text, "refs/heads/")
	_, err := path.Match(text, "")
	switch plain := strings.Map(inBranch, text); {
	case isRef:
		return "it is a ref", short
	case strings.HasPrefix(text, "refs/"):
		return "it is a ref of another kind", ""
	case text == "" || text == "@" || text == "HEAD":
		return "git gives this name a meaning of its own", ""
	case plain != text:
		return "names of branches have no spaces, control characters, ~, ^, : or \\", ""
	case slices.Contains(parts, ""):
		return "there is one slash between the parts of a name, and none at its ends", without("")
	case strings.Contains(text, ".."):
		return "there are no two dots in a row", strings.ReplaceAll(text, "..", ".")
	case strings.Contains(text, "@{"):
		return "there is no @{", strings.ReplaceAll(text, "@{", "@")
	case strings.HasPrefix(text, "-"):
		return "it does not begin with a hyphen", strings.TrimLeft(text, "-")
	case strings.HasSuffix(text, "."):
		return "it does not end with a dot", strings.TrimRight(text, ".")
	case err != nil:
		return "a bracket is not closed", strings.NewReplacer("[", "*", "]", "").Replace(text)
	}
	for i, part := range parts {
		switch bare := strings.TrimSuffix(part, ".lock"); {
		case strings.HasPrefix(part, "."):
			parts[i] = strings.TrimLeft(part, ".")
			return "no part of a name begins with a dot", strings.Join(parts, "/")
		case bare != part:
			parts[i] = bare
			return "no part of a name ends in .lock", strings.Join(parts, "/")
		}
	}
	return "", ""
}

// inBranch drops the characters that no name of a branch has.
func inBranch(r rune) rune {
	if r <= ' ' || r == 0x7f || strings.ContainsRune(`~^:\`, r) {
		return -1
	}
	return r
}
