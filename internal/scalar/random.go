package scalar

import (
	"math"
)

// minSecret is the minimum length of a secret.
const minSecret = 16

// looksRandom reports whether all of s looks like a generated key: at least 32 lower-case hexadecimal digits, or at
// least 24 characters of a base64 alphabet that are mixed more thoroughly than in names and words.
func looksRandom(s string) bool {
	if len(s) < 24 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isAlnum(c) && c != '_' && c != '+' && c != '/' && c != '=' && c != '-' {
			return false
		}
	}
	return isMixture(s)
}

// isMixture is the second half of looksRandom. s does not have characters that a key cannot have.
func isMixture(s string) bool {
	var count [128]int
	var lower, upper, digits, beyondF, breaks int
	previous := byte(0)
	for i := range len(s) {
		c := s[i]
		class := byte(0)
		switch {
		case isDigit(c):
			digits++
			class = '0'
		case isLower(c):
			lower++
			class = 'a'
			if c > 'f' {
				beyondF++
			}
		case isUpper(c):
			upper++
			class = 'A'
		}
		// A capital letter before small ones begins a word; every other change of class inside a part is a break.
		if previous != 0 && class != 0 && class != previous && (previous != 'A' || class != 'a') {
			breaks++
		}
		previous = class
		count[c]++
	}
	if lower+digits == len(s) && beyondF == 0 {
		return len(s) >= 32 && lower > 0 && digits > 0
	}
	return lower > 0 && upper > 0 && digits >= 3 && 5*breaks >= len(s) && entropy(&count, len(s)) >= 3.5
}

// entropy returns the Shannon entropy, in bits per character, of n characters with the given counts.
func entropy(count *[128]int, n int) float64 {
	bits := 0.0
	for _, k := range count {
		if k > 0 {
			p := float64(k) / float64(n)
			bits -= p * math.Log2(p)
		}
	}
	return bits
}
