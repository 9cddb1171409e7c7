package search

import (
	"bytes"
	"strings"
)

// Line returns the start and end of the line at an offset, or of the part of it within reach.
func Line(data []byte, at int) (from, to int) {
	const reach = 2000
	low := max(0, at-reach)
	from = low + bytes.LastIndexByte(data[low:at], '\n') + 1
	to = min(len(data), at+reach)
	if i := bytes.IndexByte(data[at:to], '\n'); i >= 0 {
		to = at + i
	}
	return from, to
}

// URLStart returns the start of the URL of a host, including the scheme.
func URLStart(data []byte, at int) int {
	from, _ := Line(data, at)
	for i := at; i > from; i-- {
		switch data[i-1] {
		case ' ', '\t', '"', '\'', '`', '(', '<', '>', '=', ',', '[', '|', '\\':
			return i
		}
	}
	return from
}

// Path returns the path and query after a host, without a port, in lower case and clipped.
func Path(data []byte, end int) string {
	const longest = 200
	rest := data[end:min(len(data), end+longest)]
	if len(rest) > 0 && rest[0] == ':' {
		i := 1
		for i < len(rest) && byteClass[rest[i]]&digit != 0 {
			i++
		}
		rest = rest[i:]
	}
	if len(rest) > 3 && rest[0] == '%' && strings.EqualFold(string(rest[:3]), "%2f") { // the URL is a part of another one
		rest = bytes.ReplaceAll(bytes.ReplaceAll(rest, []byte("%2f"), []byte("/")), []byte("%2F"), []byte("/"))
	}
	if len(rest) == 0 || rest[0] != '/' {
		return ""
	}
	if i := bytes.IndexAny(rest, " \t\r\n\"'`<>()|\\,;"); i >= 0 {
		rest = rest[:i]
	}
	return strings.ToLower(string(rest))
}

// webScheme reports whether the URL of a host has a scheme of HTTP, WebSockets or gRPC, or none because it is a key of npm's settings, with a
// credential: //name.example/:_authToken=x.
func webScheme(data []byte, h Hit) bool {
	from, to := Line(data, h.At)
	i := bytes.LastIndex(data[from:h.At], []byte("://"))
	if i < 0 {
		return h.At == from+2 && bytes.Contains(data[h.End:to], []byte(":_"))
	}
	scheme := data[max(from, from+i-5) : from+i]
	for _, ending := range []string{"http", "https", "ws", "wss", "dns"} {
		if bytes.HasSuffix(bytes.ToLower(scheme), []byte(ending)) {
			return true
		}
	}
	return false
}

// isTarget reports whether a dotted name outside of URLs is a whole value that may be a host to call: in quotes with the port of HTTPS,
// or the value of a name with API in it, such as API_HOST=name.example.
func isTarget(data []byte, start, end int) bool {
	const longest = 80 // a name and the sign after it
	if start == 0 || strings.IndexByte("\"'`= ", data[start-1]) < 0 || end < len(data) && strings.IndexByte("\"'`:/\r\n ", data[end]) < 0 {
		return false
	}
	before := data[max(0, start-longest):start]
	quote := data[start-1]
	rest, port := bytes.CutPrefix(data[end:], []byte(":443"))
	quoted := quote == '"' || quote == '\'' || quote == '`'
	switch {
	case quoted && (len(rest) == 0 || rest[0] != quote):
		return false
	case quoted && port:
		return !fileName(data[start:end])
	case quoted:
		before = before[:len(before)-1]
	case quote != '=' && !bytes.HasSuffix(before, []byte(": ")) || len(rest) > 0 && rest[0] != '\r' && rest[0] != '\n':
		return false
	}
	sign := bytes.TrimRight(before, " ")
	if len(sign) == 0 || sign[len(sign)-1] != '=' && sign[len(sign)-1] != ':' {
		return false
	}
	name := bytes.TrimRight(sign[:len(sign)-1], " \"'")
	from := len(name)
	for from > 0 && NameByte(name[from-1]) {
		from--
	}
	return bytes.Contains(bytes.ToLower(name[from:]), []byte("api")) && !fileName(data[start:end])
}

// fileName reports whether a dotted name ends like a file or a member of an object rather than a domain.
func fileName(name []byte) bool {
	switch strings.ToLower(string(name[bytes.LastIndexByte(name, '.')+1:])) {
	case "py", "sh", "rs", "md", "pl", "ps", "cc", "ml", "mk", "mm", "java", "zip", "mov", "so", "st", "name", "host", "link", "id":
		return true
	}
	return false
}
