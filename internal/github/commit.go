package github

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	gh "github.com/google/go-github/v62/github"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Commit is the commit at which a registry was read.
type Commit struct {
	SHA  string    // 40 hex digits
	Ref  string    // refs/heads/NAME or refs/tags/NAME that led to it; for a bare commit the branch that holds it; HEAD for the default branch
	Date time.Time // of the commit, as its committer wrote it

	tree string // git's name of its files; empty if the server does not say
}

// resolve finds the one commit that a reference names: in one call for the default branch and a full ref, otherwise in two.
func (c *Client) resolve(ctx context.Context, r Reference) (Commit, error) {
	switch {
	case r.Ref == "":
		return c.head(ctx, r)
	case commitPattern.MatchString(r.Ref):
		return c.reachable(ctx, r)
	case strings.HasPrefix(r.Ref, "refs/"):
		return c.commit(ctx, r, r.Ref)
	}
	return c.named(ctx, r)
}

// head reads the tip of the default branch. The list of commits begins with it, so its name is not asked for.
func (c *Client) head(ctx context.Context, r Reference) (Commit, error) {
	request := c.at("repos/" + r.Owner + "/" + r.Repo + "/commits")
	found, _, err := c.api.Repositories.ListCommits(ctx, r.Owner, r.Repo, &gh.CommitsListOptions{ListOptions: gh.ListOptions{PerPage: 1}})
	if err != nil {
		return Commit{}, c.plain(request, err)
	}
	if len(found) == 0 {
		return Commit{}, &wire.Error{Request: request, Cause: wire.Unreadable, Detail: "the response lists no commit"}
	}
	return commitOf(request, snapshot.Head, found[0])
}

// named finds the branch or tag with a name. It is an error if there are both.
func (c *Client) named(ctx context.Context, r Reference) (Commit, error) {
	var found []Commit
	for _, space := range []string{"refs/heads/", "refs/tags/"} {
		commit, err := c.commit(ctx, r, space+r.Ref)
		if err == nil {
			found = append(found, commit)
		} else if !absent(err) {
			return Commit{}, err
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	e := &wire.Error{Request: c.at("repos/" + r.Owner + "/" + r.Repo), Cause: wire.NotFound, Detail: fmt.Sprintf("there is no branch or tag %q", r.Ref)}
	switch {
	case len(found) > 1:
		e.Cause, e.Detail = wire.Rejected, fmt.Sprintf("%q is both a branch and a tag; write @refs/heads/%s or @refs/tags/%s", r.Ref, r.Ref, r.Ref)
	case shortPattern.MatchString(r.Ref):
		e.Detail += "; write a commit with all 40 digits"
	}
	return Commit{}, e
}

// BranchTip reads the commit that a branch points to. branch is its name without refs/heads/, as in an event. If it
// does not exist, the error is an *wire.Error with Cause NotFound.
func (c *Client) BranchTip(ctx context.Context, owner, repo, branch string) (Commit, error) {
	if err := wrongRepository(owner, repo); err != nil {
		return Commit{}, err
	}
	if reason, hint := wrongRef(branch); reason != "" {
		return Commit{}, &snapshot.ReferenceError{Text: branch, Reason: reason, Hint: hint}
	}
	tip, err := c.commit(ctx, Reference{Owner: owner, Repo: repo}, "refs/heads/"+branch)
	if absent(err) {
		err = &wire.Error{Request: c.at("repos/" + owner + "/" + repo), Cause: wire.NotFound, Detail: fmt.Sprintf("there is no branch %q", branch)}
	}
	return tip, err
}

// absent reports whether a ref does not exist. GitHub answers 422 then; 404 means that the repository does not exist.
func absent(err error) bool {
	var e *wire.Error
	return errors.As(err, &e) && e.Status == http.StatusUnprocessableEntity
}

func (c *Client) defaultBranch(ctx context.Context, r Reference) (string, error) {
	request := c.at("repos/" + r.Owner + "/" + r.Repo)
	repo, _, err := c.api.Repositories.Get(ctx, r.Owner, r.Repo)
	if err != nil {
		return "", c.plain(request, err)
	}
	branch := repo.GetDefaultBranch()
	if reason, _ := wrongRef(branch); reason != "" {
		return "", &wire.Error{Request: request, Cause: wire.Unreadable, Detail: fmt.Sprintf("the default branch has an unsupported name, %q", diag.OneLine(branch))}
	}
	return branch, nil
}

// commit reads the commit that a fully qualified ref points to.
func (c *Client) commit(ctx context.Context, r Reference, ref string) (Commit, error) {
	short := strings.TrimPrefix(ref, "refs/")
	request := c.at("repos/" + r.Owner + "/" + r.Repo + "/commits/" + short)
	found, _, err := c.api.Repositories.GetCommit(ctx, r.Owner, r.Repo, short, &gh.ListOptions{PerPage: 1}) // one file of the change; none is of use
	if err != nil {
		return Commit{}, c.plain(request, err)
	}
	return commitOf(request, ref, found)
}

func commitOf(request, ref string, found *gh.RepositoryCommit) (Commit, error) {
	out := Commit{SHA: found.GetSHA(), Ref: ref, Date: found.GetCommit().GetCommitter().GetDate().Time}
	if !commitPattern.MatchString(out.SHA) || out.Date.IsZero() {
		return Commit{}, &wire.Error{Request: request, Cause: wire.Unreadable, Detail: "the response has no commit, or no commit date"}
	}
	if tree := found.GetCommit().GetTree().GetSHA(); commitPattern.MatchString(tree) {
		out.tree = tree
	}
	return out, nil
}

// reachable checks that a bare commit is on the default branch. GitHub also serves commits of forks under the name of
// the parent repository.
func (c *Client) reachable(ctx context.Context, r Reference) (Commit, error) {
	branch, err := c.defaultBranch(ctx, r)
	if err != nil {
		return Commit{}, err
	}
	ref := "refs/heads/" + branch
	compared, request, err := c.compare(ctx, r, ref, r.Ref)
	if err != nil {
		return Commit{}, err
	}
	out, err := commitOf(request, ref, compared.GetMergeBaseCommit())
	if status := compared.GetStatus(); status != "behind" && status != "identical" || err == nil && out.SHA != r.Ref {
		return Commit{}, &wire.Error{
			Request: request, Cause: wire.Rejected,
			Detail: fmt.Sprintf("the commit is not on the branch %q and may come from a fork; name a commit of that branch, or the branch or tag that contains it", branch),
		}
	}
	return out, err
}

// at names a request for a path below the API's root.
func (c *Client) at(path string) string {
	return http.MethodGet + " " + c.root.String() + path
}

// compare asks how a commit lies to a ref. request names the request in errors. It asks for the second page, because the first has up to
// 300 changed files with their changes, which can be larger than any answer that is read.
func (c *Client) compare(ctx context.Context, r Reference, ref, commit string) (compared *gh.CommitsComparison, request string, err error) {
	request = c.at("repos/" + r.Owner + "/" + r.Repo + "/compare/" + url.PathEscape(ref) + "..." + commit)
	compared, _, err = c.api.Repositories.CompareCommits(ctx, r.Owner, r.Repo, ref, commit, &gh.ListOptions{Page: 2, PerPage: 1})
	return compared, request, c.plain(request, err)
}

// MergeBase returns the last commit that a branch and a commit have in common, in one request. branch is its name without
// refs/heads/. The commit may be one of a fork that has a pull request here. If the two have nothing in common, or either
// does not exist, the error is an *wire.Error with Cause NotFound.
func (c *Client) MergeBase(ctx context.Context, owner, repo, branch, commit string) (Commit, error) {
	if err := wrongPlace(owner, repo, commit); err != nil {
		return Commit{}, err
	}
	if reason, hint := wrongRef(branch); reason != "" {
		return Commit{}, &snapshot.ReferenceError{Text: branch, Reason: reason, Hint: hint}
	}
	ref := "refs/heads/" + branch
	compared, request, err := c.compare(ctx, Reference{Owner: owner, Repo: repo}, ref, commit)
	if err != nil {
		return Commit{}, err
	}
	return commitOf(request, ref, compared.GetMergeBaseCommit())
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
