package deps

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// requirements reads a list of requirements. A line that pip would refuse is an error.
func requirements(name string, data []byte) ([]Dependency, error) {
	var out []Dependency
	dev, continued, pinned, refused := forDevelopment(name), false, false, 0
	line := 0
	eachLine(data, func(at int, text string) {
		line++
		start := strings.TrimLeft(text, " \t\ufeff")
		more := continued
		continued = strings.HasSuffix(text, "\\")
		if i := strings.Index(start, "#egg="); i >= 0 { // a repository or an archive
			if found := requirementName(strings.ReplaceAll(start[i+len("#egg="):], "&", ";")); found != "" {
				out = append(out, Dependency{Ecosystem: "pypi", Name: found, Offset: at + len(text) - len(start) + i + len("#egg="), Dev: dev})
			}
			return
		}
		if m := repository().FindStringSubmatchIndex(start); m != nil {
			out = append(out, Dependency{Ecosystem: "pypi", Name: start[m[2]:m[3]], Offset: at + len(text) - len(start) + m[2], Dev: dev})
			return
		}
		found := requirementName(start)
		switch {
		case found != "":
			pinned = pinned || strings.ContainsAny(start, "=<>~;[@")
			out = append(out, Dependency{Ecosystem: "pypi", Name: found, Offset: at + len(text) - len(start), Dev: dev})
		case !more && refused == 0 && !otherRequirement(start):
			refused = line
		}
	})
	base := path.Base(name)
	if refused > 0 && (pinned || strings.HasPrefix(base, "requirements") || path.Base(path.Dir(name)) == "requirements") {
		return out, fmt.Errorf("line %d is no requirement", refused)
	}
	return out, nil
}

// repository matches a requirement that is only the address of a repository, whose last part is the best guess at the name of the package.
//
//nolint:gochecknoglobals // compiled once
var repository = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:-e\s+|--editable[ =])?(?:git|hg)\+\w+://[^\s#]+/([\w.-]+?)(?:\.git)?(?:@[^\s#]*)?\s*(?:[#;].*)?\s*$`)
})

// otherRequirement reports whether a line of a list of requirements is valid without the name of a package: blank, a comment, an option, or
// the address or path of a package.
func otherRequirement(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' || line[0] == '-' || line[0] == '.' || line[0] == '\\' || strings.HasPrefix(line, "${") {
		return true
	}
	location, _, _ := strings.Cut(line, " ")
	return strings.Contains(location, "/") || slices.Contains([]string{".whl", ".zip", ".gz", ".bz2"}, path.Ext(location))
}

// requirementName returns the name at the start of a requirement (PEP 508), or an empty string if there is none.
func requirementName(spec string) string {
	spec = strings.TrimLeft(spec, " \t\r\n")
	end := strings.IndexFunc(spec, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '.' && r != '_' && r != '-'
	})
	if end < 0 {
		end = len(spec)
	}
	name, rest := spec[:end], strings.TrimLeft(spec[end:], " \t")
	if name == "" || strings.ContainsRune("-._", rune(name[0])) || rest != "" && !strings.ContainsRune("=<>!~;[@(#,\r\\", rune(rest[0])) {
		return ""
	}
	return name
}

// setup reads install_requires and extras_require: a list, a tuple, a string with a requirement on each line, a mapping of those, or the
// name of a variable that has one.
func setup(name string, data []byte) ([]Dependency, error) {
	key := regexp.MustCompile(`\b(?:install_requires|extras_require)["']?\s*[=:]\s*([A-Za-z_]\w*)?`)
	assignment := regexp.MustCompile(`(?m)^[ \t]*(\w+)[ \t]*(?::[^=\n]*)?\+?=[ \t]*[\[({"']`)
	values := map[string][]int{} // where the values of a variable begin
	for _, m := range assignment.FindAllSubmatchIndex(data, -1) {
		variable := string(data[m[2]:m[3]])
		values[variable] = append(values[variable], m[1]-1)
	}
	var out []Dependency
	for _, m := range key.FindAllSubmatchIndex(data, -1) {
		places := []int{m[1]}
		if m[2] >= 0 {
			places = values[string(data[m[2]:m[3]])]
			delete(values, string(data[m[2]:m[3]]))
		}
		for _, at := range places {
			found, all := requiredAt(data, at)
			if out = append(out, found...); !all { // the rest of the file is read
				return byPlace(out), errUnclosed
			}
		}
	}
	return byPlace(out), closed(name, data)
}

// requiredAt reads the value at a place, and those that are added to it. closed is false if the file ends in it.
func requiredAt(data []byte, at int) (out []Dependency, closed bool) {
	added := regexp.MustCompile(`^\s*\+\s*[\[(]`)
	for at < len(data) && bytes.IndexByte([]byte("[({\"'"), data[at]) >= 0 {
		var end int
		if data[at] == '"' || data[at] == '\'' {
			end = literal(data[at:])
		} else if end, closed = endOfArguments(data[at:], "#"); !closed {
			return append(out, requiredIn(data[at:], at)...), false
		}
		out = append(out, requiredIn(data[at:at+end], at)...)
		at += end
		more := added.FindIndex(data[at:min(len(data), at+100)])
		if more == nil {
			break
		}
		at += more[1] - 1
	}
	return out, true
}

// requiredIn reads the strings of a text that begins at an offset. A string with a colon behind it names a group.
func requiredIn(text []byte, offset int) []Dependency {
	var out []Dependency
	newline := regexp.MustCompile(`\n|\\n`)
	group := ""
	for _, s := range literals(text, "#") {
		if rest := bytes.TrimLeft(text[min(len(text), s[1]+1):], "\"' \t\n"); len(rest) > 0 && rest[0] == ':' {
			group = string(text[s[0]:s[1]])
			continue
		}
		at := s[0]
		for _, line := range newline.Split(string(text[s[0]:s[1]]), -1) {
			blank := len(line) - len(strings.TrimLeft(line, " \t\r"))
			if name := requirementName(line); name != "" {
				out = append(out, Dependency{Ecosystem: "pypi", Name: name, Offset: offset + at + blank, Dev: forDevelopment(group)})
			}
			at += len(line) + 1
			if at < s[1] && text[at-1] == '\\' {
				at++
			}
		}
	}
	return out
}
