package diag_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
)

func TestPos(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		pos  diag.Pos
		want string
	}{
		{diag.Pos{}, ""},
		{diag.Pos{File: "a/vendors.yaml"}, "a/vendors.yaml"},
		{diag.Pos{File: "a/vendors.yaml", Line: 3, Col: 14}, "a/vendors.yaml:3:14"},
	} {
		if got := test.pos.String(); got != test.want {
			t.Errorf("%#v: got %q, want %q", test.pos, got, test.want)
		}
	}
}

func TestSeverity(t *testing.T) {
	t.Parallel()
	all := []diag.Severity{diag.Off, diag.Note, diag.Warning, diag.Error}
	if !slices.IsSorted(all) {
		t.Error("the severities do not ascend")
	}
	var words []string
	for _, s := range all {
		words = append(words, s.String())
		if got, err := diag.ParseSeverity(s.String()); err != nil || got != s {
			t.Errorf("ParseSeverity(%s): got %v, error %v", s, got, err)
		}
	}
	if diff := cmp.Diff(words, diag.Severities()); diff != "" {
		t.Errorf("Severities: want, got:\n%s", diff)
	}
	for word, near := range map[string]string{"": "", "Error": "error", " error": "error", "errors": "error", "warn": "warning", "none": "off", "1": ""} {
		if near != "" {
			near = `did you mean "` + near + `"? `
		}
		got, err := diag.ParseSeverity(word)
		if want := `unknown severity "` + word + `"; ` + near + `use one of off, note, warning, error`; err == nil || err.Error() != want || got != diag.Off {
			t.Errorf("ParseSeverity(%q): got %v, error %v; want %s", word, got, err, want)
		}
	}
}

// The list of words is a copy: nobody can change what a severity is called.
func TestSeveritiesAreACopy(t *testing.T) {
	t.Parallel()
	words := diag.Severities()
	words[0] = "x"
	defer func() { words[0] = "off" }() // for the other tests, if it is none
	if diag.Severities()[0] != "off" {
		t.Error("Severities: a caller changed the names")
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	r := diag.Report{Counts: diag.Counts{Errors: 9, Vendors: 2, Lapsed: 1}, Findings: []diag.Finding{
		{Severity: diag.Error}, {Severity: diag.Error, Waiver: "W"}, {Severity: diag.Warning}, {Severity: diag.Note}, {Severity: diag.Note, Waiver: "W"}, {Severity: diag.Off},
	}}
	r.Count()
	want := diag.Counts{Errors: 1, Warnings: 1, Notes: 1, Waived: 2, Vendors: 2, Lapsed: 1}
	if r.Counts != want {
		t.Errorf("Count: got %+v, want %+v", r.Counts, want)
	}
	r.Count()
	if r.Counts != want {
		t.Errorf("Count, again: got %+v, want %+v", r.Counts, want)
	}
}
