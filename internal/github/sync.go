package github

import (
	"context"
	"errors"
	"fmt"

	"github.com/vendorgate/vendorgate/internal/comment"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Comment describes a comment that vendorgate wants on a pull request.
type Comment struct {
	Owner, Repo string
	Number      int // of the pull request
	comment.Wanted
}

// Outcome is the result of Sync.
type Outcome struct {
	Action  comment.Action
	ID      int64 // of the comment; zero for Nothing
	Deleted int   // surplus comments of ours that were deleted
	Left    int   // surplus comments that could not be deleted
	Why     error // why the first of them could not be; nil if Left is 0
}

// wrong returns an error if the comment could not be written, or not be found again.
func (w Comment) wrong() error {
	if err := wrongRepository(w.Owner, w.Repo); err != nil {
		return err
	}
	if mark := w.Mark; mark.State == "" {
		mark.State = "x"
		if !mark.Valid() {
			return fmt.Errorf("github: %q is not a valid marker", mark)
		}
	}
	if w.Number <= 0 {
		return fmt.Errorf("github: %d is not a pull request number", w.Number)
	}
	return nil
}

// Sync makes sure that a pull request has exactly one comment with a key, with the result of the newest run. It makes one
// request per hundred comments, and one per write. It never changes hidden comments or other people's comments. Concurrent
// runs may leave two comments; the next run deletes one of them.
func (c *Client) Sync(ctx context.Context, w Comment) (Outcome, error) {
	if err := w.wrong(); err != nil {
		return Outcome{}, err
	}
	notes, tip, err := c.notes(ctx, w)
	if err != nil {
		return Outcome{}, fmt.Errorf("list the comments: %w", err)
	}
	w.Tip = tip
	plan := w.Plan(notes)
	out := Outcome{Action: plan.Action, ID: plan.ID}
	if plan.Body != "" && !plan.Mark.Valid() {
		return Outcome{}, fmt.Errorf("github: %q is not a valid marker", plan.Mark)
	}
	switch plan.Action {
	case comment.Create, comment.Recreate:
		out.ID, err = c.create(ctx, w, plan, notes)
	case comment.Edit:
		err = c.edit(ctx, w, plan.ID, plan.Body)
		var e *wire.Error
		if gone := errors.As(err, &e) && e.Cause == wire.NotFound; gone && w.Create { // somebody deleted it in the meantime
			out.Action = comment.Create
			out.ID, err = c.create(ctx, w, plan, notes)
		} else if gone {
			out, err = Outcome{Action: comment.Nothing}, nil
		}
	case comment.Nothing, comment.Keep, comment.Outdated:
	}
	if err != nil {
		return Outcome{}, err
	}
	for _, n := range plan.Fold {
		if err := c.edit(ctx, w, n.ID, n.Body()); err != nil {
			return Outcome{}, err
		}
	}
	for i, id := range plan.Surplus {
		if out.Why = c.remove(ctx, w, id); out.Why != nil {
			out.Left = len(plan.Surplus) - i
			break
		}
		out.Deleted++
	}
	return out, nil
}
