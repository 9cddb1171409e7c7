package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// proposal is what a change wants of the registry that judges it: data to be checked, never rules.
type proposal struct {
	files  *source.Tree // the registry as it is in the head
	prefix string       // its path in the repository
}

// ownRegistry is the path of the registry in the repository of the run; false if it lies elsewhere.
func (s settings) ownRegistry(env Env) (string, bool) {
	switch {
	case s.remote != nil:
		r := s.remote.reference
		return path.Clean(r.Path), s.own != nil && sameRepository(r.Owner+"/"+r.Repo, s.own.event.Repository)
	case s.registry == "":
		return "", false
	}
	return placeIn(env, s.dir, s.registry)
}

// readProposal finds the registry in the head; nil if the rules are not another version of it. One that the change deletes
// is an empty one.
func readProposal(ctx context.Context, env Env, s settings, rules source.Rules, h head, rep *diag.Report) *proposal {
	inside, ok := s.ownRegistry(env)
	if !ok || h.files == nil || rules.Why() != source.AtBase && rules.Why() != source.AtCommit {
		return nil
	}
	if s.own != nil && s.own.event.Rules == "" && s.own.event.RulesBranch == "" {
		return nil // what is judged is what the organisation has agreed on
	}
	if h.away != "" {
		tree, _, err := s.own.folder(ctx, inside, h.away)
		if err != nil {
			rep.Gaps = append(rep.Gaps, diag.Gap{Target: s.own.at(h.away), Reason: "the registry as the change has it cannot be read: " + err.Error()})
			return nil
		}
		return &proposal{source.New(inside, "", tree.Files), inside}
	}
	files, err := fs.Sub(h.files, inside)
	if err != nil {
		return nil
	}
	return &proposal{source.New(h.name(inside), "", files), inside}
}

// check reports what a change does to the registry: that it takes effect after merge, and what is wrong in it.
func (p *proposal) check(known *registry.Registry, rep *diag.Report) {
	var changed []string
	for _, name := range p.names(known.Tree, rep) {
		after, err := p.files.Read(name)
		was, before := known.Tree.Read(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if before == nil {
				changed = append(changed, name+" (removed)")
			}
			continue
		case err != nil:
			rep.Gaps = append(rep.Gaps, diag.Gap{Target: p.files.Name(name), Reason: "cannot be read: " + source.Reason(err)})
			continue
		case before == nil && bytes.Equal(after, was):
			continue
		}
		changed = append(changed, name)
		rep.Findings = append(rep.Findings, policy.Proposed(p.problems(known, name, after))...)
	}
	if len(changed) == 0 {
		return
	}
	shown := changed[:min(len(changed), 5)]
	more := ""
	if n := len(changed) - len(shown); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	rep.Notices = append(rep.Notices, fmt.Sprintf("this change edits the registry that judges it (%s%s): that takes effect after merge, and the verdict is by %s as it is now",
		strings.Join(shown, ", "), more, known.Tree.Origin))
}

// names are the files of the registry, before and after the change, sorted.
func (p *proposal) names(known *source.Tree, rep *diag.Report) []string {
	names := []string{"policy.yaml"}
	for _, folder := range []string{"vendors", "waivers"} {
		for _, tree := range []*source.Tree{known, p.files} {
			found, err := tree.List(folder, ".yaml")
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				rep.Gaps = append(rep.Gaps, diag.Gap{Target: tree.Name(folder), Reason: "cannot be read: " + source.Reason(err)})
			}
			for _, name := range found {
				names = append(names, folder+"/"+name+".yaml")
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (p *proposal) problems(known *registry.Registry, name string, data []byte) []diag.Problem {
	if name != "policy.yaml" {
		return known.CheckData(name, p.files.Name(name), data)
	}
	_, problems := policy.Load(p.files.Name(name), data, Version)
	return problems
}
