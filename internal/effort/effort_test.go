package effort_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/effort"
)

func TestFull(t *testing.T) { //nolint:paralleltest // sets a variable
	for _, full := range []bool{false, true} {
		value := map[bool]string{true: "1"}[full]
		t.Setenv(effort.Variable, value)
		taken := 0
		for i := range 90 {
			if effort.Takes(i, 3) {
				taken++
			}
		}
		size := effort.Size(100, 10)
		if ok := taken == 90 && size == 100; full && !ok || !full && (ok || taken == 0 || taken > 30 || size > 10 || size < 1) {
			t.Errorf("%s=%q: takes %d of 90 and the size %d", effort.Variable, value, taken, size)
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
