package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Ignore is the target of a column that is left out on purpose.
const Ignore = "ignore"

// Column says where the values of a column go.
type Column struct {
	Heading string
	Target  string            // an attribute, a key that begins with x-, or Ignore; empty if the column is not known
	Words   map[string]string // what to read in place of a word, by the word in lower case
	Note    string            // why the target is what it is
}

// Mapping says where the columns of a table go.
type Mapping []Column

// column returns the column with a heading.
func (m Mapping) column(heading string) Column {
	for _, c := range m {
		if fold(c.Heading) == fold(heading) {
			return c
		}
	}
	return Column{Heading: heading}
}

// ParseMapping reads a saved mapping.
func ParseMapping(file string, data []byte) (Mapping, []diag.Problem) {
	root, problems := yamltree.Parse(file, data)
	if len(problems) > 0 || root == nil {
		return nil, append(problems, emptyMapping(file, root)...)
	}
	var out Mapping
	wrong := func(pos diag.Pos, hint, format string, args ...any) {
		problems = append(problems, diag.Problem{Pos: pos, Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	var words []yamltree.Pair
	for _, p := range root.Pairs {
		switch {
		case p.Key == "apiVersion" && p.Value.Text == "vendorgate/v1", p.Key == "kind" && p.Value.Text == "ImportMap":
		case p.Key == "columns" && p.Value.Kind == yamltree.Map:
			for _, c := range p.Value.Pairs {
				if why := wrongTarget(c.Value.Text); c.Value.Kind != yamltree.Scalar || why != "" {
					wrong(c.Value.Pos, "name an attribute of a record, a key that begins with x-, or ignore", "the target of column %q is %q: %s", c.Key, c.Value.Text, why)
				}
				out = append(out, Column{Heading: c.Key, Target: c.Value.Text})
			}
		case p.Key == "values" && p.Value.Kind == yamltree.Map:
			words = p.Value.Pairs
		default:
			wrong(p.KeyPos, "a mapping has apiVersion: vendorgate/v1, kind: ImportMap, columns and values", "%s: %q is not expected here", p.Key, p.Value.Text)
		}
	}
	for _, w := range words {
		i := slices.IndexFunc(out, func(c Column) bool { return c.Heading == w.Key })
		if i < 0 || w.Value.Kind != yamltree.Map {
			wrong(w.KeyPos, "write the heading as under columns, and below it each word with its value", "values of %q, which is no column of this mapping", w.Key)
			continue
		}
		out[i].Words = map[string]string{}
		for _, p := range w.Value.Pairs {
			out[i].Words[strings.ToLower(p.Key)] = p.Value.Text
		}
	}
	return out, problems
}

func emptyMapping(file string, root *yamltree.Node) []diag.Problem {
	if root != nil {
		return nil
	}
	return []diag.Problem{{Pos: diag.Pos{File: file, Line: 1, Col: 1}, Message: "the mapping is empty"}}
}

// wrongTarget says what is wrong with the target of a column.
func wrongTarget(target string) string {
	switch {
	case target == Ignore:
		return ""
	case attr.Own(target):
		if strings.Trim(target, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return "it has other characters than lower-case letters, digits, - and _"
		}
		return ""
	case target == "apiVersion" || target == "kind":
		return "every record has the same"
	case strings.HasPrefix(target, "approval"):
		return "an import approves nothing"
	}
	_, row, ok := record.Table().Lookup(target)
	switch {
	case !ok:
		return "there is no such attribute"
	case row == nil:
		return "a cell cannot hold a mapping"
	}
	return ""
}

// Bytes returns the mapping as a file.
func (m Mapping) Bytes() []byte {
	var out strings.Builder
	out.WriteString("# How registry import reads a table. Each column has the attribute that its values go to, a key that begins with x-,\n" +
		"# or ignore. Under values, give the words of a column that vendorgate does not know: values: {Criticality: {High: 1}}.\n" +
		"apiVersion: vendorgate/v1\nkind: ImportMap\ncolumns:\n")
	for _, c := range m {
		margin, target := "  ", c.Target
		if target == "" {
			margin, target = "  # ", Ignore
		}
		line := margin + yamltree.Quote(c.Heading) + ": " + target
		if c.Note != "" {
			line += " # " + c.Note
		}
		out.WriteString(line + "\n")
	}
	if slices.ContainsFunc(m, func(c Column) bool { return len(c.Words) > 0 }) {
		out.WriteString("values:\n")
	}
	for _, c := range m {
		if len(c.Words) == 0 {
			continue
		}
		out.WriteString("  " + yamltree.Quote(c.Heading) + ":\n")
		for _, word := range sortedKeys(c.Words) {
			out.WriteString("    " + yamltree.Quote(word) + ": " + yamltree.Quote(c.Words[word]) + "\n")
		}
	}
	return []byte(out.String())
}

func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
