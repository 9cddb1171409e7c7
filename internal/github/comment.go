package github

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Comment describes a comment that vendorgate wants on a pull request.
type Comment struct {
	Owner, Repo string
	Number      int  // of the pull request
	Mark        Mark // identifies the comment and the run that writes it
	Create      bool // write a comment if there is none
	// Body returns Markdown of at most 65,000 characters, to follow the line with the mark. before is the mark of our newest
	// comment, or nil if there is none.
	Body func(before *Mark) string
	// RecreateIf decides from the mark of the existing comment whether to replace it with a new one, because GitHub does not
	// notify anyone of an edit. Nil means never.
	RecreateIf func(old Mark) bool

	body string // the result of Body
}

// Action is what happened to a comment.
type Action string

// The results of Sync.
const (
	Nothing   Action = "nothing"   // there is no comment, and none was requested
	Created   Action = "created"   // there was none before
	Edited    Action = "edited"    // the existing one
	Unchanged Action = "unchanged" // its content is up to date
	Recreated Action = "recreated" // a new one was written and the old one deleted
	Outdated  Action = "outdated"  // the existing one is newer and was not changed
)

// Outcome is the result of Sync.
type Outcome struct {
	Action  Action
	ID      int64 // of the comment; zero for Nothing
	Deleted int   // surplus comments of ours that were deleted
	Left    int   // surplus comments that could not be deleted
	Why     error // why the first of them could not be; nil if Left is 0
}

// stored normalises text like the server does: line breaks, and white space at the beginning and end.
func stored(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

// text returns the full text of the comment.
func (w Comment) text() string { return w.Mark.String() + "\n" + w.body }

// wrong returns an error if the comment could not be written, or not be found again.
func (w Comment) wrong() error {
	if err := wrongRepository(w.Owner, w.Repo); err != nil {
		return err
	}
	if mark, ok := ParseMark(w.Mark.String()); !ok || mark != w.Mark {
		return fmt.Errorf("github: %q is not a valid marker", w.Mark)
	}
	if w.Number <= 0 {
		return fmt.Errorf("github: %d is not a pull request number", w.Number)
	}
	return nil
}

// Mark is the content of the first line of vendorgate's comment. It distinguishes our comment from others, and an older
// run from a newer one. It is for display only: no verdict is ever read from it.
type Mark struct {
	Key     string // 16 hex digits: which of several comments on one pull request
	Run     int64  // the workflow run that wrote it
	Attempt int    // of the run, from 1
	Head    string // 40 hex digits: the commit that was judged
	Verdict string // one word: lower-case letters and hyphens
}

var markPattern = regexp.MustCompile(`^<!-- vendorgate:comment v1 key=([0-9a-f]{16}) run=([1-9][0-9]{0,17})\.([1-9][0-9]{0,8}) head=([0-9a-f]{40}) verdict=([a-z]+(?:-[a-z]+)*) -->$`)

// ParseMark reads the mark of a comment's body: its first line, exactly as String writes it.
func ParseMark(body string) (Mark, bool) {
	line, _, _ := strings.Cut(body, "\n")
	m := markPattern.FindStringSubmatch(strings.TrimSuffix(line, "\r"))
	if m == nil {
		return Mark{}, false
	}
	run, runErr := strconv.ParseInt(m[2], 10, 64)
	attempt, attemptErr := strconv.Atoi(m[3])
	return Mark{Key: m[1], Run: run, Attempt: attempt, Head: m[4], Verdict: m[5]}, runErr == nil && attemptErr == nil
}

// String returns the line.
func (m Mark) String() string {
	return fmt.Sprintf("<!-- vendorgate:comment v1 key=%s run=%d.%d head=%s verdict=%s -->", m.Key, m.Run, m.Attempt, m.Head, m.Verdict)
}

// later reports whether a mark was written by a later run than another one, or by a later attempt of the same run.
func (m Mark) later(than Mark) bool {
	return m.Run > than.Run || m.Run == than.Run && m.Attempt > than.Attempt
}

// outdatedBy reports whether another mark is newer. If the heads differ, the later run is newer. If not, any later mark is
// newer than a first attempt, and none is newer than a rerun.
func (m Mark) outdatedBy(other Mark) bool {
	if m.Head != other.Head {
		return other.Run > m.Run
	}
	return m.Attempt == 1 && other.later(m)
}
