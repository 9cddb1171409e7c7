package gitlab

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/comment"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Note is the note that a merge request should have.
type Note struct {
	Project int64 // of the merge request
	IID     int64
	comment.Wanted
}

// Outcome is what happened to the note.
type Outcome struct {
	Action  comment.Action
	ID      int64 // of the note; zero for Nothing
	Deleted int   // surplus notes of ours that were deleted
	Left    int   // surplus notes that could not be deleted
}

// maxNotePages limits the requests for the notes of a merge request, with 100 notes each.
const maxNotePages = 50

type noteAnswer struct {
	ID     int64  `json:"id"`
	Body   string `json:"body"`
	System bool   `json:"system"`
	Author struct {
		ID int64 `json:"id"`
	} `json:"author"`
}

// Sync writes, edits, replaces or leaves our note on a merge request. Only notes of the token's own account are ours: anyone can write a
// note with our mark.
func (c *Client) Sync(ctx context.Context, w Note) (Outcome, error) {
	if w.Project <= 0 || w.IID <= 0 {
		return Outcome{}, fmt.Errorf("gitlab: %d is not a merge request", w.IID)
	}
	var me struct {
		ID int64 `json:"id"`
	}
	if _, err := c.get(ctx, c.api, "user", nil, &me); err != nil {
		return Outcome{}, fmt.Errorf("ask whose token it is: %w", err)
	}
	if me.ID <= 0 {
		return Outcome{}, c.wrong(http.MethodGet, "user", wire.Unreadable, "the response has no account")
	}
	notes, err := c.notes(ctx, w, me.ID)
	if err != nil {
		return Outcome{}, fmt.Errorf("list the notes: %w", err)
	}
	plan := w.Plan(notes)
	if plan.Body != "" && !plan.Mark.Valid() {
		return Outcome{}, fmt.Errorf("gitlab: %q is not a valid mark", plan.Mark)
	}
	out := Outcome{Action: plan.Action, ID: plan.ID}
	switch plan.Action {
	case comment.Create, comment.Recreate:
		out.ID, err = c.create(ctx, w, plan, notes, me.ID)
	case comment.Edit:
		err = c.edit(ctx, w, plan.ID, plan.Body)
		if gone := absent(err); gone && w.Create { // somebody deleted it in the meantime
			out.Action = comment.Create
			out.ID, err = c.create(ctx, w, plan, notes, me.ID)
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
		if err := c.remove(ctx, w, id); err != nil {
			out.Left = len(plan.Surplus) - i
			break
		}
		out.Deleted++
	}
	return out, nil
}

func (w Note) path() string {
	return projectPath(w.Project) + "/merge_requests/" + strconv.FormatInt(w.IID, 10) + "/notes"
}

// notes lists the notes with a mark that an account wrote.
func (c *Client) notes(ctx context.Context, w Note, author int64) ([]comment.Note, error) {
	query := url.Values{"sort": {"asc"}, "order_by": {"created_at"}, "per_page": {"100"}}
	var out []comment.Note
	for page := 1; page <= maxNotePages; page++ {
		query.Set("page", strconv.Itoa(page))
		var found []noteAnswer
		header, err := c.get(ctx, c.api, w.path(), query, &found)
		if err != nil {
			return nil, err
		}
		for _, n := range found {
			if n.ID <= 0 || n.Author.ID <= 0 {
				return nil, c.wrong(http.MethodGet, w.path(), wire.Unreadable, "a note has no number, or no author")
			}
			if note, marked := comment.Read(n.ID, n.Body); marked && !n.System && n.Author.ID == author {
				out = append(out, note)
			}
		}
		switch next := header.Get("X-Next-Page"); {
		case next == "":
			return out, nil
		case next != strconv.Itoa(page+1):
			return nil, c.wrong(http.MethodGet, w.path(), wire.Unreadable, "the response does not say which page is the next")
		}
	}
	return nil, c.wrong(http.MethodGet, w.path(), wire.TooBig, fmt.Sprintf("the merge request has more than %d notes", maxNotePages*100))
}

// create writes a note. If it is unknown whether that succeeded, it looks before it tries again.
func (c *Client) create(ctx context.Context, w Note, plan comment.Plan, known []comment.Note, author int64) (int64, error) {
	before := map[int64]bool{}
	for _, n := range known {
		before[n.ID] = true
	}
	for try := 0; ; try++ {
		id, err := c.write(ctx, http.MethodPost, w.path(), plan.Body, wire.AsMethod)
		if !unsure(err) || try == 1 {
			return id, err
		}
		found, listErr := c.notes(ctx, w, author)
		if listErr != nil {
			return 0, err
		}
		for _, n := range found {
			if n.Mark == plan.Mark && !before[n.ID] {
				return n.ID, nil
			}
		}
	}
}

// unsure reports whether a request may have succeeded in spite of the error.
func unsure(err error) bool {
	var e *wire.Error
	return errors.As(err, &e) && (e.Status == 0 && e.Cause != wire.Redirected || e.Status >= http.StatusInternalServerError)
}

func (c *Client) edit(ctx context.Context, w Note, id int64, body string) error {
	made, err := c.write(ctx, http.MethodPut, w.path()+"/"+number(id), body, wire.Settles)
	if err == nil && made != id {
		err = c.wrong(http.MethodPut, w.path()+"/"+number(id), wire.Unreadable, "the response is about another note")
	}
	return err
}

func (c *Client) remove(ctx context.Context, w Note, id int64) error {
	if err := c.run.Pause(ctx); err != nil {
		return err
	}
	_, _, err := c.send(ctx, c.api, http.MethodDelete, w.path()+"/"+number(id), nil, nil, wire.Demand{Does: wire.Settles, Raw: true})
	if absent(err) {
		return nil
	}
	return err
}

// write creates or edits a note, and returns its number.
func (c *Client) write(ctx context.Context, method, path, body string, does wire.Effect) (int64, error) {
	if err := c.run.Pause(ctx); err != nil {
		return 0, err
	}
	data, _, err := c.send(ctx, c.api, method, path, nil, map[string]string{"body": withoutActions(body)}, wire.Demand{Does: does})
	if err != nil {
		return 0, err
	}
	var made noteAnswer
	if err := c.decode(method, path, data, &made); err != nil {
		return 0, err
	}
	if made.ID <= 0 {
		return 0, c.wrong(method, path, wire.Unreadable, "the response does not contain the number of the note")
	}
	return made.ID, nil
}

// actionPattern is the beginning of a line that GitLab takes for a quick action, such as /merge. It would be done with our token.
var actionPattern = regexp.MustCompile(`(?m)^([ \t]*)/`)

// withoutActions takes the effect from lines that GitLab would take for quick actions, whatever text they come from.
func withoutActions(body string) string {
	return actionPattern.ReplaceAllString(strings.ReplaceAll(body, "\r", "\n"), "$1&#47;")
}
