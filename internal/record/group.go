package record

import (
	"cmp"

	"github.com/vendorgate/vendorgate/internal/attr"
)

// The readers of an attribute besides rules and requirements, as JudgedBy names them.
const (
	EveryRule   = "every rule"       // it sets the tier of a use
	Detection   = "detection"        // the scan looks for it in source code
	Exports     = "exports"          // inventories, forecasts and calendars show it
	Wording     = "messages"         // it appears in findings of rules that do not judge it, or hides details in them
	Reading     = "reading the file" // a file is refused if the value does not fit the rest of it
	Information = "information"      // for people and their own requirements; no built-in rule uses it
)

// Who has the proof of an attribute.
const (
	TheVendor = "the vendor"
	lawyers   = "whoever keeps the contracts"
	ourselves = "ourselves"
)

const anyProof = "a page on the vendor's website, or a test of your own"

// group is what rows have in common.
type group struct {
	name             string
	kind             attr.Kind
	evidence, holder string
}

// of gives the rows what they do not say themselves.
func (g group) of(rows []attr.Row) []attr.Row {
	for i := range rows {
		row := &rows[i]
		row.Group = g.name
		row.Kind = cmp.Or(row.Kind, g.kind)
		row.Evidence = cmp.Or(row.Evidence, g.evidence)
		row.Holder = cmp.Or(row.Holder, g.holder)
	}
	return rows
}

// claims marks rows as statements about the vendor, which may be unknown, and puts them below one mapping.
func claims(prefix string, rows []attr.Row) []attr.Row {
	for i := range rows {
		rows[i].Path = prefix + rows[i].Path
		rows[i].Claim = true
	}
	return rows
}
