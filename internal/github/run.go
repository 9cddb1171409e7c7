package github

import (
	"context"
	"sync"
	"time"
)

// run is shared by all requests of a client: the clock and the waiting budget.
type run struct {
	now   func() time.Time
	sleep func(context.Context, time.Duration) error

	writing sync.Mutex // one request that changes something at a time

	mu        sync.Mutex
	left      time.Duration
	waited    time.Duration
	calls     int
	downloads int
	wrote     bool
}

// newRun returns a run with a budget, of which nothing is left if it is negative. Without a function for it, waits are real.
func newRun(now func() time.Time, wait func(context.Context, time.Duration) error, budget time.Duration) *run {
	if wait == nil {
		wait = sleep
	}
	return &run{now: now, sleep: wait, left: max(0, budget)}
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

// count counts a request.
func (r *run) count(download bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if download {
		r.downloads++
	} else {
		r.calls++
	}
}

// counted returns how many requests were made.
func (r *run) counted() (calls, downloads int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls, r.downloads
}

// again records a request that changes something, and reports whether there was one before.
func (r *run) again() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := r.wrote
	r.wrote = true
	return before
}

// take deducts a wait from the budget, or nothing if the budget is too small.
func (r *run) take(d time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d > r.left {
		return false
	}
	r.left -= d
	r.waited += d
	return true
}

// used returns the total waiting time so far.
func (r *run) used() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.waited
}

// rest returns the remaining budget.
func (r *run) rest() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.left
}
