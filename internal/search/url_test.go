package search_test

import (
	"bytes"
	"testing"

	"github.com/vendorgate/vendorgate/internal/search"
)

// However long a line is, what is looked at around a name is short: else a file of one line would be read once for each of
// the names in it.
func TestSurroundingsAreBounded(t *testing.T) {
	t.Parallel()
	const widest = 2000
	for _, text := range []string{"x", "x.", "/x", "a:", "é"} {
		data := bytes.Repeat([]byte(text), 1<<20)
		at := len(data) / 2
		if from, to := search.Line(data, at); at-from > widest || to-at > widest {
			t.Errorf("Line of many %q is %d bytes before the place and %d after it, want at most %d", text, at-from, to-at, widest)
		}
		if from := search.URLStart(data, at); at-from > widest {
			t.Errorf("URLStart of many %q is %d bytes before the host, want at most %d", text, at-from, widest)
		}
	}
}
