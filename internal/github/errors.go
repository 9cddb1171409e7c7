package github

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"
	"unicode"
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

// FromServer marks an error with a complete message, which callers that do not know GitHub show unchanged.
func (*Error) FromServer() {}

// Unwrap returns the error of the context, if it ended.
func (e *Error) Unwrap() error { return e.cause }

// LimitError means that a rate limit lasts longer than the run may wait.
type LimitError struct {
	Request   string
	Secondary bool          // too many requests in a short time, not the hourly limit
	Wait      time.Duration // what the server asks for
	Left      time.Duration // what is left of the run's budget
}

// FromServer marks an error with a complete message, like that of Error.
func (*LimitError) FromServer() {}

func (e *LimitError) Error() string {
	kind := "the hourly rate limit is exhausted"
	if e.Secondary {
		kind = "too many requests in a short time (secondary rate limit)"
	}
	return fmt.Sprintf("%s: %s; the server asks for a wait of %s, and this run can wait for %s more",
		e.Request, kind, e.Wait.Round(time.Second), e.Left.Round(time.Second))
}

// ArchiveError says why an archive was refused. No file of a refused archive is used.
type ArchiveError struct {
	Entry, Reason string
	cause         error // ErrNoRegistry, or nil
}

// ErrNoRegistry means that the folder does not exist, or contains nothing that belongs to a registry. For callers that do not know
// GitHub, it is fs.ErrNotExist.
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

// ended returns the context error in an error chain, or nil.
func ended(err error) error {
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			return end
		}
	}
	return nil
}

// oneLine removes control characters from untrusted text, and shortens it to 300 bytes.
func oneLine(text string) string {
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "?"), func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
	if len(text) > 300 {
		text = strings.ToValidUTF8(text[:300], "") + "…"
	}
	return text
}

var permissionPattern = regexp.MustCompile(`^([a-z_]+)=(read|write|admin)$`)

// permissionLines turns the header X-Accepted-GitHub-Permissions into lines of a workflow's permissions:
// "issues=write; pull_requests=write" are two ways, "contents=read,issues=write" is one that needs both.
func permissionLines(header string) string {
	var ways []string
	for way := range strings.SplitSeq(header, ";") {
		var all []string
		for one := range strings.SplitSeq(way, ",") {
			if m := permissionPattern.FindStringSubmatch(strings.TrimSpace(one)); m != nil {
				all = append(all, fmt.Sprintf("%q", strings.ReplaceAll(m[1], "_", "-")+": "+m[2]))
			}
		}
		if len(all) > 0 {
			ways = append(ways, strings.Join(all, " and "))
		}
	}
	return strings.Join(ways, ", or ")
}
