package deps

import (
	"bytes"
	"regexp"
	"strings"
)

// eachLine visits the lines of a file without their ends, and where they begin.
func eachLine(data []byte, visit func(at int, line string)) {
	for at := 0; at < len(data); {
		end := len(data)
		if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
			end = at + i
		}
		visit(at, strings.TrimSuffix(string(data[at:end]), "\r"))
		at = end + 1
	}
}

func mix(name string, data []byte) ([]Dependency, error) {
	tuple := regexp.MustCompile(`\{\s*:"?(\w+)"?\s*,\s*(?:["'@~\[]|\w+:)[^}]*\}`)
	keyword := regexp.MustCompile(`[\[,\s](\w+):\s*"\s*(?:~>|>=|<=|==|>|<)\s*\d[^"\n]*"`) // [name: "~> 1.0"]
	only := regexp.MustCompile(`only:\s*(\[[^\]]*\]|:\w+|@\w+)`)
	var out []Dependency
	for _, m := range tuple.FindAllSubmatchIndex(data, -1) {
		limit := only.FindSubmatch(data[m[0]:m[1]])
		dev := limit != nil && !bytes.Contains(stagesOf(limit[1], data), []byte(":prod"))
		out = append(out, Dependency{Ecosystem: "hex", Name: string(data[m[2]:m[3]]), Offset: m[2], Dev: dev})
	}
	for _, m := range keyword.FindAllSubmatchIndex(data, -1) {
		if string(data[m[2]:m[3]]) != "elixir" {
			out = append(out, Dependency{Ecosystem: "hex", Name: string(data[m[2]:m[3]]), Offset: m[2]})
		}
	}
	return byPlace(out), closed(name, data)
}

// stagesOf returns the stages that a dependency of mix.exs is limited to. An attribute of the module stands for its value, and one
// without a value for all stages.
func stagesOf(limit, data []byte) []byte {
	if !bytes.HasPrefix(limit, []byte("@")) {
		return limit
	}
	for line := range bytes.Lines(data) {
		if value, ok := bytes.CutPrefix(bytes.TrimSpace(line), append(limit[:len(limit):len(limit)], ' ')); ok {
			return value
		}
	}
	return []byte(":prod")
}

func swift(_ string, data []byte) ([]Dependency, error) {
	url := regexp.MustCompile(`\.package\s*\((?:"[^"\n]*"|[^")])*?url:\s*"(?:https?://|git://|git@|ssh://git@)([^"\n]+)"`)
	var out []Dependency
	for _, m := range url.FindAllSubmatchIndex(data, -1) {
		name := strings.TrimSuffix(strings.Replace(string(data[m[2]:m[3]]), ":", "/", 1), ".git")
		out = append(out, Dependency{Ecosystem: "swift", Name: name, Offset: m[2]})
	}
	return out, nil
}
