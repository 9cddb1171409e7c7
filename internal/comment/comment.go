// Package comment decides what happens to vendorgate's comment on a change request: which of the comments there is ours, and
// whether to write, edit, replace or leave it. It makes no requests, and does not know what a comment says.
//
// # Why
//
// The settings of a run are its identity, because they shape the verdict: two legs of a matrix with two registries have a comment
// each, and a workflow, job or step under a new name goes on with the comment that it had under the old one. But two jobs with the
// same settings can have different checkouts. If a comment is from another place in the same run, that place is alive, so its
// comment is left alone.
//
// A run writes nothing that its comment says already, also about a later commit: what it links to was there in the earlier commit, too. The
// mark of such a comment is then that of an earlier run, so if there are several comments, each run writes its own for every commit.
// The comment of settings that are no longer in use lags behind. It is replaced by a note that says so: at once if the run has no matrix, so
// that no other leg can have written it, and otherwise after one more run.
package comment

import (
	"cmp"
	"slices"
	"strings"
)

// Wanted is what a run wants to say.
type Wanted struct {
	Mark   Mark // without State, which Write returns
	Create bool // write a comment if there is none
	// Write returns the text to follow the line with the mark, and what it says in a word. before is that word of our newest
	// comment; empty if there is none.
	Write func(before string) (state, text string)
	// Same reports whether two texts say the same. Then nothing is written. Nil means that they are equal.
	Same func(old, fresh string) bool
	// RecreateIf decides from the state of the existing comment whether to replace it with a new one, because nobody is notified of
	// an edit. Nil means never.
	RecreateIf func(before string) bool
	Tip        string // the newest commit of the change request; empty if unknown
	Alone      bool   // nothing else in the run has the place of the mark, so its comments under other keys are out of use
	Superseded string // what replaces the comment of settings that are no longer in use; empty to leave it
}

// Note is a comment with a mark, written by the account that writes ours.
type Note struct {
	ID   int64
	Mark Mark
	Text string // after the line with the mark
}

// Read returns a comment as a note, if it has a mark.
func Read(id int64, body string) (Note, bool) {
	mark, ok := ParseMark(body)
	_, text, _ := strings.Cut(body, "\n")
	return Note{ID: id, Mark: mark, Text: text}, ok
}

// Action is what happens to a comment.
type Action string

// The actions.
const (
	Nothing  Action = "nothing"   // there is no comment, and none is wanted
	Create   Action = "create"    // there is none yet
	Edit     Action = "edit"      // the existing one
	Keep     Action = "unchanged" // it says the same already
	Recreate Action = "recreate"  // write a new one, and delete the old one
	Outdated Action = "outdated"  // the existing one is newer and stays
)

// Plan is what to do.
type Plan struct {
	Action  Action
	ID      int64   // of the comment to edit or to leave; zero for Nothing, Create and Recreate
	Mark    Mark    // of the comment to write
	Body    string  // of it, with the mark
	Surplus []int64 // comments to delete after that
	Fold    []Note  // comments of settings that are no longer in use, with the text to write instead
}

// superseded is the state of a comment of settings that are no longer in use.
const superseded = "superseded"

// Plan decides what to do in view of the notes on the change request.
func (w Wanted) Plan(notes []Note) Plan {
	ours := w.ours(notes)
	last, before := newest(ours), ""
	if len(ours) == 0 && !w.Create {
		return Plan{Action: Nothing, Fold: w.left(last, notes)}
	}
	if len(ours) > 0 {
		before = last.Mark.State
	}
	out := Plan{Action: Create, Mark: w.Mark}
	state, text := w.Write(before)
	out.Mark.State = state
	out.Body = out.Mark.String() + "\n" + text
	switch {
	case len(ours) == 0:
	case out.Mark.outdatedBy(last.Mark), w.Tip != "" && w.Tip != w.Mark.Head && last.Mark.Head != w.Mark.Head:
		return Plan{Action: Outdated, ID: last.ID}
	case w.RecreateIf != nil && w.RecreateIf(before):
		out.Action, out.Surplus = Recreate, ids(ours)
	default:
		out.Action, out.ID, out.Surplus = Edit, ours[0].ID, ids(ours[1:])
		if ours[0].says(out.Mark, text, w.Same) && (ours[0].Mark.Head == out.Mark.Head || alone(ours, notes)) {
			out.Action = Keep
		}
	}
	out.Fold = w.left(last, notes)
	return out
}

// alone reports whether there are no other notes than ours, apart from those of settings that are no longer in use.
func alone(ours, notes []Note) bool {
	return !slices.ContainsFunc(notes, func(n Note) bool {
		return n.Mark.State != superseded && !slices.ContainsFunc(ours, func(o Note) bool { return o.ID == n.ID })
	})
}

// left returns the notes of the same place whose settings are no longer in use, with their new texts: those of earlier runs, if the run is
// alone in its place. Otherwise, they were not written in the run of our last note, nor in one about its commit or this one. Another leg of
// a matrix would have been.
func (w Wanted) left(last Note, notes []Note) []Note {
	var out []Note
	for _, n := range notes {
		lags := n.Mark.Run < last.Mark.Run && last.Mark.Run < w.Mark.Run && n.Mark.Head != last.Mark.Head && n.Mark.Head != w.Mark.Head ||
			w.Alone && n.Mark.Run < w.Mark.Run && (w.Tip == "" || w.Tip == w.Mark.Head)
		if w.Superseded == "" || !lags || n.Mark.State == superseded || n.Mark.Place != w.Mark.Place || n.Mark.Key == w.Mark.Key {
			continue
		}
		n.Mark.State, n.Text = superseded, w.Superseded
		out = append(out, n)
	}
	return out
}

// ours returns the notes that the run goes on with, the oldest first: those of its settings and its place. If there are none, those
// of the place whose note is the newest, unless that place has written in this run.
func (w Wanted) ours(notes []Note) []Note {
	in := func(place string) []Note {
		var out []Note
		for _, n := range notes {
			if n.Mark.Key == w.Mark.Key && n.Mark.Place == place {
				out = append(out, n)
			}
		}
		slices.SortFunc(out, func(a, b Note) int { return cmp.Compare(a.ID, b.ID) })
		return out
	}
	if own := in(w.Mark.Place); len(own) > 0 {
		return own
	}
	var alive []string
	for _, n := range notes {
		if n.Mark.Run == w.Mark.Run {
			alive = append(alive, n.Mark.Place)
		}
	}
	left := newest(slices.DeleteFunc(slices.Clone(notes), func(n Note) bool {
		return n.Mark.Key != w.Mark.Key || slices.Contains(alive, n.Mark.Place)
	}))
	return in(left.Mark.Place)
}

// newest returns the note of the latest run.
func newest(notes []Note) Note {
	var out Note
	for _, n := range notes {
		if out.ID == 0 || n.Mark.later(out.Mark) {
			out = n
		}
	}
	return out
}

// Body returns a note as a comment.
func (n Note) Body() string { return n.Mark.String() + "\n" + n.Text }

// says reports whether a note has the right text, whichever run wrote it and where, about whichever commit.
func (n Note) says(mark Mark, text string, same func(old, fresh string) bool) bool {
	if n.Mark.State != mark.State {
		return false
	}
	old, fresh := stored(n.Text), stored(text)
	return old == fresh || same != nil && same(old, fresh)
}

// stored normalises text as servers do: line breaks, and white space at the beginning and end.
func stored(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

func ids(notes []Note) []int64 {
	var out []int64
	for _, n := range notes {
		out = append(out, n.ID)
	}
	return out
}
