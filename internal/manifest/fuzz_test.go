package manifest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/corpus"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// checkPositions holds every problem to the file: its lines, its columns, and one column beyond.
func checkPositions(t *testing.T, text string, problems []diag.Problem) {
	t.Helper()
	text = strings.TrimSuffix(strings.TrimPrefix(text, "\ufeff"), "\n")
	var widths []int
	for line := range strings.SplitSeq(text, "\n") {
		widths = append(widths, utf8.RuneCountInString(line))
	}
	for _, p := range problems {
		if p.Pos.File != "f" || p.Pos.Line < 1 || p.Pos.Line > len(widths) || p.Pos.Col < 1 || p.Pos.Col > widths[p.Pos.Line-1]+1 {
			t.Errorf("Parse(%.100q): position %v lies outside the file", text, p.Pos)
		}
		if p.Message == "" || strings.ContainsAny(p.Message+p.Hint, "\n\r\x00\x1b") || len(p.Message) > 600 {
			t.Errorf("Parse(%.100q): unfit message %q, hint %q", text, p.Message, p.Hint)
		}
	}
}

// seeds adds the files of internal/attr/testdata, and the YAML test suite if it is there.
func seeds(f *testing.F, kind string) {
	f.Helper()
	names, err := filepath.Glob(filepath.FromSlash("../attr/testdata/*/" + kind + "-*.yaml"))
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds of kind %s: %v", kind, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
		f.Add(strings.ReplaceAll(string(data), "\n", "\r\n"))
	}
	for _, text := range corpus.YAMLSeeds(f) {
		f.Add(text)
	}
}

func FuzzParse(f *testing.F) {
	seeds(f, "manifest")
	f.Add(minimal)
	f.Add(full)
	for _, text := range bombs() {
		f.Add(text[:min(len(text), 1000)])
	}
	f.Fuzz(checkParse)
}

// The YAML test suite breaks no promise of Parse.
func TestYAMLTestSuite(t *testing.T) {
	t.Parallel()
	for _, c := range corpus.YAMLCases(t) {
		checkParse(t, c.YAML)
	}
}

func checkParse(t *testing.T, text string) {
	t.Helper()
	m := manifest.Parse("p", "f", []byte(text))
	checkPositions(t, text, m.Problems)
	var places []diag.Problem
	seen := map[string]bool{}
	for _, u := range m.Uses {
		if u.ID.Value == "" || seen[u.ID.Value] || strings.ToLower(u.ID.Value) != u.ID.Value || u.Criticality < 0 || u.Criticality > 4 {
			t.Errorf("Parse(%q): unfit use %+v", text, u)
		}
		seen[u.ID.Value] = true
		for _, at := range append(append([]diag.At[string]{u.ID, u.Purpose, u.APIVersion, u.Waiver}, u.Environments...), u.Data...) {
			places = append(places, diag.Problem{Pos: at.Pos, Message: "a place"})
		}
		if !u.Same(u) {
			t.Errorf("Parse(%q): a use is not the same as itself", text)
		}
		if len(m.Problems) == 0 && (u.Owner.Value == "" || u.Purpose.Value == "" || len(u.Environments) == 0) {
			t.Errorf("Parse(%q): no problem, and a use without owner, purpose or environment: %+v", text, u)
		}
	}
	checkPositions(t, text, places)
}
