package github

import (
	"context"
	"fmt"
	"strings"
)

// Comment is what one of vendorgate's comments on a pull request is to say.
type Comment struct {
	Owner, Repo string
	Number      int  // of the pull request
	Mark        Mark // which comment it is, and who speaks
	Create      bool // write a comment if there is none
	// Body is Markdown, at most 65,000 characters; the line of the mark is put above it. It is told what the newest comment of
	// ours was marked with; nil if there is none.
	Body func(before *Mark) string
	// RecreateIf says, by the mark of the comment that is there, whether a new one takes its place: an edit notifies
	// nobody. Nil is never.
	RecreateIf func(old Mark) bool

	body string // once it is known
}

// Action is what became of a comment.
type Action string

// What Sync did.
const (
	Nothing   Action = "nothing"   // there is no comment, and none was requested
	Created   Action = "created"   // the first
	Edited    Action = "edited"    //
	Unchanged Action = "unchanged" // it says the same already
	Recreated Action = "recreated" // a new one, and the old one deleted
	Outdated  Action = "outdated"  // what is there is newer, and was left alone
)

// Outcome is what Sync did.
type Outcome struct {
	Action  Action
	ID      int64 // of the comment; zero for Nothing
	Deleted int   // comments of ours that were too many
	Left    int   // of those, the ones that are still there
	Why     error // of the first that is; nil if none is
}

// Sync makes a pull request bear one comment of a key, which says what the newest run has to say. It makes one request
// for every hundred comments, and one for each write. A comment that others wrote, or that somebody hid, is never
// touched. Two runs at a time may leave two comments; the next run folds them into one.
func (c *Client) Sync(ctx context.Context, w Comment) (Outcome, error) {
	if err := w.wrong(); err != nil {
		return Outcome{}, err
	}
	ours, err := c.ours(ctx, w)
	if err != nil {
		return Outcome{}, fmt.Errorf("list the comments: %w", err)
	}
	last := newest(ours)
	var before *Mark
	if len(ours) > 0 {
		before = &last.mark
	}
	w.body = w.Body(before)
	switch {
	case len(ours) == 0 && !w.Create:
		return Outcome{Action: Nothing}, nil
	case len(ours) == 0:
		id, err := c.create(ctx, w, ours)
		return c.fold(ctx, w, Outcome{Action: Created, ID: id}, nil, err)
	case w.Mark.outdatedBy(last.mark):
		return Outcome{Action: Outdated, ID: last.id}, nil
	case w.RecreateIf != nil && w.RecreateIf(last.mark):
		id, err := c.create(ctx, w, ours)
		return c.fold(ctx, w, Outcome{Action: Recreated, ID: id}, ours, err)
	case ours[0].says(w):
		return c.fold(ctx, w, Outcome{Action: Unchanged, ID: ours[0].id}, ours[1:], nil)
	default:
		err := c.edit(ctx, w, ours[0].id)
		return c.fold(ctx, w, Outcome{Action: Edited, ID: ours[0].id}, ours[1:], err)
	}
}

// fold deletes the comments of ours that are too many, unless the one that stays could not be written. A comment that
// cannot be deleted is no error: the outcome says so.
func (c *Client) fold(ctx context.Context, w Comment, out Outcome, surplus []note, err error) (Outcome, error) {
	if err != nil {
		return Outcome{}, err
	}
	for i, n := range surplus {
		if out.Why = c.remove(ctx, w, n.id); out.Why != nil {
			out.Left = len(surplus) - i
			break
		}
		out.Deleted++
	}
	return out, nil
}

// newest returns the comment of the latest run: the one whose verdict readers saw last.
func newest(ours []note) note {
	var out note
	for _, n := range ours {
		if out.id == 0 || n.mark.later(out.mark) {
			out = n
		}
	}
	return out
}

// says reports whether a comment says all that is to be said. Which run says so is of no interest.
func (n note) says(w Comment) bool {
	was := n.mark
	was.Run, was.Attempt = w.Mark.Run, w.Mark.Attempt
	_, body, _ := strings.Cut(n.body, "\n")
	return was == w.Mark && stored(body) == stored(w.body)
}

// stored returns a text as the server may keep it: other ends of lines, and no space at the end.
func stored(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

// text returns the whole of the comment.
func (w Comment) text() string { return w.Mark.String() + "\n" + w.body }

// wrong says what makes a comment one that cannot be written, or not be found again.
func (w Comment) wrong() error {
	if err := wrongRepository(w.Owner, w.Repo); err != nil {
		return err
	}
	if mark, ok := ParseMark(w.Mark.String()); !ok || mark != w.Mark {
		return fmt.Errorf("github: %q is not a valid marker", w.Mark)
	}
	if w.Number <= 0 {
		return fmt.Errorf("github: %d is not a pull request number", w.Number)
	}
	return nil
}
