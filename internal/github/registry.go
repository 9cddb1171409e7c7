package github

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"

	gh "github.com/google/go-github/v62/github"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Registry reads the files of a registry at one commit: all of them or none. It makes two calls of the API and one download for the
// default branch or a full ref, and one call more for a name or a commit. If the archive is not that of the commit's tree, as with
// submodules or attributes, there is one call for the list of files, and one for each file that the archive lacks or changes, up to
// maxFetched. The origin of the tree is owner/repo, with the path if the reference has one; its revision is the commit.
func (c *Client) Registry(ctx context.Context, r Reference) (*source.Tree, Commit, error) {
	commit, err := c.resolve(ctx, r)
	if err != nil {
		return nil, Commit{}, fmt.Errorf("find the commit: %w", err)
	}
	return c.registry(ctx, r, commit, c.lister(r, commit.SHA))
}

// lister lists the repository of a registry at a commit.
func (c *Client) lister(r Reference, commit string) snapshot.Lister {
	return func(ctx context.Context) (*snapshot.Files, error) { return c.tree(ctx, r.Owner, r.Repo, commit) }
}

// RegistryAt reads a registry at a commit that the caller already trusts, such as the base commit of a run's own
// repository; it does not check that a branch contains it. It ignores the reference's Ref. It makes two API calls and
// one download, and more as Registry does. If the folder contains no registry, the error is snapshot.ErrNoRegistry.
func (c *Client) RegistryAt(ctx context.Context, r Reference, commit string) (*source.Tree, Commit, error) {
	if err := wrongFolder(r, commit); err != nil {
		return nil, Commit{}, err
	}
	found, err := c.known(ctx, r, commit)
	if err != nil {
		return nil, Commit{}, err
	}
	return c.registry(ctx, r, found, c.lister(r, commit))
}

// wrongFolder returns an error if an untrusted folder or commit is not valid.
func wrongFolder(r Reference, commit string) error {
	if reason, hint := wrongPath(r.Path); reason != "" && r.Path != "" {
		return &snapshot.ReferenceError{Text: r.Path, Reason: reason, Hint: hint}
	}
	return wrongPlace(r.Owner, r.Repo, commit)
}

// known reads what a commit is.
func (c *Client) known(ctx context.Context, r Reference, commit string) (Commit, error) {
	found, err := c.commit(ctx, r, commit)
	if err != nil {
		return Commit{}, fmt.Errorf("find the commit: %w", err)
	}
	if found.Ref = ""; found.SHA != commit {
		return Commit{}, &wire.Error{Request: c.at("repos/" + r.Owner + "/" + r.Repo + "/commits/" + commit), Cause: wire.Unreadable, Detail: "the response is about a different commit"}
	}
	return found, nil
}

// registry reads the files of a registry at a known commit.
func (c *Client) registry(ctx context.Context, r Reference, commit Commit, list snapshot.Lister) (*source.Tree, Commit, error) {
	link, err := c.archiveLink(ctx, r, commit.SHA)
	if err != nil {
		return nil, Commit{}, fmt.Errorf("ask for the archive of %s: %w", commit.SHA, err)
	}
	var packed *snapshot.Registry
	err = c.stream(ctx, link, wire.Demand{Limit: wire.MaxArchive, Times: wire.ArchiveTimes}, func(body io.Reader) (err error) {
		packed, err = snapshot.ReadRegistry(body, r.Path, commit.SHA, snapshot.RegistryLimits())
		return err
	})
	if refused := (*snapshot.ArchiveError)(nil); err != nil && !errors.As(err, &refused) {
		return nil, Commit{}, fmt.Errorf("download the archive of %s: %w", commit.SHA, err)
	}
	if err == nil && !packed.Is(commit.tree) {
		err = packed.Complete(ctx, list)
	}
	if err != nil {
		return nil, Commit{}, fmt.Errorf("read %s: %w", commit.SHA, err)
	}
	files, err := packed.Files()
	if err != nil {
		return nil, Commit{}, fmt.Errorf("read %s: %w", commit.SHA, err)
	}
	return source.New(path.Join(r.Owner, r.Repo, r.Path), commit.SHA, files), commit, nil
}

// archiveLink asks where the archive of a commit is.
func (c *Client) archiveLink(ctx context.Context, r Reference, sha string) (*url.URL, error) {
	request := c.at("repos/" + r.Owner + "/" + r.Repo + "/tarball/" + sha)
	link, _, err := c.api.Repositories.GetArchiveLink(wire.Demanding(ctx, wire.Demand{Link: true}), r.Owner, r.Repo, gh.Tarball, &gh.RepositoryContentGetOptions{Ref: sha}, 0)
	if err != nil {
		return nil, c.plain(request, err)
	}
	if *link == (url.URL{}) {
		return nil, &wire.Error{Request: request, Cause: wire.Redirected, Detail: "the server sent a redirect without a location"}
	}
	link = c.root.ResolveReference(link)
	switch {
	case link.User != nil || link.Hostname() == "":
	case link.Scheme == "https", link.Scheme == "http" && c.root.Scheme == "http" && wire.Loopback(link.Hostname()):
		return link, nil
	}
	return nil, &wire.Error{Request: request, Cause: wire.Redirected, Detail: fmt.Sprintf("the archive is on an unexpected host, %q", c.token.Redact(diag.OneLine(link.Scheme+"://"+link.Host)))}
}

// stream downloads an archive, and has it read as it comes, once for each try. It sends the token only to the API's own host; on other
// hosts, the query of the link grants access. An error of read is returned as it is.
func (c *Client) stream(ctx context.Context, link *url.URL, want wire.Demand, read func(body io.Reader) error) error {
	token := wire.Token{}
	if wire.SameOrigin(link, c.root) {
		token = c.token
	}
	want.Raw, want.Stream = true, read
	request, err := http.NewRequestWithContext(wire.Demanding(ctx, want), http.MethodGet, link.String(), http.NoBody)
	if err != nil {
		return &wire.Error{Request: http.MethodGet + " " + link.Host, Cause: wire.Unreadable, Detail: "the archive's link is not a URL"}
	}
	request.Header.Set("User-Agent", c.api.UserAgent)
	archives := c.with(link, token)
	archives.Archive = true
	answer, err := archives.RoundTrip(request)
	if refused := (*snapshot.ArchiveError)(nil); errors.As(err, &refused) {
		return refused
	}
	if err != nil {
		return c.plain(archives.Name(request), err)
	}
	return answer.Body.Close()
}
