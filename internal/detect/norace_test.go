//go:build !race

package detect_test

// bombSize is enough to tell quadratic time from linear.
const bombSize = 1 << 16
