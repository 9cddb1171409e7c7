//go:build !race

package registry_test

import (
	"github.com/vendorgate/vendorgate/internal/effort"
)

// bombSize is the size of the largest file that is read if tests run in full.
var bombSize = effort.Size(1<<20, 1<<17)

// workFactor is how much more is allocated than the program needs.
const workFactor = 1
