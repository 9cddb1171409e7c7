package github

import (
	"context"
	"fmt"
	"strings"
)

// Comment describes a comment that vendorgate wants on a pull request.
type Comment struct {
	Owner, Repo string
	Number      int  // of the pull request
	Mark        Mark // identifies the comment and the run that writes it
	Create      bool // write a comment if there is none
	// Body returns Markdown of at most 65,000 characters, to follow the line with the mark. before is the mark of our newest
	// comment, or nil if there is none.
	Body func(before *Mark) string
	// RecreateIf decides from the mark of the existing comment whether to replace it with a new one, because GitHub does not
	// notify anyone of an edit. Nil means never.
	RecreateIf func(old Mark) bool

	body string // the result of Body
}

// Action is what happened to a comment.
type Action string

// The results of Sync.
const (
	Nothing   Action = "nothing"   // there is no comment, and none was requested
	Created   Action = "created"   // there was none before
	Edited    Action = "edited"    // the existing one
	Unchanged Action = "unchanged" // its content is up to date
	Recreated Action = "recreated" // a new one was written and the old one deleted
	Outdated  Action = "outdated"  // the existing one is newer and was not changed
)

// Outcome is the result of Sync.
type Outcome struct {
	Action  Action
	ID      int64 // of the comment; zero for Nothing
	Deleted int   // surplus comments of ours that were deleted
	Left    int   // surplus comments that could not be deleted
	Why     error // why the first of them could not be; nil if Left is 0
}

// Sync makes sure that a pull request has exactly one comment with a key, with the result of the newest run. It makes one
// request per hundred comments, and one per write. It never changes hidden comments or other people's comments. Concurrent
// runs may leave two comments; the next run deletes one of them.
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

// fold deletes our surplus comments, unless the one to keep could not be written. If a comment cannot be deleted, that is
// reported in the outcome and not as an error.
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

// newest returns the comment of the latest run.
func newest(ours []note) note {
	var out note
	for _, n := range ours {
		if out.id == 0 || n.mark.later(out.mark) {
			out = n
		}
	}
	return out
}

// says reports whether a comment already has the right content, whichever run wrote it.
func (n note) says(w Comment) bool {
	was := n.mark
	was.Run, was.Attempt = w.Mark.Run, w.Mark.Attempt
	_, body, _ := strings.Cut(n.body, "\n")
	return was == w.Mark && stored(body) == stored(w.body)
}

// stored normalises text like the server does: line breaks, and white space at the beginning and end.
func stored(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

// text returns the full text of the comment.
func (w Comment) text() string { return w.Mark.String() + "\n" + w.body }

// wrong returns an error if the comment could not be written, or not be found again.
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
