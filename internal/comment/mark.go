package comment

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Mark is the content of the first line of vendorgate's comment. It distinguishes our comment from others, and an older
// run from a newer one. It is for display only: no verdict is ever read from it.
type Mark struct {
	Key     string // 16 hex digits: what is judged and by which settings, the same for every run of them
	Place   string // 16 hex digits: the workflow, job and step that wrote it
	Run     int64  // the workflow run that wrote it
	Attempt int    // of the run, from 1
	Head    string // 40 hex digits: the commit that was judged
	State   string // what the comment says, in a word: lower-case letters and hyphens
}

var markPattern = regexp.MustCompile(`^<!-- vendorgate:comment v1 key=([0-9a-f]{16}) place=([0-9a-f]{16}) run=([1-9][0-9]{0,17})\.([1-9][0-9]{0,8}) head=([0-9a-f]{40}) state=([a-z]+(?:-[a-z]+)*) -->$`)

// ParseMark reads the mark of a comment's body: its first line, exactly as String writes it.
func ParseMark(body string) (Mark, bool) {
	line, _, _ := strings.Cut(body, "\n")
	m := markPattern.FindStringSubmatch(strings.TrimSuffix(line, "\r"))
	if m == nil {
		return Mark{}, false
	}
	run, runErr := strconv.ParseInt(m[3], 10, 64)
	attempt, attemptErr := strconv.Atoi(m[4])
	return Mark{Key: m[1], Place: m[2], Run: run, Attempt: attempt, Head: m[5], State: m[6]}, runErr == nil && attemptErr == nil
}

// String returns the line.
func (m Mark) String() string {
	return fmt.Sprintf("<!-- vendorgate:comment v1 key=%s place=%s run=%d.%d head=%s state=%s -->", m.Key, m.Place, m.Run, m.Attempt, m.Head, m.State)
}

// Valid reports whether ParseMark would read what String writes.
func (m Mark) Valid() bool {
	read, ok := ParseMark(m.String())
	return ok && read == m
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
