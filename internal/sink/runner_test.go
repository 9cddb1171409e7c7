package sink_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

type lineVector struct {
	Line    string
	Parses  bool
	Command string
	Props   map[string]string
	Data    string
}

type outputVector struct {
	Content string
	Outputs map[string]string
	Error   string
}

type vectors struct {
	Registered []string       `json:"registered_commands"`
	V1         []lineVector   `json:"stdout_lines_v1"`
	V2         []lineVector   `json:"stdout_lines_v2"`
	Outputs    []outputVector `json:"output_file"`
}

// runnerVectors are what the runner's own tests say of it, or nothing where the file is not at hand.
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
	if len(v.V1) == 0 || len(v.V2) == 0 || len(v.Registered) == 0 || len(v.Outputs) == 0 {
		tb.Fatal("the runner's vectors are empty")
	}
	return v
}

// seeds are the texts that a fuzzer begins with.
func seeds(f *testing.F) {
	f.Helper()
	for _, s := range sinktest.Hostile() {
		f.Add(s)
	}
	v := runnerVectors(f)
	for _, vector := range append(v.V1, v.V2...) {
		f.Add(vector.Line)
	}
	for _, vector := range v.Outputs {
		f.Add(vector.Content)
	}
}

// The port agrees with the runner, or it is no oracle.
func TestPortOfRunner(t *testing.T) {
	t.Parallel()
	v := runnerVectors(t)
	known := func(name string) bool { return name == "do-something" || slices.Contains(v.Registered, name) }
	check := func(parser string, parse func(string, func(string) bool) (sinktest.Command, bool), all []lineVector) {
		for _, want := range all {
			got, ok := parse(want.Line, known)
			if ok != want.Parses || got.Name != want.Command || got.Data != want.Data || !maps.Equal(got.Props, want.Props) {
				t.Errorf("%s(%q): got %+v, %t; want %+v", parser, want.Line, got, ok, want)
			}
		}
	}
	check("ParseV1", sinktest.ParseV1, v.V1)
	check("ParseV2", sinktest.ParseV2, v.V2)
	for _, v := range v.Outputs {
		for _, windows := range []bool{false, true} {
			got, err := sinktest.Outputs(v.Content, windows)
			if (err != nil) != (v.Error != "") || err == nil && !maps.Equal(got, v.Outputs) {
				t.Errorf("Outputs(%q): got %q, error %v; want %q, error %q", v.Content, got, err, v.Outputs, v.Error)
			}
		}
	}
}
