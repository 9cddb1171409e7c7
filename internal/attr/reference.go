package attr

import (
	"slices"
	"strings"
)

// Reference is the table as Markdown: what a file may hold, and why. Each group of rows has a section, whose rows say what kind they
// are and who judges them.
func (t *Table) Reference() string {
	var out strings.Builder
	group := ""
	for i := range t.Rows {
		row := &t.Rows[i]
		switch {
		case row.Group != "" && row.Group != group:
			group = row.Group
			if i > 0 {
				out.WriteByte('\n')
			}
			out.WriteString("### " + group + "\n\n")
			writeCells(&out, "attribute", "value", "meaning", "kind", "used by", "asked by")
			writeCells(&out, "---", "---", "---", "---", "---", "---")
		case i == 0:
			writeCells(&out, "attribute", "value", "meaning", "asked by", "controls")
			writeCells(&out, "---", "---", "---", "---", "---")
		}
		cells, controls := []string{"`" + row.Path + "`", row.Describe(), row.Doc}, strings.Join(row.Controls, "; ")
		if row.Group == "" {
			writeCells(&out, append(cells, row.Seed, controls)...)
			continue
		}
		asked := row.Seed
		if controls != "" {
			asked += "; " + controls
		}
		writeCells(&out, append(cells, row.KindWords(), strings.Join(row.JudgedBy, ", "), asked)...)
	}
	return out.String()
}

func writeCells(out *strings.Builder, cells ...string) {
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", "\\|")
	}
	out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// KindWords is the kind of a row. Of an exposure that may be left out, it says what reports that.
func (r *Row) KindWords() string {
	switch {
	case r.Kind != Exposure || r.Required:
		return string(r.Kind)
	case r.Omission == "":
		return string(r.Kind) + "; nothing reports it if missing"
	default:
		return string(r.Kind) + "; " + r.Omission + " reports it if missing"
	}
}

// Describe says in words what the row's value may be.
func (r *Row) Describe() string {
	what := string(r.Type)
	if strings.HasSuffix(r.Path, "[]") {
		what = "list of mappings"
	}
	if r.Type == Enum {
		what = strings.Join(r.Values, ", ")
	}
	if r.List {
		what = "list of " + what
		if r.Type == Enum {
			what = "list of: " + strings.Join(r.Values, ", ")
		}
	}
	if r.Filled {
		what = "non-empty " + what
	}
	words := slices.Clone(r.Also)
	if r.None {
		words = append(words, NoneWord)
	}
	if r.Claim && !slices.Contains(r.Values, "unknown") {
		words = append(words, "unknown")
	}
	if r.Nullable {
		words = append(words, "null")
	}
	if len(words) > 0 {
		what += "; or " + strings.Join(words, ", ")
	}
	if r.Required {
		what += " (required)"
	}
	return what
}
