package check

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/impact"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// registryChange checks the files of the registry that a change edits, alone and together with the others, and says when
// the edits take effect. places maps names of files in findings to their paths in the repository, and means says what becomes of
// the registry after the merge. A job in the registry's own repository without a change checks the whole registry.
func (in Inputs) registryChange(ctx context.Context, asOf time.Time) (said remarks, places map[string]string, means []diag.Section) {
	said = stated(in.Change.Account)
	known, embedded := in.Trusted.Registry, source.New("embedded", "", in.Embedded)
	about := lint.Input{Policy: in.Trusted.Policy, AsOf: asOf, Version: in.Release}
	switch {
	case known == nil:
		return said, nil, nil
	case in.Change.Files == nil && !in.WholeRegistry:
		return said, nil, nil
	case in.Change.Files == nil:
		about.Files, about.PolicyChosen = registry.AsData(known.Tree, embedded), true // that it has none was reported before
		about.WithoutEvidence = true                                                  // a registry that is downloaded comes without
		result := lintFiles(ctx, lint.New(about))
		return said.plus(remarks{findings: result.Findings, gaps: result.Gaps}), nil, nil
	}
	about.Files, about.Base = registry.AsData(in.Change.Files, embedded), registry.AsData(known.Tree, embedded)
	about.Touched, about.Author, about.PolicyChosen = true, in.Change.Author, in.PolicyChosen
	linter := lint.New(about)
	changed := linter.Changes()
	if len(changed) == 0 {
		return said, nil, nil
	}
	result := lintFiles(ctx, linter)
	means, warnings := meaning(about, result, asOf)
	result.Findings = append(result.Findings, warnings.findings...)
	places = map[string]string{}
	for _, f := range result.Findings {
		places[f.Pos.File] = path.Join(in.Change.Folder, strings.TrimPrefix(f.Pos.File, in.Change.Files.Origin+"/"))
	}
	said = said.plus(remarks{findings: result.Findings, gaps: result.Gaps}, remarks{gaps: warnings.gaps}, noticed(takesEffect(changed, known.Tree.Origin)))
	return said, places, means
}

// meaning says what a change of a registry means, what to warn of, and what could not be read; nothing without a policy to judge it by.
func meaning(about lint.Input, result lint.Result, asOf time.Time) ([]diag.Section, remarks) {
	if about.Policy == nil || about.Base == nil {
		return nil, remarks{}
	}
	before, lostBefore := about.Base.Watched()
	after, lostAfter := about.Files.Watched()
	means, warnings := impact.Change{
		Before: before.Unproven(), After: after.Unproven(), Files: result.Changed, Policy: about.Policy, InForce: result.Policy, Author: about.Author, AsOf: asOf,
	}.Says()
	return means, remarks{findings: warnings, gaps: slices.Concat(lostBefore(), lostAfter())}
}

// takesEffect says when edits of a registry take effect: findings about it are already about the registry after the merge.
func takesEffect(changed []string, origin string) string {
	shown := changed[:min(len(changed), 5)]
	more := ""
	if n := len(changed) - len(shown); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("this change edits the registry that it is checked against (%s%s): findings about these files say what holds after the merge, and uses of vendors are judged by %s as it is now",
		strings.Join(shown, ", "), more, origin)
}
