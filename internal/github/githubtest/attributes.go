package githubtest

import (
	"path"
	"slices"
	"strings"
)

// exported returns a file as git archive writes it, by the attributes in the .gitattributes at the root: export-ignore, export-subst
// with $Format:%H$, and eol=crlf. A pattern is a path, or a glob for the last name of one. Others are not understood.
func (c Commit) exported(name, data, sha string) (out string, ok bool) {
	for above := name; above != "."; above = path.Dir(above) {
		if slices.Contains(c.attributes(above), "export-ignore") {
			return "", false
		}
	}
	for _, attribute := range c.attributes(name) {
		switch attribute {
		case "export-subst":
			data = strings.ReplaceAll(data, "$Format:%H$", sha)
		case "eol=crlf":
			data = strings.ReplaceAll(strings.ReplaceAll(data, "\r\n", "\n"), "\n", "\r\n")
		}
	}
	return data, true
}

// attributes returns the attributes of a file or folder.
func (c Commit) attributes(name string) []string {
	var out []string
	for line := range strings.Lines(c.Files[".gitattributes"]) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		pattern, of := strings.Trim(fields[0], "/"), name
		if !strings.Contains(strings.TrimSuffix(fields[0], "/"), "/") {
			of = path.Base(name)
		}
		if matches, err := path.Match(pattern, of); err == nil && matches {
			out = append(out, fields[1:]...)
		}
	}
	return out
}
