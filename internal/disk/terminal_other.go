//go:build !unix && !windows

package disk

import "os"

// IsTerminal reports whether a file is a terminal, which is unknown here.
func IsTerminal(*os.File) bool { return false }
