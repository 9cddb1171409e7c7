package corpus_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/corpus"
)

// outcome stands for a test that reads data, and notes how it ends.
type outcome struct {
	testing.TB
	skipped, failed string
}

func (o *outcome) Helper() {}

func (o *outcome) Skipf(format string, args ...any) {
	o.skipped = fmt.Sprintf(format, args...)
	panic(o)
}

func (o *outcome) Fatalf(format string, args ...any) {
	o.failed = fmt.Sprintf(format, args...)
	panic(o)
}

// try runs a test up to its end.
func try(t *testing.T, test func(testing.TB)) *outcome {
	t.Helper()
	o := &outcome{}
	func() {
		defer func() {
			if end := recover(); end != nil && end != any(o) {
				panic(end)
			}
		}()
		test(o)
	}()
	return o
}

// Without the variable a test is skipped and says how to get the data. With it, a test never is.
func TestSkipsOnlyWithoutVariable(t *testing.T) { //nolint:paralleltest // sets a variable
	short := t.TempDir()
	if err := os.WriteFile(filepath.Join(short, corpus.YAMLSuite), []byte(`[{"ID": "A"}]`), 0o644); err != nil {
		t.Fatal(err)
	}
	reads := map[string]func(testing.TB){
		"file":     func(tb testing.TB) { tb.Helper(); corpus.Read(tb, corpus.Contract) },
		"suite":    func(tb testing.TB) { tb.Helper(); corpus.YAMLCases(tb) },
		"payloads": func(tb testing.TB) { tb.Helper(); corpus.Payloads(tb, "push") },
	}
	for _, dir := range []string{"", t.TempDir(), short, filepath.Join(short, "missing"), "relative"} {
		t.Setenv(corpus.Variable, dir)
		for name, read := range reads {
			switch o := try(t, read); {
			case dir == "" && (!strings.Contains(o.skipped, ".ci/testdata") || !strings.Contains(o.skipped, corpus.Variable)):
				t.Errorf("%s without data: %+v, want a skip that says how to get it", name, o)
			case dir != "" && (o.failed == "" || o.skipped != ""):
				t.Errorf("%s in %q: %+v, want a failure", name, dir, o)
			}
		}
	}
}

// All that .ci/testdata promises is there.
func TestData(t *testing.T) {
	t.Parallel()
	invalid := 0
	cases := corpus.YAMLCases(t)
	for _, c := range cases {
		if c.Invalid {
			invalid++
		}
	}
	if len(cases) != 402 || invalid != 94 {
		t.Errorf("got %d YAML cases, %d of them invalid; want 402 and 94", len(cases), invalid)
	}
	for event, want := range map[string]int{"merge_group": 2, "pull_request": 29, "push": 7, "repository_dispatch": 2, "workflow_dispatch": 2} {
		if got := len(corpus.Payloads(t, event)); got != want {
			t.Errorf("got %d payloads of %s, want %d", got, event, want)
		}
	}
	for _, name := range []string{corpus.DotCom, corpus.Enterprise, corpus.Contract} {
		if !strings.Contains(string(corpus.Read(t, name)), `"repos/get-content"`) {
			t.Errorf("%s lacks an operation", name)
		}
	}
}
