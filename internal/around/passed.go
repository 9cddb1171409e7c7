package around

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// assignment matches the variable that a value is assigned to, as it is or as an address: url = "…", let url = URL(string: "…").
var assignment = regexp.MustCompile(`([A-Za-z_]\w*)(?:\s*:\s*[\w?&]+)?\s*:?=\s*(?:new\s+|try\s+)?(?:[\w.:]*(?:URL|Url|Uri|URI|url|uri|Sprintf|format|parse|create|from)\((?:string:\s*)?)?[frbFRB$@]{0,2}["'` + "`" + `]?$`)

// passedOn returns the function that sends requests and gets the variable to which the value at an offset is assigned: fetch(url) after
// url = "https://…". It is empty if none does nearby.
func passedOn(data []byte, start int) string {
	const reach, longest, shortest, most = 10_000, 200, 3, 20
	from, _ := search.Line(data, start)
	before := data[max(from, start-longest):start]
	if bytes.IndexByte(before, '=') < 0 {
		return "" // the usual case, quickly
	}
	m := assignment.FindSubmatch(before)
	if m == nil || len(m[1]) < shortest {
		return ""
	}
	variable := string(m[1])
	low := max(0, start-reach)
	window := data[low:min(len(data), start+reach)]
	for range most {
		i := bytes.Index(window, []byte(variable))
		if i < 0 {
			return ""
		}
		at := low + i
		window, low = window[i+len(variable):], at+len(variable)
		if at > 0 && search.WordByte(data[at-1]) || low < len(data) && search.WordByte(data[low]) {
			continue
		}
		line, _ := search.Line(data, at)
		call := strings.TrimRight(string(data[line:at]), "{$@\"'`")
		if name, joint, receiver := lastName(call); joint == "(" {
			words := Words(name)
			if sends(name, words[len(words)-1], receiver) {
				return name
			}
		} else if strings.Contains(joint, ",") {
			if use := callAround(data, at, 0); use.Form == Called { // NewRequest(method, url, nil)
				return use.Name
			}
		}
	}
	return ""
}

// Computed reports whether a part of the URL that goes on at an offset is computed: ${x}, #{x}, {x}, %s, <%= x %>, or a string to which
// something is added.
func Computed(data []byte, at int) bool {
	const longest = 300
	url := data[at:min(len(data), at+longest)]
	var after []byte
	if end := bytes.IndexAny(url, " \t\r\n\"'`"); end >= 0 {
		url, after = url[:end], bytes.TrimLeft(bytes.TrimLeft(url[end:], "\"'`"), " ")
	}
	return bytes.ContainsAny(url, "{<$") || bytes.Contains(url, []byte("%s")) || len(after) > 1 && (after[0] == '+' || after[0] == '.') && (after[1] == ' ' || after[1] == '$')
}
