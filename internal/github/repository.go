package github

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Repository reads the files of one repository. It remembers the commits that it knows and the trees that it has listed, because a commit
// never changes.
// It is not safe for concurrent use.
type Repository struct {
	client      *Client
	owner, name string
	commits     map[string]Commit          // by SHA
	trees       map[string]*snapshot.Files // by commit
}

// Repository returns the repository with a name such as owner/name.
func (c *Client) Repository(name string) *Repository {
	r := &Repository{client: c, commits: map[string]Commit{}, trees: map[string]*snapshot.Files{}}
	r.owner, r.name, _ = strings.Cut(name, "/")
	return r
}

// BranchTip returns the last commit of a branch.
func (r *Repository) BranchTip(ctx context.Context, branch string) (string, error) {
	return r.learn(r.client.BranchTip(ctx, r.owner, r.name, branch))
}

// MergeBase returns the last commit that a branch and a commit have in common.
func (r *Repository) MergeBase(ctx context.Context, branch, commit string) (string, error) {
	return r.learn(r.client.MergeBase(ctx, r.owner, r.name, branch, commit))
}

// learn remembers a commit, and returns its SHA.
func (r *Repository) learn(found Commit, err error) (string, error) {
	if err == nil {
		found.Ref = ""
		r.commits[found.SHA] = found
	}
	return found.SHA, err
}

// Merge returns the commit with which the server would merge a pull request whose head is a commit. If there is none, the error
// is fs.ErrNotExist.
func (r *Repository) Merge(ctx context.Context, pull int, head string) (string, error) {
	return r.client.Merge(ctx, r.owner, r.name, pull, head)
}

// Tree returns all files of the repository at a commit, with their source.Blob instead of their contents.
func (r *Repository) Tree(ctx context.Context, commit string) (fs.FS, error) {
	files, err := r.tree(ctx, commit)
	if err != nil {
		return nil, err // not a nil *snapshot.Files in an interface
	}
	return files, nil
}

func (r *Repository) tree(ctx context.Context, commit string) (*snapshot.Files, error) {
	if known, ok := r.trees[commit]; ok {
		return known, nil
	}
	files, err := r.client.tree(ctx, r.owner, r.name, commit)
	if err == nil {
		r.trees[commit] = files
	}
	return files, err
}

// Folder reads a whole folder of the repository at a commit, and returns the time of the commit. The path "." is the root.
// If the folder contains no registry, the error is fs.ErrNotExist.
func (r *Repository) Folder(ctx context.Context, path, commit string) (*source.Tree, time.Time, error) {
	if path == "." {
		path = ""
	}
	at := Reference{Owner: r.owner, Repo: r.name, Path: path}
	if err := wrongFolder(at, commit); err != nil {
		return nil, time.Time{}, err
	}
	if _, known := r.commits[commit]; !known {
		if _, err := r.learn(r.client.known(ctx, at, commit)); err != nil {
			return nil, time.Time{}, err
		}
	}
	list := func(ctx context.Context) (*snapshot.Files, error) { return r.tree(ctx, commit) }
	tree, found, err := r.client.registry(ctx, at, r.commits[commit], list)
	return tree, found.Date, err
}

// File reads a file of the repository at a commit. The error is fs.ErrNotExist if there is no such file, and
// source.ErrNotRegular if it is not a regular file. GitHub also answers "not found" for files that a token cannot read, so File
// confirms both errors with the list of files.
func (r *Repository) File(ctx context.Context, path, commit string) ([]byte, error) {
	if snapshot.IsOdd(path) { // the server may not find it by its name
		files, err := r.tree(ctx, commit)
		if err != nil {
			return nil, err
		}
		return source.ReadFile(files, path)
	}
	if files, ok := r.trees[commit]; ok {
		if _, err := source.Lstat(files, path); errors.Is(err, fs.ErrNotExist) {
			return nil, fs.ErrNotExist
		}
	}
	data, err := r.client.File(ctx, r.owner, r.name, path, commit)
	var failed *wire.Error
	if !errors.As(err, &failed) || !slices.Contains([]wire.Cause{wire.Empty, wire.NotFile, wire.NotFound}, failed.Cause) {
		return data, err
	}
	files, err := r.Tree(ctx, commit)
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

// Archive hands the regular files of the repository at a commit to visit, as its archive brings them: each at most once, in no order,
// by several goroutines. The data is only valid during the call. Every file is compared with the commit, so it does not matter how
// the archive was made. What Git attributes keep out of the archive or change in it is fetched, within limits. A download that breaks
// off starts again. With an error, visit may have had some of the files.
func (r *Repository) Archive(ctx context.Context, commit string, most source.ArchiveLimits, visit func(file string, data []byte)) (source.Shortfall, error) {
	tree, err := r.tree(ctx, commit)
	if err != nil {
		return source.Shortfall{}, fmt.Errorf("list the files of %s: %w", commit, err)
	}
	link, err := r.client.archiveLink(ctx, Reference{Owner: r.owner, Repo: r.name}, commit)
	if err != nil {
		return source.Shortfall{}, fmt.Errorf("ask for the archive of %s: %w", commit, err)
	}
	code := snapshot.NewCode(tree, commit, most, visit)
	if err := r.client.stream(ctx, link, wire.Demand{Limit: most.Packed, Times: wire.CodeTimes}, code.Read); err != nil {
		return source.Shortfall{}, fmt.Errorf("read the archive of %s: %w", commit, err)
	}
	from := snapshot.Fetcher{One: func(blob string) ([]byte, error) { return r.client.blob(ctx, r.owner, r.name, blob, most.File) }}
	if r.client.graph != nil && !r.client.token.IsZero() {
		from.Many = func(blobs []snapshot.Wanted) (map[string]snapshot.Fetched, error) {
			return r.client.texts(ctx, r.owner, r.name, blobs)
		}
	}
	if err := code.Complete(ctx, from); err != nil {
		return source.Shortfall{}, err
	}
	return code.Short, nil
}
