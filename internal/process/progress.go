package process

import (
	"sync/atomic"
	"time"

	"github.com/vendorgate/vendorgate/internal/sink"
)

// Progress returns functions that show the progress of a search on a terminal, starting after one second.
func (e Env) Progress() (show func(done, total int), done func()) {
	if !e.StderrTerminal {
		return nil, func() {}
	}
	start := e.Now()
	var shown atomic.Int64 // tenths of a second since the start
	show = func(done, total int) {
		tenths := int64(e.Now().Sub(start) / (100 * time.Millisecond))
		if last := shown.Load(); tenths < 10 || tenths < last+2 || !shown.CompareAndSwap(last, tenths) {
			return
		}
		_ = e.Stderr.Status(sink.Linef("searching: %d of %d files", done, total)) // progress is optional
	}
	return show, func() {
		if shown.Load() > 0 {
			_ = e.Stderr.Status(sink.Line{})
		}
	}
}
