package manifest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Placeholder reports whether a text only stands for an answer that is still to come, such as TODO, or sends the reader elsewhere, such
// as "see ticket".
func Placeholder(text string) bool {
	if text == "" {
		return false
	}
	before, _, _ := strings.Cut(strings.TrimLeft(text, " <[({*_#"), ":") // "TODO: ask the team"
	if word := strings.ToLower(strings.TrimSpace(before)); before != text && word != "" && isOneOf(noAnswer, word) {
		return true
	}
	words := wordsOf(text)
	if len(words) > 1 && (isOneOf(yetToCome, words[0]) || isOneOf(noAnswer, strings.Join(words, ""))) { // "TBD by finance", "to do"
		return true
	}
	return namesNothing(words, func(word string) bool { return isOneOf(noAnswer, word) || mash(word) })
}

// NoPurpose reports whether a text does not say what an API is used for: no word of it names anything.
func NoPurpose(text string) bool {
	words := wordsOf(text)
	return Placeholder(text) || text != "" && namesNothing(words, func(word string) bool {
		return isOneOf(noAnswer, word) || isOneOf(noPurpose, word) || mash(word) || reference.MatchString(word) || strings.Contains(word, "://") || len(word) == 1
	})
}

// NoOwner reports whether a text names no team, person or address.
func NoOwner(text string) bool {
	words := wordsOf(ownerParts.Replace(text))
	for len(words) > 1 && isOneOf(whose, words[0]) { // my-team
		words = words[1:]
	}
	return Placeholder(text) || text != "" && Placeholder(strings.Join(words, " ")) ||
		len(words) == 1 && isOneOf(noOwner, words[0]) && !strings.ContainsAny(text, "0123456789") || reference.MatchString(strings.ToLower(text)) && isOneOf(trackers, words[0])
}

// namesNothing reports whether words are all empty ones, apart from those that only join others; or whether there are none at all.
func namesNothing(words []string, empty func(word string) bool) bool {
	said := len(words) > 0
	for _, word := range words {
		switch {
		case empty(word):
			said = false
		case !isOneOf(joining, word):
			return false
		}
	}
	return !said
}

// Words that are no answer to any question, alone or together, and those that may stand between them or around them.
const (
	noAnswer = `todo tbd tba tbc fixme xxx wip changeme placeholder n/a n.a na none null nil undefined unknown later soon pending nobody noone purpose owner reason
		see above below discussed agreed mentioned described decided determined defined announced confirmed whatever something anything
		asdf asd qwerty foo foobar baz blah bla lorem ipsum misc miscellaneous various stuff etc same ditto idem me myself us idk dunno tmp temp`
	yetToCome = `tbd tba tbc fixme`
	joining   = `a an the and or of for to in on as at by is be it its this that we i my our no not yet only with via from will all some more
		ticket tickets jira issue issues docs documentation wiki readme confluence slack link description name title pr prod production staging dev
		internal business service services`
)

// Words that say nothing about what an API is used for, or about who owns a use.
const (
	noPurpose = `test tests dummy sample example default generic general diverse other others several thing things everything nothing string
		use uses used using usage needed required necessary need needs purposes reasons api apis vendor vendors team usual before important
		ask try tries trying`
	noOwner  = `test team teams squad owner owners user users someone somebody anyone anybody everyone everybody all unassigned self same`
	whose    = `the my our this own a some any no`
	trackers = `jira ticket issue`
)

var (
	// reference matches the name of a ticket, such as jira-123 or #12.
	reference  = regexp.MustCompile(`^(?:[a-z][a-z0-9]+-|#)[0-9]+$`)
	ownerParts = strings.NewReplacer("-", " ", "_", " ", "/", " ", ".", " ") //nolint:gochecknoglobals // an immutable replacer
)

// wordsOf returns the words of a text in lower case. What holds a hyphen, an at sign or a slash is one word.
func wordsOf(text string) []string {
	var out []string
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`,;!?"'()[]{}<>*|…`, r)
	}) {
		if word = strings.Trim(word, ".:-_–—/\\=+~#&%$^`"); strings.ContainsFunc(word, unicode.IsLetter) {
			out = append(out, word)
		}
	}
	return out
}

// mash reports whether a word was typed with no meaning: four neighbours or more on a row of the keyboard, or one letter repeated.
func mash(word string) bool {
	if len(word) >= 3 && strings.Trim(word, word[:1]) == "" {
		return true
	}
	return len(word) >= 4 && slices.ContainsFunc([]string{"qwertyuiop", "qwertz", "asdfghjkl", "zxcvbnm"}, func(row string) bool { return strings.Contains(row, word) })
}

// isOneOf reports whether a list of words, separated by white space, has a word.
func isOneOf(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}
