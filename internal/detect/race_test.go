//go:build race

package detect_test

// bombSize keeps the tests short: the race detector makes readers eight times slower.
const bombSize = 1 << 13
