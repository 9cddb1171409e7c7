package gitrepo

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"sort"
	"strings"

	"github.com/vendorgate/vendorgate/internal/source"
)

// pack is a file with many objects, and its index of version 2 (https://git-scm.com/docs/gitformat-pack).
type pack struct {
	file   string      // its path, without an ending
	index  io.ReaderAt // names, checksums and offsets, by name
	fanout [256]uint32 // number of objects whose name starts with a byte up to this one
	count  int
	data   io.ReaderAt // nil until it is used
}

// place is where an object is.
type place struct {
	pack   *pack
	offset int64
}

// Parts of an index.
const (
	fanoutAt  = 8
	namesAt   = fanoutAt + 256*4
	nameSize  = 20
	checkSize = 4
)

// listPacks opens the indexes of all packs, once.
func (r *Repo) listPacks() error {
	if r.listed {
		return nil
	}
	entries, err := fs.ReadDir(r.common, "objects/pack")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("git's packs cannot be listed: %s", source.Reason(err))
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".idx")
		if !ok {
			continue
		}
		if len(r.packs) == maxPacks {
			return fmt.Errorf("the repository has more than %d packs; run `git gc`", maxPacks)
		}
		p := &pack{file: "objects/pack/" + name}
		if err := p.openIndex(r.common); err != nil {
			return fmt.Errorf("git's file %s.idx cannot be read: %s", p.file, source.Reason(err))
		}
		r.packs = append(r.packs, p)
	}
	r.listed = true
	return nil
}

func (p *pack) openIndex(files fs.FS) error {
	at, size, err := openAt(files, p.file+".idx")
	if err != nil {
		return err
	}
	head := make([]byte, namesAt)
	if _, err := at.ReadAt(head, 0); err != nil || !bytes.HasPrefix(head, []byte("\xfftOc\x00\x00\x00\x02")) {
		return errors.New("it is damaged, or not of version 2")
	}
	before := uint32(0)
	for i := range p.fanout {
		p.fanout[i] = binary.BigEndian.Uint32(head[fanoutAt+4*i:])
		if p.fanout[i] < before {
			return errDamaged
		}
		before = p.fanout[i]
	}
	if int64(before)*(nameSize+checkSize+4) > size-namesAt || before > math.MaxInt32 {
		return errDamaged
	}
	p.index, p.count = at, int(before)
	return nil
}

// openAt opens a file that can be read anywhere, and returns its size. It stays open as long as the repository is used.
func openAt(files fs.FS, name string) (io.ReaderAt, int64, error) {
	f, err := open(files, name)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	at, ok := f.(io.ReaderAt)
	if err != nil || !ok {
		f.Close() //nolint:errcheck,gosec // nothing was written
		return nil, 0, errors.Join(err, errors.New("it cannot be read"))
	}
	return at, info.Size(), nil
}

// number reads four bytes of the index.
func (p *pack) number(at int64) (uint32, error) {
	var data [4]byte
	if _, err := p.index.ReadAt(data[:], at); err != nil {
		return 0, errDamaged
	}
	return binary.BigEndian.Uint32(data[:]), nil
}

// name returns the name of the object with a number.
func (p *pack) name(i int) (out id, err error) {
	if _, err := p.index.ReadAt(out[:], namesAt+int64(i)*nameSize); err != nil {
		return out, errDamaged
	}
	return out, nil
}

// search returns the number of the first object whose name is not before another.
func (p *pack) search(name id) (int, error) {
	from, to := 0, int(p.fanout[name[0]])
	if name[0] > 0 {
		from = int(p.fanout[name[0]-1])
	}
	var failed error
	n := sort.Search(to-from, func(i int) bool {
		have, err := p.name(from + i)
		if err != nil {
			failed = err
		}
		return bytes.Compare(have[:], name[:]) >= 0
	})
	return from + n, failed
}

// offset returns where an object is in the pack; false if it is not there.
func (p *pack) offset(name id) (offset int64, ok bool, err error) {
	i, err := p.search(name)
	if err != nil || i == p.count {
		return 0, false, err
	}
	if have, err := p.name(i); err != nil || have != name {
		return 0, false, err
	}
	offsets := namesAt + int64(p.count)*(nameSize+checkSize)
	small, err := p.number(offsets + 4*int64(i))
	if err != nil || small>>31 == 0 {
		return int64(small), err == nil, err
	}
	large := offsets + 4*int64(p.count) + 8*int64(small&math.MaxInt32) // those of a pack above 2 GiB have another table
	high, err := p.number(large)
	if err != nil || high>>31 != 0 {
		return 0, false, errDamaged
	}
	low, err := p.number(large + 4)
	return int64(high)<<32 | int64(low), err == nil, err
}

// packed is an object as a pack has it.
type packed struct {
	object
	base int64 // of a difference: where the object is that it is to
}

// unpack reads the object at an offset of a pack. One that is stored as a difference is put together from all that it depends on.
func (r *Repo) unpack(p *pack, offset int64) (object, error) {
	if p.data == nil {
		var err error
		if p.data, _, err = openAt(r.common, p.file+".pack"); err != nil {
			return object{}, fmt.Errorf("git's file %s.pack cannot be read: %s", p.file, source.Reason(err))
		}
	}
	var offsets []int64
	var deltas [][]byte
	var out object
	for held := 0; ; {
		if kept, ok := r.kept[place{p, offset}]; ok {
			out = kept
			break
		}
		found, err := p.at(offset)
		if err != nil {
			return object{}, err
		}
		offsets = append(offsets, offset)
		if found.kind <= tagKind {
			out = found.object
			r.keep(place{p, offset}, out)
			break
		}
		deltas = append(deltas, found.data)
		if held += len(found.data); held > maxObject {
			return object{}, errTooLarge
		}
		if len(deltas) > maxDepth {
			return object{}, errDamaged
		}
		offset = found.base
	}
	for i := len(deltas) - 1; i >= 0; i-- {
		data, err := patch(out.data, deltas[i])
		if err != nil {
			return object{}, err
		}
		out.data = data
		r.keep(place{p, offsets[i]}, out)
	}
	return out, nil
}

// keep remembers an object, because others may be stored as differences to it.
func (r *Repo) keep(at place, o object) {
	const most, each = 32 << 20, 1 << 20
	if len(o.data) > each {
		return
	}
	if r.bytes += len(o.data); r.bytes > most {
		clear(r.kept)
		r.bytes = len(o.data)
	}
	r.kept[at] = o
}

// at reads what is stored at an offset.
func (p *pack) at(offset int64) (out packed, err error) {
	in := bufio.NewReader(io.NewSectionReader(p.data, offset, math.MaxInt64-offset))
	first, err := in.ReadByte()
	if err != nil || offset < 12 { // the header of the pack
		return out, errDamaged
	}
	const more = 0x80
	size := int64(first & 15)
	for b, shift := first, 4; b&more != 0; shift += 7 {
		if b, err = in.ReadByte(); err != nil || shift > 32 {
			return out, errDamaged
		}
		size |= int64(b&^more) << shift
	}
	switch out.kind = kind(first >> 4 & 7); out.kind {
	case commitKind, treeKind, blobKind, tagKind:
	case offsetDelta:
		back, err := distance(in)
		if err != nil || back <= 0 || back >= offset {
			return out, errDamaged
		}
		out.base = offset - back
	case nameDelta:
		var name id
		if _, err := io.ReadFull(in, name[:]); err != nil {
			return out, errDamaged
		}
		base, ok, err := p.offset(name)
		if err != nil || !ok {
			return out, errDamaged
		}
		out.base = base
	default:
		return out, errDamaged
	}
	z, err := zlib.NewReader(in)
	if err != nil {
		return out, errDamaged
	}
	out.data, err = exactly(z, size)
	return out, err
}

// distance reads how far back the object is that a difference is to.
func distance(in io.ByteReader) (int64, error) {
	b, err := in.ReadByte()
	out := int64(b & 0x7f)
	for err == nil && b&0x80 != 0 {
		if out > math.MaxInt64>>8 {
			return 0, errDamaged
		}
		b, err = in.ReadByte()
		out = (out+1)<<7 | int64(b&0x7f)
	}
	return out, err
}

// patch applies a difference.
func patch(base, delta []byte) ([]byte, error) {
	length := func() uint64 {
		n, used := binary.Uvarint(delta)
		if used <= 0 {
			delta = nil
			return math.MaxUint64
		}
		delta = delta[used:]
		return n
	}
	if from := length(); from != uint64(len(base)) {
		return nil, errDamaged
	}
	size := length()
	switch {
	case size == math.MaxUint64:
		return nil, errDamaged
	case size > maxObject:
		return nil, errTooLarge
	}
	out := make([]byte, 0, min(size, 1<<20))
	for len(delta) > 0 {
		op := delta[0]
		delta = delta[1:]
		var part []byte
		if op&0x80 == 0 { // the next bytes of the difference
			if op == 0 || int(op) > len(delta) {
				return nil, errDamaged
			}
			part, delta = delta[:op], delta[op:]
		} else { // bytes of the base
			var from, n int
			for bit := range 7 {
				if op>>bit&1 == 0 {
					continue
				}
				if len(delta) == 0 {
					return nil, errDamaged
				}
				if bit < 4 {
					from |= int(delta[0]) << (8 * bit)
				} else {
					n |= int(delta[0]) << (8 * (bit - 4))
				}
				delta = delta[1:]
			}
			if n == 0 {
				n = 0x10000
			}
			if from < 0 || from > len(base) || n > len(base)-from {
				return nil, errDamaged
			}
			part = base[from : from+n]
		}
		if uint64(len(out)+len(part)) > size {
			return nil, errDamaged
		}
		out = append(out, part...)
	}
	if uint64(len(out)) != size {
		return nil, errDamaged
	}
	return out, nil
}
