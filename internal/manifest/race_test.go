//go:build race

package manifest_test

// bombSize keeps the tests short: the race detector makes readers eight times slower.
const bombSize = 1 << 15
