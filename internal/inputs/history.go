package inputs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gitrepo"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// Local is what a run outside CI finds out by itself, as an event says it in CI.
type Local struct {
	Repository string         // owner/name; empty if unknown, or if the settings name it
	Settings   []diag.Setting // to show in the report
	base       *Base          // nil if there is nothing to compare with
	unchanged  string         // why
	NoBase     bool           // no event of a CI system, no flag and no checkout names a base
}

// history is the history of the checkout that the directory to check belongs to. It reads files as a Forge does, with paths below that
// directory.
type history struct {
	*gitrepo.Repo
	folder string // of the checkout
	head   string // the commit that is checked out
	trees  map[string]*gitrepo.Files
}

// Tree returns the files at a commit.
func (h *history) Tree(_ context.Context, commit string) (fs.FS, error) {
	if files, ok := h.trees[commit]; ok {
		return files, nil
	}
	files, err := h.Repo.Tree(commit, h.folder)
	if err != nil {
		return nil, err //nolint:wrapcheck // it names the object
	}
	h.trees[commit] = files
	return files, nil
}

// File returns a file at a commit.
func (h *history) File(ctx context.Context, name, commit string) ([]byte, error) {
	files, err := h.Tree(ctx, commit)
	if err != nil {
		return nil, err
	}
	return source.ReadFile(files, name)
}

// Archive hands all regular files at a commit to visit.
func (h *history) Archive(ctx context.Context, commit string, most source.ArchiveLimits, visit func(file string, data []byte)) (source.Shortfall, error) {
	if _, err := h.Tree(ctx, commit); err != nil {
		return source.Shortfall{}, err
	}
	return h.trees[commit].Archive(ctx, most, visit) //nolint:wrapcheck // it names the object
}

// openRepo opens the repository of a checkout.
func openRepo(c worktree.Checkout) (*gitrepo.Repo, error) {
	if c.Common == nil {
		return nil, errElsewhere
	}
	return gitrepo.Open(c.Git, c.Common) //nolint:wrapcheck // it says what is wrong
}

// checkedOut returns when the commit was made that is checked out; the zero time if that is unknown.
func checkedOut(c worktree.Checkout) time.Time {
	repo, err := openRepo(c)
	if err != nil {
		return time.Time{}
	}
	head, err := repo.Head()
	if err != nil {
		return time.Time{}
	}
	date, _ := repo.Date(head) // unknown, too
	return date
}

// openHistory opens the history of the checkout. It is nil if there is no checkout, or no commit in it.
func (r Request) openHistory() (*history, error) {
	c, err := r.Host.checkoutOf(r.Dir)
	if err != nil || c.Git == nil {
		return nil, err
	}
	out := &history{folder: c.Folder, trees: map[string]*gitrepo.Files{}}
	if out.Repo, err = openRepo(c); err == nil {
		out.head, err = out.Head()
	}
	if err != nil || out.head == "" {
		return nil, err
	}
	return out, nil
}

// readLocal finds the base and, outside CI, the name of the repository.
func (r Request) readLocal(ctx context.Context, h Head) (out Local, err error) {
	if r.Job != nil {
		out.base, err = r.baseOnDisk()
		return out, err
	}
	past, why := r.openHistory()
	if past != nil && r.Local {
		if name, remote := past.Name(); name != "" {
			out.Repository = name
			out.Settings = append(out.Settings, diag.Setting{Name: "repository", Value: fmt.Sprintf("%s (from the remote %q)", name, remote)})
		}
	}
	named, tip := r.Base, ""
	switch {
	case r.Base != "":
		_, absent := r.Host.IsDir(r.Base)
		if past == nil || !errors.Is(absent, fs.ErrNotExist) {
			out.base, err = r.baseOnDisk()
			return out, err
		}
		if tip, why = past.Commit(r.Base); errors.Is(why, fs.ErrNotExist) {
			return out, Usagef("pass a directory, a manifest, or a branch, tag or commit of the checkout", "--base %s: there is no such file, and no such branch, tag or commit", r.Base)
		}
	case r.Local && past != nil:
		if named, tip, why = past.Default(); errors.Is(why, fs.ErrNotExist) {
			why = errors.New("the checkout has no default branch (origin/HEAD, main or master)")
		}
	}
	commit := ""
	if tip != "" && why == nil {
		if commit, why = past.MergeBase(ctx, tip, past.head); errors.Is(why, fs.ErrNotExist) {
			why = fmt.Errorf("HEAD has no commit in common with %s", named)
		}
	}
	switch {
	case r.Base == "" && why != nil && r.Local:
		out.unchanged = "no --base is given, and " + why.Error()
	case r.Base != "" || commit != "":
		r.compare(ctx, h, past, place{named, commit, why}, tip, &out)
	default:
		out.unchanged = "no --base is given"
	}
	out.NoBase = out.unchanged != ""
	return out, nil
}

// compare sets the base to a commit, which is the merge base of HEAD and the tip of a branch.
func (r Request) compare(ctx context.Context, h Head, past *history, at place, tip string, l *Local) {
	branch, name := at.name, cmp.Or(l.Repository, at.name)
	named := func(commit string) string { return name + "@" + commit[:7] }
	if at.name = name; at.failed == nil {
		at.name = named(at.commit)
		l.Settings = append(l.Settings, diag.Setting{Name: "base", Value: fmt.Sprintf("%s (merge base with %s)", at.commit[:7], branch)})
	}
	l.base = r.baseAt(ctx, h, past, at)
	if tip != at.commit && at.failed == nil {
		l.base.tip = r.baseAt(ctx, h, past, place{named(tip), tip, nil})
	}
}
