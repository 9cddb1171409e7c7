package github

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"strconv"

	gh "github.com/google/go-github/v62/github"
)

// MergeBase returns the last commit that a branch and a commit have in common, in one request. branch is its name without
// refs/heads/. The commit may be one of a fork that has a pull request here. If the two have nothing in common, or either
// does not exist, the error is an *Error with Cause NotFound.
func (c *Client) MergeBase(ctx context.Context, owner, repo, branch, commit string) (Commit, error) {
	if err := wrongPlace(owner, repo, commit); err != nil {
		return Commit{}, err
	}
	if reason, hint := wrongRef(branch); reason != "" {
		return Commit{}, &ReferenceError{Text: branch, Reason: reason, Hint: hint}
	}
	ref := "refs/heads/" + branch
	compared, request, err := c.compare(ctx, Reference{Owner: owner, Repo: repo}, ref, commit)
	if err != nil {
		return Commit{}, err
	}
	return commitOf(request, ref, compared.GetMergeBaseCommit())
}

// compare asks how a commit lies to a ref. request names the request in errors. It asks for the second page, because the first has up to
// 300 changed files with their changes, which can be larger than any answer that is read.
func (c *Client) compare(ctx context.Context, r Reference, ref, commit string) (compared *gh.CommitsComparison, request string, err error) {
	request = c.at("repos/" + r.Owner + "/" + r.Repo + "/compare/" + url.PathEscape(ref) + "..." + commit)
	compared, _, err = c.api.Repositories.CompareCommits(ctx, r.Owner, r.Repo, ref, commit, &gh.ListOptions{Page: 2, PerPage: 1})
	return compared, request, c.plain(request, err)
}

// Merge returns the commit with which the server would merge a pull request, in one request. If there is none, or it merges
// another commit than head, the error is fs.ErrNotExist: the server makes it some time after a push, and keeps the old one
// while there is a conflict.
func (c *Client) Merge(ctx context.Context, owner, repo string, pull int, head string) (string, error) {
	if err := wrongPlace(owner, repo, head); err != nil {
		return "", err
	}
	ref := "pull/" + strconv.Itoa(pull) + "/merge"
	request := c.at("repos/" + owner + "/" + repo + "/commits/" + ref)
	found, _, err := c.api.Repositories.GetCommit(ctx, owner, repo, ref, &gh.ListOptions{PerPage: 1})
	if err = c.plain(request, err); absent(err) {
		return "", fs.ErrNotExist
	}
	if err != nil {
		return "", err
	}
	out, err := commitOf(request, "refs/"+ref, found)
	if err != nil {
		return "", err
	}
	if len(found.Parents) != 2 || found.Parents[1].GetSHA() != head {
		return "", fmt.Errorf("%s is not a merge of %s: %w", out.SHA, head, fs.ErrNotExist)
	}
	return out.SHA, nil
}
