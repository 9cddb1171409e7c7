package yamltree

import (
	"bytes"
	"errors"
	"io"

	"gopkg.in/yaml.v3"
)

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
