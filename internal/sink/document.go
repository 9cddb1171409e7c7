package sink

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// Document is text with several lines that is safe for the sink it was made for and for the log of a job. It is immutable.
// The zero Document is empty.
type Document struct{ text string }

// Bytes returns the document as written to a file.
func (d Document) Bytes() []byte { return []byte(d.text) }

// Lines turns text into a document for terminals and logs. It escapes each line like Text, but keeps tabs. Text without
// control characters and commands stays the same.
func Lines(text string) Document { return Document{escapeLines(text)} }

// CRLF returns the document with lines that end in CR LF, as mail and calendar formats require.
func CRLF(d Document) Document { return Document{strings.ReplaceAll(d.text, "\n", "\r\n")} }

func escapeLines(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		text, ended := strings.CutSuffix(line, "\n")
		out.WriteString(unspoken(visible(text, "\t")))
		if ended {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// Page builds a document for terminals and logs, line by line. The zero Page is empty.
type Page struct{ out strings.Builder }

// Line adds a line that consists of the parts, without separators.
func (p *Page) Line(parts ...Line) { p.out.WriteString(Join(parts...).text + "\n") }

// Linef adds a line, formatted like the function Linef.
func (p *Page) Linef(format literal, args ...any) { p.Line(Linef(format, args...)) }

// Document returns the page so far.
func (p *Page) Document() Document { return Document{p.out.String()} }

// JSON encodes a value, indented and with a final line break. In strings, "##[" and unprintable characters become JSON
// escapes, so that the output is safe in a log and means the same to a JSON parser.
func JSON(v any) (Document, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return Document{}, fmt.Errorf("render JSON: %w", err)
	}
	var out strings.Builder
	for _, r := range strings.ReplaceAll(buffer.String(), "##[", `#\u0023[`) {
		switch {
		case r == '\n' || unicode.IsPrint(r):
			out.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return Document{out.String()}, nil
}
