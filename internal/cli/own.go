package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/action"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/source"
)

// own is the repository that a run of GitHub Actions belongs to, and what the run is about.
type own struct {
	event       action.Event
	owner, name string
	client      *github.Client
	noClient    error // why there is none

	trees map[string]fs.FS // by commit, which never changes: no second question, and no ETag, is needed
}

// newOwn reads what the run is about. It asks nothing of the server.
func newOwn(env Env, event action.Event, token github.Token, net network) *own {
	o := &own{event: event, trees: map[string]fs.FS{}}
	o.owner, o.name, _ = strings.Cut(event.Repository, "/")
	api := env.Getenv("GITHUB_API_URL")
	if api == "" {
		api = publicAPI
	}
	if !validRepository(event.Repository) {
		o.noClient = fmt.Errorf("%q is not the name of a repository", event.Repository)
		return o
	}
	o.client, o.noClient = net.connect(api, env.Getenv("GITHUB_GRAPHQL_URL"), token)
	return o
}

// at names a commit of the repository as reports do.
func (o *own) at(commit string) string {
	return o.event.Repository + "@" + commit[:min(7, len(commit))]
}

// tip is a commit that the event names, or else the tip of a branch that it names. Both empty is a mistake of the caller.
func (o *own) tip(ctx context.Context, commit, branch string) (string, error) {
	if o.noClient != nil {
		return "", o.noClient
	}
	if commit != "" {
		return commit, nil
	}
	found, err := o.client.BranchTip(ctx, o.owner, o.name, branch)
	return found.SHA, err
}

// tree is all files of the repository at a commit.
func (o *own) tree(ctx context.Context, commit string) (fs.FS, error) {
	if o.noClient != nil {
		return nil, o.noClient
	}
	if known, ok := o.trees[commit]; ok {
		return known, nil
	}
	files, err := o.client.Tree(ctx, o.owner, o.name, commit)
	if err == nil {
		o.trees[commit] = files
	}
	return files, err
}

// folder is a folder of the repository at a commit, as a registry is read.
func (o *own) folder(ctx context.Context, path, commit string) (*source.Tree, github.Commit, error) {
	if o.noClient != nil {
		return nil, github.Commit{}, o.noClient
	}
	if path == "." {
		path = ""
	}
	return o.client.RegistryAt(ctx, github.Reference{Owner: o.owner, Repo: o.name, Path: path}, commit)
}

// file is a file of the repository at a commit. That it was not there is fs.ErrNotExist. What makes a file less than it is
// must be certain: a server also says "not found" of what a token may not see, and an answer may get lost on its way. So
// the list of files is asked too.
func (o *own) file(ctx context.Context, path, commit string) ([]byte, error) {
	if o.noClient != nil {
		return nil, o.noClient
	}
	if files, ok := o.trees[commit]; ok {
		if _, err := source.Lstat(files, path); errors.Is(err, fs.ErrNotExist) {
			return nil, fs.ErrNotExist
		}
	}
	data, err := o.client.File(ctx, o.owner, o.name, path, commit)
	var failed *github.Error
	if !errors.As(err, &failed) || !slices.Contains([]github.Cause{github.Empty, github.NotFile, github.NotFound}, failed.Cause) {
		return data, err
	}
	files, err := o.tree(ctx, commit)
	if err != nil {
		return nil, err
	}
	switch info, err := source.Lstat(files, path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fs.ErrNotExist
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, source.ErrNotRegular
	case info.Size() == 0:
		return nil, nil
	default:
		return nil, failed
	}
}
