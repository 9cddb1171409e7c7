package cli

import (
	"github.com/vendorgate/vendorgate/internal/process"
)

// run carries the exit code out of a command, because cobra returns only errors.
type run struct {
	env  process.Env
	code int
}

// The exit codes. They are a public interface.
const (
	exitPass      = 0
	exitFindings  = 1
	exitUsage     = 2
	exitNothing   = 3
	exitNoVerdict = 4
)
