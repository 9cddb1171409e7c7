package scalar

import (
	"encoding/base64"
	"strings"
)

// shape is the format of one issuer's tokens: a prefix, then a run of characters that passes the test.
type shape struct {
	prefix string
	set    func(byte) bool
	least  int               // the run is at least this long
	exact  bool              // and no longer
	test   func(string) bool // nil: any run will do
}

// longestRun limits how many characters after a prefix are read, so that the cost for a file full of prefixes stays
// linear.
const longestRun = 200

// shapes are sorted by prefix. Each follows its issuer's documentation; the lengths are minimums. The run cannot contain
// brackets, so that a regular expression that describes tokens is not taken for one.
//
//nolint:gochecknoglobals // an immutable table
var shapes = [...]shape{
	{prefix: "-----BEGIN ", set: isUpper, least: 2}, // RFC 7468; no block of PEM belongs in our files
	{prefix: "AC", set: isLowerHex, least: 32, exact: true},
	{prefix: "AIza", set: isBase64URL, least: 35},
	{prefix: "AKIA", set: isUpperOrDigit, least: 16, exact: true},
	{prefix: "ASIA", set: isUpperOrDigit, least: 16, exact: true},
	{prefix: "Basic ", set: isBase64, least: 8, test: isUserAndPassword}, // RFC 7617
	{prefix: "Bearer ", set: isToken68, least: 24, test: looksRandom},    // RFC 6750
	{prefix: "SG.", set: isDottedBase64URL, least: 40, test: hasUpperOrDigit},
	{prefix: "SK", set: isLowerHex, least: 32, exact: true},
	{prefix: "basic ", set: isBase64, least: 8, test: isUserAndPassword},
	{prefix: "bearer ", set: isToken68, least: 24, test: looksRandom},
	{prefix: "dop_v1_", set: isLowerHex, least: 40},
	{prefix: "eyJ", set: isDottedBase64URL, least: 17, test: hasUpperOrDigit}, // RFC 7519: base64 of {"
	{prefix: "gho_", set: isAlnum, least: 20},
	{prefix: "ghp_", set: isAlnum, least: 20},
	{prefix: "ghr_", set: isAlnum, least: 20},
	{prefix: "ghs_", set: isAlnum, least: 20},
	{prefix: "ghu_", set: isAlnum, least: 20},
	{prefix: "github_pat_", set: isAlnum, least: 20},
	{prefix: "glpat-", set: isBase64URL, least: 20, test: hasUpperOrDigit},
	{prefix: "hf_", set: isAlnum, least: 30},
	{prefix: "hooks.slack.com/services/T", set: isAlnumOrSlash, least: 20},
	{prefix: "npm_", set: isAlnum, least: 30},
	{prefix: "rk_live_", set: isAlnum, least: 8},
	{prefix: "rk_test_", set: isAlnum, least: 8},
	{prefix: "shpat_", set: isHex, least: 32},
	{prefix: "sk-", set: isAlnum, least: 32},
	{prefix: "sk-", set: isBase64URL, least: 20, test: isMixed},
	{prefix: "sk-ant-", set: isBase64URL, least: 20, test: hasUpperOrDigit},
	{prefix: "sk_live_", set: isAlnum, least: 8},
	{prefix: "sk_test_", set: isAlnum, least: 8},
	{prefix: "whsec_", set: isBase64, least: 16},
	{prefix: "xoxa-", set: isBase64URL, least: 10, test: hasUpperOrDigit},
	{prefix: "xoxb-", set: isBase64URL, least: 10, test: hasUpperOrDigit},
	{prefix: "xoxo-", set: isBase64URL, least: 10, test: hasUpperOrDigit},
	{prefix: "xoxp-", set: isBase64URL, least: 10, test: hasUpperOrDigit},
	{prefix: "xoxr-", set: isBase64URL, least: 10, test: hasUpperOrDigit},
	{prefix: "xoxs-", set: isBase64URL, least: 10, test: hasUpperOrDigit},
}

// alnum is the set of letters and digits.
//
//nolint:gochecknoglobals // an immutable table
var alnum = func() (table [256]bool) {
	for c := range table {
		table[c] = isAlnum(byte(c))
	}
	return table
}()

// firstShape is the index of the first shape whose prefix starts with a byte, plus one, or 0 if there is none. It makes the
// common case fast, because most values of a registry are checked each time it is read and match no shape.
//
//nolint:gochecknoglobals // an immutable table
var firstShape = func() (table [256]uint8) {
	for i := range shapes {
		if c := shapes[i].prefix[0]; table[c] == 0 {
			table[c] = uint8(i + 1)
		}
	}
	return table
}()

// hasKnownShape finds a token of one of the shapes anywhere in s where a word may start.
func hasKnownShape(s string) bool {
	inWord := false
	for i := range len(s) {
		if !inWord && firstShape[s[i]] > 0 && startsWithShape(s[i:]) {
			return true
		}
		inWord = alnum[s[i]]
	}
	return false
}

func startsWithShape(s string) bool {
	for i := int(firstShape[s[0]]) - 1; i < len(shapes) && shapes[i].prefix[0] == s[0]; i++ {
		sh := &shapes[i]
		if len(s) > len(sh.prefix) && s[1] == sh.prefix[1] && strings.HasPrefix(s, sh.prefix) && sh.follows(s[len(sh.prefix):]) {
			return true
		}
	}
	return false
}

// follows reports whether s starts with a run that completes a token.
func (sh *shape) follows(s string) bool {
	s = s[:min(len(s), longestRun)]
	n := span(s, sh.set)
	if n < sh.least || sh.exact && (n > sh.least || n < len(s) && isAlnum(s[n])) {
		return false
	}
	return sh.test == nil || sh.test(s[:n])
}

func isUpperOrDigit(c byte) bool    { return isUpper(c) || isDigit(c) }
func isHex(c byte) bool             { return isLowerHex(c) || 'A' <= c && c <= 'F' }
func isAlnumOrSlash(c byte) bool    { return isAlnum(c) || c == '/' }
func isBase64(c byte) bool          { return isAlnum(c) || c == '+' || c == '/' || c == '=' }
func isBase64URL(c byte) bool       { return isAlnum(c) || c == '-' || c == '_' }
func isDottedBase64URL(c byte) bool { return isBase64URL(c) || c == '.' }
func isToken68(c byte) bool         { return isBase64(c) || isBase64URL(c) }

// hasUpperOrDigit distinguishes a token from words joined by hyphens.
func hasUpperOrDigit(s string) bool { return !all(s, func(c byte) bool { return !isUpperOrDigit(c) }) }

// isMixed reports whether s has a digit, a lower-case and an upper-case letter.
func isMixed(s string) bool {
	var digit, lower, upper bool
	for i := range len(s) {
		digit, lower, upper = digit || isDigit(s[i]), lower || isLower(s[i]), upper || isUpper(s[i])
	}
	return digit && lower && upper
}

// isUserAndPassword reports whether s is base64 of "user:password" in printable ASCII. The word "authentication" is not.
func isUserAndPassword(s string) bool {
	b, err := base64.StdEncoding.DecodeString(s)
	plain := string(b)
	return err == nil && strings.Contains(plain, ":") && all(plain, func(c byte) bool { return ' ' <= c && c < 0x7f })
}
