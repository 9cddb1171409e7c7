package cli

import (
	"sync/atomic"
	"time"

	"github.com/vendorgate/vendorgate/internal/sink"
)

// progress returns functions that show the progress of a search on a terminal, starting after one second.
func progress(env Env) (show func(done, total int), done func()) {
	if !env.StderrTerminal {
		return nil, func() {}
	}
	start := env.Now()
	var shown atomic.Int64 // tenths of a second since the start
	show = func(done, total int) {
		tenths := int64(env.Now().Sub(start) / (100 * time.Millisecond))
		if last := shown.Load(); tenths < 10 || tenths < last+2 || !shown.CompareAndSwap(last, tenths) {
			return
		}
		_ = env.Stderr.Status(sink.Linef("searching: %d of %d files", done, total)) // progress is optional
	}
	return show, func() {
		if shown.Load() > 0 {
			_ = env.Stderr.Status(sink.Line{})
		}
	}
}
