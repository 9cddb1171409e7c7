package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/vendorgate/vendorgate/internal/comment"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// maxPages is the maximum number of pages of 100 comments. Beyond that, our comment might not be found.
const maxPages = 50

// commentsQuery asks for the token's owner and a page of comments. It uses fullDatabaseId, because databaseId cannot
// represent numbers above 2^31, which comments exceed.
const commentsQuery = `query($owner: String!, $name: String!, $number: Int!, $cursor: String) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
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
			HeadRefOid string
			Comments   struct {
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

// notes lists the pull request's comments that have a mark, were written by the token's owner, and are not hidden. A marker in
// somebody else's comment does not count. tip is the newest commit of the pull request.
func (c *Client) notes(ctx context.Context, w Comment) (out []comment.Note, tip string, err error) {
	variables := map[string]any{"owner": w.Owner, "name": w.Repo, "number": w.Number}
	for range maxPages {
		var answer commentsAnswer
		if err := c.query(ctx, commentsQuery, variables, &answer); err != nil {
			return nil, "", withMissing(err)
		}
		comments := answer.Repository.PullRequest.Comments
		more, cursor := comments.PageInfo.HasNextPage, comments.PageInfo.EndCursor
		if answer.Viewer.Login == "" || comments.Nodes == nil || more == nil || *more && (cursor == "" || cursor == variables["cursor"]) {
			return nil, "", c.notComments(wire.Unreadable, "the response lacks the account, the comments or the next page")
		}
		for _, node := range comments.Nodes {
			found, mine, err := node.read(answer.Viewer.Login)
			if err != nil {
				return nil, "", c.notComments(wire.Unreadable, err.Error())
			}
			if mine {
				out = append(out, found)
			}
		}
		if !*more {
			return out, answer.Repository.PullRequest.HeadRefOid, nil
		}
		variables["cursor"] = cursor
	}
	return nil, "", c.notComments(wire.TooBig, fmt.Sprintf("the pull request has more than %d comments", maxPages*100))
}

// read reads a comment, and reports whether the viewer wrote it with a mark.
func (n *commentNode) read(viewer string) (found comment.Note, mine bool, err error) {
	if n == nil || n.Body == nil || n.IsMinimized == nil {
		return comment.Note{}, false, fmt.Errorf("a comment has no body")
	}
	id, err := n.FullDatabaseID.Int64()
	if err != nil || id <= 0 {
		return comment.Note{}, false, fmt.Errorf("a comment has no id")
	}
	found, marked := comment.Read(id, *n.Body)
	return found, marked && !*n.IsMinimized && wrote(viewer, n.Author.Login, n.Author.Type), nil
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

func (c *Client) notComments(cause wire.Cause, detail string) error {
	return &wire.Error{Request: http.MethodPost + " " + c.graph.String(), Cause: cause, Detail: detail}
}

// withMissing adds the permission that comments need, if the server only says that one is missing.
func withMissing(err error) error {
	var e *wire.Error
	if errors.As(err, &e) && e.Cause == wire.Permission && e.Missing == "" {
		e.Missing = `"pull-requests: write"`
	}
	return err
}
