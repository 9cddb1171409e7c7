package yamltree

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// OddSpace names the first space in a text that looks like a plain one and is not, such as "a no-break space (U+00A0)"; "" if there is none.
func OddSpace(text string) string {
	for _, r := range text {
		if isOdd(r) {
			return nameOfSpace(r)
		}
	}
	return ""
}

const spaceHint = "replace it with a plain space, or delete it"

func isOdd(r rune) bool { return r >= 0xA0 && unicode.Is(unicode.Zs, r) }

func nameOfSpace(r rune) string {
	switch r {
	case 0xA0, 0x202F:
		return fmt.Sprintf("a no-break space (U+%04X)", r)
	case 0x3000:
		return "a full-width space (U+3000)"
	}
	return fmt.Sprintf("a space of a special width (U+%04X)", r)
}

// plainSpaces replaces those spaces where YAML needs plain ones, so that the lines mean what they look like: in the indentation, after a
// dash, and around the colon of a key. It reports the first of each line. Texts may contain such spaces, and block scalars are texts.
func plainSpaces(file string, data []byte, found *collector) []byte {
	if OddSpace(string(data)) == "" {
		return data
	}
	out := make([]byte, 0, len(data))
	block := -1 // the indentation of the line above a block scalar
	for n, line := range bytes.SplitAfter(data, []byte{'\n'}) {
		if n == 0 {
			bom := len(line) - len(bytes.TrimPrefix(line, []byte("\uFEFF")))
			out, line = append(out, line[:bom]...), line[bom:]
		}
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		if block >= 0 && (indent > block || len(bytes.TrimSpace(line)) == 0) {
			out = append(out, line...)
			continue
		}
		block = -1
		if blockStart.Match(line) {
			block = indent
		}
		out = append(out, plainLine(diag.Pos{File: file, Line: n + 1}, line, found)...)
	}
	return out
}

var (
	blockStart = regexp.MustCompile(`(?:^|[:-][ \t]+)[|>][-+0-9]*[ \t]*(?:#.*)?\r?\n?$`)
	// The groups are where spaces must be plain.
	structure = regexp.MustCompile(`^([\s\p{Zs}]*)(?:-([\s\p{Zs}]+))*(?:(?:[\w./-]+|"[^"]*"|'[^']*')([\s\p{Zs}]*):([\s\p{Zs}]+|$))?`)
)

func plainLine(pos diag.Pos, line []byte, found *collector) []byte {
	end := len(structure.Find(line))
	head, quoted := make([]byte, 0, len(line)), byte(0)
	told := bytes.HasPrefix(line[end:], []byte("#")) // a comment may contain anything
	for _, r := range string(line[:end]) {
		pos.Col++
		switch {
		case quoted != 0 && r == rune(quoted):
			quoted = 0
		case quoted == 0 && (r == '"' || r == '\''):
			quoted = byte(r)
		case quoted == 0 && isOdd(r):
			if !told {
				found.addSpelling(pos, spaceHint, nameOfSpace(r))
			}
			r, told = ' ', true
		}
		head = utf8.AppendRune(head, r)
	}
	return append(head, line[end:]...)
}

// plainKey returns a key without the spaces that are not plain.
func plainKey(key string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if isOdd(r) {
			return ' '
		}
		return r
	}, key))
}

// glued matches a pair of a flow mapping whose space after the colon is not plain, so that YAML takes all of it for a key without a value.
var glued = regexp.MustCompile(`^([^:]*:\p{Zs})[\s\p{Zs}]*(.*)$`)

// divide makes a key and a value of such a pair. The key keeps the space, which isKey reports.
func divide(key, value *yaml.Node) {
	parts := glued.FindStringSubmatch(key.Value)
	if parts == nil || isQuoted(key) || !isEmpty(value) || OddSpace(parts[1]) == "" {
		return
	}
	head := key.Value[:len(key.Value)-len(parts[2])]
	*value = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: parts[2], Line: key.Line, Column: key.Column + utf8.RuneCountInString(head)}
	if text, err := strconv.Unquote(value.Value); err == nil {
		value.Value, value.Style = text, yaml.DoubleQuotedStyle
	}
	key.Value = strings.Replace(parts[1], ":", "", 1)
}
