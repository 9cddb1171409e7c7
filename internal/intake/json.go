package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// The limits of what is read of a JSON file. encoding/json has one for the depth of what is skipped.
const (
	maxDepth = 24
	maxNodes = 100_000
)

// node is a value of a JSON file.
type node struct {
	pos   diag.Pos
	kind  rune   // { [ s n b or 0
	text  string // of a string, a number, true or false
	keys  []string
	items []*node // values of the keys, or of the list
}

// get returns the value of a key. It is never nil.
func (n *node) get(key string) *node {
	for i, k := range n.keys {
		if k == key {
			return n.items[i]
		}
	}
	return &node{pos: n.pos}
}

// list returns the items of a list.
func (n *node) list() []*node {
	if n.kind == '[' {
		return n.items
	}
	return nil
}

// jsonReader reads the parts of a JSON file that are wanted, with their positions.
type jsonReader struct {
	file  string
	data  []byte
	dec   *json.Decoder
	nodes int
	line  diag.Pos // of offset at
	at    int
}

// readJSON reads the values of some keys of an object. The error names the place.
func readJSON(file string, data []byte, wanted func(key string) bool) (*node, error) {
	data, err := plainText(file, data)
	if err != nil {
		return nil, err
	}
	r := &jsonReader{file: file, data: data, dec: json.NewDecoder(bytes.NewReader(data)), line: diag.Pos{File: file, Line: 1, Col: 1}}
	r.dec.UseNumber()
	root := &node{pos: r.next(), kind: '{'}
	if token, err := r.dec.Token(); err != nil || token != json.Delim('{') {
		return nil, r.wrong(err, root.pos, "an object is expected")
	}
	if err := r.object(root, 1, wanted); err != nil {
		return nil, err
	}
	if r.dec.More() {
		return nil, fmt.Errorf("%s: something follows the object", r.next())
	}
	return root, nil
}

// next returns the position of the next value or key.
func (r *jsonReader) next() diag.Pos {
	at := int(r.dec.InputOffset())
	for at < len(r.data) && bytes.IndexByte([]byte(" \t\r\n,:"), r.data[at]) >= 0 {
		at++
	}
	part := r.data[r.at:at]
	if n := bytes.Count(part, []byte("\n")); n > 0 {
		r.line.Line += n
		r.line.Col = 1
		part = part[bytes.LastIndexByte(part, '\n')+1:]
	}
	r.line.Col += len([]rune(string(part)))
	r.at = at
	return r.line
}

// wrong turns an error of the decoder into one with a place.
func (r *jsonReader) wrong(err error, pos diag.Pos, otherwise string) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("%s: this is not valid JSON", placeOf(r.file, r.data, min(max(0, int(syntax.Offset)-1), len(r.data))))
	case err != nil:
		return fmt.Errorf("%s: this is not valid JSON", pos)
	}
	return fmt.Errorf("%s: %s", pos, otherwise)
}

// object reads the pairs of an object whose brace has been read. It skips the values of keys that are not wanted.
func (r *jsonReader) object(into *node, depth int, wanted func(string) bool) error {
	seen := map[string]bool{}
	for r.dec.More() {
		pos := r.next()
		token, err := r.dec.Token()
		if err != nil {
			return r.wrong(err, pos, "")
		}
		key, _ := token.(string)
		if seen[key] {
			return fmt.Errorf("%s: the key %q appears twice", pos, key)
		}
		seen[key] = true
		if !wanted(key) {
			var skipped json.RawMessage
			if err := r.dec.Decode(&skipped); err != nil {
				return r.wrong(err, pos, "")
			}
			continue
		}
		value, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		into.keys, into.items = append(into.keys, key), append(into.items, value)
	}
	_, err := r.dec.Token()
	if err != nil {
		return r.wrong(err, r.next(), "")
	}
	return nil
}

// value reads the next value.
func (r *jsonReader) value(depth int) (*node, error) {
	n := &node{pos: r.next()}
	switch r.nodes++; {
	case depth > maxDepth:
		return nil, fmt.Errorf("%s: this is nested more than %d levels deep", n.pos, maxDepth)
	case r.nodes > maxNodes:
		return nil, fmt.Errorf("%s: there are more than %d values", n.pos, maxNodes)
	}
	token, err := r.dec.Token()
	if err != nil {
		return nil, r.wrong(err, n.pos, "")
	}
	switch v := token.(type) {
	case json.Delim:
		n.kind = rune(v)
		if v == '{' {
			return n, r.object(n, depth, func(string) bool { return true })
		}
		for r.dec.More() {
			item, err := r.value(depth + 1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, item)
		}
		if _, err := r.dec.Token(); err != nil {
			return nil, r.wrong(err, n.pos, "")
		}
	case string:
		n.kind, n.text = 's', v
	case json.Number:
		n.kind, n.text = 'n', v.String()
	case bool:
		n.kind, n.text = 'b', fmt.Sprint(v)
	}
	return n, nil
}
