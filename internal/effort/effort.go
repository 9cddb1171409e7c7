// Package effort says how much work tests do, and measures how much work they cause. It measures no time, which depends
// on the machine and on what else runs there.
package effort

import (
	"os"
	"runtime"
)

// Variable makes tests run in full if it is not empty. Without it, long tests do a part of their work.
const Variable = "VENDORGATE_LONG_TESTS"

// Full reports whether tests do all of their work.
func Full() bool {
	return os.Getenv(Variable) != "" //nolint:forbidigo // test support
}

// Takes reports whether a test takes case i: every one in full, and one of n otherwise.
func Takes(i, n int) bool { return i%n == 0 || Full() }

// Size returns the size of a test's input: in full, or otherwise short.
func Size(full, short int) int {
	if Full() {
		return full
	}
	return short
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
