package report_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// command is what the runner of GitHub Actions finds in a line of a step's output.
type command struct {
	name  string
	props map[string]string
	data  string
}

// parseV1 is ActionCommand.TryParse of actions/runner: ##[name key=value;]data, anywhere in the line.
func parseV1(line string, registered func(string) bool) (command, bool) {
	_, rest, ok := strings.Cut(line, "##[")
	if !ok {
		return command{}, false
	}
	info, data, ok := strings.Cut(rest, "]")
	if !ok {
		return command{}, false
	}
	unescape := strings.NewReplacer("%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%25", "%")
	return parseInfo(info, data, ";", registered, unescape, unescape)
}

// parseV2 is ActionCommand.TryParseV2: ::name key=value,::data, at the start of the line but for white space.
func parseV2(line string, registered func(string) bool) (command, bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::")
	if !ok {
		return command{}, false
	}
	info, data, ok := strings.Cut(rest, "::")
	if !ok {
		return command{}, false
	}
	return parseInfo(info, data, ",", registered,
		strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%"),
		strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%"))
}

func parseInfo(info, data, separator string, registered func(string) bool, unescapeProperty, unescapeData *strings.Replacer) (command, bool) {
	name, properties, _ := strings.Cut(info, " ")
	if !registered(name) {
		return command{}, false
	}
	c := command{name: name, props: map[string]string{}, data: unescapeData.Replace(data)}
	for property := range strings.SplitSeq(strings.TrimSpace(properties), separator) {
		if key, value, ok := strings.Cut(property, "="); ok && key != "" && value != "" {
			c.props[key] = unescapeProperty.Replace(value)
		}
	}
	return c, true
}

type vector struct {
	Line    string
	Parses  bool
	Command string
	Props   map[string]string
	Data    string
}

type vectors struct {
	Registered []string `json:"registered_commands"`
	V1         []vector `json:"stdout_lines_v1"`
	V2         []vector `json:"stdout_lines_v2"`
}

// runnerVectors are lines with what the runner's own tests say of them, or nothing where the file is not at hand.
func runnerVectors(tb testing.TB) (v vectors) {
	tb.Helper()
	data, err := os.ReadFile("../../../shared/data/runner/runner-vectors.json")
	if errors.Is(err, fs.ErrNotExist) {
		tb.Log("the runner's vectors are not here")
		return v
	}
	if err != nil {
		tb.Fatal(err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		tb.Fatal(err)
	}
	if len(v.V1) == 0 || len(v.V2) == 0 || len(v.Registered) == 0 {
		tb.Fatal("the runner's vectors are empty")
	}
	return v
}

// The port agrees with the runner, or it is no oracle.
func TestPortOfRunner(t *testing.T) {
	t.Parallel()
	v := runnerVectors(t)
	known := func(name string) bool { return name == "do-something" || slices.Contains(v.Registered, name) }
	check := func(parser string, parse func(string, func(string) bool) (command, bool), all []vector) {
		for _, want := range all {
			got, ok := parse(want.Line, known)
			if ok != want.Parses || got.name != want.Command || got.data != want.Data || !maps.Equal(got.props, want.Props) {
				t.Errorf("%s(%q): got %+v, %t; want %+v", parser, want.Line, got, ok, want)
			}
		}
	}
	check("parseV1", parseV1, v.V1)
	check("parseV2", parseV2, v.V2)
}

// checkNoCommand fails if a line of an output is a command of whatever name, registered or not.
func checkNoCommand(t *testing.T, what, output string) {
	t.Helper()
	anything := func(string) bool { return true }
	for _, line := range strings.FieldsFunc(output, func(r rune) bool { return r == '\n' || r == '\r' }) {
		c1, v1 := parseV1(line, anything)
		c2, v2 := parseV2(line, anything)
		if v1 || v2 {
			t.Errorf("%s: the line %q is a command: %+v", what, line, []command{c1, c2})
		}
		if strings.Contains(line, "##[") || strings.HasPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::") {
			t.Errorf("%s: the line %q begins a command", what, line)
		}
		for _, r := range line {
			if !unicode.IsPrint(r) && r != '\u2060' && r != '\x1b' {
				t.Errorf("%s: the line %q holds the character %U", what, line, r)
			}
		}
	}
}
