// Package sinktest is the other side of the sinks, for tests: the runner of GitHub Actions, and a reader of Markdown who can draw it.
// It escapes nothing.
package sinktest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"
)

// Command is what the runner of GitHub Actions finds in a line of a step's output.
type Command struct {
	Name  string
	Props map[string]string
	Data  string
}

// ParseV1 is ActionCommand.TryParse of actions/runner: ##[name key=value;]data, anywhere in the line.
func ParseV1(line string, registered func(string) bool) (Command, bool) {
	_, rest, ok := strings.Cut(line, "##[")
	if !ok {
		return Command{}, false
	}
	info, data, ok := strings.Cut(rest, "]")
	if !ok {
		return Command{}, false
	}
	unescape := strings.NewReplacer("%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%25", "%")
	return parseInfo(info, data, ";", registered, unescape, unescape)
}

// ParseV2 is ActionCommand.TryParseV2: ::name key=value,::data, at the start of the line but for white space.
func ParseV2(line string, registered func(string) bool) (Command, bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::")
	if !ok {
		return Command{}, false
	}
	info, data, ok := strings.Cut(rest, "::")
	if !ok {
		return Command{}, false
	}
	return parseInfo(info, data, ",", registered,
		strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%"),
		strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%"))
}

func parseInfo(info, data, separator string, registered func(string) bool, unescapeProperty, unescapeData *strings.Replacer) (Command, bool) {
	name, properties, _ := strings.Cut(info, " ")
	if !registered(name) {
		return Command{}, false
	}
	c := Command{Name: name, Props: map[string]string{}, Data: unescapeData.Replace(data)}
	for property := range strings.SplitSeq(strings.TrimSpace(properties), separator) {
		if key, value, ok := strings.Cut(property, "="); ok && key != "" && value != "" {
			c.Props[key] = unescapeProperty.Replace(value)
		}
	}
	return c, true
}

// Commands are the commands in the lines of an output, of whatever name, registered or not. The runner tries version 2
// first.
func Commands(output string) []Command {
	var out []Command
	anything := func(string) bool { return true }
	for _, line := range lines(output) {
		if c, ok := ParseV2(line, anything); ok {
			out = append(out, c)
		} else if c, ok := ParseV1(line, anything); ok {
			out = append(out, c)
		}
	}
	return out
}

func lines(output string) []string {
	return strings.FieldsFunc(output, func(r rune) bool { return r == '\n' || r == '\r' })
}

// CheckSilent fails if a line of an output is a command, begins one, or holds a character that is not printed, but for
// tabs, escapes of colours and joiners.
func CheckSilent(tb testing.TB, what, output string) {
	tb.Helper()
	if found := Commands(output); len(found) > 0 {
		tb.Errorf("%s holds commands: %+v\n%s", what, found, output)
	}
	for _, line := range lines(output) {
		if strings.Contains(line, "##[") || strings.HasPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::") {
			tb.Errorf("%s: the line %q begins a command", what, line)
		}
		for _, r := range line {
			if !unicode.IsPrint(r) && !strings.ContainsRune("\t\x1b\u2060", r) {
				tb.Errorf("%s: the line %q holds the character %U", what, line, r)
			}
		}
	}
}

// Outputs is FileCommandManager: it reads the file that GITHUB_OUTPUT names. Lines end in LF, on Windows also in CRLF; a
// value between delimiters keeps its own line ends but for the last.
func Outputs(text string, windows bool) (map[string]string, error) {
	out := map[string]string{}
	for text != "" {
		var line string
		line, _, text = cutLine(text, windows)
		equals, heredoc := strings.Index(line, "="), strings.Index(line, "<<")
		switch {
		case line == "":
		case equals >= 0 && (heredoc < 0 || equals < heredoc):
			name, value := line[:equals], line[equals+1:]
			if name == "" {
				return nil, errors.New("empty name")
			}
			out[name] = value
		case heredoc >= 0:
			name, delimiter := line[:heredoc], line[heredoc+2:]
			if name == "" || delimiter == "" {
				return nil, errors.New("empty name or delimiter")
			}
			var err error
			if out[name], text, err = heredocValue(text, delimiter, windows); err != nil {
				return nil, err
			}
		default:
			return nil, fmt.Errorf("invalid format %q", line)
		}
	}
	return out, nil
}

func heredocValue(text, delimiter string, windows bool) (value, rest string, err error) {
	end := ""
	for first := true; text != ""; first = false {
		var line, newEnd string
		line, newEnd, text = cutLine(text, windows)
		switch {
		case line == delimiter:
			return value, text, nil
		case newEnd == "":
			return "", "", errors.New("EOF marker missing new line")
		case !first:
			value += end
		}
		value, end = value+line, newEnd
	}
	return "", "", errors.New("matching delimiter not found")
}

func cutLine(text string, windows bool) (line, end, rest string) {
	line, rest, ok := strings.Cut(text, "\n")
	if !ok {
		return text, "", ""
	}
	if short, ok := strings.CutSuffix(line, "\r"); ok && windows {
		return short, "\r\n", rest
	}
	return line, "\n", rest
}
