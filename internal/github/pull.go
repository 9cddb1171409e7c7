package github

import (
	"context"
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/wire"
)

// Pull is an open pull request.
type Pull struct {
	Number     int
	Author     string // login; empty if the account is gone
	Base       string // branch that it goes into
	BaseCommit string
}

// pullsQuery asks for the open pull requests from a branch of that name, in whatever repository, the last changed ones first.
const pullsQuery = `query($owner: String!, $name: String!, $branch: String!) {
  repository(owner: $owner, name: $name) {
    pullRequests(first: 100, headRefName: $branch, states: [OPEN], orderBy: {field: UPDATED_AT, direction: DESC}) {
      nodes { number headRefOid baseRefName baseRefOid author { login } headRepository { nameWithOwner } }
    }
  }
}`

type pullNode struct {
	Number         int
	HeadRefOid     string
	BaseRefName    string
	BaseRefOid     string
	Author         struct{ Login string } // empty if the account is gone
	HeadRepository struct {               // empty if it was deleted
		NameWithOwner string
	}
}

// OpenPull returns the one open pull request that asks to merge a commit, the tip of a branch of a repository, in one request. from
// is that repository as owner/name. If there is none, or there are several, the error says so.
func (c *Client) OpenPull(ctx context.Context, owner, repo, from, branch, commit string) (Pull, error) {
	if err := wrongPlace(owner, repo, commit); err != nil {
		return Pull{}, err
	}
	var answer struct {
		Repository struct {
			PullRequests struct{ Nodes []*pullNode }
		}
	}
	if err := c.query(ctx, pullsQuery, map[string]any{"owner": owner, "name": repo, "branch": branch}, &answer); err != nil {
		return Pull{}, withMissing(err)
	}
	if answer.Repository.PullRequests.Nodes == nil {
		return Pull{}, c.notComments(wire.Unreadable, "the response lacks the pull requests")
	}
	var found []Pull
	moved := 0
	for _, n := range answer.Repository.PullRequests.Nodes {
		switch {
		case n == nil || n.Number <= 0 || !commitPattern.MatchString(n.BaseRefOid):
			return Pull{}, c.notComments(wire.Unreadable, "a pull request has no number, or no base")
		case !strings.EqualFold(n.HeadRepository.NameWithOwner, from):
		case n.HeadRefOid != commit:
			moved = n.Number
		default:
			found = append(found, Pull{Number: n.Number, Author: n.Author.Login, Base: n.BaseRefName, BaseCommit: n.BaseRefOid})
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return Pull{}, fmt.Errorf("%d open pull requests have the commit %s as their head", len(found), commit[:7])
	case moved != 0:
		return Pull{}, fmt.Errorf("the head of pull request %d is another commit by now", moved)
	}
	return Pull{}, fmt.Errorf("no open pull request has the commit %s as its head", commit[:7])
}
