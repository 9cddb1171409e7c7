package search

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// MaxFile is the size in bytes above which a file is not searched, and TooLarge the reason for it.
const (
	MaxFile  = 5 << 20
	TooLarge = "larger than 5 MiB"
)

// readWhole reads a regular file into buffer, or returns the reason why it cannot.
func readWhole(files fs.FS, name string, buffer []byte) (data []byte, reason string) {
	f, err := files.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, worktree.NotThere
	case err != nil:
		return nil, worktree.Unread + source.Reason(err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, worktree.Unread + source.Reason(err)
	case !info.Mode().IsRegular():
		return nil, source.ErrNotRegular.Error()
	case info.Size() > MaxFile:
		return nil, TooLarge
	}
	buffer = slices.Grow(buffer[:0], int(info.Size())+1)
	for {
		if len(buffer) == cap(buffer) {
			buffer = slices.Grow(buffer, 1<<16)
		}
		n, err := f.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		switch {
		case int64(len(buffer)) == info.Size() && n > 0: // the usual case; reading until EOF would cost a second call
			return buffer, ""
		case len(buffer) > MaxFile:
			return nil, TooLarge
		case errors.Is(err, io.EOF):
			return buffer, ""
		case err != nil:
			return nil, worktree.Unread + source.Reason(err)
		}
	}
}

// Read reads a listed file into buffer, whose array raw may share, and returns its text for a search, or the reason why it cannot.
func Read(files fs.FS, name string, buffer []byte) (text, raw []byte, reason string) {
	raw, reason = readWhole(files, name, buffer)
	if reason != "" {
		return nil, buffer, reason
	}
	text, reason = Text(raw)
	return text, raw, reason
}

// Text returns the text of a file for a search, or the reason why it is not text.
func Text(data []byte) (_ []byte, reason string) {
	switch {
	case bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")) && len(data) < 1024:
		return nil, "Git LFS pointer: the content is elsewhere"
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return fromUTF16(data[2:], data[0] == 0xFE), ""
	case bytes.IndexByte(data[:min(len(data), binaryWithin)], 0) >= 0:
		return nil, "binary"
	}
	return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), ""
}

// binaryWithin is the number of bytes that are searched for a NUL to recognise binary files, as in git.
const binaryWithin = 8000

func fromUTF16(data []byte, bigEndian bool) []byte {
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
