package inputs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Trusted is the registry that judges, and where it came from.
type Trusted struct {
	Rules      source.Rules       // the zero value if there is none to be had; the account then says why
	Registry   *registry.Registry // nil if it cannot be opened
	Policy     *policy.Policy     // nil if it cannot be read or understood
	Origin     string             // how reports call it; where there is none, what was asked for
	Commit     Commit             // that it was read at; zero if it was read from a directory
	RequestURL string             // where a vendor is requested if the policy does not say; empty if nobody knows
	Account
}

// PassDirectory is the next step where a registry cannot be opened.
const PassDirectory = "Pass the directory of the registry, which holds vendors/, with --registry."

// takesEffect is the next step where the registry is only in the change.
const takesEffect = "The registry lies in what is checked, so it is read as it was before the change; what the change adds takes effect after merge."

// NoRegistry is the account of a registry that is not where the settings say. That is a matter of the settings.
func NoRegistry(dir, reason, hint string) Trusted {
	account := lost(dir, reason)
	account.Unread[0].Message = fmt.Sprintf("there is no registry in %q, so there is no verdict: %s", dir, reason)
	account.Unread[0].Hint = hint
	return Trusted{Origin: dir, Account: account}
}

// FindRegistry finds the tree that judges. This is the one place that moves a tree into the trusted zone, and none that the
// author of the change could have written: a registry that lies in what is judged is read as it was before the change. base
// is that tree, nil if there is none. Neither records nor policy are read.
func (r Request) FindRegistry(ctx context.Context, base *Base) Trusted {
	switch {
	case r.Remote != nil:
		return r.fetch(ctx)
	case r.Registry == "":
		out := Trusted{Rules: r.BuiltIn()}
		out.Account = notice("no --registry is given; the registry inside vendorgate answers. As released it knows vendors and approves none: to begin one, see docs/security-team.md")
		return out
	}
	inside, below := r.Host.Inside(r.Dir, r.Registry)
	switch {
	case !below:
		return r.onDisk(r.Registry, source.Apart)
	case r.Job == nil && (base == nil || base.files == nil):
		return r.onDisk(r.Registry, source.Agreed)
	case r.Job == nil:
		return base.registry(inside)
	}
	switch apart, err := r.otherCheckout(inside); {
	case err != nil:
		return NoRegistry(path.Clean(r.Registry), err.Error(), "Name the registry as owner/repo@ref, or check it out outside of the repository under check.")
	case apart != "":
		return r.onDisk(r.Registry, apart)
	case r.Job.Event.agreed():
		return r.onDisk(r.Registry, source.Agreed)
	}
	return r.Job.registryAtBase(ctx, inside)
}

// fetch reads a registry in a repository at one commit.
func (r Request) fetch(ctx context.Context) Trusted {
	tree, commit, err := r.Remote.Fetch(ctx)
	if err != nil {
		return NoRegistry(r.Remote.Name, err.Error(), r.Remote.Hint)
	}
	return Trusted{Rules: tree.Trust(source.AtCommit), Origin: r.Remote.Name, Commit: commit, RequestURL: r.Remote.RequestURL}
}

// onDisk is a registry in a directory.
func (r Request) onDisk(dir string, why source.Trust) Trusted {
	files, err := r.Host.Open(dir)
	if err != nil {
		return NoRegistry(path.Clean(dir), source.Reason(err), PassDirectory)
	}
	return Trusted{Rules: source.New(path.Clean(dir), "", files).Trust(why)}
}

// registry is a registry below the directory of --base.
func (b *Base) registry(inside string) Trusted {
	origin := path.Join(b.Name, inside)
	files, err := fs.Sub(b.files, inside)
	if err == nil {
		_, err = fs.Stat(files, ".")
	}
	if err != nil {
		return NoRegistry(origin, source.Reason(err), takesEffect)
	}
	return Trusted{Rules: source.New(origin, "", files).Trust(source.AtBase)}
}

// registryAtBase is a registry in the repository of the job, at the commit that the event trusts.
func (j *Job) registryAtBase(ctx context.Context, inside string) Trusted {
	name := path.Join(j.Event.Repository, inside)
	unreadable := "The registry lies in the repository under check, so it is read from the base commit, and the job's token must be able to read contents: " + j.ReadAccess + ", or name the registry as owner/repo@ref."
	commit, err := j.tip(ctx, j.Event.Rules, j.Event.RulesBranch)
	if err != nil {
		return NoRegistry(name, err.Error(), unreadable)
	}
	tree, date, err := j.folder(ctx, inside, commit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return NoRegistry(name, err.Error(), takesEffect)
	case err != nil:
		return NoRegistry(name, err.Error(), unreadable)
	}
	return Trusted{Rules: tree.Trust(source.AtBase), Commit: Commit{Date: date}}
}

// otherCheckout tells a folder that another step checked out from the repository under check. It is empty for the latter. Git
// lets no commit bring a folder .git along, so the head cannot pretend.
func (r Request) otherCheckout(inside string) (source.Trust, error) {
	workspace, err := r.Host.Open(r.Dir)
	if err != nil {
		return "", err
	}
	for at := inside; at != "."; at = path.Dir(at) {
		found, ok := source.ReadCheckout(workspace, at)
		if !ok {
			continue
		}
		event := r.Job.Event
		switch {
		case !r.Job.ours(found.Remote):
			return source.Apart, nil
		case found.Commit != "" && found.Commit == event.Rules:
			return source.AtBase, nil
		case event.agreed():
			return source.Agreed, nil
		}
		return "", fmt.Errorf("it is a checkout of %s at %s, which the change may have written", orUnknown(found.Remote), orUnknown(found.Commit))
	}
	return "", nil
}

func orUnknown(text string) string {
	if text == "" {
		return "an unknown place"
	}
	return text
}

// BuiltIn is the registry inside vendorgate.
func (r Request) BuiltIn() source.Rules { return r.Embedded().Trust(source.BuiltIn) }
