package wire

import (
	"context"
	"errors"
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Cause is why a request has no usable response.
type Cause int

// The causes. Callers branch on NotFound, NotFile and Permission; the others only affect the message.
const (
	Unreachable Cause = iota + 1 // no answer came, or not the whole of it
	Server                       // the server says that it failed
	NotFound                     // it is not there, or the token may not see it
	BadToken                     // the token is not accepted
	Permission                   // the token does not permit this
	SSO                          // the token is not authorised for the organisation's single sign-on
	Redirected                   // the server sends the request where it must not go
	Empty                        // an answer with nothing in it
	TooBig                       // an answer longer than is read
	Unreadable                   // an answer that is not what was asked for
	NotFile                      // a path that is a folder, a link or another repository
	Rejected                     // any other refusal
)

// Error is a request without a usable response. Its text names the request without its query and never contains a
// token.
type Error struct {
	Request string // method and URL, without query
	Cause   Cause
	Status  int    // of the response; zero if there is none
	Detail  string // the cause in words
	Missing string // the permission line that is missing, "contents: read"; empty if the server names none
	cause   error  // a context's end, or nil
}

func (e *Error) Error() string {
	text := e.Request + ": " + e.Detail
	if e.Status != 0 {
		text += fmt.Sprintf(" (HTTP %d)", e.Status)
	}
	if e.Missing != "" {
		text += "; the token lacks the permission " + e.Missing
	}
	return text
}

// FromServer marks an error with a complete message, which callers that do not know the server show unchanged.
func (*Error) FromServer() {}

// Unwrap returns the error of the context, if it ended.
func (e *Error) Unwrap() error { return e.cause }

// Cancelled returns the error of a request that ended with its context, with what happened and the reason.
func Cancelled(request, what string, reason error) *Error {
	return &Error{Request: request, Cause: Unreachable, Detail: what + diag.OneLine(reason.Error()), cause: Ended(reason)}
}

// Ended returns the context error in an error chain, or nil.
func Ended(err error) error {
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			return end
		}
	}
	return nil
}
