package search

// finder searches one file.
type finder struct {
	c     *Catalogue
	name  string
	data  []byte
	found Found
	hosts []Hit
}

func (f *finder) add(h Hit) { f.found.Hits = append(f.found.Hits, h) }

// room reports whether there is room for more hits.
func (f *finder) room() bool {
	if len(f.hosts)+len(f.found.Hits) < MaxHits {
		return true
	}
	f.found.Problem = TooMany
	return false
}
