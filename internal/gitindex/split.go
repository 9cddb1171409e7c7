package gitindex

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ParseSplit is Parse for an index that may be split: shared reads the file with the rest of it, by its name beside the index. If shared
// is nil, a split index is ErrSplit.
func ParseSplit(data []byte, shared func(name string) ([]byte, error)) ([]Entry, error) {
	p, err := parse(data)
	if err != nil {
		return nil, err
	}
	if p.split && len(bytes.Trim(p.link[:p.hash], "\x00")) > 0 {
		if shared == nil {
			return nil, ErrSplit
		}
		if err := p.join(shared); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrSplit, err)
		}
	}
	if slices.ContainsFunc(p.entries, func(e Entry) bool { return e.Path == "" }) {
		return nil, errors.New("the git index has an entry without a name")
	}
	return slices.CompactFunc(p.entries, func(a, b Entry) bool { return a.Path == b.Path }), nil
}

// join adds the entries of the shared index that are not deleted. The entries that replace some of them come first, in their order and
// without names.
func (p *parsed) join(shared func(name string) ([]byte, error)) error {
	name := "sharedindex." + hex.EncodeToString(p.link[:p.hash])
	data, err := shared(name)
	if err != nil {
		return err
	}
	base, err := parse(data)
	if err == nil && base.split {
		err = errors.New("it is split, too")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var deleted, replaced []int
	if rest := p.link[p.hash:]; len(rest) > 0 {
		if deleted, rest, err = bitmap(rest, len(base.entries)); err == nil {
			replaced, _, err = bitmap(rest, len(base.entries))
		}
		if err != nil {
			return err
		}
	}
	if len(replaced) > len(p.entries) {
		return errShort
	}
	for i, at := range replaced {
		p.entries[i].Path, base.entries[at].Path = base.entries[at].Path, ""
	}
	for _, at := range deleted {
		base.entries[at].Path = ""
	}
	for _, e := range base.entries {
		if e.Path != "" {
			p.entries = append(p.entries, e)
		}
	}
	slices.SortStableFunc(p.entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

// bitmap reads the positions of a compressed bitmap, all below limit, and returns what follows it. The format is EWAH: words of 64 bits,
// of which a marker says how many equal words it stands for, and how many literal ones follow.
func bitmap(data []byte, limit int) (set []int, rest []byte, err error) {
	const word = 64
	if len(data) < 8 {
		return nil, nil, errShort
	}
	count := int64(binary.BigEndian.Uint32(data[4:]))
	if data = data[8:]; int64(len(data)) < count*8+4 {
		return nil, nil, errShort
	}
	words, rest := data[:count*8], data[count*8+4:]
	add := func(at int) bool {
		if at < limit {
			set = append(set, at)
		}
		return at < limit
	}
	at := 0
	for len(words) > 0 {
		marker := binary.BigEndian.Uint64(words)
		words = words[8:]
		run, literals := int(min(marker>>1&0xFFFFFFFF, uint64(limit)/word+1))*word, int(marker>>33) //nolint:gosec // a length; zeros may go on beyond it
		for i := 0; marker&1 == 1 && i < run; i++ {
			if !add(at + i) {
				return nil, nil, errShort
			}
		}
		at += run
		if literals > len(words)/8 {
			return nil, nil, errShort
		}
		for ; literals > 0; literals-- {
			for i, bits := 0, binary.BigEndian.Uint64(words); bits != 0; i, bits = i+1, bits>>1 {
				if bits&1 == 1 && !add(at+i) {
					return nil, nil, errShort
				}
			}
			words, at = words[8:], at+word
		}
	}
	return set, rest, nil
}
