package comment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/comment"
)

const (
	key       = "0123456789abcdef"
	otherKey  = "fedcba9876543210"
	here      = "00000000000000aa"
	there     = "00000000000000bb"
	elsewhere = "00000000000000cc"
	oldCommit = "1111111111111111111111111111111111111111"
	newCommit = "2222222222222222222222222222222222222222"

	otherCommit = "3333333333333333333333333333333333333333"
)

func mark(place string, run int64, head, state string) comment.Mark {
	return comment.Mark{Key: key, Place: place, Run: run, Attempt: 1, Head: head, State: state}
}

func note(id int64, m comment.Mark, text string) comment.Note {
	return comment.Note{ID: id, Mark: m, Text: text}
}

// Which comment a run goes on with.
func TestPlanIdentity(t *testing.T) {
	t.Parallel()
	another := func(m comment.Mark) comment.Mark {
		m.Key = otherKey
		return m
	}
	for _, c := range []struct {
		name    string
		notes   []comment.Note
		want    comment.Action
		id      int64
		surplus []int64
	}{
		{"none", nil, comment.Create, 0, nil},
		{"its own", []comment.Note{note(1, mark(here, 8, oldCommit, "fail"), "x")}, comment.Edit, 1, nil},
		{"a leg with other settings", []comment.Note{note(1, another(mark(here, 9, newCommit, "fail")), "x")}, comment.Create, 0, nil},
		{"a leg with other settings, of an earlier run", []comment.Note{note(1, another(mark(here, 8, oldCommit, "fail")), "x")}, comment.Create, 0, nil},
		{"both", []comment.Note{note(1, another(mark(here, 9, newCommit, "fail")), "x"), note(2, mark(here, 8, oldCommit, "fail"), "x")}, comment.Edit, 2, nil},
		{"of the workflow under its old name", []comment.Note{note(1, mark(there, 8, oldCommit, "fail"), "x")}, comment.Edit, 1, nil},
		{"of the old name, twice", []comment.Note{note(2, mark(there, 7, oldCommit, "fail"), "x"), note(1, mark(there, 8, oldCommit, "fail"), "x")}, comment.Edit, 1, []int64{2}},
		{"of two old names", []comment.Note{note(1, mark(there, 8, oldCommit, "fail"), "x"), note(2, mark(elsewhere, 7, oldCommit, "fail"), "x")}, comment.Edit, 1, nil},
		{"of the old name, and of other settings since", []comment.Note{note(1, mark(there, 7, oldCommit, "fail"), "x"), note(2, another(mark(elsewhere, 8, oldCommit, "fail")), "x")}, comment.Edit, 1, nil},
		{"of another job of this run", []comment.Note{note(1, mark(there, 9, newCommit, "fail"), "x")}, comment.Create, 0, nil},
		{"of another job of this run, from the run before", []comment.Note{
			note(1, mark(there, 8, oldCommit, "fail"), "x"), note(2, another(mark(there, 9, newCommit, "fail")), "x"),
		}, comment.Create, 0, nil},
		{"its own, and that of another job", []comment.Note{note(1, mark(there, 8, oldCommit, "fail"), "x"), note(2, mark(here, 7, oldCommit, "fail"), "x")}, comment.Edit, 2, nil},
	} {
		w := comment.Wanted{Mark: mark(here, 9, newCommit, ""), Create: true, Write: func(string) (string, string) { return "fail", "y" }}
		got := w.Plan(c.notes)
		if got.Action != c.want || got.ID != c.id || !slices.Equal(got.Surplus, c.surplus) {
			t.Errorf("%s: got %+v, want %s of %d and without %v", c.name, got, c.want, c.id, c.surplus)
		}
		if want := mark(here, 9, newCommit, "fail").String() + "\ny"; got.Body != want {
			t.Errorf("%s: it writes %q, want %q", c.name, got.Body, want)
		}
	}
}

// What says the same is not written again, whichever run says it.
func TestPlanSame(t *testing.T) {
	t.Parallel()
	same := func(old, fresh string) bool {
		return strings.TrimRight(old, "0123456789") == strings.TrimRight(fresh, "0123456789")
	}
	for _, c := range []struct {
		name string
		old  comment.Note
		want comment.Action
	}{
		{"the same", note(1, mark(here, 8, newCommit, "fail"), "at 9"), comment.Keep},
		{"at another time", note(1, mark(here, 8, newCommit, "fail"), "at 8"), comment.Keep},
		{"under another name", note(1, mark(there, 8, newCommit, "fail"), "at 8"), comment.Keep},
		{"with other ends of lines", note(1, mark(here, 8, newCommit, "fail"), "\r\nat 9\r\n"), comment.Keep},
		{"other words", note(1, mark(here, 8, newCommit, "fail"), "in 8"), comment.Edit},
		{"another state", note(1, mark(here, 8, newCommit, "no-verdict"), "at 8"), comment.Edit},
		{"about an earlier commit", note(1, mark(here, 8, oldCommit, "fail"), "at 8"), comment.Keep},
		{"another commit, of a later run", note(1, mark(here, 10, oldCommit, "fail"), "at 8"), comment.Outdated},
		{"a later run", note(1, mark(here, 10, newCommit, "fail"), "in 8"), comment.Outdated},
	} {
		w := comment.Wanted{Mark: mark(here, 9, newCommit, ""), Same: same, Write: func(string) (string, string) { return "fail", "at 9" }}
		if got := w.Plan([]comment.Note{c.old}); got.Action != c.want || got.ID != 1 {
			t.Errorf("%s: got %+v, want %s", c.name, got, c.want)
		}
	}
}

// If there are several comments, each run writes its own for every commit, so that the mark says which of them are in use.
func TestPlanSameOfSeveral(t *testing.T) {
	t.Parallel()
	other := mark(here, 8, oldCommit, "fail")
	other.Key = otherKey
	old := other
	old.State = "superseded"
	for _, c := range []struct {
		name  string
		other comment.Mark
		head  string
		want  comment.Action
	}{
		{"a leg of a matrix", other, newCommit, comment.Edit},
		{"a leg of a matrix, about the same commit", other, oldCommit, comment.Keep},
		{"another job", mark(there, 8, oldCommit, "fail"), newCommit, comment.Edit},
		{"settings that are no longer in use", old, newCommit, comment.Keep},
	} {
		w := comment.Wanted{Mark: mark(here, 9, c.head, ""), Write: func(string) (string, string) { return "fail", "x" }}
		if got := w.Plan([]comment.Note{note(1, mark(here, 8, oldCommit, "fail"), "x"), note(2, c.other, "y")}); got.Action != c.want {
			t.Errorf("%s: got %+v, want %s", c.name, got, c.want)
		}
	}
}

// A run about a commit that is no longer the newest leaves what is said about another one, since that may be a later one.
func TestPlanTip(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, tip, before string
		want              comment.Action
	}{
		{"the newest", newCommit, oldCommit, comment.Edit},
		{"unknown", "", oldCommit, comment.Edit},
		{"overtaken", otherCommit, oldCommit, comment.Outdated},
		{"overtaken, but the comment is about the same commit", otherCommit, newCommit, comment.Edit},
	} {
		w := comment.Wanted{Mark: mark(here, 9, newCommit, ""), Tip: c.tip, Write: func(string) (string, string) { return "pass", "y" }}
		if got := w.Plan([]comment.Note{note(1, mark(here, 8, c.before, "fail"), "x")}); got.Action != c.want {
			t.Errorf("%s: got %+v, want %s", c.name, got, c.want)
		}
	}
}

// The comment of settings that are no longer in use is replaced. That of another leg of a matrix, or of another job, never is.
func TestPlanFold(t *testing.T) {
	t.Parallel()
	another := func(place string, run int64, head, state string) comment.Mark {
		m := mark(place, run, head, state)
		m.Key = otherKey
		return m
	}
	for _, c := range []struct {
		name  string
		last  comment.Mark // our own comment
		other comment.Mark
		want  bool
	}{
		{"it was not written in the run of ours", mark(here, 8, oldCommit, "fail"), another(here, 7, otherCommit, "fail"), true},
		{"a leg of the run of ours", mark(here, 8, oldCommit, "fail"), another(here, 8, oldCommit, "fail"), false},
		{"a leg of this run", mark(here, 8, oldCommit, "fail"), another(here, 9, newCommit, "fail"), false},
		{"a leg that had nothing new to say about the same commit", mark(here, 8, oldCommit, "fail"), another(here, 7, oldCommit, "fail"), false},
		{"a leg that has not come to an attempt of this run", mark(here, 9, newCommit, "fail"), another(here, 8, otherCommit, "fail"), false},
		{"another job", mark(here, 8, oldCommit, "fail"), another(there, 7, otherCommit, "fail"), false},
		{"done already", mark(here, 8, oldCommit, "fail"), another(here, 7, otherCommit, "superseded"), false},
	} {
		w := comment.Wanted{Mark: mark(here, 9, newCommit, ""), Superseded: "old", Write: func(string) (string, string) { return "fail", "y" }}
		got := w.Plan([]comment.Note{note(2, c.other, "z"), note(1, c.last, "x")})
		var want []comment.Note
		if c.want {
			m := c.other
			m.State = "superseded"
			want = []comment.Note{{ID: 2, Mark: m, Text: "old"}}
		}
		if !slices.Equal(got.Fold, want) || got.ID != 1 {
			t.Errorf("%s: got %+v, want to fold %+v", c.name, got, want)
		}
		for _, n := range got.Fold {
			if m, ok := comment.ParseMark(n.Body()); !ok || m != n.Mark {
				t.Errorf("%s: %q has no mark", c.name, n.Body())
			}
		}
	}
	// Where nothing else in the run has its place, it is certain at once, also if the run has nothing to say.
	for _, c := range []struct {
		name  string
		other comment.Mark
		tip   string
		want  bool
	}{
		{"of an earlier run", another(here, 7, oldCommit, "fail"), newCommit, true},
		{"of an earlier run about the same commit", another(here, 8, newCommit, "fail"), "", true},
		{"of this run", another(here, 9, newCommit, "fail"), newCommit, false},
		{"of a later run", another(here, 10, otherCommit, "fail"), newCommit, false},
		{"of another job", another(there, 7, oldCommit, "fail"), newCommit, false},
		{"of an earlier run, by one about a commit that is overtaken", another(here, 7, oldCommit, "fail"), otherCommit, false},
	} {
		for _, create := range []bool{true, false} {
			w := comment.Wanted{Mark: mark(here, 9, newCommit, ""), Alone: true, Create: create, Tip: c.tip, Superseded: "old", Write: func(string) (string, string) { return "fail", "y" }}
			got := w.Plan([]comment.Note{note(2, c.other, "z")})
			action := map[bool]comment.Action{true: comment.Create, false: comment.Nothing}[create]
			if got.Action != action || (len(got.Fold) == 1) != c.want {
				t.Errorf("%s, create %v: got %+v", c.name, create, got)
			}
			w.Alone = false
			if got := w.Plan([]comment.Note{note(2, c.other, "z")}); len(got.Fold) > 0 {
				t.Errorf("%s, create %v, not alone: got %+v", c.name, create, got)
			}
		}
	}
	// The settings come back.
	w := comment.Wanted{Mark: mark(here, 9, newCommit, ""), Write: func(string) (string, string) { return "fail", "y" }}
	if got := w.Plan([]comment.Note{note(1, mark(here, 7, oldCommit, "superseded"), "old")}); got.Action != comment.Edit || got.ID != 1 {
		t.Errorf("got %+v", got)
	}
}

// The text is written in view of what the comment said.
func TestPlanTold(t *testing.T) {
	t.Parallel()
	var told []string
	w := comment.Wanted{Mark: mark(here, 9, newCommit, ""), Create: true, Write: func(before string) (string, string) {
		told = append(told, before)
		return "resolved", "ok"
	}}
	got := w.Plan([]comment.Note{note(1, mark(here, 7, oldCommit, "fail"), "x"), note(2, mark(here, 8, oldCommit, "no-verdict"), "x")})
	if got.Action != comment.Edit || got.Mark.State != "resolved" || !slices.Equal(told, []string{"no-verdict"}) {
		t.Errorf("got %+v, told %q", got, told)
	}
	if got := w.Plan(nil); got.Action != comment.Create || !slices.Equal(told, []string{"no-verdict", ""}) {
		t.Errorf("got %+v, told %q", got, told)
	}
	w.Create = false
	if got := w.Plan(nil); got.Action != comment.Nothing || got.Body != "" || len(told) != 2 {
		t.Errorf("got %+v, told %q", got, told)
	}
	w.RecreateIf = func(before string) bool { return before == "pass" }
	if got := w.Plan([]comment.Note{note(1, mark(here, 8, oldCommit, "pass"), "x")}); got.Action != comment.Recreate || got.ID != 0 || fmt.Sprint(got.Surplus) != "[1]" {
		t.Errorf("got %+v", got)
	}
}

func TestMark(t *testing.T) {
	t.Parallel()
	for _, m := range []comment.Mark{mark(here, 1, oldCommit, "fail"), {Key: key, Place: there, Run: 999_999_999_999_999_999, Attempt: 99, Head: newCommit, State: "no-verdict"}} {
		for _, after := range []string{"", "\n", "\r\n", "\nrest\n" + mark(here, 7, newCommit, "x").String()} {
			if got, ok := comment.ParseMark(m.String() + after); !ok || got != m || !m.Valid() {
				t.Errorf("%q: got %v, %t", m.String()+after, got, ok)
			}
		}
	}
	good := mark(here, 1, oldCommit, "fail").String()
	for _, bad := range []string{
		"", " " + good, good + " ", "\n" + good, "> " + good, good + "x", "\ufeff" + good, good + "\r\r",
		strings.Replace(good, "v1", "v2", 1), strings.Replace(good, "run=1.1", "run=01.1", 1), strings.Replace(good, "run=1.1", "run=1", 1),
		strings.Replace(good, "run=1.1", "run=9999999999999999999.1", 1), strings.Replace(good, "state=fail", "state=", 1),
		strings.Replace(good, "state=fail", "state=fail x", 1), strings.Replace(good, "state=fail", "state=Fail", 1),
		strings.Replace(good, key, key[1:], 1), strings.Replace(good, here, "", 1), strings.Replace(good, oldCommit, oldCommit[1:], 1), strings.ReplaceAll(good, " ", "  "),
	} {
		if m, ok := comment.ParseMark(bad); ok {
			t.Errorf("%q: got %v", bad, m)
		}
	}
}
