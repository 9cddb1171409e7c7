package around

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Sample reports whether a URL contains placeholders: a user or password such as "user" or "secret", or a path such as /your-id or /1234567890.
func Sample(data []byte, at int, path string) bool {
	const longest = 40 // of a label
	if strings.Contains(path, "/your-") || strings.Contains(path, "/your_") || strings.HasSuffix(path, "/...") || strings.Contains(path, "/123456789") {
		return true
	}
	if label, ok := bytes.CutSuffix(data[max(0, at-longest):at], []byte(">.")); ok && bytes.LastIndexByte(label, '<') > bytes.LastIndexByte(label, '>') {
		return true // <account>.acme.example
	}
	if at == 0 || data[at-1] != '@' {
		return false
	}
	user := data[search.URLStart(data, at-1) : at-1]
	if i := bytes.LastIndex(user, []byte("://")); i >= 0 {
		user = user[i+3:]
	}
	name, password, _ := strings.Cut(strings.ToLower(string(user)), ":")
	switch name {
	case "user", "username", "me", "someone":
		return true
	}
	switch password {
	case "secret", "password", "pass", "pwd", "passwd", "token":
		return true
	}
	return false
}

// Exemplary reports whether a value is in a variable or below a key that is called an example or a sample.
func Exemplary(data []byte, start int) bool {
	const reach = 400
	if before := data[max(0, start-reach):start]; !bytes.Contains(before, []byte("ample")) && !bytes.Contains(before, []byte("AMPLE")) {
		return false // the usual case, quickly
	}
	return slices.ContainsFunc(Enclosing(data, start), func(e Enclosure) bool {
		name := e.Key
		if e.Assigned {
			name = e.Chain[len(e.Chain)-1]
		}
		return slices.ContainsFunc(Words(name), func(word string) bool {
			return word == "sample" || word == "samples" || word == "example" || word == "examples"
		})
	})
}

// TagOf returns the tag and attribute of a page or component that contain a value, in lower case.
func TagOf(data []byte, start int) (tag, attribute string) {
	const reach = 400
	window := data[max(0, start-reach):start]
	open := bytes.LastIndexByte(window, '<')
	if open < 0 || bytes.IndexByte(window[open:], '>') >= 0 && !bytes.Contains(window[open:], []byte("=>")) {
		return "", ""
	}
	inside := window[open+1:]
	end := 0
	for end < len(inside) && search.NameByte(inside[end]) {
		end++
	}
	rest := bytes.TrimRight(inside[end:], "\"'`{ =")
	i := bytes.LastIndexAny(rest, " \t\n\"'")
	return strings.ToLower(string(inside[:end])), strings.ToLower(string(rest[i+1:]))
}

// IsOurs reports whether a file is a record, manifest, waiver or policy, which names vendors without using them.
func IsOurs(head []byte) bool {
	version, kind := false, false
	for line := range bytes.Lines(head) {
		version = version || bytes.HasPrefix(line, []byte("apiVersion: vendorgate/"))
		if value, ok := bytes.CutPrefix(line, []byte("kind: ")); ok {
			switch string(bytes.TrimSpace(value)) {
			case "Vendor", "VendorManifest", "Waiver", "Policy", "PolicyTest":
				kind = true
			}
		}
	}
	return version && kind
}

// UnfilledMailServer reports whether the host at an offset is that of a mail server whose user or password is empty in the lines around it:
// a default that whoever runs the program replaces.
func UnfilledMailServer(data []byte, at int) bool {
	const reach = 4    // lines
	const longest = 20 // labels that say what the server is for
	if labels := data[at:min(len(data), at+longest)]; !bytes.HasPrefix(labels, []byte("smtp")) && !bytes.Contains(labels, []byte("-smtp.")) && !bytes.Contains(labels, []byte(".smtp.")) && !bytes.HasPrefix(labels, []byte("imap")) {
		return false
	}
	low, high := search.Line(data, at)
	for range reach {
		low, _ = search.Line(data, max(0, low-1))
		_, high = search.Line(data, min(len(data), high+1))
	}
	for line := range bytes.Lines(data[low:high]) {
		lower := bytes.ToLower(line)
		if (bytes.Contains(lower, []byte("user")) || bytes.Contains(lower, []byte("password"))) && (bytes.Contains(lower, []byte(`""`)) || bytes.Contains(lower, []byte(`''`)) || bytes.Contains(lower, []byte(`"pwd"`)) || bytes.Contains(lower, []byte(`: "password"`))) {
			return true
		}
	}
	return false
}

// LineOfText reports whether the string in which a host ends is a line of a longer text, as in "smtp.host=mail.example\n" +.
func LineOfText(data []byte, end int) bool {
	_, to := search.Line(data, end)
	rest := data[end:to]
	i := bytes.IndexAny(rest, "\"'")
	return i >= 0 && bytes.HasSuffix(rest[:i], []byte(`\n`)) && !bytes.HasSuffix(rest[:i], []byte(`\r\n`))
}
