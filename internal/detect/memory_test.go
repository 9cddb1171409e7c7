package detect_test

import "testing/fstest"

// memory is a tree of texts.
type memory map[string]string

func (m memory) fs() fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range m {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}
