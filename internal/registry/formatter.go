package registry

import (
	"bytes"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// formatter has the lines of a file, counted from 1, with their line ends.
type formatter struct {
	bom    string
	lines  []string
	within []bool // the line continues a text in quotes, or belongs to a block of text: # begins no comment there

	cursor diag.Pos // of rest
	ahead  string   // the lines there
}

func newFormatter(data []byte) *formatter {
	f := &formatter{lines: []string{""}}
	text, marked := bytes.CutPrefix(data, []byte("\uFEFF"))
	if marked {
		f.bom = "\uFEFF"
	}
	end := "\n"
	if first, _, _ := bytes.Cut(text, []byte("\n")); bytes.HasSuffix(first, []byte("\r")) {
		end = "\r\n"
	}
	for line := range strings.Lines(string(text)) {
		if !strings.HasSuffix(line, "\n") {
			line += end
		}
		f.lines = append(f.lines, line)
	}
	f.within = make([]bool, len(f.lines))
	return f
}

// emptyBlanks removes white space from blank lines, because below a block scalar it could become part of it.
func (f *formatter) emptyBlanks() {
	for i := 1; i < len(f.lines); i++ {
		if f.blank(i) {
			f.lines[i] = strings.TrimLeft(f.lines[i], " \t")
		}
	}
}

func (f *formatter) blank(line int) bool {
	return !f.within[line] && strings.TrimSpace(f.lines[line]) == ""
}

// comment reports whether a line has only a comment, or the three dots at the end of a file.
func (f *formatter) comment(line int) bool {
	text := strings.TrimSpace(f.lines[line])
	return !f.within[line] && (strings.HasPrefix(text, "#") || strings.HasPrefix(f.lines[line], "...") && strings.TrimLeft(f.lines[line], ". \t\r\n") == "")
}

// margin returns the number of characters before the text of a line.
func (f *formatter) margin(line int) int {
	return len(f.lines[line]) - len(strings.TrimLeft(f.lines[line], " \t"))
}
