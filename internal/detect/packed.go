package detect

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

// packed is the content of a file, compressed if that makes it smaller.
type packed struct {
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

// pack compresses a copy of data.
func pack(data []byte) packed {
	w := compressors.Get().(*flate.Writer) //nolint:forcetypeassert // nothing else is in the pool
	defer compressors.Put(w)
	var out bytes.Buffer
	w.Reset(&out)
	w.Write(data) //nolint:errcheck,gosec // a buffer takes everything
	w.Close()     //nolint:errcheck,gosec // likewise
	if out.Len() >= len(data) {
		return packed{bytes.Clone(data), len(data)}
	}
	return packed{bytes.Clone(out.Bytes()), len(data)} // without the buffer's reserve
}

// unpack returns the content. It uses buffer if that is large enough.
func (p packed) unpack(buffer []byte) []byte {
	if len(p.data) == p.length {
		return p.data
	}
	if cap(buffer) < p.length {
		buffer = make([]byte, p.length)
	}
	buffer = buffer[:p.length]
	if _, err := io.ReadFull(flate.NewReader(bytes.NewReader(p.data)), buffer); err != nil {
		panic(err) // pack made it
	}
	return buffer
}
