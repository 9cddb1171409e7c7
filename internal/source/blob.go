package source

import (
	"crypto/sha1" //nolint:gosec // git's name of a content, no secret
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
)

// Blob is the name that git gives to the content of a file: 40 hex digits. A file system that holds the tree of a commit
// and not its contents returns it from the Sys method of a file.
type Blob string

// BlobOf is the name that git gives to a content (git hash-object).
func BlobOf(data []byte) Blob {
	h := NewBlob(int64(len(data)))
	h.Write(data) //nolint:gosec // a hash accepts everything
	return h.Blob()
}

// TreeOf is the name that git gives to a folder, as 40 hex digits. Its entries are given as git stores them.
func TreeOf(entries []byte) string {
	h := sha1.New() //nolint:gosec // as git has it
	fmt.Fprintf(h, "tree %d\x00%s", len(entries), entries)
	return hex.EncodeToString(h.Sum(nil))
}

// BlobWriter finds the Blob of a content that is written to it.
type BlobWriter struct{ hash.Hash }

// NewBlob returns a BlobWriter for a content of that many bytes.
func NewBlob(size int64) BlobWriter {
	h := sha1.New() //nolint:gosec // as git has it
	fmt.Fprintf(h, "blob %d\x00", size)
	return BlobWriter{h}
}

// Blob returns the name of what was written.
func (w BlobWriter) Blob() Blob { return Blob(hex.EncodeToString(w.Sum(nil))) }

// blobOf returns the Blob of a file; empty if its file system has none.
func blobOf(info fs.FileInfo) Blob {
	blob, _ := info.Sys().(Blob)
	return blob
}

// Unchanged reports whether a file has the same content as a file in another file system, possibly under another name. If either
// file system holds only the tree of a commit, it compares git's blob names. A file that did not exist before, or that
// can no longer be read, has changed. An error means that the earlier file could not be read.
func Unchanged(after fs.FS, name string, before fs.FS, was string) (bool, error) {
	info, err := fs.Stat(before, was)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	blob := blobOf(info)
	if now, err := Lstat(after, name); err == nil && blob != "" && blobOf(now) != "" {
		return blob == blobOf(now), nil
	}
	data, err := fs.ReadFile(after, name)
	if err != nil {
		return false, nil //nolint:nilerr // what cannot be read any more is not the same
	}
	if blob != "" {
		return blob == BlobOf(data), nil
	}
	old, err := fs.ReadFile(before, was)
	if err != nil {
		return false, fmt.Errorf("%s: %s", was, Reason(err))
	}
	return string(old) == string(data), nil
}
