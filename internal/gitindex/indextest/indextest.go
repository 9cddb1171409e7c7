// Package indextest writes git indexes for tests, so that they need no git.
package indextest

import (
	"crypto/sha1" //nolint:gosec // git's own checksum
	"encoding/binary"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/gitindex"
)

// Write returns an index of version 3 with some entries.
func Write(entries ...gitindex.Entry) []byte {
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b gitindex.Entry) int { return strings.Compare(a.Path, b.Path) })
	out := binary.BigEndian.AppendUint32([]byte("DIRC\x00\x00\x00\x03"), uint32(len(entries))) //nolint:gosec // tests have few
	for _, e := range entries {
		out = appendEntry(out, e)
	}
	sum := sha1.Sum(out) //nolint:gosec // git's own checksum
	return append(out, sum[:]...)
}

// Files returns an index of some plain files.
func Files(names ...string) []byte {
	var entries []gitindex.Entry
	for _, name := range names {
		entries = append(entries, gitindex.Entry{Path: name})
	}
	return Write(entries...)
}

func appendEntry(out []byte, e gitindex.Entry) []byte {
	start := len(out)
	out = append(out, make([]byte, 24)...)
	mode := map[gitindex.Kind]uint32{gitindex.File: 0o100644, gitindex.Symlink: 0o120000, gitindex.Submodule: 0o160000, gitindex.Dir: 0o040000}[e.Kind]
	out = binary.BigEndian.AppendUint32(out, mode)
	out = append(out, make([]byte, 12+20)...)
	const extended, skipWorktree = 0x4000, 0x4000
	flags := uint16(min(len(e.Path), 0xFFF))
	if e.Absent {
		out = binary.BigEndian.AppendUint16(out, flags|extended)
		out = binary.BigEndian.AppendUint16(out, skipWorktree)
	} else {
		out = binary.BigEndian.AppendUint16(out, flags)
	}
	out = append(out, e.Path...)
	return append(out, make([]byte, 8-(len(out)-start)%8)...)
}
