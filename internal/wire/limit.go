package wire

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// lowShare is the share of a limit on requests that is left when a run says so: one in lowShare.
const lowShare = 10

// moment is how a time is written in messages.
const moment = "2006-01-02 15:04 UTC"

// LimitError means that a rate limit lasts longer than the run may wait.
type LimitError struct {
	Request string
	Burst   string        // what the server calls a limit on requests in a short time; empty for the limit of an hour or a minute
	Of      string        // what is limited, such as "the 5,000 requests an hour of the job's token"; empty if it is unknown
	Whose   string        // "of the job's token"; empty if it is unknown
	Wait    time.Duration // what the server asks for
	Left    time.Duration // what is left of the run's budget
	Ends    time.Time     // when the limit starts afresh; zero if it is unknown
	Page    string        // URL of what to do about it; may be empty
}

// FromServer marks an error with a complete message, like that of Error.
func (*LimitError) FromServer() {}

func (e *LimitError) Error() string {
	kind, until := "the limit on requests is reached", ""
	if e.Of != "" {
		kind = e.Of + " are used up"
	}
	if e.Burst != "" {
		kind = strings.TrimSpace("too many requests "+e.Whose) + " in a short time (" + e.Burst + ")"
	}
	if !e.Ends.IsZero() {
		until = ", until " + e.Ends.UTC().Format(moment)
	}
	return fmt.Sprintf("%s: %s; the server asks for a wait of %s%s, and this run can wait for %s more",
		e.Request, kind, spelled(e.Wait), until, spelled(e.Left))
}

// spelled writes a time in the largest unit of which it has two or more, rounded up.
func spelled(d time.Duration) string {
	up := func(unit time.Duration) int { return int((d + unit - 1) / unit) }
	switch {
	case d >= 2*time.Hour:
		return diag.Count(up(time.Hour), "hour")
	case d >= 2*time.Minute:
		return diag.Count(up(time.Minute), "minute")
	default:
		return diag.Count(up(time.Second), "second")
	}
}

// Advice returns what to do about the limit, which is nobody's fault.
func (e *LimitError) Advice() string {
	out := "Your change is not the cause. Run the check again later."
	if !e.Ends.IsZero() {
		out = "Your change is not the cause. Run the check again after " + e.Ends.UTC().Format(moment) + "."
	}
	if e.Page != "" {
		out += " How an organisation needs fewer requests: " + e.Page
	}
	return out
}

// Limited returns the failure for a limit that a response is about.
func (t *Transport) Limited(request *http.Request, answer *http.Response, burst string) *Failure {
	wait := t.Patience(answer)
	e := &LimitError{Request: t.Name(request), Burst: burst, Of: t.allowed(answer), Whose: t.Token.of(), Wait: wait, Left: t.Run.Rest(), Page: t.Server.Page}
	if wait < longest {
		e.Ends = t.Run.Now().Add(wait).Add(time.Minute - 1).Truncate(time.Minute)
	}
	return &Failure{Err: e, Again: true, Wait: e.Wait} // the server did nothing, so any method may be repeated
}

// watch records whether few requests are left. A limit that starts afresh within a minute is only a short wait.
func (t *Transport) watch(answer *http.Response) {
	limit, left, reset := number(answer, t.Server.Limit), number(answer, t.Server.Remaining), number(answer, t.Server.Reset)
	now := t.Run.Now()
	if limit < lowShare || left < 0 || left*lowShare >= limit || reset <= now.Add(time.Minute).Unix() || reset > now.Add(longest).Unix() {
		return
	}
	ends := time.Unix(reset+59, 0).UTC().Truncate(time.Minute)
	t.Run.warn(fmt.Sprintf("less than a tenth of %s is left until %s; a check that needs more has no verdict; how to need fewer: %s", t.allowed(answer), ends.Format(moment), t.Server.Page))
}

var resourcePattern = regexp.MustCompile(`^[a-z_]{1,40}$`)

// allowed says what the server limits.
func (t *Transport) allowed(answer *http.Response) string {
	out := "the "
	if limit := number(answer, t.Server.Limit); limit > 0 {
		out += thousands(limit) + " "
	}
	out += "requests " + t.Server.Period
	if resource := answer.Header.Get(t.Server.Resource); resource != "core" && resourcePattern.MatchString(resource) {
		out += " for " + resource
	}
	return out + " " + t.Token.of()
}

// number returns a header that is a number that is not negative, and otherwise -1.
func number(answer *http.Response, header string) int64 {
	n, err := strconv.ParseInt(answer.Header.Get(header), 10, 64)
	if err != nil || n < 0 || n > 1<<40 {
		return -1
	}
	return n
}

// thousands writes a number with commas.
func thousands(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
