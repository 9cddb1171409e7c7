// Package record is the table of a vendor's record: for each attribute its type and meaning, the question to ask, the proof to
// collect, and who judges the answer. It reads no record; package registry does.
package record

import (
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
	return attr.New("vendorgate vendor record", "What an organisation knows and has decided about a third-party API service.", rows)
})
