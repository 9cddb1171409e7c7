package diag

import "strings"

// Alike finds, for each word of a sorted list, the first other word that a reader could confuse with it: a letter is
// missing, added, different or swapped with its neighbour, or the words look the same, as with 0 and o. Words that
// differ only in a digit are numbered, and words of three letters are too short, so neither count. The result is as
// long as the list; an entry is empty if there is no such word.
func Alike(words []string) []string {
	const most = 8 // words that are compared of those with the same rest: a list made to be alike must not take for ever
	folded, met := make([]string, len(words)), map[string][]int{}
	out := make([]string, len(words))
	note := func(i, j int) {
		if out[i] == "" {
			out[i] = words[j]
		}
		if out[j] == "" {
			out[j] = words[i]
		}
	}
	for i, word := range words {
		folded[i] = looks.Replace(word)
		if len(word) < 4 {
			continue
		}
		for _, rest := range shortened(folded[i]) {
			for _, j := range met[rest] {
				if j != i && mistakable(words[i], words[j], folded[i], folded[j]) {
					note(i, j)
				}
			}
			if have := met[rest]; len(have) < most && (len(have) == 0 || have[len(have)-1] != i) {
				met[rest] = append(have, i)
			}
		}
	}
	return out
}

// looks maps what an id may hold onto what it is made to look like.
var looks = strings.NewReplacer("0", "o", "1", "l", "rn", "m", "vv", "w") //nolint:gochecknoglobals // immutable

// shortened lists a word and all variants of it with one letter removed.
func shortened(word string) []string {
	out := []string{word}
	for i := range len(word) {
		out = append(out, word[:i]+word[i+1:])
	}
	return out
}

func mistakable(a, b, lookA, lookB string) bool {
	switch {
	case a == b || digitApart(a, b):
		return false
	case lookA == lookB:
		return true
	}
	return distance([]rune(lookA), []rune(lookB)) == 1
}

// digitApart reports whether two words differ in digits alone, as names of versions do.
func digitApart(a, b string) bool {
	digits := func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}
	return strings.Map(digits, a) == strings.Map(digits, b)
}
