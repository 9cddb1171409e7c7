package inputs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"time"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Trusted is the registry whose rules apply, and where it came from.
type Trusted struct {
	Rules      source.Rules       // the zero value if there is none; the account says why
	Registry   *registry.Registry // nil if it cannot be opened
	Policy     *policy.Policy     // nil if it cannot be read or has errors
	Origin     string             // as reports show it; if there is none, what was asked for
	Commit     Commit             // zero if it was read from a directory
	RequestURL string             // where to request a vendor if the policy does not say; empty if unknown
	CheckedOut time.Time          // when the commit was made whose checkout it was read from; zero if that is unknown
	disk       string             // the directory that it was read from; empty if it is elsewhere
	Account
}

// PassDirectory is the hint if a registry cannot be opened.
const PassDirectory = "Pass the directory that contains vendors/ with --registry."

// takesEffect is the hint if the registry exists only in the change.
const takesEffect = "The registry is inside the checked directory, so it is read as it was before the change. A registry that the change adds takes effect after merge."

// NoRegistry returns the result for a registry that is not where the settings say.
func NoRegistry(dir, reason, hint string) Trusted {
	account := lost(dir, reason)
	account.Unread[0].Message = fmt.Sprintf("there is no registry in %q, so there is no verdict: %s", dir, reason)
	account.Unread[0].Hint = hint
	return Trusted{Origin: dir, Account: account}
}

// FindRegistry finds the registry without reading its records or policy. It is the only function that trusts a tree, and it
// never trusts one that the author of the change could have written: a registry inside the checked directory is read as it was
// before the change. base is the tree before the change, nil if there is none.
func (r Request) FindRegistry(ctx context.Context, base *Base) Trusted {
	switch {
	case r.Remote != nil:
		return r.fetch(ctx)
	case r.Registry == "":
		out := Trusted{Rules: r.BuiltIn()}
		out.Account = notice("no --registry is given, so the registry embedded in vendorgate is used, which approves no vendors; to create your own, see docs/security-team.md")
		return out
	}
	inside, below := r.Host.Inside(r.Dir, r.Registry)
	switch {
	case !below:
		return r.onDisk(r.Registry, source.Apart)
	case r.Job == nil && base != nil && base.commit != "":
		return base.registryInHistory(inside)
	case r.Job == nil && (base == nil || base.files == nil):
		return r.onDisk(r.Registry, source.Agreed)
	case r.Job == nil:
		found := base.registry(inside)
		found.disk = filepath.Join(r.Base, inside)
		return found
	}
	switch apart, err := r.otherCheckout(inside); {
	case err != nil:
		return NoRegistry(path.Clean(r.Registry), err.Error(), "Pass the registry as owner/repo@ref, or check it out outside the repository under check.")
	case apart != "":
		return r.onDisk(r.Registry, apart)
	case r.Job.Event.onDefaultBranch():
		return r.onDisk(r.Registry, source.Agreed)
	}
	return r.Job.registryAtBase(ctx, inside)
}

// fetch reads a registry from a repository at one commit.
func (r Request) fetch(ctx context.Context) Trusted {
	tree, commit, err := r.Remote.Fetch(ctx)
	if err != nil {
		return NoRegistry(r.Remote.Name, err.Error(), adviceOn(err, r.Remote.Hint))
	}
	out := Trusted{Rules: tree.Trust(source.AtCommit), Origin: r.Remote.Name, Commit: commit, RequestURL: r.Remote.RequestURL}
	if commit.Low != "" {
		out.Account = notice(commit.Low)
	}
	return out
}

// onDisk opens a registry in a directory.
func (r Request) onDisk(dir string, why source.Trust) Trusted {
	files, err := r.Host.Open(dir)
	if err != nil {
		return NoRegistry(path.Clean(dir), source.Reason(err), PassDirectory)
	}
	return Trusted{Rules: source.New(path.Clean(dir), "", files).Trust(why), disk: dir}
}

// registry opens a registry inside the directory of --base.
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

// registryInHistory reads a registry inside the directory to check as it was on the branch that the change is compared with.
func (b *Base) registryInHistory(inside string) Trusted {
	if b.tip != nil {
		b = b.tip
	}
	origin := path.Join(b.Name, inside)
	files, err := b.tree()
	if err == nil {
		if files, err = fs.Sub(files, inside); err == nil {
			_, err = fs.Stat(files, ".")
		}
	}
	if err != nil {
		return NoRegistry(origin, Because(err), takesEffect)
	}
	return Trusted{Rules: source.New(origin, "", files).Trust(source.AtBase)}
}

// registryAtBase reads a registry in the job's repository, at the commit that the event trusts.
func (j *Job) registryAtBase(ctx context.Context, inside string) Trusted {
	name := path.Join(j.Event.Repository, inside)
	unreadable := "The registry is in the repository under check, so it is read from the base commit, which the job's token must be able to read: " + j.ReadAccess + ", or pass the registry as owner/repo@ref."
	commit, err := j.tip(ctx, j.Event.Rules, j.Event.RulesBranch)
	if err != nil {
		return NoRegistry(name, err.Error(), adviceOn(err, unreadable))
	}
	tree, date, err := j.folder(ctx, inside, commit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return NoRegistry(name, err.Error(), takesEffect)
	case err != nil:
		return NoRegistry(name, err.Error(), adviceOn(err, unreadable))
	}
	return Trusted{Rules: tree.Trust(source.AtBase), Commit: Commit{Date: date}}
}

// otherCheckout says why to trust a registry in a folder that another step checked out. It is empty if the folder belongs to
// the repository under check. The head cannot fake a checkout, because Git allows no .git folder in a commit.
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
		case event.onDefaultBranch():
			return source.Agreed, nil
		}
		return "", fmt.Errorf("it is a checkout of %s at %s, which the change may have written", orUnknown(found.Remote, "place"), orUnknown(found.Commit, "commit"))
	}
	return "", nil
}

func orUnknown(text, what string) string {
	if text == "" {
		return "an unknown " + what
	}
	return text
}

// BuiltIn returns the embedded registry, which is trusted.
func (r Request) BuiltIn() source.Rules { return r.Embedded().Trust(source.BuiltIn) }
