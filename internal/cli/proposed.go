package cli

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/lint"
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

// lintOwn looks at the whole registry in a run of its own repository that judges no change, such as one on a schedule.
func lintOwn(ctx context.Context, env Env, s settings, known *registry.Registry, rules *policy.Policy, rep *diag.Report) {
	inside, ok := s.ownRegistry(env)
	if !ok || inside != "." || s.own == nil || s.own.event.Rules != "" || s.own.event.RulesBranch != "" || s.own.event.Deleted {
		return
	}
	result := runLint(ctx, lint.New(lint.Input{
		Files: registry.AsData(known.Tree, source.New("embedded", "", env.Registry)), Policy: rules, AsOf: rep.AsOf, Version: env.Build.release(),
	}))
	rep.Findings = append(rep.Findings, result.Findings...)
	addGaps(rep, result.Gaps)
}

// check reports what a change does to the registry: that it takes effect after merge, and what is wrong in what it touches,
// alone and beside all other files. It returns the paths of the files in the repository, by the names that findings have
// them under.
func (p *proposal) check(ctx context.Context, env Env, s settings, known *registry.Registry, rules *policy.Policy, rep *diag.Report) map[string]string {
	embedded := source.New("embedded", "", env.Registry)
	in := lint.Input{
		Files: registry.AsData(p.files, embedded), Base: registry.AsData(known.Tree, embedded),
		Policy: rules, AsOf: rep.AsOf, Touched: true, Version: env.Build.release(),
	}
	if s.own != nil {
		in.Author = s.own.event.Author
	}
	linter := lint.New(in)
	changed := linter.Changes()
	if len(changed) == 0 {
		return nil
	}
	result := runLint(ctx, linter)
	places := map[string]string{}
	for _, f := range result.Findings {
		places[f.Pos.File] = path.Join(p.prefix, strings.TrimPrefix(f.Pos.File, p.files.Origin+"/"))
	}
	rep.Findings = append(rep.Findings, result.Findings...)
	addGaps(rep, result.Gaps)
	shown := changed[:min(len(changed), 5)]
	more := ""
	if n := len(changed) - len(shown); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	rep.Notices = append(rep.Notices, fmt.Sprintf("this change edits the registry that judges it (%s%s): that takes effect after merge, and the verdict is by %s as it is now",
		strings.Join(shown, ", "), more, known.Tree.Origin))
	return places
}
