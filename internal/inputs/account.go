package inputs

import (
	"errors"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Account is what came up while something was read: what the reader should know, what could not be seen, and what is wrong
// with files. The zero value says that all went well.
type Account struct {
	Notices   []string
	Gaps      []diag.Gap
	Unread    []Unread
	Misplaced []diag.Problem // manifests where none is read
}

// Unread is a file of the registry, or the registry itself, that could not be read or understood.
type Unread struct {
	File          string
	Problems      []diag.Problem
	Message, Hint string // for the reader, instead of what the rule says; empty to keep that
}

// plus joins accounts in this order.
func (a Account) plus(others ...Account) Account {
	for _, b := range others {
		a = Account{
			Notices: slices.Concat(a.Notices, b.Notices), Gaps: slices.Concat(a.Gaps, b.Gaps),
			Unread: slices.Concat(a.Unread, b.Unread), Misplaced: slices.Concat(a.Misplaced, b.Misplaced),
		}
	}
	return a
}

// gap is the account of something that could not be seen.
func gap(target, reason string) Account {
	return Account{Gaps: []diag.Gap{{Target: target, Reason: reason}}}
}

// notice is the account of something that the reader should know.
func notice(text string) Account { return Account{Notices: []string{text}} }

// lost is the account of a file of the registry that could not be read.
func lost(target, reason string) Account {
	out := gap(target, reason)
	out.Unread = []Unread{{File: target, Problems: []diag.Problem{{Pos: diag.Pos{File: target}, Message: reason}}}}
	return out
}

// serverError is an error that came from a Forge. Its text is complete.
type serverError interface {
	error
	FromServer()
}

// Because formats an error for a report. An error of the file system loses its path, which the report shows anyway; what a
// server said is shown whole.
func Because(err error) string {
	var said serverError
	if errors.As(err, &said) {
		return said.Error()
	}
	return source.Reason(err)
}
