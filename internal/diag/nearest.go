package diag

import (
	"slices"
	"strings"
)

// Nearest returns the choice that word was most likely meant to be, or "" if none is close. The distance is optimal
// string alignment (insert, delete, replace, swap neighbours). Case is ignored and common look-alikes are folded, and
// at most a third of the word may differ. The first choice wins a tie. A usual word for a choice (production for prod) goes before what is
// only written like it, and so does the only choice that goes on after the word (4.0.3 for 4.0). Half of a name is enough if no other choice
// has it.
func Nearest(word string, choices []string) string {
	want := foldConfusables(word)
	if len(want) > 128 {
		return ""
	}
	if meant := Synonym(word, choices); meant != "" && !slices.Contains(choices, word) {
		return meant
	}
	if longer := longer(word, choices); longer != "" {
		return longer
	}
	best, limit := "", min(max(1, len(want)/3)+1, max(1, len(want))) // one letter for another is no likeness
	for _, choice := range choices {
		got := foldConfusables(choice)
		if diff := len(got) - len(want); diff >= limit || -diff >= limit {
			continue
		}
		if d := distance(want, got); d < limit {
			best, limit = choice, d
			if d == 0 {
				break
			}
		}
	}
	if best == "" {
		return half(string(want), choices)
	}
	return best
}

// Mistyped returns the choice that differs from word in so little that somebody mistyped it, or "" if none does: in a sixth of its letters at
// most. Names that share a year or an ending are not enough.
func Mistyped(word string, choices []string) string {
	want := foldConfusables(word)
	if len(want) > 128 {
		return ""
	}
	best, limit := "", max(1, len(want)/6)+1
	for _, choice := range choices {
		if d := distance(want, foldConfusables(choice)); d < limit {
			best, limit = choice, d
		}
	}
	return best
}

// longer returns the only choice that is the word and then a dot and more; "" if none is, or several are, or the word is a choice itself.
func longer(word string, choices []string) string {
	out := ""
	for _, choice := range choices {
		switch {
		case choice == word:
			return ""
		case !strings.HasPrefix(choice, word+".") || choice == out:
		case out != "":
			return ""
		default:
			out = choice
		}
	}
	return out
}

// foldConfusables maps the letters that are made to look like ASCII ones onto those (Unicode UTS 39, the part that
// names of vendors are attacked with).
func foldConfusables(s string) []rune {
	out := make([]rune, 0, len(s))
	for _, r := range strings.ToLower(s) {
		switch r {
		case 'а', 'ɑ', 'α':
			r = 'a'
		case 'с', 'ϲ':
			r = 'c'
		case 'е', 'ё':
			r = 'e'
		case 'і', 'ı', 'ι', 'í', 'ì', '1':
			r = 'i'
		case 'ο', 'о', '0':
			r = 'o'
		case 'р', 'ρ':
			r = 'p'
		case 'ѕ':
			r = 's'
		case 'т', 'τ':
			r = 't'
		case 'х', 'χ':
			r = 'x'
		case 'у', 'γ':
			r = 'y'
		case '_', ' ', '‐', '–':
			r = '-'
		}
		out = append(out, r)
	}
	return out
}

func distance(a, b []rune) int {
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}
