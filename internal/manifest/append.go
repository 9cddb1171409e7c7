package manifest

import (
	"bytes"
	"errors"
	"strings"
)

// Append returns a manifest with an entry added to the end of its vendors. Nothing else changes, comments included. It returns an error
// if the vendors are not a block sequence, or if the text cannot be extended without changing its meaning.
func Append(text []byte, entry Draft) ([]byte, error) {
	before := Parse("", "", text)
	if len(before.Problems) > 0 {
		return nil, errors.New("it has mistakes")
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	at, indent, err := endOfVendors(lines)
	if err != nil {
		return nil, err
	}
	newline := "\n"
	if bytes.HasSuffix(lines[0], []byte("\r\n")) {
		newline = "\r\n"
	}
	var out bytes.Buffer
	for _, line := range lines[:at-1] {
		out.Write(line)
	}
	out.Write(emptied(lines[at-1]))
	if !bytes.HasSuffix(out.Bytes(), []byte("\n")) {
		out.WriteString(newline)
	}
	for line := range strings.Lines(string(entry.Bytes())) {
		out.WriteString(strings.Repeat(" ", indent) + strings.TrimSuffix(strings.TrimPrefix(line, "  "), "\n") + newline)
	}
	for _, line := range lines[at:] {
		out.Write(line)
	}
	if !extends(before, Parse("", "", out.Bytes()), entry.ID) {
		return nil, errors.New("its vendors are written in a form that cannot be extended by whole lines")
	}
	return out.Bytes(), nil
}

// extends reports whether a manifest has one more use than before, and otherwise the same.
func extends(before, after Manifest, id string) bool {
	if len(after.Problems) > 0 || len(after.Uses) != len(before.Uses)+1 || after.Uses[len(before.Uses)].ID.Value != id || len(after.Ignores) != len(before.Ignores) {
		return false
	}
	for i := range before.Uses {
		if !before.Uses[i].Same(after.Uses[i]) {
			return false
		}
	}
	return true
}

// emptied turns a line with an empty flow sequence of vendors into one that a block sequence can follow.
func emptied(line []byte) []byte {
	if key, rest, ok := bytes.Cut(line, []byte(":")); ok && string(key) == "vendors" {
		if trimmed := bytes.TrimSpace(rest); bytes.HasPrefix(trimmed, []byte("[]")) {
			return append([]byte("vendors:"), bytes.Replace(rest, []byte(" []"), nil, 1)...)
		}
	}
	return line
}

// endOfVendors returns the number of the line after the last entry, and the indentation of entries.
func endOfVendors(lines [][]byte) (at, indent int, err error) {
	key := -1
	for i, line := range lines {
		if bytes.HasPrefix(line, []byte("vendors:")) {
			key = i
			break
		}
	}
	if key < 0 {
		return 0, 0, errors.New("there is no line that begins with `vendors:`")
	}
	at, indent = key+1, -1
lines:
	for i := key + 1; i < len(lines); i++ {
		text := bytes.TrimLeft(lines[i], " ")
		margin := len(lines[i]) - len(text)
		text = bytes.TrimSpace(text)
		switch item := bytes.HasPrefix(text, []byte("-")) && !bytes.HasPrefix(text, []byte("---")); {
		case len(text) == 0 || text[0] == '#' && (indent < 0 || margin <= indent):
			continue // it belongs to what follows, unless that is an entry
		case indent < 0 && item:
			indent = margin
		case indent < 0 || margin < indent || margin == indent && !item:
			break lines
		}
		at = i + 1
	}
	if indent < 0 {
		indent = 2
	}
	return at, indent, nil
}
