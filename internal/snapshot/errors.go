package snapshot

import (
	"fmt"
	"io/fs"
)

// ArchiveError says why an archive was refused. No file of a refused archive is used.
type ArchiveError struct {
	Entry, Reason string
	cause         error // ErrNoRegistry, or nil
}

// ErrNoRegistry means that the folder does not exist, or contains nothing that belongs to a registry. For callers that do not know
// this package, it is fs.ErrNotExist.
var ErrNoRegistry error = noRegistry{}

type noRegistry struct{}

func (noRegistry) Error() string { return "there is no registry" }

// Is reports that the folder does not exist.
func (noRegistry) Is(target error) bool { return target == fs.ErrNotExist }

// Unwrap returns ErrNoRegistry if that is the reason.
func (e *ArchiveError) Unwrap() error { return e.cause }

func (e *ArchiveError) Error() string {
	if e.Entry == "" {
		return "the archive is refused: " + e.Reason
	}
	return fmt.Sprintf("the archive is refused: %q %s", e.Entry, e.Reason)
}
