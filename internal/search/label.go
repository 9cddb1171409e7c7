package search

import (
	"math/bits"
	"strings"
)

// labelSet is a set of top-level domains. It is a hash table of numbers instead of a map, because it is used for every dotted name.
// In very rare cases it contains a label that was not added.
type labelSet struct {
	table []uint64
	shift int
	edges pairs // the first and last bytes of all labels, which few names in code have
}

func lastLabels(hosts map[string]host) labelSet {
	s, distinct := newLabelSet(1<<8), 0
	common := "" // the label of most hosts, once it is there
	for name := range hosts {
		label := name[strings.LastIndexByte(name, '.')+1:]
		if label == common || label == "" {
			continue
		}
		if label == "com" {
			common = label
		}
		s.edges.add(lower(label[0]), lower(label[len(label)-1]))
		if !s.add(pack([]byte(label))) {
			continue
		}
		if distinct++; 4*distinct < len(s.table) {
			continue
		}
		larger := newLabelSet(4 * len(s.table)) // at most a quarter is in use
		for _, label := range s.table {
			if label != 0 {
				larger.add(label)
			}
		}
		larger.edges = s.edges
		s = larger
	}
	return s
}

func newLabelSet(size int) labelSet {
	return labelSet{table: make([]uint64, size), shift: 65 - bits.Len(uint(size))}
}

// add adds a label and reports whether it is new.
func (s *labelSet) add(packed uint64) bool {
	i := s.slot(packed)
	for ; s.table[i] != 0; i = (i + 1) % uint64(len(s.table)) {
		if s.table[i] == packed {
			return false
		}
	}
	s.table[i] = packed
	return true
}

func (s *labelSet) has(label []byte) bool {
	if !s.edges.has(lower(label[0]), lower(label[len(label)-1])) {
		return false
	}
	packed := pack(label)
	for i := s.slot(packed); s.table[i] != 0; i = (i + 1) % uint64(len(s.table)) {
		if s.table[i] == packed {
			return true
		}
	}
	return false
}

func (s *labelSet) slot(packed uint64) uint64 { return packed * 0x9E3779B97F4A7C15 >> s.shift }

// pack turns a label into a non-zero number, ignoring case. Labels of up to eight letters have distinct numbers; longer ones are
// hashed.
func pack(label []byte) uint64 {
	packed := uint64(0)
	for i, c := range label {
		if i >= 8 {
			packed *= 0x9E3779B97F4A7C15
		}
		packed = packed<<8 ^ uint64(lower(c)) ^ packed>>56
	}
	return max(packed, 1)
}
