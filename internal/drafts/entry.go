package drafts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
)

// entry is a key of a file that is being written. Without a value, here or below, it is written as a comment.
type entry struct {
	key      string
	comments []string // above it
	value    string
	example  string // in place of a value
	children []*entry
}

// at returns the entry for a path, and creates it if necessary.
func (e *entry) at(path string) *entry {
	key, rest, more := strings.Cut(path, ".")
	i := slices.IndexFunc(e.children, func(c *entry) bool { return c.key == key })
	if i < 0 {
		i = len(e.children)
		e.children = append(e.children, &entry{key: key})
	}
	if more {
		return e.children[i].at(rest)
	}
	return e.children[i]
}

// stated reports whether there is a value here or below.
func (e *entry) stated() bool {
	return e.value != "" || slices.ContainsFunc(e.children, (*entry).stated)
}

// prune removes what has no value.
func (e *entry) prune() {
	e.children = slices.DeleteFunc(e.children, func(c *entry) bool { return !c.stated() })
	for _, c := range e.children {
		c.prune()
	}
}

// unknown counts the attributes here and below that are to be filled in.
func (e *entry) unknown() int {
	n := 0
	if e.value == "unknown" {
		n++
	}
	for _, c := range e.children {
		n += c.unknown()
	}
	return n
}

// limit leaves at most some keys below an entry: first those that another one has, then others in the order of the table.
func (e *entry) limit(most int, order attr.Order, first *entry) {
	asked := max(0, most-len(first.children))
	e.children = slices.DeleteFunc(e.sorted(order), func(c *entry) bool {
		if slices.ContainsFunc(first.children, func(f *entry) bool { return f.key == c.key }) {
			return false
		}
		asked--
		return asked < 0
	})
}

// writeGroups prints what is below an entry in the order of the table, with a line for each key.
func (e *entry) writeGroups(out *strings.Builder, order attr.Order) {
	for _, c := range e.sorted(order) {
		out.WriteString(c.key + ": " + c.flow(order.Below(c.key)) + "\n")
	}
}

// flow formats an entry as a value on one line.
func (e *entry) flow(order attr.Order) string {
	if len(e.children) == 0 {
		return e.value
	}
	var parts []string
	for _, c := range e.sorted(order) {
		parts = append(parts, c.key+": "+c.flow(order.Below(c.key)))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// sorted returns what is below an entry in the order of the table.
func (e *entry) sorted(order attr.Order) []*entry {
	slices.SortStableFunc(e.children, func(a, b *entry) int { return cmp.Compare(order.Index(a.key), order.Index(b.key)) })
	return e.children
}

// write prints what is below an entry in the order of the table. Its lines begin with margin; what has no value is a comment.
func (e *entry) write(out *strings.Builder, order attr.Order, margin string) {
	for _, c := range e.sorted(order) {
		for _, line := range c.comments {
			writeComment(out, margin, line)
		}
		line := c.key + ":"
		if text := cmp.Or(c.value, c.example); text != "" {
			line += " " + text
		}
		below := margin + "  "
		if !strings.Contains(margin, "#") && !c.stated() {
			line, below = "# "+line, margin+"#   "
		}
		out.WriteString(margin + line + "\n")
		c.write(out, order.Below(c.key), below)
	}
}

// writeComment writes a text as one line of a comment, or as several where it is long.
func writeComment(out *strings.Builder, margin, text string) {
	const most = 110
	if !strings.Contains(margin, "#") {
		margin += "# "
	}
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(margin)+len(line)+1+len(word) > most {
			out.WriteString(margin + line + "\n")
			line = "  " + word
			continue
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	out.WriteString(margin + line + "\n")
}
