package attr

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// bracketed returns a value that stands alone as the list that its author means, or an example if it cannot be shown.
func bracketed(row *Row, tree *yamltree.Node) string {
	if scalar.LooksSecret(tree.Text) || strings.TrimSpace(tree.Text) == "" || len(tree.Text) > maxShown || strings.ContainsFunc(tree.Text, unicode.IsControl) {
		return "[" + strings.Trim(example1(row), "[]") + "]"
	}
	words := []string{tree.Text}
	if row.Type != Text && !tree.Quoted {
		words = strings.Split(tree.Text, ",")
	}
	for i, w := range words {
		w = strings.TrimSpace(w)
		if row.Type == Enum && !slices.Contains(row.Values, w) {
			if w = diag.Nearest(w, row.Values); w == "" {
				return "[" + strings.Trim(example1(row), "[]") + "]"
			}
		}
		if tree.Quoted || !plainWord.MatchString(w) {
			w = strconv.Quote(w)
		}
		words[i] = w
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// maxShown is the length of the longest value that a hint repeats.
const maxShown = 200

// plainWord matches what needs no quotes in a flow sequence.
var plainWord = regexp.MustCompile(`^\w(?:[\w./:@%+-]*[\w/])?$`)
