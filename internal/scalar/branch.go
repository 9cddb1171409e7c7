package scalar

import (
	"path"
	"slices"
	"strings"
)

// BranchPattern explains why a pattern, in which * stays within a part of a name, cannot match any branch, and what to write instead. Both
// are empty if it can. What git refuses as the name of a branch is in https://git-scm.com/docs/git-check-ref-format.
func BranchPattern(pattern string) (problem, hint string) {
	const most = 20 // faults of one text
	problem, instead := branchFault(pattern)
	if problem == "" {
		return "", ""
	}
	for range most {
		again, better := branchFault(instead)
		if again == "" {
			return problem, "write `" + instead + "`"
		}
		instead = better
	}
	return problem, "write the name of a branch, such as release/1.x, or a pattern, such as release/*"
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
		return "names of branches have no spaces, control characters, ~, ^, : or \\", plain
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
