package around

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// commandIn returns the command of a line that calls a URL further on; empty if there is none.
func commandIn(line string) string {
	for _, command := range []string{"curl", "wget", "http", "https", "grpcurl", "websocat", "Invoke-RestMethod", "Invoke-WebRequest", "iwr"} {
		i := strings.LastIndex(line, command+" ")
		if i < 0 || i > 0 && (search.WordByte(line[i-1]) || line[i-1] == '.' || line[i-1] == '/') || strings.ContainsAny(line[i:], "|;&") {
			continue
		}
		if rest := line[i+len(command)+1:]; len(command) > 3 && strings.HasPrefix(command, "http") && !strings.HasPrefix(rest, "GET ") && !strings.HasPrefix(rest, "POST ") && !strings.HasPrefix(rest, "--") {
			continue // only the tool of this name
		}
		return command
	}
	return ""
}

// Runs reports whether the text between the start of a string and a URL is a command that gets the URL: it is curl, wget or HTTPie alone,
// or one of them after another command, as in "cd x && curl https://…". A sentence about the command is none.
func Runs(text string) bool {
	text = strings.TrimRight(text, " ")
	i := strings.LastIndexAny(text, " \t\"'`([{|;&") + 1
	switch text[i:] {
	case "curl", "wget", "http", "https":
	default:
		return false
	}
	before := strings.TrimRight(text[:i], " \t\"'`\\")
	if before == "" || strings.HasSuffix(before, "$(") || strings.IndexByte("&;|", before[len(before)-1]) >= 0 {
		return true
	}
	fields := strings.Fields(before)
	return slices.Contains([]string{"sudo", "-c", "-lc", "-ec", "exec", "time", "then", "do", "retry"}, fields[len(fields)-1])
}

// RubyCommand reports whether a URL is in a command of a literal of Ruby, such as `curl https://…` or %x(curl https://…).
func RubyCommand(data []byte, start int) bool {
	from, _ := search.Line(data, start)
	line := string(data[from:start])
	if _, literal, ok := strings.Cut(line, "%x"); ok {
		return Runs(strings.TrimLeft(literal, "([{<|!"))
	}
	_, literal, ok := strings.Cut(line, "`")
	return ok && Runs(literal)
}

// CalledInText reports whether a URL in quotes is called by code of another language in a text of Ruby that no quote opens, such as <<~JS.
func CalledInText(data []byte, start int) bool {
	return start > 0 && strings.IndexByte("\"'`", data[start-1]) >= 0 && UseOf(data, start).Form == Called
}

// Lists reports whether a command with a service and an operation only looks at what there is: aws events list-rules.
func Lists(data []byte, at int) bool {
	const longest, operation = 100, 2
	text, _, _ := bytes.Cut(data[at:min(len(data), at+longest)], []byte("\n"))
	words := bytes.Fields(text)
	return len(words) > operation && (bytes.HasPrefix(words[operation], []byte("list-")) || bytes.HasPrefix(words[operation], []byte("describe-")))
}
