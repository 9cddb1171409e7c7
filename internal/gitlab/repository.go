package gitlab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"time"

	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Repository reads the files of one project. It caches the trees that it has listed, because a commit never changes. It is not safe
// for concurrent use.
type Repository struct {
	client  *Client
	project string // in paths of the API
	name    string
	trees   map[string]*snapshot.Files // by commit
}

// Repository returns the repository of a project.
func (c *Client) Repository(p Project) *Repository {
	return &Repository{client: c, project: projectPath(p.ID), name: p.Path, trees: map[string]*snapshot.Files{}}
}

// BranchTip returns the last commit of a branch.
func (r *Repository) BranchTip(ctx context.Context, branch string) (string, error) {
	if wrongRef(branch) {
		return "", &snapshot.ReferenceError{Text: branch, Reason: "the name of the branch has characters that are not supported"}
	}
	found, err := r.client.tip(ctx, r.project, "refs/heads/"+branch)
	if absent(err) {
		err = r.client.wrong(http.MethodGet, r.project, wire.NotFound, fmt.Sprintf("there is no branch %q that the token can read", branch))
	}
	return found.SHA, err
}

// MergeBase returns the last commit that a branch and a commit have in common. It asks for the tip of the branch first, because a tag
// can have the name of a branch.
func (r *Repository) MergeBase(ctx context.Context, branch, commit string) (string, error) {
	if !snapshot.IsHash(commit) {
		return "", &snapshot.ReferenceError{Text: commit, Reason: "it is not a commit of 40 lower-case hexadecimal digits"}
	}
	tip, err := r.BranchTip(ctx, branch)
	if err != nil {
		return "", err
	}
	path := r.project + "/repository/merge_base"
	var found commitAnswer
	if _, err := r.client.get(ctx, r.client.api, path, url.Values{"refs[]": {tip, commit}}, &found); err != nil {
		return "", err
	}
	base, err := r.client.commitOf(path, "", found)
	return base.SHA, err
}

// Merge returns fs.ErrNotExist: GitLab checks out the merge itself, in pipelines for merged results.
func (*Repository) Merge(context.Context, int, string) (string, error) { return "", fs.ErrNotExist }

// Tree returns all files of the repository at a commit, with their source.Blob instead of their contents.
func (r *Repository) Tree(ctx context.Context, commit string) (fs.FS, error) {
	files, err := r.tree(ctx, commit)
	if err != nil {
		return nil, err // not a nil pointer in an interface
	}
	return files, nil
}

func (r *Repository) tree(ctx context.Context, commit string) (*snapshot.Files, error) {
	if known, ok := r.trees[commit]; ok {
		return known, nil
	}
	if !snapshot.IsHash(commit) {
		return nil, &snapshot.ReferenceError{Text: commit, Reason: "it is not a commit of 40 lower-case hexadecimal digits"}
	}
	files, err := r.client.tree(ctx, r.project, commit)
	if err == nil {
		r.trees[commit] = files
	}
	return files, err
}

// File reads a file of the repository at a commit. The error is fs.ErrNotExist if there is no such file, and source.ErrNotRegular if it
// is not a regular file.
func (r *Repository) File(ctx context.Context, path, commit string) ([]byte, error) {
	files, err := r.tree(ctx, commit)
	if err != nil {
		return nil, err
	}
	data, err := source.ReadFile(files, path)
	var failed *wire.Error
	var limit *wire.LimitError
	switch {
	case errors.As(err, &failed):
		return nil, failed
	case errors.As(err, &limit):
		return nil, limit
	}
	return data, err
}

// Folder reads a whole folder of the repository at a commit, and returns the time of the commit. The path "." is the root. If the
// folder contains no registry, the error is fs.ErrNotExist.
func (r *Repository) Folder(ctx context.Context, folder, commit string) (*source.Tree, time.Time, error) {
	if folder == "." {
		folder = ""
	}
	if folder != "" && !snapshot.IsFolder(folder) {
		return nil, time.Time{}, &snapshot.ReferenceError{Text: folder, Reason: "it is not a valid folder path"}
	}
	found, err := r.client.at(ctx, r.project, commit)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("find the commit: %w", err)
	}
	tree, err := r.registry(ctx, folder, commit)
	return tree, found.Date, err
}

// registry reads the files of a registry at a known commit, from the archive of the commit, compared with its list of files.
func (r *Repository) registry(ctx context.Context, folder, commit string) (*source.Tree, error) {
	var packed *snapshot.Registry
	err := r.stream(ctx, commit, wire.Demand{Limit: wire.MaxArchive, Times: wire.ArchiveTimes}, func(body io.Reader) (err error) {
		packed, err = snapshot.ReadRegistry(body, folder, commit, snapshot.RegistryLimits())
		return err
	})
	if err == nil && !r.proves(ctx, packed, folder, commit) {
		err = packed.Complete(ctx, func(ctx context.Context) (*snapshot.Files, error) { return r.tree(ctx, commit) })
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", commit, err)
	}
	files, err := packed.Files()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", commit, err)
	}
	return source.New(path.Join(r.name, folder), commit, files), nil
}

// proves reports whether an archive certainly has the registry as the commit has it. That takes one request for what git calls the folders of
// the registry, where a list of all files takes one for every hundred. If it is false, the list has to say what is wrong.
func (r *Repository) proves(ctx context.Context, packed *snapshot.Registry, folder, commit string) bool {
	if _, listed := r.trees[commit]; listed {
		return false // that costs nothing
	}
	query := url.Values{"ref": {commit}, "per_page": {"100"}, "pagination": {"keyset"}}
	if folder != "" {
		query.Set("path", folder)
	}
	var page []treeEntry
	header, err := r.client.get(ctx, r.client.api, r.project+"/repository/tree", query, &page)
	if err != nil {
		return false
	}
	if next, err := nextPage(header); next != "" || err != nil {
		return false
	}
	names := map[string]string{}
	for _, entry := range page {
		switch entry.Type + entry.Mode {
		case "tree040000", "blob100644", "blob100755", "blob100664":
			names[path.Base(entry.Path)] = entry.ID
		}
	}
	return packed.Has(names)
}

// Registry reads the files of a registry at one commit: all of them or none.
func (c *Client) Registry(ctx context.Context, r Reference) (*source.Tree, Commit, error) {
	commit, err := c.resolve(ctx, r)
	if err != nil {
		return nil, Commit{}, fmt.Errorf("find the commit: %w", err)
	}
	repository := &Repository{client: c, project: named(r.Project), name: r.Project, trees: map[string]*snapshot.Files{}}
	tree, err := repository.registry(ctx, r.Path, commit.SHA)
	return tree, commit, err
}

// stream downloads the archive of a commit, and has it read as it comes, once for each try.
func (r *Repository) stream(ctx context.Context, commit string, want wire.Demand, read func(body io.Reader) error) error {
	want.Raw, want.Stream = true, read
	query := url.Values{"sha": {commit}, "include_lfs_blobs": {"false"}}
	_, _, err := r.client.send(ctx, r.client.archives, http.MethodGet, r.project+"/repository/archive.tar.gz", query, nil, want)
	return err
}

// Archive hands the regular files of the repository at a commit to visit, as its archive brings them: each at most once, in no order,
// by several goroutines. The data is only valid during the call. Every file is compared with the commit. What Git attributes keep out
// of the archive or change in it is fetched, within limits. With an error, visit may have had some of the files.
func (r *Repository) Archive(ctx context.Context, commit string, most source.ArchiveLimits, visit func(file string, data []byte)) (source.Shortfall, error) {
	tree, err := r.tree(ctx, commit)
	if err != nil {
		return source.Shortfall{}, fmt.Errorf("list the files of %s: %w", commit, err)
	}
	code := snapshot.NewCode(tree, commit, most, visit)
	if err := r.stream(ctx, commit, wire.Demand{Limit: most.Packed, Times: wire.CodeTimes}, code.Read); err != nil {
		return source.Shortfall{}, fmt.Errorf("read the archive of %s: %w", commit, err)
	}
	err = code.Complete(ctx, snapshot.Fetcher{One: func(blob string) ([]byte, error) { return r.client.blob(ctx, r.project, blob, most.File) }})
	return code.Short, err
}
