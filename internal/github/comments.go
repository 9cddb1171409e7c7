package github

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// maxPages is the maximum number of pages of 100 comments. Beyond that, our comment might not be found.
const maxPages = 50

// commentsQuery asks for the token's owner and a page of comments. It uses fullDatabaseId, because databaseId cannot
// represent numbers above 2^31, which comments exceed.
const commentsQuery = `query($owner: String!, $name: String!, $number: Int!, $cursor: String) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $cursor) {
        nodes { fullDatabaseId author { __typename login } body isMinimized }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`

// commentsAnswer is the response. Pointers distinguish absent from empty.
type commentsAnswer struct {
	Viewer     struct{ Login string }
	Repository struct {
		PullRequest struct {
			Comments struct {
				Nodes    []*commentNode
				PageInfo struct {
					HasNextPage *bool
					EndCursor   string
				}
			}
		}
	}
}

type commentNode struct {
	FullDatabaseID json.Number // as a text
	Author         struct {    // empty if the account is gone
		Login string
		Type  string `json:"__typename"`
	}
	Body        *string
	IsMinimized *bool
}

// note is one of our comments.
type note struct {
	id   int64
	mark Mark
	body string
}

// ours lists the pull request's comments that have our key, were written by the token's owner, and are not hidden,
// oldest first. A marker in somebody else's comment does not count.
func (c *Client) ours(ctx context.Context, w Comment) ([]note, error) {
	var out []note
	variables := map[string]any{"owner": w.Owner, "name": w.Repo, "number": w.Number}
	for range maxPages {
		var answer commentsAnswer
		if err := c.query(ctx, commentsQuery, variables, &answer); err != nil {
			return nil, withMissing(err)
		}
		comments := answer.Repository.PullRequest.Comments
		more, cursor := comments.PageInfo.HasNextPage, comments.PageInfo.EndCursor
		if answer.Viewer.Login == "" || comments.Nodes == nil || more == nil || *more && (cursor == "" || cursor == variables["cursor"]) {
			return nil, c.notComments(Unreadable, "the response lacks the account, the comments or the next page")
		}
		for _, node := range comments.Nodes {
			found, mine, err := node.read(answer.Viewer.Login, w.Mark.Key)
			if err != nil {
				return nil, c.notComments(Unreadable, err.Error())
			}
			if mine {
				out = append(out, found)
			}
		}
		if !*more {
			slices.SortFunc(out, func(a, b note) int { return cmp.Compare(a.id, b.id) })
			return out, nil
		}
		variables["cursor"] = cursor
	}
	return nil, c.notComments(TooBig, fmt.Sprintf("the pull request has more than %d comments", maxPages*100))
}

// read reads a comment, and reports whether it is ours.
func (n *commentNode) read(viewer, key string) (found note, ours bool, err error) {
	if n == nil || n.Body == nil || n.IsMinimized == nil {
		return note{}, false, fmt.Errorf("a comment has no body")
	}
	id, err := n.FullDatabaseID.Int64()
	if err != nil || id <= 0 {
		return note{}, false, fmt.Errorf("a comment has no id")
	}
	mark, marked := ParseMark(*n.Body)
	ours = marked && mark.Key == key && !*n.IsMinimized && wrote(viewer, n.Author.Login, n.Author.Type)
	return note{id, mark, *n.Body}, ours, nil
}

// wrote reports whether an author is the viewer. GraphQL names the viewer of an app's token app[bot], and its comments'
// author app; a user may have that name too.
func wrote(viewer, login, kind string) bool {
	name, isBot := strings.CutSuffix(viewer, "[bot]")
	if want := map[bool]string{true: "Bot", false: "User"}[isBot]; kind != want {
		return false
	}
	return strings.TrimSuffix(login, "[bot]") == name
}

func (c *Client) notComments(cause Cause, detail string) error {
	return &Error{Request: http.MethodPost + " " + c.graph.String(), Cause: cause, Detail: detail}
}

// withMissing adds the permission that comments need, if the server only says that one is missing.
func withMissing(err error) error {
	var e *Error
	if errors.As(err, &e) && e.Cause == Permission && e.Missing == "" {
		e.Missing = `"pull-requests: write"`
	}
	return err
}
