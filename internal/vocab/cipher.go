package vocab

import (
	"slices"
	"strings"
)

// WeakCipher returns the part of a cipher's name that makes it weak, such as 3DES or ECB; empty if there is none.
func WeakCipher(name string) string {
	words := strings.FieldsFunc(name, func(c rune) bool { return strings.ContainsRune(" -_/,;:()+", c) })
	i := slices.IndexFunc(words, func(word string) bool {
		return slices.Contains([]string{"DES", "3DES", "TDES", "TDEA", "3TDEA", "2TDEA", "TRIPLEDES", "DESEDE", "RC2", "RC4", "ARC4", "ARCFOUR", "BLOWFISH", "CAST5", "IDEA", "SKIPJACK", "ECB", "XOR", "ROT13", "BASE64"}, strings.ToUpper(word))
	})
	if i < 0 {
		return ""
	}
	return words[i]
}
