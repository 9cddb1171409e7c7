package action_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/action"
)

func inputs() []action.Input {
	return []action.Input{{Name: "manifest", List: true}, {Name: "fail-on"}, {Name: "fail-scope"}, {Name: "registry"}}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		vars map[string]string
		want []string
		err  string
	}{
		{"nothing", nil, nil, ""},
		{"dashes stay", map[string]string{"INPUT_FAIL-ON": "warning"}, []string{"--fail-on=warning"}, ""},
		{"order of the inputs", map[string]string{"INPUT_REGISTRY": "r", "INPUT_FAIL-ON": "error", "INPUT_MANIFEST": "m"}, []string{"--manifest=m", "--fail-on=error", "--registry=r"}, ""},
		{"empty is not given", map[string]string{"INPUT_FAIL-ON": "", "INPUT_REGISTRY": " \t\n", "INPUT_OTHER": ""}, nil, ""},
		{"white space around", map[string]string{"INPUT_REGISTRY": "  a b \n"}, []string{"--registry=a b"}, ""},
		{"lists", map[string]string{"INPUT_MANIFEST": "a.yaml\n\n  b/**/*.yaml  \r\n\r\nc\n"}, []string{"--manifest=a.yaml", "--manifest=b/**/*.yaml", "--manifest=c"}, ""},
		{"a value that looks like a flag", map[string]string{"INPUT_REGISTRY": "--fail-on=never"}, []string{"--registry=--fail-on=never"}, ""},
		{"a list of values that look like flags", map[string]string{"INPUT_MANIFEST": "--fail-on\nnever"}, []string{"--manifest=--fail-on", "--manifest=never"}, ""},
		{"an equals sign", map[string]string{"INPUT_REGISTRY": "a=b=c"}, []string{"--registry=a=b=c"}, ""},
		{"others are not ours", map[string]string{"GITHUB_TOKEN": "x", "INPUTS_FAIL": "x", "MY_INPUT_X": "x"}, nil, ""},
		{"unknown, near", map[string]string{"INPUT_FAIL_ON": "never"}, nil, `unknown input "fail_on"; did you mean "fail-on"?`},
		{"unknown, mistyped", map[string]string{"INPUT_REGISTYR": "x"}, nil, `unknown input "registyr"; did you mean "registry"?`},
		{"unknown, far", map[string]string{"INPUT_COLOUR": "x", "INPUT_FAIL-ON": "error"}, nil, `unknown input "colour"`},
		{"unknown, blank", map[string]string{"INPUT_COLOUR": " "}, nil, `unknown input "colour"`},
	} {
		var environ []string
		for _, name := range slices.Sorted(maps.Keys(test.vars)) {
			environ = append(environ, name+"="+test.vars[name])
		}
		got, err := action.Arguments(inputs(), environ, func(name string) string { return test.vars[name] })
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: Arguments(%q): want, got:\n%s", test.name, environ, diff)
		}
		if text := errorText(err); text != test.err {
			t.Errorf("%s: Arguments(%q): got error %q, want %q", test.name, environ, text, test.err)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestEncode(t *testing.T) {
	t.Parallel()
	outputs := []action.Output{
		{"verdict", "fail"},
		{"empty", ""},
		{"lines", "a\nb\n"},
		{"lf", "\n"},
		{"cr", "a\rb\r\nc"},
		{"old", "x\n_GitHubActionsFileCommandDelimeter_\nresult=pass\n"},
		{"assign", "a=b"},
		{"heredoc", "a<<b\nb\n"},
		{"report-path", "/github/workspace/r.json"},
	}
	data, err := action.Encode(outputs)
	if err != nil {
		t.Fatalf("Encode: %v", err)
	}
	want := map[string]string{}
	for _, o := range outputs {
		want[o.Name] = o.Value
	}
	got, err := readOutputs(string(data), false)
	if err != nil {
		t.Fatalf("the runner refuses\n%s%v", data, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the runner reads (want, got):\n%s", diff)
	}
	again, _ := action.Encode(outputs)
	if string(again) == string(data) {
		t.Error("Encode uses the same delimiters twice")
	}
	if delimiters := delimiter.FindAllString(string(data), -1); len(delimiters) != 2*len(outputs) || len(slices.Compact(slices.Sorted(slices.Values(delimiters)))) != len(outputs) {
		t.Errorf("Encode: got delimiters %q, want one pair for each output", delimiters)
	}
	if mask(data) != mask(again) {
		t.Errorf("Encode: got structures %q and %q", mask(data), mask(again))
	}
	if got, want := mask(data)[:len("verdict<<D\nfail\nD\n")], "verdict<<D\nfail\nD\n"; got != want {
		t.Errorf("Encode: got %q, want %q", got, want)
	}
}

var delimiter = regexp.MustCompile(`vendorgate_[A-Z2-7]{26,}`)

func mask(data []byte) string { return delimiter.ReplaceAllString(string(data), "D") }

func TestEncodeNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "a=b", "a<<b", "a<b", "a\nb", "a\rb", "\n", "="} {
		data, err := action.Encode([]action.Output{{name, "x"}})
		if err == nil {
			t.Errorf("Encode(%q): got %q, want an error", name, data)
		}
	}
	if data, err := action.Encode(nil); err != nil || len(data) != 0 {
		t.Errorf("Encode(nil): got %q, error %v", data, err)
	}
}

func FuzzEncode(f *testing.F) {
	for _, s := range []string{"", "a", "a\n", "\n", "\r\n", "\r", "a\rb", "a<<EOF\nEOF\n", "x\n_GitHubActionsFileCommandDelimeter_\nresult=pass", "vendorgate_\n", "result=pass\n", "\x00", "\xff"} {
		f.Add("verdict", s, "pass")
		f.Add("a b", "x", s)
		f.Add(s, "x", "y")
	}
	for _, v := range outputVectors(f) {
		f.Add("name", v.Content, v.Content)
	}
	f.Fuzz(func(t *testing.T, name, first, second string) {
		if name == "other" {
			return
		}
		data, err := action.Encode([]action.Output{{name, first}, {"other", second}})
		if err != nil {
			if name != "" && !strings.ContainsAny(name, "\r\n=<") {
				t.Errorf("Encode(%q, %q): %v", name, first, err)
			}
			return
		}
		got, err := readOutputs(string(data), false)
		want := map[string]string{name: first, "other": second}
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("Encode(%q): the runner reads %q, error %v; want %q", name, got, err, want)
		}
		got, err = readOutputs(string(data), true) // takes a last CR for a part of the line end, and no more
		want = map[string]string{name: strings.TrimSuffix(first, "\r"), "other": strings.TrimSuffix(second, "\r")}
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("Encode(%q): the runner on Windows reads %q, error %v; want %q", name, got, err, want)
		}
	})
}
