package source

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// BinaryWithin is the number of bytes that are searched for a NUL to recognise binary files, as in git.
const BinaryWithin = 8000

// IsBinary reports whether a file is not text. It needs the first BinaryWithin bytes.
func IsBinary(data []byte) bool {
	return !IsUTF16(data) && bytes.IndexByte(data[:min(len(data), BinaryWithin)], 0) >= 0
}

// IsPointer reports whether a file is a pointer of Git LFS, whose content is elsewhere.
func IsPointer(data []byte) bool {
	return bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")) && len(data) < 1024
}

// IsUTF16 reports whether a file begins with the byte order mark of UTF-16.
func IsUTF16(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF})
}

// FromUTF16 returns the text of a file for which IsUTF16 is true in UTF-8, without the mark.
func FromUTF16(data []byte) []byte {
	bigEndian := data[0] == 0xFE
	data = data[2:]
	out := make([]byte, 0, len(data))
	unit := func(i int) rune {
		if bigEndian {
			return rune(data[i])<<8 | rune(data[i+1])
		}
		return rune(data[i+1])<<8 | rune(data[i])
	}
	for i := 0; i+1 < len(data); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) && i+3 < len(data) {
			if pair := utf16.DecodeRune(r, unit(i+2)); pair != utf8.RuneError {
				r = pair
				i += 2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}
