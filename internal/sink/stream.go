package sink

import (
	"bytes"
	"io"
)

// Stream is a step's standard output or standard error. Callers cannot get the underlying writer, so nothing reaches
// the log unescaped.
type Stream struct{ to io.Writer }

// To returns a stream that writes to w.
func To(w io.Writer) Stream { return Stream{w} }

// Print writes a line and a line break in a single call.
func (s Stream) Print(line Line) error { return s.write(line.text + "\n") }

// Put writes a document in a single call.
func (s Stream) Put(d Document) error { return s.write(d.text) }

// Status replaces the previous status line on a terminal. An empty line clears it. Use it only for a stream that is a
// terminal, and only for text that does not need to stay.
func (s Stream) Status(line Line) error { return s.write("\r\x1b[K" + line.text) }

func (s Stream) write(text string) error {
	_, err := io.WriteString(s.to, text)
	return err
}

// Writer returns an io.Writer for text from elsewhere, such as the help of a command. It escapes each line with Lines.
func (s Stream) Writer() *Writer { return &Writer{stream: s} }

// Writer escapes lines and writes them to a stream. It buffers an incomplete line until its end, or until Flush.
type Writer struct {
	stream Stream
	rest   []byte
	err    error
}

// Write accepts all bytes and writes the complete lines.
func (w *Writer) Write(data []byte) (int, error) {
	w.rest = append(w.rest, data...)
	end := bytes.LastIndexByte(w.rest, '\n') + 1
	w.put(end)
	return len(data), w.err
}

// Flush writes what is buffered. It returns the first error so far, because callers of Write may ignore it.
func (w *Writer) Flush() error {
	w.put(len(w.rest))
	return w.err
}

func (w *Writer) put(end int) {
	if end > 0 && w.err == nil {
		w.err = w.stream.Put(Lines(string(w.rest[:end])))
	}
	w.rest = w.rest[end:]
}
