package yamltree

import (
	"bytes"
	"errors"

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
		found.add(top, "save it as UTF-8", "the file is UTF-16")
		return nil, found.problems
	case refuseForeign(file, data, found):
		return nil, found.sorted()
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
		w := walker{src: src, found: found, used: map[*yaml.Node]bool{}}
		tree := w.node(r.first, 0, src.pos(r.first.Line-1, r.first.Column))
		w.refuseAnchors()
		return tree
	case r.first != nil || r.err == nil:
		found.add(src.pos(1, 1), "", "the file has no YAML document")
	}
	return nil
}
