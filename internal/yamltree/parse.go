package yamltree

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Parse reads the first document of a file. It never panics. Problems are sorted by position, and all positions are
// inside the file. The tree is nil if the file is too big, empty, or not YAML. Otherwise there can still be problems,
// and the tree lacks the parts that they are about.
func Parse(file string, data []byte) (*Node, []diag.Problem) {
	found := &collector{}
	top := diag.Pos{File: file, Line: 1, Col: 1}
	switch {
	case len(data) > MaxBytes:
		found.add(top, "split the file", "the file has %d bytes; at most %d are read", len(data), MaxBytes)
		return nil, found.problems
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}), bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		found.add(top, "", "the file is UTF-16; save it as UTF-8")
		return nil, found.problems
	}
	src := newSource(file, data, found)
	tree := parse(src, found)
	return tree, found.sorted()
}

// parse reads the text with yaml.v3, reports its errors, and walks the first document.
func parse(src *source, found *collector) *Node {
	if pos, over := src.crowded(); over {
		found.add(pos, "split the file", "more than %d lines and commas", MaxNodes)
		return nil
	}
	r := read(src.text)
	switch {
	case errors.Is(r.err, errGaveUp):
		found.add(src.pos(1, 1), "", "the file could not be parsed as YAML")
	case r.second > 0 || r.first != nil && r.err != nil:
		reportSecond(src, r, found)
	case r.err != nil:
		reportSyntax(src, r, found)
	}
	switch {
	case r.first != nil && (!isEmpty(r.first) || r.first.Anchor != ""):
		w := walker{src: src, found: found}
		return w.node(r.first, 0, src.pos(r.first.Line-1, r.first.Column))
	case r.first != nil || r.err == nil:
		found.add(src.pos(1, 1), "", "the file has no YAML document")
	}
	return nil
}

var errGaveUp = errors.New("panic in yaml.v3")

// reading is the result of yaml.v3. Its line numbers are those of yaml.v3, one more than in the file.
type reading struct {
	first  *yaml.Node // root of the first document; nil if there is none
	line   int        // of the first document's start
	second int        // line of the second document's start; 0 if there is none
	err    error      // what ended the reading, other than the end of the file
	head   int        // number of lines that had been asked for by then
}

func read(text []byte) (r reading) {
	lines := &lineReader{text: text}
	defer func() {
		r.head = lines.count
		if recover() != nil {
			r = reading{err: errGaveUp}
		}
	}()
	decoder := yaml.NewDecoder(lines)
	var doc yaml.Node
	if r.err = decoder.Decode(&doc); r.err == nil {
		r.first, r.line = doc.Content[0], doc.Line
		doc = yaml.Node{}
		if r.err = decoder.Decode(&doc); r.err == nil {
			r.second = doc.Line
		}
	}
	if errors.Is(r.err, io.EOF) {
		r.err = nil
	}
	return r
}

// lineReader returns at most one line at a time, which shows how far yaml.v3 had to read to find an error. The line
// that yaml.v3 reports is where the surrounding block starts, possibly far above.
type lineReader struct {
	text  []byte
	count int // lines begun
	mid   bool
}

func (l *lineReader) Read(p []byte) (int, error) {
	if len(l.text) == 0 {
		return 0, io.EOF
	}
	if !l.mid {
		l.count++
	}
	n := min(len(p), len(l.text))
	if end := bytes.IndexByte(l.text[:n], '\n'); end >= 0 {
		n = end + 1
	}
	copy(p, l.text[:n])
	l.mid = l.text[n-1] != '\n'
	l.text = l.text[n:]
	return n, nil
}

// collector collects problems. It keeps enough to report the first ones in the file, and counts the rest.
type collector struct {
	problems []diag.Problem
	left     int
}

const maxKept = 1000

func (c *collector) add(pos diag.Pos, hint, format string, args ...any) {
	if len(c.problems) == maxKept {
		c.left++
		return
	}
	c.problems = append(c.problems, diag.Problem{Pos: pos, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// has reports whether there is a problem on a line.
func (c *collector) has(line int) bool {
	return slices.ContainsFunc(c.problems, func(p diag.Problem) bool { return p.Pos.Line == line })
}

// sorted returns the first problems of the file. If there are more, the last one says how many.
func (c *collector) sorted() []diag.Problem {
	slices.SortStableFunc(c.problems, func(a, b diag.Problem) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
	})
	c.problems = slices.Compact(c.problems) // a lone "!" counts for a map and for its first key
	c.problems = slices.Compact(c.problems) // a lone "!" is before a map and before its first key
	if len(c.problems) <= MaxProblems {
		return c.problems
	}
	more := &c.problems[MaxProblems-1]
	*more = diag.Problem{Pos: more.Pos, Message: fmt.Sprintf("%d more problems in this file", len(c.problems)-MaxProblems+1+c.left)}
	return c.problems[:MaxProblems:MaxProblems]
}
