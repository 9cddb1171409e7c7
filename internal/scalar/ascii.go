package scalar

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func isAlnum(c byte) bool { return isDigit(c) || isLower(c) || isUpper(c) }

func isLowerHex(c byte) bool { return isDigit(c) || 'a' <= c && c <= 'f' }

// all reports whether every byte of s is in the set. It is true for an empty s.
func all(s string, set func(byte) bool) bool { return span(s, set) == len(s) }

// span returns the length of the longest prefix of s whose bytes are all in the set.
func span(s string, set func(byte) bool) int {
	for i := range len(s) {
		if !set(s[i]) {
			return i
		}
	}
	return len(s)
}
