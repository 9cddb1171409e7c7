//go:build !race

package manifest_test

// bombSize is the size of the largest file that is read.
const bombSize = 1 << 20
