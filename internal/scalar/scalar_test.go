package scalar_test

import (
	"strings"
	"testing"
)

// mustNotQuote holds an error to the promise of the package: it never holds the value.
func mustNotQuote(t *testing.T, err error, value string) {
	t.Helper()
	if len(value) > 8 && strings.Contains(err.Error(), value) {
		t.Errorf("the error quotes the value %q: %v", value, err)
	}
}

// verdict is what a parser has to say to one value: an error that contains the text, or none.
type verdict struct{ value, want string }

// checkParser holds a parser to its verdicts. An empty want accepts.
func checkParser(t *testing.T, name string, parse func(string) error, verdicts []verdict) {
	t.Helper()
	for _, v := range verdicts {
		err := parse(v.value)
		if err != nil {
			mustNotQuote(t, err, v.value)
		}
		switch {
		case v.want == "" && err != nil:
			t.Errorf("%s(%q): %v", name, v.value, err)
		case v.want != "" && err == nil:
			t.Errorf("%s(%q) accepted, want error %q", name, v.value, v.want)
		case v.want != "" && !strings.Contains(err.Error(), v.want):
			t.Errorf("%s(%q): %v; want error %q", name, v.value, err, v.want)
		}
	}
}
