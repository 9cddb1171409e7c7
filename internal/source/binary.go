package source

import "bytes"

// BinaryWithin is the number of bytes that are searched for a NUL to recognise binary files, as in git.
const BinaryWithin = 8000

// IsBinary reports whether a file is not text. It needs the first BinaryWithin bytes. Text in UTF-16 begins with a byte order mark.
func IsBinary(data []byte) bool {
	marked := bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF})
	return !marked && bytes.IndexByte(data[:min(len(data), BinaryWithin)], 0) >= 0
}
