package search

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"slices"

	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// MaxFile is the size in bytes above which a text is not searched, and TooLarge the reason for it.
const (
	MaxFile  = 5 << 20
	TooLarge = "larger than 5 MiB"
)

// Binary is the reason for not searching a file that is not text.
const Binary = "binary"

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
		head, err := io.ReadAll(io.LimitReader(f, source.BinaryWithin))
		if err != nil {
			return nil, worktree.Unread + source.Reason(err)
		}
		return nil, large(head)
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
			return nil, large(buffer)
		case errors.Is(err, io.EOF):
			return buffer, ""
		case err != nil:
			return nil, worktree.Unread + source.Reason(err)
		}
	}
}

// large returns the reason for not searching a file that is larger than MaxFile.
func large(head []byte) (reason string) {
	if source.IsBinary(head) {
		return Binary
	}
	return TooLarge
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
	case source.IsPointer(data):
		return nil, "Git LFS pointer: the content is elsewhere"
	case source.IsUTF16(data):
		return source.FromUTF16(data), ""
	case source.IsBinary(data):
		return nil, Binary
	}
	return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), ""
}
