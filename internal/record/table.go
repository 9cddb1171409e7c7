// Package record is the table of a vendor's record: for each attribute its type and meaning, the question to ask, the proof to
// collect, and who judges the answer. It reads no record; package registry does.
package record

import (
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
)

// Table holds the attributes of a vendor's record. A further block of the record is a further list of rows.
//
//nolint:gochecknoglobals // an immutable table, built once
var Table = sync.OnceValue(func() *attr.Table {
	var rows []attr.Row
	for _, block := range [][]attr.Row{
		identity(), decision(), risk(), incidents(), scope(), authentication(), console(), encryption(), logging(), rateLimiting(), threatDetection(),
		observability(), data(), compliance(), assessments(), vulnerabilities(), contract(), exit(), pilot(), evidence(), notes(),
	} {
		rows = append(rows, block...)
	}
	for i := range rows {
		rows[i].None = rows[i].None || canBeNone(&rows[i])
	}
	return attr.New("vendorgate vendor record", "What an organisation knows and has decided about a third-party API service.", rows)
})

// canBeNone reports whether none is a possible answer for an attribute that has no other word for it. What the organisation decides by
// itself, and what every service has, always has a value.
func canBeNone(row *attr.Row) bool {
	switch row.Group {
	case "Decision", "Risk", "Incidents", "Scope", "Notes":
		return false
	case "Identity":
		if !strings.HasPrefix(row.Path, "links.") && !strings.HasPrefix(row.Path, "provider.") {
			return false
		}
	}
	return !row.Required && !row.List && row.Type != attr.Tri && !row.Nullable && !strings.Contains(row.Path, "[]") && len(row.Also) == 0 && !saysNo(row.Values)
}

// saysNo reports whether a choice has a word for a known no.
func saysNo(values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool {
		return slices.Contains([]string{"none", "no", "closed", "missing", "not-required"}, v)
	})
}
