package source

import "errors"

// Edit is a file before and after a change.
type Edit struct {
	Name          string
	Before, After []byte // Before is as it was read; nil if the change creates the file
}

// ErrChanged says that a file no longer holds what was read, so an edit of it would undo what somebody else has written.
var ErrChanged = errors.New("somebody else has changed it since it was read; run the command again")
