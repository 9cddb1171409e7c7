package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/source"
)

// The limits of a file and of a table.
const (
	MaxFile    = 16 << 20
	maxRows    = 20_000
	maxColumns = 200
	maxCell    = 20_000 // bytes
)

// cell is a value of a table.
type cell struct {
	text string
	pos  diag.Pos
}

// table is a table with a row of headings.
type table struct {
	above  [][]cell // rows above the headings
	header []cell
	rows   [][]cell
}

// readTable reads comma-separated values. Semicolons and tabs can separate them, too. The headings are the first row that isHeader
// accepts. The error names the place.
func readTable(file string, data []byte, isHeader func([]cell) bool) (*table, error) {
	text, err := plainText(file, data)
	if err != nil {
		return nil, err
	}
	skipped, text, separator := separatorOf(text)
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = separator, -1, separator != '\t'
	t := &table{}
	for n := 0; ; n++ {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return nil, fmt.Errorf("%s: a quote stands where none may; put cells with quotes, separators or line breaks in double quotes, and write a quote twice", diag.Pos{File: file, Line: wrong.Line + skipped, Col: max(1, wrong.Column)})
		}
		cells := make([]cell, len(row))
		for i, text := range row {
			line, col := r.FieldPos(i)
			cells[i] = cell{strings.TrimSpace(text), diag.Pos{File: file, Line: line + skipped, Col: col}}
			if len(text) > maxCell {
				return nil, fmt.Errorf("%s: the cell has %d bytes; at most %d are read", cells[i].pos, len(text), maxCell)
			}
		}
		switch {
		case len(row) > maxColumns:
			return nil, fmt.Errorf("%s: the row has %d columns; at most %d are read", cells[0].pos, len(row), maxColumns)
		case n == maxRows:
			return nil, fmt.Errorf("%s: the table has more than %d rows; split it", cells[0].pos, maxRows)
		case !slices.ContainsFunc(cells, func(c cell) bool { return c.text != "" }):
		case t.header == nil && isHeader(cells):
			t.header = cells
		case t.header == nil:
			t.above = append(t.above, cells)
		default:
			t.rows = append(t.rows, cells)
		}
	}
	return t, nil
}

// plainText decodes a file, which must be text.
func plainText(file string, data []byte) ([]byte, error) {
	start := diag.Pos{File: file, Line: 1, Col: 1}
	switch {
	case len(data) > MaxFile:
		return nil, fmt.Errorf("%s: the file is larger than %d MiB", file, MaxFile>>20)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil, fmt.Errorf("%s: this is a spreadsheet or an archive; save the sheet as CSV (UTF-8)", start)
	case source.IsUTF16(data):
		data = source.FromUTF16(data)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return nil, fmt.Errorf("%s: the file contains a NUL byte, so it is not text", placeOf(file, data, at))
	}
	if !utf8.Valid(data) {
		at := 0
		for at < len(data) {
			r, n := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			at += n
		}
		return nil, fmt.Errorf("%s: the file is not UTF-8; save it as UTF-8", placeOf(file, data, at))
	}
	return data, nil
}

// placeOf returns the position of an offset.
func placeOf(file string, data []byte, at int) diag.Pos {
	before := data[:at]
	return diag.Pos{File: file, Line: bytes.Count(before, []byte("\n")) + 1, Col: utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1}
}

// separatorOf returns what separates the values of a table, and the table without the line that says so. skipped counts such lines.
func separatorOf(data []byte) (skipped int, rest []byte, separator rune) {
	line, after, _ := bytes.Cut(data, []byte("\n"))
	if said, ok := strings.CutPrefix(strings.TrimRight(string(line), "\r"), "sep="); ok && len(said) == 1 && strings.ContainsAny(said, ",;\t") {
		return 1, after, rune(said[0])
	}
	header := firstRow(data)
	best, most := ',', 0
	for _, s := range []byte(",;\t") {
		if n := countOutsideQuotes(header, s); n > most {
			best, most = rune(s), n
		}
	}
	return 0, data, best
}

// firstRow returns the first row with a separator outside of quotes, which has the headings. Rows after it say nothing about the separator: a
// name may have any number of semicolons.
func firstRow(data []byte) []byte {
	start, quoted, separated := 0, false, false
	for i, c := range data {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n' && separated:
			return data[start:i]
		case c == '\n':
			start = i + 1
		default:
			separated = separated || bytes.IndexByte([]byte(",;\t"), c) >= 0
		}
	}
	return data[start:]
}

// countOutsideQuotes counts a character in a row, outside of quotes.
func countOutsideQuotes(row []byte, wanted byte) int {
	n, quoted := 0, false
	for _, c := range row {
		switch {
		case c == '"':
			quoted = !quoted
		case !quoted && c == wanted:
			n++
		}
	}
	return n
}
