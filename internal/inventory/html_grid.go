package inventory

// column is a column of a table.
type column struct {
	title string
	key   string // what the script calls it, if the table can be sorted
	head  string // the class of its head
	class string // the class of its cells
	names bool   // its cells name the rows
	bare  bool   // its cells need no label on a narrow screen
}

// grid adds the rows of a table to a page.
type grid struct {
	*page

	columns []column
	next    int
}

// grid adds the head of a table whose beginning, up to the caption, is on the page.
func (p *page) grid(columns ...column) *grid {
	p.Markup("\n" + `<thead role="rowgroup"><tr role="row">`)
	for _, c := range columns {
		p.Markup(`<th scope="col" role="columnheader"`)
		p.class(c.head)
		if c.key != "" {
			p.Markup(` data-column="`).Text(c.key).Markup(`"`)
		}
		p.Markup(">").Text(c.title).Markup("</th>")
	}
	p.Markup("</tr></thead>\n<tbody role=\"rowgroup\">")
	return &grid{page: p, columns: columns}
}

// row begins a row with an id; empty for none. The last of its cells ends it.
func (t *grid) row(id string) {
	t.next = 0
	t.Markup("\n<tr role=\"row\"")
	if id != "" {
		t.Markup(` id="`).Text(id).Markup(`"`)
	}
	t.Markup(">")
}

// cell adds the next cell of the row, with what content adds.
func (t *grid) cell(content func()) {
	t.open()
	t.fill(content)
}

// sorted is cell, for a column that is sorted by a key and not by what it shows.
func (t *grid) sorted(key string, content func()) {
	t.open()
	t.Markup(` data-key="`).Text(key).Markup(`"`)
	t.fill(content)
}

// text adds the next cells of the row, with a text each.
func (t *grid) text(all ...string) {
	for _, text := range all {
		t.cell(func() { t.Text(text) })
	}
}

// open begins a cell, up to the end of its tag.
func (t *grid) open() {
	c := t.columns[t.next]
	if c.names {
		t.Markup(`<th scope="row" role="rowheader"`)
		t.class(c.class)
		return
	}
	t.Markup("<td")
	t.class(c.class)
	t.Markup(` role="cell"`)
	if !c.bare {
		t.Markup(` data-label="`).Text(c.title).Markup(`"`)
	}
}

// fill ends the tag of a cell, and the cell after its content.
func (t *grid) fill(content func()) {
	t.Markup(">")
	content()
	if t.columns[t.next].names {
		t.Markup("</th>")
	} else {
		t.Markup("</td>")
	}
	if t.next++; t.next == len(t.columns) {
		t.Markup("</tr>")
	}
}

// end ends the table.
func (t *grid) end() { t.Markup("\n</tbody>\n</table>") }
