package inputs

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Forge is the server that hosts the repository of a CI job. Commits are 40 hex digits. An error from the server should have
// a method FromServer, so that reports show it unchanged.
type Forge interface {
	// BranchTip returns the last commit of a branch.
	BranchTip(ctx context.Context, branch string) (commit string, err error)
	// MergeBase returns the last commit that a branch and a commit have in common.
	MergeBase(ctx context.Context, branch, commit string) (string, error)
	// Merge returns the commit with which the server would merge a change request. If there is none, or it merges a commit
	// other than head, the error is fs.ErrNotExist.
	Merge(ctx context.Context, change int, head string) (string, error)
	// Tree returns all files of the repository at a commit. Its regular files have a source.Blob. To read one can take a request.
	Tree(ctx context.Context, commit string) (fs.FS, error)
	// Archive hands all regular files of the repository at a commit to visit, as a source.ReadArchive does.
	Archive(ctx context.Context, commit string, most source.ArchiveLimits, visit func(file string, data []byte)) (source.Shortfall, error)
	// File returns a file at a commit. The error is fs.ErrNotExist only if there certainly was no such file, and
	// source.ErrNotRegular if it is not a regular file.
	File(ctx context.Context, path, commit string) ([]byte, error)
	// Folder returns all of a folder at a commit, and the time of the commit. The error is fs.ErrNotExist if there is no
	// registry in it.
	Folder(ctx context.Context, path, commit string) (*source.Tree, time.Time, error)
}

// Event describes what a CI job checks: the tree, the base to compare it with, and the commit whose rules apply.
type Event struct {
	Name       string // as the CI system calls it
	Repository string // owner/name of the repository that the job belongs to
	Change     int    // number of the change request; zero if there is none
	Author     string // login of the author of the change request; empty if unknown
	Unmatched  error  // why Change is zero although the job is about a change request; nil if it is not

	Head      string   // commit to check, for links and for reading it from the Forge
	Away      bool     // the head is not in the workspace but is read from the Forge
	Tips      []string // commits that may be checked out in the workspace; empty if the event does not say
	Forbidden string   // commit that must not be checked out, because the job has secrets and a token with write access
	HeadRepo  string   // owner/name of the repository that Head was pushed to; empty if that was deleted

	Merge     string // commit that merges the change request, if the event names it
	Default   string // default branch; empty if nothing is compared with it
	Target    string // branch that a change request goes into, or that the job runs for; empty if there is none
	Unchanged string // why the job checks no change; empty if it does

	Base       string // commit to compare with, instead of a merge base
	BaseBranch string // branch to compare with, instead of a merge base, if the event names no commit

	Rules       string // commit that the repository's own registry and settings are read from
	RulesBranch string // branch that they are read from, if there is no commit

	Deleted bool // the push deleted its branch or tag, so there is nothing to check
}

// onDefaultBranch reports whether the workspace is the default branch, which the organisation has approved.
func (e Event) onDefaultBranch() bool { return e.Rules == "" && e.RulesBranch == "" }

// Job is the CI job that a check runs in.
type Job struct {
	Event       Event
	Forge       Forge         // of Event.Repository; nil if Unavailable says why there is none
	Unavailable error         // why there is no Forge
	ReadAccess  string        // how to let the job read its repository, as part of a hint
	Low         func() string // says that few of the requests are left that the server allows, or nothing; may be nil

	tips map[string]string // of branches that were asked for
}

// at returns the name of a commit of the repository in reports.
func (j *Job) at(commit string) string {
	return j.Event.Repository + "@" + commit[:min(7, len(commit))]
}

// tip returns the commit, or the tip of the branch if commit is empty. One of them must be set.
func (j *Job) tip(ctx context.Context, commit, branch string) (string, error) {
	switch {
	case j.Unavailable != nil:
		return "", j.Unavailable
	case commit != "":
		return commit, nil
	case j.tips[branch] != "":
		return j.tips[branch], nil
	}
	commit, err := j.Forge.BranchTip(ctx, branch)
	if err == nil {
		if j.tips == nil {
			j.tips = map[string]string{}
		}
		j.tips[branch] = commit
	}
	return commit, err
}

// agreedTip returns the tip of the default branch. In a merge queue, that is the commit that the group is merged into. The base commit
// that an event names for a change request may be an older one.
func (j *Job) agreedTip(ctx context.Context) (string, error) {
	if j.Event.Change != 0 {
		return j.tip(ctx, "", j.Event.Default)
	}
	return j.tip(ctx, j.Event.Rules, j.Event.RulesBranch)
}

// merged returns the commit to check: the merge commit of the change request, so that it is not blamed for what the target branch
// changed in the meantime, or the head if there is no merge commit.
func (j *Job) merged(ctx context.Context) (string, error) {
	switch e := j.Event; {
	case e.Merge != "":
		return e.Merge, nil
	case j.Unavailable != nil:
		return "", j.Unavailable
	case e.Change == 0:
		return e.Head, nil
	}
	commit, err := j.Forge.Merge(ctx, j.Event.Change, j.Event.Head)
	if errors.Is(err, fs.ErrNotExist) {
		return j.Event.Head, nil
	}
	return commit, err
}

func (j *Job) tree(ctx context.Context, commit string) (fs.FS, error) {
	if j.Unavailable != nil {
		return nil, j.Unavailable
	}
	return j.Forge.Tree(ctx, commit)
}

func (j *Job) folder(ctx context.Context, path, commit string) (*source.Tree, time.Time, error) {
	if j.Unavailable != nil {
		return nil, time.Time{}, j.Unavailable
	}
	return j.Forge.Folder(ctx, path, commit)
}

// ours reports whether a checkout may be of the job's repository, or of the fork that the change comes from.
func (j *Job) ours(remote string) bool {
	return remote == "" || scalar.SameRepository(remote, j.Event.Repository) || scalar.SameRepository(remote, j.Event.HeadRepo)
}

// Commit is the commit that a registry was read at.
type Commit struct {
	Ref  string // the requested ref in full, such as refs/heads/main; empty for a commit, and HEAD for the default branch
	Date time.Time
	Low  string // says that few of the requests are left that the server allows; empty if there are enough
}

// RemoteRegistry is a registry in a repository.
type RemoteRegistry struct {
	Name       string // as reports show it
	Repository string // owner/name
	Path       string // of the registry in the repository; empty for the root
	RequestURL string // where to request a vendor; empty if unknown
	Page       string // URL of the repository's page; empty if unknown
	Hint       string // the next step if it cannot be fetched
	Fetch      func(ctx context.Context) (*source.Tree, Commit, error)
}
