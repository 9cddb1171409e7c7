package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
)

// runLint looks at every file of a registry, some at once, then at all of them together. The order of the findings is that
// of the files. One that is stopped is incomplete; the caller asks the context.
func runLint(ctx context.Context, linter *lint.Linter) lint.Result {
	names := linter.Names()
	files := make([]lint.Linted, len(names))
	var next atomic.Int64
	var workers sync.WaitGroup
	var fault atomic.Value // what a worker panicked with: the caller's to handle
	for range min(runtime.GOMAXPROCS(0), 8) {
		workers.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					fault.CompareAndSwap(nil, fmt.Sprint(r))
				}
			}()
			for i := int(next.Add(1)) - 1; i < len(names) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				files[i] = linter.File(names[i])
			}
		})
	}
	workers.Wait()
	if r := fault.Load(); r != nil {
		panic(r)
	}
	return linter.Conclude(files)
}

// isRegistry reports whether a tree has a folder of records; the report says if not.
func isRegistry(tree *source.Tree, rep *diag.Report) bool {
	info, err := fs.Stat(tree.Files, "vendors")
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir():
		noRegistry(rep, tree.Origin, registry.ErrNoVendors.Error(), passDirectory)
	case err != nil:
		noRegistry(rep, tree.Origin, "read vendors: "+source.Reason(err), passDirectory)
	default:
		return true
	}
	return false
}

// policyOf is the policy of a registry, or the default where it has none; nil if it cannot be read, which is a gap, or
// understood, which the lint itself reports.
func policyOf(env Env, tree *source.Tree, rep *diag.Report) *policy.Policy {
	data, err := tree.Read("policy.yaml")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		rep.Gaps = append(rep.Gaps, diag.Gap{Target: tree.Name("policy.yaml"), Reason: "cannot be read: " + source.Reason(err)})
		return nil
	}
	p, _ := rules.LoadPolicy(tree.Name("policy.yaml"), data, env.Build.release())
	return p
}

// readLintBase is the registry as it was, and the policy that judges the change; nil if they cannot be read, and the report
// then says why.
func readLintBase(env Env, dir string, rep *diag.Report) (*registry.Plain, *policy.Policy) {
	rules := onDisk(env, dir, source.AtBase, rep)
	if rules.Tree() == nil || !isRegistry(rules.Tree(), rep) {
		return nil, nil
	}
	return registry.AsData(rules.Tree(), source.New("embedded", "", env.Registry)), readPolicy(env, rules, rep)
}
