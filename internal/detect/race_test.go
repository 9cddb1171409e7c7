//go:build race

package detect_test

import "time"

// The race detector makes readers eight times slower, and more on a busy machine.
const (
	bombSize = 1 << 12
	bombTime = 5 * time.Second
)
