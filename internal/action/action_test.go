package action_test

import (
	"maps"
	"slices"
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
