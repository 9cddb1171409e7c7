package github

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// failure is an attempt at a request without a usable response.
type failure struct {
	err   error
	again bool          // it may be tried again
	wait  time.Duration // after this; zero for a wait that grows with every try
}

// longest is the longest wait that is reported exactly. Longer ones could overflow a duration.
const longest = 365 * 24 * time.Hour

// lost returns the failure for no response, or an incomplete one.
func (t *transport) lost(request *http.Request, err error, patience time.Duration, want demand) *failure {
	e := &Error{Request: t.name(request), Cause: Unreachable, Detail: t.secret.redact(oneLine(err.Error()))}
	if parent := request.Context().Err(); parent != nil {
		e.Detail, e.cause = "it was cancelled: "+parent.Error(), parent
		return &failure{err: e}
	}
	if ended(err) != nil {
		e.Detail = "the server took longer than " + patience.String()
	}
	return &failure{err: e, again: want.repeatable(request.Method)}
}

// refused classifies a server's refusal.
func (t *transport) refused(request *http.Request, answer *http.Response, data []byte, want demand) *failure {
	message := t.message(data)
	if wait, secondary, limited := t.limit(answer, data); limited {
		e := &LimitError{Request: t.name(request), Secondary: secondary, Wait: wait, Left: t.run.rest()}
		return &failure{err: e, again: true, wait: wait} // the server did nothing, so any method may be repeated
	}
	e := &Error{Request: t.name(request), Status: answer.StatusCode, Cause: Rejected, Detail: "the server refused the request" + message}
	switch answer.StatusCode {
	case http.StatusUnauthorized:
		e.Cause, e.Detail = BadToken, "the server rejected the token: it is invalid, expired or revoked"
		if t.token.IsZero() {
			e.Detail = "the server requires a token, and there is none"
		}
	case http.StatusForbidden:
		t.forbidden(e, answer, message)
	case http.StatusNotFound:
		e.Cause, e.Detail = NotFound, "not found, or the token has no access"
		if t.token.IsZero() {
			e.Detail = "not found, or private and there is no token"
		}
	}
	if answer.StatusCode >= http.StatusInternalServerError {
		e.Cause, e.Detail = Server, "the server failed"+message
		after, _ := t.retryAfter(answer)
		return &failure{err: e, again: want.repeatable(request.Method), wait: after}
	}
	return &failure{err: e}
}

// forbidden distinguishes single sign-on from a missing permission.
func (t *transport) forbidden(e *Error, answer *http.Response, message string) {
	if sso := answer.Header.Get("X-Github-Sso"); sso != "" {
		e.Cause, e.Detail = SSO, "the organisation requires single sign-on; authorise the token for it"
		_, link, _ := strings.Cut(sso, "url=")
		if u, err := url.Parse(strings.TrimSpace(link)); err == nil && u.Scheme == "https" && u.User == nil {
			e.Detail += " at " + t.secret.redact(oneLine("https://"+u.Host+u.EscapedPath())) // the query is a secret of one request
		}
		return
	}
	e.Cause, e.Detail = Permission, "the token does not permit this"+message
	if t.token.IsZero() {
		e.Detail = "the server requires a token for this" + message
	}
	e.Missing = permissionLines(answer.Header.Get("X-Accepted-Github-Permissions"))
}

// limit recognises a rate limit, and returns how long to wait.
func (t *transport) limit(answer *http.Response, data []byte) (wait time.Duration, secondary, limited bool) {
	if answer.StatusCode != http.StatusForbidden && answer.StatusCode != http.StatusTooManyRequests {
		return 0, false, false
	}
	_, after := t.retryAfter(answer)
	spent := answer.Header.Get("X-Ratelimit-Remaining") == "0"
	abuse := abusive(string(data[:min(len(data), 4096)]))
	limited = after || spent || abuse || answer.StatusCode == http.StatusTooManyRequests
	return t.patience(answer), abuse || !spent, limited
}

// patience returns how long a limit lasts: Retry-After first, then the reset of a limit that is used up, then a minute.
func (t *transport) patience(answer *http.Response) time.Duration {
	if after, ok := t.retryAfter(answer); ok {
		return after
	}
	if answer.Header.Get("X-Ratelimit-Remaining") == "0" {
		if reset, err := strconv.ParseInt(answer.Header.Get("X-Ratelimit-Reset"), 10, 64); err == nil {
			return seconds(max(reset, 0) - t.run.now().Unix())
		}
	}
	return time.Minute
}

// abusive reports whether the server's message is about too many requests in a short time.
func abusive(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "secondary rate limit") || strings.Contains(text, "secondary-rate-limits") || strings.Contains(text, "abuse detection")
}

// retryAfter reads the header Retry-After, in seconds or as a date.
func (t *transport) retryAfter(answer *http.Response) (time.Duration, bool) {
	text := answer.Header.Get("Retry-After")
	if after, err := strconv.ParseInt(text, 10, 64); err == nil {
		return seconds(after), true
	}
	if at, err := http.ParseTime(text); err == nil {
		return seconds(at.Unix() - t.run.now().Unix()), true
	}
	return 0, false
}

// seconds returns a wait of at least one second.
func seconds(n int64) time.Duration {
	return time.Duration(min(max(n, 1), int64(longest/time.Second))) * time.Second
}

// message returns the server's message as the end of a sentence; empty if there is no readable one.
func (t *transport) message(data []byte) string {
	var said struct {
		Message string `json:"message"`
	}
	if json.Unmarshal(data, &said) != nil {
		return ""
	}
	return t.quoted(said.Message)
}

// quoted returns text from the server as the end of a sentence; empty if the text is empty.
func (t *transport) quoted(text string) string {
	if text == "" {
		return ""
	}
	return ": " + strconv.Quote(t.secret.redact(oneLine(text)))
}

// graphRefusal is an error in a response with HTTP 200, possibly with partial data.
type graphRefusal struct {
	Type       string `json:"type"`
	Message    string `json:"message"`
	Extensions struct {
		SSO bool `json:"saml_failure"`
	} `json:"extensions"`
}

// refusedGraph classifies errors of GraphQL; nil if there is none.
func (t *transport) refusedGraph(request *http.Request, answer *http.Response, data []byte) *failure {
	var said struct {
		Errors []graphRefusal `json:"errors"`
	}
	e := &Error{Request: t.name(request), Cause: Unreadable, Detail: "the response has an unexpected form"}
	if err := json.Unmarshal(data, &said); err != nil {
		return &failure{err: e}
	}
	for _, one := range said.Errors {
		if one.Type == "RATE_LIMITED" || abusive(one.Message) {
			wait := t.patience(answer)
			return &failure{err: &LimitError{Request: e.Request, Secondary: abusive(one.Message), Wait: wait, Left: t.run.rest()}, again: true, wait: wait}
		}
	}
	if len(said.Errors) == 0 {
		return nil
	}
	first := said.Errors[0]
	message := t.quoted(first.Message)
	switch first.Type {
	case "FORBIDDEN", "INSUFFICIENT_SCOPES":
		e.Cause, e.Detail = Permission, "the token does not permit this"+message
		if first.Extensions.SSO {
			e.Cause, e.Detail = SSO, "the organisation requires single sign-on; authorise the token for it"
			break
		}
		e.Missing = permissionLines(answer.Header.Get("X-Accepted-Github-Permissions"))
	case "NOT_FOUND":
		e.Cause, e.Detail = NotFound, "not found, or the token has no access"+message
	case "INTERNAL", "SERVICE_UNAVAILABLE":
		e.Cause, e.Detail = Server, "the server failed"+message
	default:
		e.Cause, e.Detail = Rejected, fmt.Sprintf("the server refused the request%s", message)
	}
	return &failure{err: e, again: e.Cause == Server}
}
