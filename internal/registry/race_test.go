//go:build race

package registry_test

// bombSize keeps the tests short: the race detector makes readers eight times slower.
const bombSize = 1 << 15

// workFactor is how much more is allocated than the program needs: the race detector empties pools, such as those of
// regular expressions.
const workFactor = 8
