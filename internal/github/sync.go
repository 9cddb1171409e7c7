package github

import (
	"context"
	"fmt"
	"strings"
)

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
