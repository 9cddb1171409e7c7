package diag_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
)

func TestFirstProblems(t *testing.T) {
	t.Parallel()
	var all []diag.Problem
	for i := range 1000 {
		all = append(all, diag.Problem{Pos: diag.Pos{File: "f", Line: 1000 - i, Col: 1}, Message: "m", Secret: i == 10})
	}
	got := diag.FirstProblems(all)
	if len(got) != diag.MaxProblems {
		t.Fatalf("got %d problems, want %d", len(got), diag.MaxProblems)
	}
	if !got[0].Secret || got[1].Pos.Line != 1 || got[98].Pos.Line != 98 {
		t.Errorf("got %v first, then %v up to %v; want the credential, then lines 1 to 98", got[0], got[1], got[98])
	}
	if want := (diag.Problem{Pos: diag.Pos{File: "f", Line: 99, Col: 1}, Message: "901 more problems in this file"}); got[99] != want {
		t.Errorf("got %+v last, want %+v", got[99], want)
	}
	if all[0].Pos.Line != 1000 {
		t.Error("FirstProblems changed what it was given")
	}
	few := all[:diag.MaxProblems]
	if diff := cmp.Diff(few, diag.FirstProblems(few)); diff != "" {
		t.Errorf("few problems: want them as they are, got:\n%s", diff)
	}
	if diag.FirstProblems(nil) != nil {
		t.Error("FirstProblems(nil): got some")
	}
}
