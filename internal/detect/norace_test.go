//go:build !race

package detect_test

import "time"

// A file of bombSize is enough to tell quadratic time from linear.
const (
	bombSize = 1 << 16
	bombTime = time.Second
)
