package record

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
)

// Question returns the question that asks a vendor for an attribute or for a list of mappings. If the attribute has no question of
// its own, the question uses its documentation. It is empty for an unknown attribute.
func Question(path string) string {
	row := rowOf(path, "[")
	switch {
	case row == nil:
		return ""
	case row.Question != "":
		return row.Question
	case row.Path != path:
		return "Please tell us about: " + strings.NewReplacer("_", " ", ".", ", ").Replace(path) + ". If there is nothing, say so."
	}
	doc := strings.TrimSuffix(row.Doc, ".")
	if first, second := doc[:1], doc[1:2]; strings.ToUpper(second) != second {
		doc = strings.ToLower(first) + doc[1:] // and keep an abbreviation as it is
	}
	doc = strings.ReplaceAll(doc, "`", "")
	if strings.HasPrefix(doc, "whether ") {
		return "Please tell us " + doc + "."
	}
	return "Please tell us: " + doc + "."
}

// HasQuestion reports whether an attribute has a question of its own.
func HasQuestion(path string) bool {
	row := rowOf(path, "[")
	return row != nil && row.Question != ""
}

// Proof says what shows an attribute to be true, and who has it.
type Proof struct {
	Evidence string
	Holder   string
	Ours     bool // nobody else has it
}

// ProofOf returns the proof of an attribute; zero if the attribute can have only one value. An attribute inside a list has the proof of
// the list. If the path joins several attributes with "or", ProofOf uses the first.
func ProofOf(path string) Proof {
	path, _, _ = strings.Cut(path, " or ")
	path, _, _ = strings.Cut(path, "[")
	row := rowOf(path, "[.")
	if row == nil || len(row.Values) == 1 {
		return Proof{}
	}
	return Proof{row.Evidence, row.Holder, row.Holder == ourselves}
}

// rowOf finds the row of an attribute, or else the first row whose path goes on after it with one of some characters. It is nil if
// there is none.
func rowOf(path, goesOn string) *attr.Row {
	rows := Table().Rows
	i := slices.IndexFunc(rows, func(row attr.Row) bool {
		rest, ok := strings.CutPrefix(row.Path, path)
		return ok && (rest == "" || strings.ContainsRune(goesOn, rune(rest[0])))
	})
	if i < 0 {
		return nil
	}
	return &rows[i]
}

// item matches what selects an item of a list in a path, as in apis[core].base_url.
var item = regexp.MustCompile(`\[[^\[\]]*\]`)

// Attribute returns the row of an attribute. Its path may select items of lists, as in apis[core].base_url; a list may be written
// without brackets. It is nil if there is none.
func Attribute(path string) *attr.Row {
	path = item.ReplaceAllString(path, "[]")
	for i, row := range Table().Rows {
		if row.Path == path || strings.TrimSuffix(row.Path, "[]") == path {
			return &Table().Rows[i]
		}
	}
	return nil
}

// Spelled returns the path of an attribute as tables write it, for one that may lack the brackets of lists, which a shell would need
// quotes for; the path itself if no attribute has it.
func Spelled(path string) string {
	for _, row := range Table().Rows {
		if strings.ReplaceAll(row.Path, "[]", "") == path {
			return row.Path
		}
	}
	return path
}
