package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// CSV drafts a record for each row of a table of vendors. Without a mapping, headings say where the columns go. The mapping that was used
// is returned. The error says that the file is no table, and where.
func (d *Desk) CSV(file string, data []byte, saved Mapping) (Intake, Mapping, error) {
	t, err := readTable(file, data, func([]cell) bool { return true })
	if err != nil {
		return Intake{}, nil, err
	}
	if t.header == nil {
		return Intake{}, nil, fmt.Errorf("%s: the table is empty", diag.Pos{File: file, Line: 1, Col: 1})
	}
	mapping := guess(t.header)
	if saved != nil {
		mapping = nil
		for _, h := range t.header {
			mapping = append(mapping, saved.column(h.text))
		}
	}
	if !slices.ContainsFunc(mapping, func(c Column) bool { return slices.Contains([]string{"id", "name", "domains"}, c.Target) }) {
		return Intake{}, mapping, fmt.Errorf("%s: no column names the vendors; the first row must have headings, and one of them must map to id, name or domains", t.header[0].pos)
	}
	r := &rowReader{Desk: d, mapping: mapping, vendors: newRecogniser(d.Known), seen: map[string]diag.Pos{}}
	r.unmapped(t)
	for _, row := range t.rows {
		r.read(row)
	}
	return r.in, mapping, nil
}

// rowReader reads the rows of a table of vendors.
type rowReader struct {
	*Desk

	mapping Mapping
	vendors *recogniser
	seen    map[string]diag.Pos // rows by id
	in      Intake
}

// unmapped reports the columns that go nowhere and have values.
func (r *rowReader) unmapped(t *table) {
	for i, c := range r.mapping {
		n := 0
		for _, row := range t.rows {
			if i < len(row) && !blank(row[i].text) {
				n++
			}
		}
		if c.Target == "" && n > 0 {
			why := "it maps to no attribute"
			if c.Note != "" {
				why = c.Note
			}
			r.in.leave(Origin{Pos: t.header[i].pos, Field: "column", Text: c.Heading}, "save the mapping with --save-map, name an attribute, an x- key or ignore, and pass it with --map", "%s (%s)", why, diag.Count(n, "value"))
		}
	}
}

// read drafts a record of a row.
func (r *rowReader) read(row []cell) {
	draft := Draft{Origin: Origin{Pos: row[0].pos, Field: "row"}}
	var id, name string
	var hosts []string
	for i, c := range row {
		column := Column{Heading: fmt.Sprint(i + 1)}
		if i < len(r.mapping) {
			column = r.mapping[i]
		} else if !blank(c.text) {
			r.in.leave(origin(column, c), "put cells with separators in double quotes", "the row has more cells than there are headings")
		}
		text := unescaped(c.text)
		if word, ok := column.Words[strings.ToLower(text)]; ok {
			text = word
		}
		if column.Target == "" || column.Target == Ignore || blank(text) {
			continue
		}
		if formula(c.text) {
			r.in.leave(origin(column, c), "write the value instead", "it looks like the formula of a spreadsheet")
			continue
		}
		c.text = text
		switch column.Target {
		case "id":
			if why := registry.CheckID(text); why != "" {
				r.in.leave(origin(column, c), why, "it is not the id of a vendor, so the row is left out")
				return
			}
			id = text
		case "name":
			name = strings.Join(strings.Fields(text), " ")
		}
		if slices.Contains([]string{"name", "id", "domains"}, column.Target) && (column.Target == "name" || draft.Origin.Text == "") {
			draft.Origin.Pos, draft.Origin.Text = c.pos, c.text
		}
		facts := r.facts(column, c)
		for _, f := range facts {
			if f.Path == "domains" {
				hosts = append(hosts, listed(f.Value)...)
			}
		}
		draft.Facts = append(draft.Facts, facts...)
	}
	if why := hostile(name); why != "" {
		r.in.leave(draft.Origin, "", "%s, so the row is left out", why)
		return
	}
	if r.identify(&draft, id, name, hosts) {
		r.in.Drafts = append(r.in.Drafts, draft)
	}
}

func origin(column Column, c cell) Origin {
	return Origin{Pos: c.pos, Field: fmt.Sprintf("column %q", column.Heading), Text: c.text}
}

func (d *Desk) approveHint(id string) string {
	return "to approve it, run `vendorgate registry approve " + id + " --by USER --role ROLE --until DATE" + d.Flags + "`"
}

// facts returns what a cell says.
func (r *rowReader) facts(column Column, c cell) []Fact {
	from := origin(column, c)
	if column.Target == "id" {
		return nil
	}
	if column.Target == "status" {
		return r.status(from)
	}
	row := &attr.Row{Path: column.Target, Type: attr.Text}
	switch {
	case column.Target == "x-next-review":
		row.Type = attr.Date
	case !attr.Own(column.Target):
		_, row, _ = record.Table().Lookup(column.Target)
	}
	value, refused := r.valueOf(row, c.text)
	for _, no := range refused {
		if no.hint != "" && (row.Type == attr.Enum || row.Path == "scope.data_classes") {
			no.hint += "; a saved mapping can say so under values"
		}
		r.in.leave(Origin{from.Pos, from.Field, no.text}, no.hint, "%s", no.why)
	}
	if value == "" {
		return nil
	}
	if row.Type == attr.Date && row.Path == "risk.assessed_on" && value > r.Today.String() {
		r.in.leave(from, "if it is the next review, map the column to x-next-review", "%s is in the future, and a review has been done", value)
		return nil
	}
	return []Fact{{from, column.Target, value}}
}

// status returns a status in the words of a record. A vendor that nobody has reviewed has none.
func (r *rowReader) status(from Origin) []Fact {
	word := strings.ReplaceAll(fold(from.Text), " ", "-")
	switch word {
	case "unreviewed", "not-judged", "not-reviewed":
		return nil
	case "conditional", "pilot", "deprecated":
		return []Fact{{from, "status", word}}
	case "proposed", "new", "requested", "planned", "candidate":
		return []Fact{{from, "status", "proposed"}}
	case "in-review", "under-review", "review", "pending", "pending-review", "in-progress", "under-assessment", "in-assessment":
		return []Fact{{from, "status", "in-review"}}
	case "denied", "rejected", "declined", "blocked":
		return []Fact{{from, "status", "denied"}}
	case "retired", "terminated", "offboarded", "inactive", "decommissioned":
		return []Fact{{from, "status", "retired"}}
	case "suspended":
		return []Fact{{from, "status", "suspended"}}
	case "conditionally-approved", "approved-with-conditions":
		return []Fact{{from, "status", "conditional"}}
	case "approved", "active", "live", "in-use", "onboarded", "production":
		return []Fact{{from, "status", "approved"}}
	default:
		r.in.leave(from, "add the word under values in a saved mapping", "it is not a known status, so the draft is proposed")
	}
	return nil
}

// identify says which vendor a row is about. It reports whether the row can be a record.
func (r *rowReader) identify(draft *Draft, id, name string, hosts []string) bool {
	var doubt string
	switch {
	case id != "":
		draft.ID, draft.By = id, "recognised by its id"
	default:
		if draft.ID, draft.By, doubt = r.vendors.find(name, hosts); doubt != "" {
			r.in.leave(draft.Origin, "add a column id", "it cannot be told which vendor this is: %s", doubt)
			return false
		}
	}
	if draft.ID == "" {
		draft.By = "a new vendor: no known vendor has its name or domain"
		if draft.ID = slug(name, hosts); draft.ID == "" {
			r.in.leave(draft.Origin, "add a column id", "no id can be made of its name")
			return false
		}
	}
	if before, ok := r.seen[draft.ID]; ok {
		r.in.leave(draft.Origin, "merge the rows, or give them different ids", "line %d has %s already", before.Line, draft.ID)
		return false
	}
	r.seen[draft.ID] = draft.Origin.Pos
	draft.Facts = slices.DeleteFunc(draft.Facts, func(f Fact) bool { return f.Path == "name" && name == draft.ID }) // it says nothing
	if slices.Contains(r.Files.Known(), draft.ID) {
		r.inherit(draft)
	}
	return true
}

// inherit leaves out what the catalogue says about a vendor.
func (r *rowReader) inherit(draft *Draft) {
	draft.Facts = slices.DeleteFunc(draft.Facts, func(f Fact) bool {
		if f.Path == "domains" {
			for _, host := range listed(f.Value) {
				if r.vendors.foreign(draft.ID, host) {
					r.in.leave(Origin{f.Pos, f.Field, host}, "if this is another vendor, add a column id; otherwise add the domain to the record", "it is no domain of %s in the catalogue", draft.ID)
				}
			}
		}
		return slices.Contains([]string{"name", "category", "domains"}, f.Path)
	})
}
