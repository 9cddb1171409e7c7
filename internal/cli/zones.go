package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/source"
)

// openRules finds the tree that judges. This is the one place that moves a tree into the trusted zone, and none that the
// author of the change could have written: a registry that lies in what is judged is read as it was before the change. It
// is the zero value if there is none to be had; the report then says why.
func openRules(ctx context.Context, env Env, s settings, b *base, rep *diag.Report) source.Rules {
	switch {
	case s.remote != nil:
		if tree := s.remote.fetch(ctx, s, rep); tree != nil {
			return tree.Trust(source.AtCommit)
		}
		return source.Rules{}
	case s.registry == "":
		rep.Notices = append(rep.Notices, "no --registry is given; the registry inside vendorgate answers. As released it knows vendors and approves none: to begin one, see docs/security-team.md")
		return embedded(env)
	}
	inside, below := placeIn(env, s.dir, s.registry)
	switch {
	case !below:
		return onDisk(env, s.registry, source.Apart, rep)
	case s.own == nil && (b == nil || b.files == nil):
		return onDisk(env, s.registry, source.Agreed, rep)
	case s.own == nil:
		return before(b, inside, rep)
	}
	switch apart, err := ownCheckout(env, s, inside); {
	case err != nil:
		noRegistry(rep, path.Clean(s.registry), err.Error(), "Name the registry as owner/repo@ref, or check it out outside of the repository under check.")
		return source.Rules{}
	case apart != "":
		return onDisk(env, s.registry, apart, rep)
	case s.own.event.Rules == "" && s.own.event.RulesBranch == "":
		return onDisk(env, s.registry, source.Agreed, rep)
	}
	return atBase(ctx, s.own, inside, rep)
}

func embedded(env Env) source.Rules {
	return source.New("embedded", "", env.Registry).Trust(source.BuiltIn)
}

// onDisk is a registry in a directory.
func onDisk(env Env, dir string, why source.Trust, rep *diag.Report) source.Rules {
	files, err := env.Open(dir)
	if err != nil {
		noRegistry(rep, path.Clean(dir), source.Reason(err), passDirectory)
		return source.Rules{}
	}
	return source.New(path.Clean(dir), "", files).Trust(why)
}

// before is a registry below the directory of --base.
func before(b *base, inside string, rep *diag.Report) source.Rules {
	origin := path.Join(b.name, inside)
	files, err := fs.Sub(b.files, inside)
	if err == nil {
		_, err = fs.Stat(files, ".")
	}
	if err != nil {
		noRegistry(rep, origin, source.Reason(err), takesEffect)
		return source.Rules{}
	}
	return source.New(origin, "", files).Trust(source.AtBase)
}

// takesEffect is the next step where the registry is only in the change.
const takesEffect = "The registry lies in what is checked, so it is read as it was before the change; what the change adds takes effect after merge."

// atBase is a registry in the repository of the run, at the commit that the event trusts.
func atBase(ctx context.Context, o *own, inside string, rep *diag.Report) source.Rules {
	name := path.Join(o.event.Repository, inside)
	commit, err := o.tip(ctx, o.event.Rules, o.event.RulesBranch)
	if err != nil {
		noRegistry(rep, name, err.Error(), ownHint)
		return source.Rules{}
	}
	tree, at, err := o.folder(ctx, inside, commit)
	if err != nil {
		hint := ownHint
		if errors.Is(err, github.ErrNoRegistry) {
			hint = takesEffect
		}
		noRegistry(rep, name, err.Error(), hint)
		return source.Rules{}
	}
	rep.Committed = at.Date
	return tree.Trust(source.AtBase)
}

// ownHint is the next step where the repository of the run cannot be read by API.
const ownHint = "The registry lies in the repository under check, so it is read from the base commit, and the job's token must be able to read contents: give the job `permissions: contents: read`, or name the registry as owner/repo@ref."

// ownCheckout tells a folder that another step checked out from the repository under check. It is empty for the latter. Git
// lets no commit bring a folder .git along, so the head cannot pretend.
func ownCheckout(env Env, s settings, inside string) (source.Trust, error) {
	workspace, err := env.Open(s.dir)
	if err != nil {
		return "", err
	}
	for at := inside; at != "."; at = path.Dir(at) {
		found, ok := source.ReadCheckout(workspace, at)
		if !ok {
			continue
		}
		event := s.own.event
		switch {
		case found.Remote != "" && !sameRepository(found.Remote, event.Repository) && !sameRepository(found.Remote, event.HeadRepo):
			return source.Apart, nil
		case found.Commit != "" && found.Commit == event.Rules:
			return source.AtBase, nil
		case event.Rules == "" && event.RulesBranch == "":
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

func sameRepository(a, b string) bool { return a != "" && strings.EqualFold(a, b) }

// placeIn is the path of a folder below a directory, with slashes; "." is the directory itself.
func placeIn(env Env, dir, folder string) (inside string, below bool) {
	inside, err := filepath.Rel(env.Abs(dir), env.Abs(folder))
	inside = filepath.ToSlash(inside)
	return inside, err == nil && inside != ".." && !strings.HasPrefix(inside, "../")
}

// within is placeIn for a folder that a search leaves out; empty if it does not lie below the directory, or is the directory.
func within(env Env, dir, folder string) string {
	if folder == "" {
		return ""
	}
	if inside, below := placeIn(env, dir, folder); below && inside != "." {
		return inside
	}
	return ""
}
