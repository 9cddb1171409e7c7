package detect

import (
	"math/bits"
	"strings"
)

// labelSet holds the last labels of hosts. It is asked for every dotted name there is, so it is no map: a label is a
// number, in a table of numbers. It may, very rarely, have a label that nobody put in.
type labelSet struct {
	table []uint64
	shift int
}

func lastLabels(hosts map[string]host) labelSet {
	distinct := map[string]bool{}
	for name := range hosts {
		distinct[name[strings.LastIndexByte(name, '.')+1:]] = true
	}
	size := bits.Len(uint(4*len(distinct) + 1)) // at most a quarter is taken
	s := labelSet{table: make([]uint64, 1<<size), shift: 64 - size}
	for label := range distinct {
		i := s.slot(pack([]byte(label)))
		for s.table[i] != 0 {
			i = (i + 1) % uint64(len(s.table))
		}
		s.table[i] = pack([]byte(label))
	}
	return s
}

func (s *labelSet) has(label []byte) bool {
	packed := pack(label)
	for i := s.slot(packed); s.table[i] != 0; i = (i + 1) % uint64(len(s.table)) {
		if s.table[i] == packed {
			return true
		}
	}
	return false
}

func (s *labelSet) slot(packed uint64) uint64 { return packed * 0x9E3779B97F4A7C15 >> s.shift }

// pack turns a label into a number that is not 0, upper and lower case alike: up to eight letters as they are, more of
// them mixed.
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
