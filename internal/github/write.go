package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	gh "github.com/google/go-github/v62/github"

	"github.com/vendorgate/vendorgate/internal/comment"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// create writes a new comment. If the outcome is unknown, it looks for the comment, and writes it again if it is not
// there. known are the comments from before.
func (c *Client) create(ctx context.Context, w Comment, plan comment.Plan, known []comment.Note) (int64, error) {
	before := map[int64]bool{}
	for _, n := range known {
		before[n.ID] = true
	}
	for try := 0; ; try++ {
		id, err := c.post(ctx, w, plan.Body)
		if !unsure(err) {
			return id, err
		}
		found, _, listErr := c.notes(ctx, w)
		if listErr != nil {
			return 0, err
		}
		for _, n := range found {
			if n.Mark == plan.Mark && !before[n.ID] {
				return n.ID, nil
			}
		}
		if try == 1 {
			return 0, err
		}
	}
}

// unsure reports whether a failed request may still have taken effect.
func unsure(err error) bool {
	var e *wire.Error
	return errors.As(err, &e) && (e.Status == 0 && e.Cause != wire.Redirected || e.Status >= http.StatusInternalServerError)
}

func (c *Client) post(ctx context.Context, w Comment, body string) (int64, error) {
	var id int64
	err := c.write(ctx, wire.AsMethod, func(ctx context.Context) (string, error) {
		made, _, err := c.api.Issues.CreateComment(ctx, w.Owner, w.Repo, w.Number, &gh.IssueComment{Body: gh.String(body)})
		id = made.GetID()
		return fmt.Sprintf("%s %srepos/%s/%s/issues/%d/comments", http.MethodPost, c.root, w.Owner, w.Repo, w.Number), saysWhich(err, id > 0)
	})
	if err != nil {
		return 0, fmt.Errorf("create the comment: %w", err)
	}
	return id, nil
}

func (c *Client) edit(ctx context.Context, w Comment, id int64, body string) error {
	err := c.write(ctx, wire.Settles, func(ctx context.Context) (string, error) {
		made, _, err := c.api.Issues.EditComment(ctx, w.Owner, w.Repo, id, &gh.IssueComment{Body: gh.String(body)})
		return c.commentRequest(http.MethodPatch, w, id), saysWhich(err, made.GetID() == id)
	})
	if err != nil {
		return fmt.Errorf("edit the comment: %w", err)
	}
	return nil
}

// remove deletes a comment. It is not an error if the comment no longer exists.
func (c *Client) remove(ctx context.Context, w Comment, id int64) error {
	err := c.write(ctx, wire.Settles, func(ctx context.Context) (string, error) {
		_, err := c.api.Issues.DeleteComment(ctx, w.Owner, w.Repo, id)
		return c.commentRequest(http.MethodDelete, w, id), err
	})
	var e *wire.Error
	if err == nil || errors.As(err, &e) && e.Cause == wire.NotFound {
		return nil
	}
	return fmt.Errorf("delete a superfluous comment: %w", err)
}

func (c *Client) commentRequest(method string, w Comment, id int64) string {
	return fmt.Sprintf("%s %srepos/%s/%s/issues/comments/%d", method, c.root, w.Owner, w.Repo, id)
}

// saysWhich returns an error if the response does not contain the comment's id.
func saysWhich(err error, named bool) error {
	if err == nil && !named {
		return errors.New("it does not contain the comment's id")
	}
	return err
}

// write sends a request that changes something, after a pause since the previous one. do names the request.
func (c *Client) write(ctx context.Context, does wire.Effect, do func(context.Context) (string, error)) error {
	c.run.Writing.Lock()
	defer c.run.Writing.Unlock()
	if err := c.run.Pause(ctx); err != nil {
		return err
	}
	request, err := do(wire.Demanding(ctx, wire.Demand{Does: does}))
	return withMissing(c.plain(request, err))
}
