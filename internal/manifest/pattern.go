package manifest

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Limits of DNS, in bytes.
const (
	longestLabel = 63
	longestHost  = 253
)

// hostProblem says why no host can match a glob; empty if one can.
func hostProblem(glob string) string {
	if glob == "" {
		return ""
	}
	labels := strings.Split(glob, ".")
	switch {
	case strings.Contains(glob, "://"):
		return "it is a URL"
	case strings.ContainsAny(glob, "/#@\\"):
		return "a host has no path"
	case strings.ContainsAny(glob, " \t"):
		return "a host has no spaces"
	case strings.Contains(glob, ":"):
		return "hosts are compared without a port"
	case strings.Trim(glob, ".") == "":
		return "it has no name"
	case strings.HasPrefix(glob, "."):
		return "it begins with a dot"
	case strings.HasSuffix(glob, "."):
		return "it ends with a dot"
	case slices.Contains(labels, ""):
		return "it has two dots in a row"
	case strings.Map(inHost, glob) != glob:
		return "a host has letters, digits, hyphens and dots"
	case strings.ContainsAny(glob, "*?[{"): // how long its labels are is open
		return ""
	case slices.ContainsFunc(labels, func(label string) bool { return len(label) > longestLabel }):
		return "a label has at most 63 characters"
	case len(glob) > longestHost:
		return "a host has at most 253 characters"
	}
	return ""
}

// inHost drops the characters that no glob of hosts needs. An ignore entry may cover names with an underscore, too.
func inHost(r rune) rune {
	plain := r < 0x80 && (r == '-' || r == '_' || r == '.' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	if plain || strings.ContainsRune("*?[]{},!^", r) {
		return r
	}
	return -1
}

// hostHint says what to write instead of a text that hostProblem objects to.
func hostHint(text string) string {
	const other = "write a host, such as `api.acme.example`, or `*.acme.example` for all below a domain"
	if strings.ContainsAny(strings.TrimSpace(text), " \t") { // which part is meant is open
		return other
	}
	ascii := !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 })
	if _, after, isURL := strings.Cut(text, "://"); isURL {
		text = after
	}
	text = strings.TrimSpace(text)
	if i := strings.IndexAny(text, "/#:\\ \t"); i > 0 {
		text = text[:i]
	}
	if i := strings.LastIndex(text, "@"); i >= 0 {
		text = text[i+1:]
	}
	text = strings.TrimRight(strings.Map(inHost, text), ".")
	for strings.Contains(text, "..") {
		text = strings.ReplaceAll(text, "..", ".")
	}
	if strings.HasPrefix(text, ".") {
		text = "*" + text
	}
	if !ascii {
		return "write its punycode form, as in `xn--bcher-kva.example`"
	}
	if text == "" || hostProblem(text) != "" || scalar.BroadHost(text) || !doublestar.ValidatePattern(text) {
		return other
	}
	return "write `" + text + "`"
}

// filePattern is the canonical form of a pattern of files below the manifest's folder: src/** for ./src/, /src and src/. A folder stands
// for everything below it. The problem is not empty for a pattern that no file can match.
func filePattern(text string) (pattern, problem, hint string) {
	if text == "" {
		return "", "", ""
	}
	pattern = strings.TrimLeft(text, "/")
	for strings.HasPrefix(pattern, "./") {
		pattern = strings.TrimLeft(pattern[2:], "/")
	}
	if pattern == "" || pattern == "." {
		return "**", "", ""
	}
	parts := strings.Split(pattern, "/")
	switch {
	case strings.Contains(text, "://"):
		return text, "it is a URL", "write a path below the manifest's folder, such as `src/**`; for a host, write `host:`"
	case strings.Contains(text, `\`):
		problem = "folders are separated by /"
	case strings.HasPrefix(pattern, "!"):
		return text, "a pattern cannot exclude files", "list the files or folders that are meant"
	case slices.Contains(parts, ".."):
		problem = "a folder named .. is never part of a path"
		if leadsOut(pattern) {
			return text, "it leads out of the manifest's folder", "move the entry to a manifest above that folder"
		}
	case slices.Contains(parts, "."):
		problem = "a folder named . is never part of a path"
	case slices.Contains(parts[:len(parts)-1], ""):
		problem = "there is one slash between folders"
	}
	if problem != "" {
		return text, problem, pathHint(pattern)
	}
	if strings.HasSuffix(pattern, "/") {
		pattern += "**"
	}
	return pattern, "", ""
}

// leadsOut reports whether a path goes above the folder that it starts in.
func leadsOut(pattern string) bool {
	clean := path.Clean(pattern)
	return clean == ".." || strings.HasPrefix(clean, "../")
}

// pathHint says what to write instead of a path that has a fault.
func pathHint(pattern string) string {
	clean := strings.TrimLeft(path.Clean(strings.ReplaceAll(pattern, `\`, "/")), "/")
	if leadsOut(clean) || clean == "" || strings.HasPrefix(clean, "!") {
		return "write a path below the manifest's folder, such as `src/**`"
	}
	return "write `" + clean + "`"
}
