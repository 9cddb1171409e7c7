package check

import (
	"context"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// registryChange reports what a change does to the registry that judges it: that it takes effect after merge, and what is
// wrong in what it touches, alone and beside all other files. places are the paths of those files in the repository, by the
// names that findings have them under. A job of the registry's own repository that judges no change looks at all of it.
func (in Inputs) registryChange(ctx context.Context, asOf time.Time) (said remarks, places map[string]string) {
	said = stated(in.Change.Account)
	known, embedded := in.Trusted.Registry, source.New("embedded", "", in.Embedded)
	about := lint.Input{Policy: in.Trusted.Policy, AsOf: asOf, Version: in.Release}
	switch {
	case known == nil:
		return said, nil
	case in.Change.Files == nil && !in.WholeRegistry:
		return said, nil
	case in.Change.Files == nil:
		about.Files, about.PolicyChosen = registry.AsData(known.Tree, embedded), true // that it has none was reported before
		result := lintFiles(ctx, lint.New(about))
		return said.plus(remarks{findings: result.Findings, gaps: result.Gaps}), nil
	}
	about.Files, about.Base = registry.AsData(in.Change.Files, embedded), registry.AsData(known.Tree, embedded)
	about.Touched, about.Author, about.PolicyChosen = true, in.Change.Author, in.PolicyChosen
	linter := lint.New(about)
	changed := linter.Changes()
	if len(changed) == 0 {
		return said, nil
	}
	result := lintFiles(ctx, linter)
	places = map[string]string{}
	for _, f := range result.Findings {
		places[f.Pos.File] = path.Join(in.Change.Folder, strings.TrimPrefix(f.Pos.File, in.Change.Files.Origin+"/"))
	}
	said = said.plus(remarks{findings: result.Findings, gaps: result.Gaps}, noticed(takesEffect(changed, known.Tree.Origin)))
	return said, places
}

// takesEffect says when the edits of a registry count.
func takesEffect(changed []string, origin string) string {
	shown := changed[:min(len(changed), 5)]
	more := ""
	if n := len(changed) - len(shown); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("this change edits the registry that judges it (%s%s): that takes effect after merge, and the verdict is by %s as it is now",
		strings.Join(shown, ", "), more, origin)
}
