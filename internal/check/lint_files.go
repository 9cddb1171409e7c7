package check

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/vendorgate/vendorgate/internal/lint"
)

// lintFiles checks every file of a registry, several at a time, and then all of them together. The findings are in the order
// of the files. If the context ends, the result is incomplete; the caller must check for that.
func lintFiles(ctx context.Context, linter *lint.Linter) lint.Result {
	names := linter.Names()
	files := make([]lint.Linted, len(names))
	var next atomic.Int64
	var workers sync.WaitGroup
	var fault atomic.Value // the value of a worker's panic, which the caller gets
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
