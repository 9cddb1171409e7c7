package inputs

import (
	"errors"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Account is what happened while an input was read: notices, gaps, and problems of files. The zero value means that nothing
// went wrong.
type Account struct {
	Notices   []string
	Gaps      []diag.Gap
	Unread    []Unread
	Misplaced []diag.Problem // manifests in places that are not read
}

// Unread is a file of the registry, or the registry itself, that could not be read or parsed.
type Unread struct {
	File          string
	Problems      []diag.Problem
	Message, Hint string // replace those of the rule, unless empty
}

// plus joins accounts in order.
func (a Account) plus(others ...Account) Account {
	for _, b := range others {
		a = Account{
			Notices: slices.Concat(a.Notices, b.Notices), Gaps: slices.Concat(a.Gaps, b.Gaps),
			Unread: slices.Concat(a.Unread, b.Unread), Misplaced: slices.Concat(a.Misplaced, b.Misplaced),
		}
	}
	return a
}

// gap returns an account with one gap.
func gap(target, reason string) Account {
	return Account{Gaps: []diag.Gap{{Target: target, Reason: reason}}}
}

// notice returns an account with one notice.
func notice(text string) Account { return Account{Notices: []string{text}} }

// lost returns the account of a file of the registry that could not be read.
func lost(target, reason string) Account {
	out := gap(target, reason)
	out.Unread = []Unread{{File: target, Problems: []diag.Problem{{Pos: diag.Pos{File: target}, Message: reason}}}}
	return out
}

// serverError is an error from a Forge. Its text is shown as it is.
type serverError interface {
	error
	FromServer()
}

// Because formats an error for a report. File-system errors lose their path, which the report shows anyway. Errors of a
// server are unchanged.
func Because(err error) string {
	var server serverError
	if errors.As(err, &server) {
		return server.Error()
	}
	return source.Reason(err)
}

// adviceOn returns what an error says to do about it, or else the hint.
func adviceOn(err error, hint string) string {
	var knows interface{ Advice() string }
	if errors.As(err, &knows) {
		return knows.Advice()
	}
	return hint
}

// WrongName says what to do about a file with a wrong name.
func WrongName(right string) string {
	return "vendorgate does not read a file with this name; rename it to " + right
}
