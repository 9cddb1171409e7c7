package sink

import (
	"bytes"
	"io"
)

// Stream is a step's standard output or standard error. Callers cannot get the underlying writer, so nothing reaches
// the log unescaped.
type Stream struct{ to io.Writer }

// To makes a stream of a writer.
func To(w io.Writer) Stream { return Stream{w} }

// Print writes a line and its end, at once.
func (s Stream) Print(line Line) error { return s.write(line.text + "\n") }

// Put writes a document, at once.
func (s Stream) Put(d Document) error { return s.write(d.text) }

// Status shows a line on a terminal in place of the one before, without an end. An empty line takes it away. It is for a
// stream that is a terminal, and for nothing that stays.
func (s Stream) Status(line Line) error { return s.write("\r\x1b[K" + line.text) }

func (s Stream) write(text string) error {
	_, err := io.WriteString(s.to, text)
	return err
}

// Writer is for others who write text, such as the help of a command: it passes what Lines makes of it, line by line.
func (s Stream) Writer() *Writer { return &Writer{stream: s} }

// Writer escapes lines on their way to a stream. What has no line end yet waits for one, or for Flush.
type Writer struct {
	stream Stream
	rest   []byte
	err    error
}

// Write takes all of the bytes, and writes the lines that they end.
func (w *Writer) Write(data []byte) (int, error) {
	w.rest = append(w.rest, data...)
	end := bytes.LastIndexByte(w.rest, '\n') + 1
	w.put(end)
	return len(data), w.err
}

// Flush writes what waits. It returns the first error that there was, for who writes may not look.
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
