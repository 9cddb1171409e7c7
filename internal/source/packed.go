package source

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

// Packed is the content of a file, compressed if that makes it smaller. It is immutable.
type Packed struct {
	data   []byte
	length int // of the content
}

//nolint:gochecknoglobals // compressors are large, so they are used again
var compressors = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is valid
	}
	return w
}}

// Pack compresses a copy of data.
func Pack(data []byte) Packed {
	w := compressors.Get().(*flate.Writer) //nolint:forcetypeassert // nothing else is in the pool
	defer compressors.Put(w)
	var out bytes.Buffer
	w.Reset(&out)
	w.Write(data) //nolint:errcheck,gosec // a buffer takes everything
	w.Close()     //nolint:errcheck,gosec // likewise
	if out.Len() >= len(data) {
		return Packed{bytes.Clone(data), len(data)}
	}
	return Packed{bytes.Clone(out.Bytes()), len(data)} // without the buffer's reserve
}

// Len returns the length of the content in bytes.
func (p Packed) Len() int { return p.length }

// Held returns the number of bytes that p takes.
func (p Packed) Held() int { return len(p.data) }

// Unpack returns a copy of the content, in buffer if that is large enough.
func (p Packed) Unpack(buffer []byte) []byte {
	if len(p.data) == p.length {
		return append(buffer[:0], p.data...)
	}
	if cap(buffer) < p.length {
		buffer = make([]byte, p.length)
	}
	buffer = buffer[:p.length]
	if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(p.data)), buffer); err != nil {
		panic(err) // Pack made it
	}
	return buffer
}
