package wire

import (
	"context"
	"sync"
	"time"
)

// Run is shared by all requests of a client: the clock and the waiting budget.
type Run struct {
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error

	Writing sync.Mutex // one request that changes something at a time

	mu        sync.Mutex
	left      time.Duration
	waited    time.Duration
	calls     int
	downloads int
	wrote     bool
	low       string
}

// NewRun returns a run with a budget, of which nothing is left if it is negative. Without a function for it, waits are real.
func NewRun(now func() time.Time, wait func(context.Context, time.Duration) error, budget time.Duration) *Run {
	if wait == nil {
		wait = sleep
	}
	return &Run{Now: now, Sleep: wait, left: max(0, budget)}
}

// sleep waits, or returns early if the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Count counts a request.
func (r *Run) Count(download bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if download {
		r.downloads++
	} else {
		r.calls++
	}
}

// Counted returns how many requests were made.
func (r *Run) Counted() (calls, downloads int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls, r.downloads
}

// warn records that few requests are left.
func (r *Run) warn(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.low = text
}

// Low says that few of the requests are left that the server allows. It is empty if there are enough, or if the server does not say.
func (r *Run) Low() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.low
}

// writePause is the time between two requests that change something.
const writePause = time.Second

// Pause waits before a request that changes something, if there was one before.
func (r *Run) Pause(ctx context.Context) error {
	if !r.again() {
		return nil
	}
	if !r.Take(writePause) {
		return &LimitError{Request: "the next write", Burst: "one a second", Wait: writePause, Left: r.Rest()}
	}
	if err := r.Sleep(ctx, writePause); err != nil {
		return Cancelled("the next write", "it was cancelled while waiting: ", err)
	}
	return nil
}

// again records a request that changes something, and reports whether there was one before.
func (r *Run) again() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := r.wrote
	r.wrote = true
	return before
}

// Take deducts a wait from the budget, or nothing if the budget is too small.
func (r *Run) Take(d time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d > r.left {
		return false
	}
	r.left -= d
	r.waited += d
	return true
}

// Used returns the total waiting time so far.
func (r *Run) Used() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.waited
}

// Rest returns the remaining budget.
func (r *Run) Rest() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.left
}
