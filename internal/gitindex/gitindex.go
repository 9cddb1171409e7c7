// Package gitindex reads the list of tracked files from a git index, versions 2 to 4. It does not read objects or the
// working tree.
//
// # Why
//
// The format is small (https://git-scm.com/docs/index-format), and a git library would bring in twenty modules to save
// a hundred lines. Only the path, mode and three flags of an entry matter here; times, owners, sizes and the cached
// trees are skipped. The checksum at the end is not verified, because git itself may leave it out (index.skipHash), and
// a damaged list is noticed by its structure.
package gitindex

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// Kind is the type of an entry.
type Kind int8

// The kinds of entries.
const (
	File Kind = iota
	Symlink
	Submodule
	Dir // of a sparse index: a folder that is not checked out
)

// Entry is a tracked path.
type Entry struct {
	Path   string // as git has it: slashes, any bytes
	Kind   Kind
	Absent bool // sparse checkout: not in the working tree
}

// ErrSplit means that the index is split, and the file with most of it cannot be read.
var ErrSplit = errors.New("the index is split into two files")

// The lengths of object names: SHA-1 and SHA-256.
const (
	sha1Size   = 20
	sha256Size = 32
)

// Parse reads an index. Entries are in the order of the index, sorted by path; a path in conflict is listed once. The
// index does not say how long object names are, so Parse tries both lengths.
func Parse(data []byte) ([]Entry, error) { return ParseSplit(data, nil) }

// parsed is one file, with all of its entries.
type parsed struct {
	entries []Entry
	hash    int    // length of object names
	split   bool   // link says where the rest is
	link    []byte // content of the extension "link", which starts with the hash of the shared index
}

func parse(data []byte) (*parsed, error) {
	if len(data) < 12 || string(data[:4]) != "DIRC" {
		return nil, errors.New("not a git index")
	}
	version, count := binary.BigEndian.Uint32(data[4:]), binary.BigEndian.Uint32(data[8:])
	if version < 2 || version > 4 {
		return nil, fmt.Errorf("git index of version %d; versions 2 to 4 can be read", version)
	}
	first := error(nil)
	for _, size := range []int{sha1Size, sha256Size} {
		d := decoder{data: data, pos: 12, version: version, hash: size}
		entries, err := d.read(count)
		if err == nil {
			return &parsed{entries, size, d.link != nil, d.link}, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

type decoder struct {
	data     []byte
	pos      int
	version  uint32
	hash     int
	previous []byte // path before this one; version 4 stores the difference
	link     []byte // the extension of a split index; nil if there is none
}

var errShort = errors.New("the git index ends early")

func (d *decoder) read(count uint32) ([]Entry, error) {
	fixed := 40 + d.hash + 2
	if int64(count)*int64(fixed) > int64(len(d.data)) {
		return nil, errShort
	}
	out := make([]Entry, 0, count)
	for range count {
		e, err := d.entry(fixed)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, d.extensions()
}

// Bits of an entry's flags.
const (
	flagExtended = 0x4000
	flagSkip     = 0x4000 // of the second word: not in the working tree
)

func (d *decoder) entry(fixed int) (Entry, error) {
	start := d.pos
	if len(d.data)-start < fixed {
		return Entry{}, errShort
	}
	var e Entry
	switch mode := binary.BigEndian.Uint32(d.data[start+24:]); mode >> 12 & 0xF {
	case 0o10:
		e.Kind = File
	case 0o12:
		e.Kind = Symlink
	case 0o16:
		e.Kind = Submodule
	case 0o4:
		e.Kind, e.Absent = Dir, true
	default:
		return Entry{}, fmt.Errorf("the git index has an entry of mode %o", mode)
	}
	d.pos += fixed
	if flags := binary.BigEndian.Uint16(d.data[d.pos-2:]); flags&flagExtended != 0 {
		if d.version == 2 || len(d.data)-d.pos < 2 {
			return Entry{}, errShort
		}
		e.Absent = e.Absent || binary.BigEndian.Uint16(d.data[d.pos:])&flagSkip != 0
		d.pos += 2
	}
	name, err := d.name(start)
	if err != nil {
		return Entry{}, err
	}
	e.Path = string(name)
	return e, nil
}

// maxPath is longer than any path that an operating system accepts.
const maxPath = 1 << 16

// name reads a path, and the padding behind it that versions 2 and 3 have.
func (d *decoder) name(start int) ([]byte, error) {
	if d.version == 4 {
		drop, ok := d.varint()
		if !ok || drop > len(d.previous) {
			return nil, errShort
		}
		rest, err := d.upToNUL()
		if err != nil {
			return nil, err
		}
		d.previous = append(d.previous[:len(d.previous)-drop], rest...)
		if len(d.previous) > maxPath {
			return nil, errShort
		}
		return d.previous, nil
	}
	name, err := d.upToNUL()
	if err != nil {
		return nil, err
	}
	d.pos = start + (d.pos-1-start+8)&^7
	if d.pos > len(d.data) {
		return nil, errShort
	}
	return name, nil
}

func (d *decoder) upToNUL() ([]byte, error) {
	end := bytes.IndexByte(d.data[d.pos:], 0)
	if end < 0 || end > maxPath {
		return nil, errShort
	}
	name := d.data[d.pos : d.pos+end]
	d.pos += end + 1
	return name, nil
}

// varint reads a number as git's pack files write offsets.
func (d *decoder) varint() (int, bool) {
	n := 0
	for i := 0; i < 4 && d.pos < len(d.data); i++ {
		c := d.data[d.pos]
		d.pos++
		if i > 0 {
			n++
		}
		n = n<<7 | int(c&0x7F)
		if c&0x80 == 0 {
			return n, true
		}
	}
	return 0, false
}

// extensions checks what follows the entries: blocks with a name and a size, then the checksum. An extension whose name
// starts with a lower-case letter must be understood; the supported ones are "sdir", folders as
// entries, and "link", a split index.
func (d *decoder) extensions() error {
	for len(d.data)-d.pos > d.hash {
		if len(d.data)-d.pos < 8+d.hash {
			return errShort
		}
		name, size := string(d.data[d.pos:d.pos+4]), binary.BigEndian.Uint32(d.data[d.pos+4:])
		if int64(size) > int64(len(d.data)-d.pos-8-d.hash) {
			return errShort
		}
		switch {
		case name == "link":
			if int(size) < d.hash {
				return errShort
			}
			d.link = d.data[d.pos+8:][:size]
		case name != "sdir" && (name[0] < 'A' || name[0] > 'Z'):
			return fmt.Errorf("the git index has an extension %q that is not known", name)
		}
		d.pos += 8 + int(size)
	}
	if len(d.data)-d.pos != d.hash {
		return errShort
	}
	return nil
}
