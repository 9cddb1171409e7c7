// Package effort says how much work tests do, and measures how much work they cause. It measures no time, which depends
// on the machine and on what else runs there.
package effort

import (
	"os"
	"runtime"
	"testing"
)

// Variable makes tests run in full if it is not empty. Without it, long tests do a part of their work.
const Variable = "VENDORGATE_LONG_TESTS"

// Full reports whether tests do all of their work.
func Full() bool {
	return os.Getenv(Variable) != "" //nolint:forbidigo // test support
}

// Takes reports whether a test takes case i: every one in full, one of n otherwise, and one of 6n under the race detector.
func Takes(i, n int) bool {
	if raceDetector {
		n *= 6
	}
	return i%n == 0 || Full()
}

// Size returns the size of a test's input: in full, or otherwise short. Under the race detector it is a quarter of that, because
// readers are several times slower.
func Size(full, short int) int {
	switch {
	case Full():
		return full
	case raceDetector:
		return max(1, short/4)
	}
	return short
}

// Alone marks a long test that works in one goroutine. It skips the test under the race detector, which could find nothing there
// and makes it many times slower.
func Alone(tb testing.TB) {
	tb.Helper()
	if raceDetector {
		tb.Skip("it works in one goroutine")
	}
}

// Allocated returns how many bytes f allocates, those that are freed again included. Nothing else may run meanwhile, so
// the test must not be parallel.
func Allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
