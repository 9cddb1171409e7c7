package detect

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/vendorgate/vendorgate/internal/search"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Stream searches a tree whose files come one at a time, in any order, such as those of an archive. The result is that of Scan. It
// keeps only the files that have something to weigh, and those whose content matters for others.
type Stream struct {
	c       *Catalogue
	o       Options
	names   []string // sorted
	skipped []Skipped
	tree    *tree // only names
	most    Keep

	mu     sync.Mutex
	held   int64 // bytes, compressed
	whole  int64 // bytes of what is held
	coming int   // files that came
	came   []arrival
}

// arrival is what is known of a file that came. The zero value is for one that did not come.
type arrival struct {
	came   bool
	kept   bool
	data   source.Packed // of a file that is kept
	length int64         // of the text, if it is not kept
	reason string        // why it is not searched
}

// Limit starts the reason of a file that is not searched because of a limit on the whole tree.
const Limit = "limit: "

// Keep limits the files that a Stream keeps, in bytes: as they are held in memory, and before they were compressed.
type Keep struct{ Held, Whole int64 }

// NewStream returns a Stream for the files that o.Listed names, which must not be nil.
func NewStream(c *Catalogue, o Options, keep Keep) (*Stream, error) {
	names, skipped, err := o.listed()
	if err != nil {
		return nil, err
	}
	names = slices.Sorted(slices.Values(names))
	s := &Stream{c: c, o: o, names: names, skipped: skipped, most: keep, came: make([]arrival, len(names))}
	s.tree = newTree(nil, c, names)
	s.tree.vendored = func(string) bool { return false } // that is not known yet, and more is found in a repository's own code
	return s, nil
}

// Add searches a file, and keeps a copy of its data if the result depends on it. It is safe for concurrent use, with different files.
func (s *Stream) Add(file string, data []byte) {
	i, ok := slices.BinarySearch(s.names, file)
	if !ok {
		return
	}
	a := s.search(file, data)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.came[i] = a
	if s.o.Progress != nil {
		s.o.Progress(s.coming, len(s.names))
	}
	s.coming++
}

func (s *Stream) search(file string, data []byte) arrival {
	text, reason := search.Text(data)
	if reason != "" {
		return arrival{came: true, reason: reason}
	}
	found := s.c.File(file, text, s.tree.classOf(file).class == "")
	if len(found.Hits) == 0 && found.Problem == "" && found.Unread == "" && !consulted(file, int64(len(data))) {
		return arrival{came: true, length: int64(len(text))}
	}
	p := source.Pack(data)
	if !s.room(p) {
		return arrival{came: true, reason: fmt.Sprintf("%sthe files that name vendors or dependencies have more than %d MiB in all, or %d MiB compressed", Limit, s.most.Whole>>20, s.most.Held>>20)}
	}
	return arrival{came: true, kept: true, data: p}
}

// room reports whether a file can be kept.
func (s *Stream) room(p source.Packed) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	held, whole := s.held+int64(p.Held()), s.whole+int64(p.Len())
	if held > s.most.Held || whole > s.most.Whole {
		return false
	}
	s.held, s.whole = held, whole
	return true
}

// Result weighs what was found. short says why files did not come.
func (s *Stream) Result(short source.Shortfall) *Result {
	skipped := slices.Clone(s.skipped)
	for _, name := range slices.Sorted(maps.Keys(short.LeftOut)) {
		i, listed := slices.BinarySearch(s.names, name)
		switch reason := Unread + short.LeftOut[name]; {
		case listed:
			s.came[i].reason = reason
		case s.o.Exclude == nil || !s.o.Exclude(name):
			skipped = append(skipped, Skipped{Path: name, Reason: reason})
		}
	}
	for _, name := range short.Large {
		if i, ok := slices.BinarySearch(s.names, name); ok {
			s.came[i].reason = search.TooLarge
		}
	}
	for _, name := range short.Binary {
		if i, ok := slices.BinarySearch(s.names, name); ok {
			s.came[i].reason = search.Binary
		}
	}
	for i := range s.came {
		switch a := &s.came[i]; {
		case a.came || a.reason != "":
		case short.Limit != "":
			a.reason = Limit + "the archive of the commit " + short.Limit
		default:
			a.reason = Unread + "it did not come"
		}
	}
	o := s.o
	o.Progress = nil
	return scan(s, s.names, skipped, s.c, o)
}

func (s *Stream) arrival(name string) *arrival {
	i, ok := slices.BinarySearch(s.names, name)
	if !ok {
		return &arrival{}
	}
	return &s.came[i]
}

func (s *Stream) read(name string, buffer []byte) (text, raw []byte, reason string) {
	a := s.arrival(name)
	if a.reason != "" {
		return nil, buffer, a.reason
	}
	raw = a.data.Unpack(buffer)
	text, reason = search.Text(raw)
	return text, raw, reason
}

func (s *Stream) size(name string) (int64, bool) {
	a := s.arrival(name)
	return int64(a.data.Len()), a.kept
}

func (s *Stream) searched(name string) (length int64, ok bool) {
	a := s.arrival(name)
	return a.length, a.came && !a.kept && a.reason == ""
}
