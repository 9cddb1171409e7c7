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
// or the value of a name for a host or an API, such as API_URL=name.example.
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
	if len(sign) == 0 || strings.IndexByte("=:,(", sign[len(sign)-1]) < 0 {
		return false
	}
	if sign[len(sign)-1] == '(' { // HTTPSConnection("name.example"), Net::HTTP.new("name.example")
		return bytes.Contains(bytes.ToUpper(sign[max(0, len(sign)-len("HTTPSConnection(")):]), []byte("HTTP"))
	}
	name := bytes.TrimRight(sign[:len(sign)-1], " \"'")
	from := len(name)
	for from > 0 && NameByte(name[from-1]) {
		from--
	}
	return takesHost(bytes.ToLower(name[from:]), sign[len(sign)-1]) && !fileName(data[start:end])
}

// takesHost reports whether a name, before an equals sign, a colon or a comma, is one for a host to call: API_URL=, SHIP_HOST=, and
// ("SHIP_HOST", before the default of a setting.
func takesHost(name []byte, sign byte) bool {
	words := bytes.TrimSuffix(bytes.TrimSuffix(name, []byte("name")), []byte("host"))
	return len(words) < len(name) && len(words) > 1 || sign != ',' && (bytes.Contains(name, []byte("api")) || bytes.HasSuffix(name, []byte("endpoint")))
}

// fileName reports whether a dotted name ends like a file or a member of an object rather than a domain.
func fileName(name []byte) bool {
	switch strings.ToLower(string(name[bytes.LastIndexByte(name, '.')+1:])) {
	case "py", "sh", "rs", "md", "pl", "ps", "cc", "ml", "mk", "mm", "java", "zip", "mov", "so", "st", "name", "host", "link", "id":
		return true
	}
	return false
}
