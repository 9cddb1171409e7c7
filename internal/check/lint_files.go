package check

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/vendorgate/vendorgate/internal/lint"
)

// lintFiles looks at every file of a registry, some at once, then at all of them together. The order of the findings is that
// of the files. One that is stopped is incomplete; the caller asks the context.
func lintFiles(ctx context.Context, linter *lint.Linter) lint.Result {
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
