package inputs

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Forge is a server that holds the repository of a CI job. Commits are 40 hex digits. An error that the server gave should
// have a method FromServer, so that reports show it whole.
type Forge interface {
	// BranchTip is the last commit of a branch.
	BranchTip(ctx context.Context, branch string) (commit string, err error)
	// MergeBase is the last commit that a branch and a commit have in common. There must be one.
	MergeBase(ctx context.Context, branch, commit string) (string, error)
	// Merge is the commit with which the server would merge a change request. If it has none, or merges another commit than
	// head, the error is fs.ErrNotExist.
	Merge(ctx context.Context, change int, head string) (string, error)
	// Tree is all files of the repository at a commit. It need not hold the contents of files, only their source.Blob.
	Tree(ctx context.Context, commit string) (fs.FS, error)
	// File is a file at a commit. One that certainly was not there is fs.ErrNotExist, one that is no plain file is
	// source.ErrNotRegular.
	File(ctx context.Context, path, commit string) ([]byte, error)
	// Folder is a folder at a commit, read whole, and the time of the commit. One that holds no registry is fs.ErrNotExist.
	Folder(ctx context.Context, path, commit string) (*source.Tree, time.Time, error)
}

// Event is what a CI job is about: which tree is judged, what it is compared with, and whose rules judge it.
type Event struct {
	Name       string // as the CI system has it
	Repository string // owner/name of the repository that the job belongs to
	Change     int    // number of the change request; zero if there is none
	Author     string // login of who opened it; empty if unknown

	Head     string   // commit to judge, for links and for reading it from the Forge
	Away     bool     // the workspace does not hold the head: it is read from the Forge, at Head
	Tips     []string // what the workspace may have checked out; empty if the event does not say
	Never    string   // what it must not have checked out, because the job has secrets and a token that writes
	HeadRepo string   // owner/name of the repository that Head was pushed to; empty if that was deleted

	Merge     string // commit that merges the change request, where the event names it
	Default   string // default branch; empty if nothing is compared with it
	Target    string // branch that a change request goes into, or that the job is about; empty if there is none
	Unchanged string // why the job judges no change; empty if it does

	Base       string // commit to compare with instead of a merge base
	BaseBranch string // branch whose tip is compared with instead of a merge base, where the event names no commit

	Rules       string // commit that the repository's own registry and settings are read from
	RulesBranch string // branch whose tip they are read from instead

	Deleted bool // the push deleted its branch or tag: there is nothing to judge
}

// agreed reports that the workspace is what the organisation has agreed on: the default branch, as it is.
func (e Event) agreed() bool { return e.Rules == "" && e.RulesBranch == "" }

// Job is the CI job that a check runs in.
type Job struct {
	Event       Event
	Forge       Forge  // of Event.Repository; nil if Unavailable says why there is none
	Unavailable error  // why there is no Forge
	ReadAccess  string // what lets the job read its repository, as a step of a hint
}

// at names a commit of the repository as reports do.
func (j *Job) at(commit string) string {
	return j.Event.Repository + "@" + commit[:min(7, len(commit))]
}

// tip is a commit that the event names, or else the tip of a branch that it names. Both empty is a mistake of the caller.
func (j *Job) tip(ctx context.Context, commit, branch string) (string, error) {
	switch {
	case j.Unavailable != nil:
		return "", j.Unavailable
	case commit != "":
		return commit, nil
	default:
		return j.Forge.BranchTip(ctx, branch)
	}
}

// merged is the commit to judge: that of the change request as it would be merged, so that it is not blamed for what the target
// branch changed since, or else the head.
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

// ours reports whether a checkout may be of the repository of the job, or of the fork that the change comes from.
func (j *Job) ours(remote string) bool {
	return remote == "" || scalar.SameRepository(remote, j.Event.Repository) || scalar.SameRepository(remote, j.Event.HeadRepo)
}

// Commit is a commit that a registry was read at.
type Commit struct {
	Ref  string // that was asked for, in full: refs/heads/main; empty if it was a commit
	Date time.Time
}

// RemoteRegistry is a registry in a repository.
type RemoteRegistry struct {
	Name       string // as reports call it
	Repository string // owner/name
	Path       string // of the registry in it; empty for the root
	RequestURL string // where a vendor is requested; empty if unknown
	Hint       string // the next step where it cannot be fetched
	Fetch      func(ctx context.Context) (*source.Tree, Commit, error)
}
