package gitlab

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Commit is the commit at which a registry was read.
type Commit struct {
	SHA  string    // 40 hex digits
	Ref  string    // refs/heads/NAME or refs/tags/NAME that led to it; for a bare commit the branch or tag that holds it; HEAD for the default branch
	Date time.Time // of the commit, as its committer wrote it
}

type commitAnswer struct {
	ID   string    `json:"id"`
	Date time.Time `json:"committed_date"`
}

func (c *Client) commitOf(path, ref string, found commitAnswer) (Commit, error) {
	if !snapshot.IsHash(found.ID) || found.Date.IsZero() {
		return Commit{}, c.wrong(http.MethodGet, path, wire.Unreadable, "the response is not a commit")
	}
	return Commit{SHA: found.ID, Ref: ref, Date: found.Date}, nil
}

// resolve finds the one commit that a reference names.
func (c *Client) resolve(ctx context.Context, r Reference) (Commit, error) {
	switch project := named(r.Project); {
	case r.Ref == "":
		return c.head(ctx, project)
	case snapshot.IsHash(r.Ref):
		return c.reachable(ctx, project, r.Ref)
	case strings.HasPrefix(r.Ref, "refs/"):
		return c.tip(ctx, project, r.Ref)
	}
	return c.namedRef(ctx, r)
}

// head reads the tip of the default branch. The list of commits begins with it, so its name is not asked for.
func (c *Client) head(ctx context.Context, project string) (Commit, error) {
	path := project + "/repository/commits"
	var found []commitAnswer
	if _, err := c.get(ctx, c.api, path, url.Values{"per_page": {"1"}}, &found); err != nil {
		return Commit{}, err
	}
	if len(found) == 0 {
		return Commit{}, c.wrong(http.MethodGet, path, wire.Unreadable, "the response lists no commit")
	}
	return c.commitOf(path, snapshot.Head, found[0])
}

// namedRef finds the branch or tag with a name. It is an error if there are both.
func (c *Client) namedRef(ctx context.Context, r Reference) (Commit, error) {
	project := named(r.Project)
	branch, err := c.tip(ctx, project, "refs/heads/"+r.Ref)
	if err != nil && !absent(err) {
		return Commit{}, err
	}
	tag, tagErr := c.tip(ctx, project, "refs/tags/"+r.Ref)
	switch {
	case tagErr != nil && !absent(tagErr):
		return Commit{}, tagErr
	case err == nil && tagErr == nil:
		return Commit{}, c.wrong(http.MethodGet, project, wire.Rejected, fmt.Sprintf("%q is both a branch and a tag; write @refs/heads/%s or @refs/tags/%s", r.Ref, r.Ref, r.Ref))
	case err == nil:
		return branch, nil
	case tagErr == nil:
		return tag, nil
	}
	return Commit{}, c.wrong(http.MethodGet, project, wire.NotFound, fmt.Sprintf("there is no branch or tag %q that the token can read", r.Ref))
}

// tip reads the commit that a branch or tag points to.
func (c *Client) tip(ctx context.Context, project, ref string) (Commit, error) {
	path := project + "/repository/branches/"
	name, isBranch := strings.CutPrefix(ref, "refs/heads/")
	if !isBranch {
		name = strings.TrimPrefix(ref, "refs/tags/")
		path = project + "/repository/tags/"
	}
	path += url.PathEscape(name)
	var found struct {
		Name   string       `json:"name"`
		Commit commitAnswer `json:"commit"`
	}
	if _, err := c.get(ctx, c.api, path, nil, &found); err != nil {
		return Commit{}, err
	}
	if found.Name != name {
		return Commit{}, c.wrong(http.MethodGet, path, wire.Unreadable, "the response is about another branch or tag")
	}
	return c.commitOf(path, ref, found.Commit)
}

// at reads a commit.
func (c *Client) at(ctx context.Context, project, commit string) (Commit, error) {
	path := project + "/repository/commits/" + commit
	var found commitAnswer
	if _, err := c.get(ctx, c.api, path, nil, &found); err != nil {
		return Commit{}, err
	}
	if found.ID != commit {
		return Commit{}, c.wrong(http.MethodGet, path, wire.Unreadable, "the response is about another commit")
	}
	return c.commitOf(path, "", found)
}

// reachable reads a commit that a branch or a tag of the project holds. A project also has the commits of merge requests from forks,
// which nobody has approved.
func (c *Client) reachable(ctx context.Context, project, commit string) (Commit, error) {
	found, err := c.at(ctx, project, commit)
	if err != nil {
		return Commit{}, err
	}
	path := project + "/repository/commits/" + commit + "/refs"
	var refs []struct {
		Type string `json:"type"`
		Name string `json:"name"`
	}
	if _, err := c.get(ctx, c.api, path, url.Values{"type": {"all"}, "per_page": {"100"}}, &refs); err != nil {
		return Commit{}, err
	}
	for _, ref := range refs {
		space, ok := map[string]string{"branch": "refs/heads/", "tag": "refs/tags/"}[ref.Type]
		if ok && !wrongRef(ref.Name) {
			found.Ref = space + ref.Name
			return found, nil
		}
	}
	return Commit{}, c.wrong(http.MethodGet, path, wire.Rejected, "no branch or tag of the project holds this commit")
}

// absent reports whether something does not exist, or cannot be seen.
func absent(err error) bool {
	var e *wire.Error
	return errors.As(err, &e) && e.Status == http.StatusNotFound
}
