package sink_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

func TestOutputs(t *testing.T) {
	t.Parallel()
	outputs := []sink.Output{
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
	data, err := sink.Outputs(outputs)
	if err != nil {
		t.Fatalf("Outputs: %v", err)
	}
	want := map[string]string{}
	for _, o := range outputs {
		want[o.Name] = o.Value
	}
	got, err := sinktest.Outputs(string(data), false)
	if err != nil {
		t.Fatalf("the runner refuses\n%s%v", data, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the runner reads (want, got):\n%s", diff)
	}
	again, _ := sink.Outputs(outputs)
	if string(again) == string(data) {
		t.Error("Outputs uses the same delimiters twice")
	}
	if delimiters := delimiter.FindAllString(string(data), -1); len(delimiters) != 2*len(outputs) || len(slices.Compact(slices.Sorted(slices.Values(delimiters)))) != len(outputs) {
		t.Errorf("Outputs: got delimiters %q, want one pair for each output", delimiters)
	}
	if masked(data) != masked(again) {
		t.Errorf("Outputs: got structures %q and %q", masked(data), masked(again))
	}
	if got, want := masked(data)[:len("verdict<<D\nfail\nD\n")], "verdict<<D\nfail\nD\n"; got != want {
		t.Errorf("Outputs: got %q, want %q", got, want)
	}
}

var delimiter = regexp.MustCompile(`vendorgate_[A-Z2-7]{26,}`)

func masked(data []byte) string { return delimiter.ReplaceAllString(string(data), "D") }

func TestOutputNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "a=b", "a<<b", "a<b", "a\nb", "a\rb", "\n", "="} {
		if data, err := sink.Outputs([]sink.Output{{name, "x"}}); err == nil {
			t.Errorf("Outputs(%q): got %q, want an error", name, data)
		}
	}
	if data, err := sink.Outputs(nil); err != nil || len(data) != 0 {
		t.Errorf("Outputs(nil): got %q, error %v", data, err)
	}
}

func FuzzOutputs(f *testing.F) {
	for _, s := range append(sinktest.Hostile(), "a\n", "\n", "\r\n", "\r", "a\rb", "a<<EOF\nEOF\n", "vendorgate_\n", "result=pass\n") {
		f.Add("verdict", s, "pass")
		f.Add("a b", "x", s)
		f.Add(s, "x", "y")
	}
	for _, v := range outputVectors() {
		f.Add("name", v.content, v.content)
	}
	f.Fuzz(func(t *testing.T, name, first, second string) {
		if name == "other" {
			return
		}
		data, err := sink.Outputs([]sink.Output{{name, first}, {"other", second}})
		if err != nil {
			if name != "" && !strings.ContainsAny(name, "\r\n=<") {
				t.Errorf("Outputs(%q, %q): %v", name, first, err)
			}
			return
		}
		got, err := sinktest.Outputs(string(data), false)
		want := map[string]string{name: first, "other": second}
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("Outputs(%q): the runner reads %q, error %v; want %q", name, got, err, want)
		}
		got, err = sinktest.Outputs(string(data), true) // takes a last CR for a part of the line end, and no more
		want = map[string]string{name: strings.TrimSuffix(first, "\r"), "other": strings.TrimSuffix(second, "\r")}
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("Outputs(%q): the runner on Windows reads %q, error %v; want %q", name, got, err, want)
		}
	})
}
