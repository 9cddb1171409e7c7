package around

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// Disabled reports whether an offset in a configuration file is in a section that is switched off.
func Disabled(family lexer.Family, data []byte, at int) bool {
	var section []byte
	switch family {
	case lexer.Settings:
		section = bracketSection(data, at)
	case lexer.YAML:
		section = indentSection(data, at)
	case lexer.JSON, lexer.Terraform:
		section = braceSection(data, at)
	default:
		return false
	}
	for line := range bytes.Lines(section) {
		if switchedOff(line) {
			return true
		}
	}
	return false
}

// HasSwitch reports whether a text may contain a switch. It is a fast check that may be wrong.
func HasSwitch(text []byte) bool {
	for _, part := range []string{"able", "ABLE", "ctive", "CTIVE"} {
		if bytes.Contains(text, []byte(part)) {
			return true
		}
	}
	return false
}

// SwitchesOff reports whether code switches a module off, as in acme.disabled = True.
func SwitchesOff(data []byte, module string) bool {
	for _, setting := range []string{".disabled = True", ".enabled = False", ".disabled = true", ".enabled = false", ".opt_out = True"} {
		i := bytes.Index(data, []byte(module+setting))
		if i < 0 {
			continue
		}
		if from, _ := search.Line(data, i); len(bytes.TrimSpace(data[from:i])) == 0 { // a statement, and no comment
			return true
		}
	}
	return false
}

// switchedOff reports whether a line means enabled = false.
func switchedOff(line []byte) bool {
	const longest = 100
	if len(line) > longest || !HasSwitch(line) {
		return false
	}
	text := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n\"',{", r) {
			return -1
		}
		return r
	}, strings.ToLower(string(line)))
	key, value, _ := strings.Cut(strings.Replace(text, "=", ":", 1), ":")
	value, _, _ = strings.Cut(value, "#")
	switch strings.TrimPrefix(key, "-") {
	case "enabled", "enable", "active", "is_enabled", "isenabled":
		return value == "false" || value == "no" || value == "off" || value == "0"
	case "disabled", "disable":
		return value == "true" || value == "yes" || value == "on" || value == "1"
	}
	return false
}

// sectionReach is how many bytes before and after an offset can belong to its section.
const sectionReach = 1500

func window(data []byte, at int) (before, after []byte) {
	return data[max(0, at-sectionReach):at], data[at:min(len(data), at+sectionReach)]
}

// bracketSection returns the text between the [headers] around an offset.
func bracketSection(data []byte, at int) []byte {
	before, after := window(data, at)
	if i := bytes.LastIndex(before, []byte("\n[")); i >= 0 {
		before = before[i+1:]
	}
	if i := bytes.Index(after, []byte("\n[")); i >= 0 {
		after = after[:i]
	}
	return bytes.Join([][]byte{before, after}, nil)
}

// braceSection returns the content of the innermost braces around an offset, without nested braces.
func braceSection(data []byte, at int) []byte {
	before, after := window(data, at)
	var out []byte
	depth := 0
	for i := len(before) - 1; i >= 0 && depth >= 0; i-- {
		switch before[i] {
		case '}':
			depth++
		case '{':
			depth--
		}
		if depth == 0 {
			out = append(out, before[i])
		}
	}
	slices.Reverse(out)
	depth = 0
	for i := 0; i < len(after) && depth >= 0; i++ {
		switch after[i] {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 {
			out = append(out, after[i])
		}
	}
	return bytes.ReplaceAll(out, []byte(","), []byte("\n"))
}

// indentSection returns the lines around an offset that have the same indentation, up to one that is indented less.
func indentSection(data []byte, at int) []byte {
	from, _ := search.Line(data, at)
	before, after := window(data, from)
	own := IndentOf(after)
	var out []byte
	for len(before) > 0 && !isItem(after) {
		i := bytes.LastIndexByte(bytes.TrimSuffix(before, []byte("\n")), '\n')
		line := before[i+1:]
		before = before[:i+1]
		indent := IndentOf(line)
		if blank := len(bytes.TrimSpace(line)) == 0; !blank && indent < own {
			break
		}
		if indent == own {
			out = append(append(out, line...), '\n')
		}
		if indent == own && isItem(line) {
			break
		}
	}
	first := true
	for line := range bytes.Lines(after) {
		indent := IndentOf(line)
		if blank := len(bytes.TrimSpace(line)) == 0; !blank && indent < own || !first && indent == own && isItem(line) {
			break
		}
		first = false
		if indent == own {
			out = append(out, line...)
		}
	}
	return out
}

func isItem(line []byte) bool { return bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte("- ")) }

// IndentOf returns the indentation of a line. The dash of a list item counts as a space.
func IndentOf(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " -")) }
