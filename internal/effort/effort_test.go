package effort_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/effort"
)

func TestFull(t *testing.T) { //nolint:paralleltest // sets a variable
	for _, c := range []struct {
		value string
		want  []int
		size  int
	}{{"", []int{0, 3}, 10}, {"1", []int{0, 1, 2, 3, 4}, 100}} {
		t.Setenv(effort.Variable, c.value)
		var got []int
		for i := range 5 {
			if effort.Takes(i, 3) {
				got = append(got, i)
			}
		}
		if len(got) != len(c.want) || got[1] != c.want[1] || effort.Size(100, 10) != c.size {
			t.Errorf("%s=%q: takes %v and the size %d, want %v and %d", effort.Variable, c.value, got, effort.Size(100, 10), c.want, c.size)
		}
	}
}

var kept []byte

func TestAllocated(t *testing.T) { //nolint:paralleltest // counts what the process allocates
	got := effort.Allocated(func() { kept = make([]byte, 1<<20) })
	if len(kept) != 1<<20 || got < 1<<20 || got > 1<<21 {
		t.Errorf("got %d bytes, want 1 MiB and little more", got)
	}
}
