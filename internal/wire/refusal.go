package wire

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Failure is an attempt at a request without a usable response.
type Failure struct {
	Err   error
	Again bool          // it may be tried again
	Wait  time.Duration // after this; zero for a wait that grows with every try
}

// longest is the longest wait that is reported exactly. Longer ones could overflow a duration.
const longest = 365 * 24 * time.Hour

// lost returns the failure for no response, or an incomplete one.
func (t *Transport) lost(request *http.Request, err error, patience time.Duration, want Demand) *Failure {
	e := &Error{Request: t.Name(request), Cause: Unreachable, Detail: t.Secret.Redact(diag.OneLine(err.Error()))}
	if parent := request.Context().Err(); parent != nil {
		e.Detail, e.cause = "it was cancelled: "+parent.Error(), parent
		return &Failure{Err: e}
	}
	if Ended(err) != nil {
		e.Detail = "the server took longer than " + patience.String()
	}
	return &Failure{Err: e, Again: want.repeatable(request.Method)}
}

// refused classifies a server's refusal.
func (t *Transport) refused(request *http.Request, answer *http.Response, data []byte, want Demand) *Failure {
	message := t.message(data)
	if burst, limited := t.limit(answer, data); limited {
		return t.Limited(request, answer, burst)
	}
	e := &Error{Request: t.Name(request), Status: answer.StatusCode, Cause: Rejected, Detail: "the server refused the request" + message}
	switch answer.StatusCode {
	case http.StatusUnauthorized:
		e.Cause, e.Detail = BadToken, "the server rejected the token: it is invalid, expired or revoked"
		if t.Token.IsZero() {
			e.Detail = "the server requires a token, and there is none"
		}
	case http.StatusForbidden:
		e.Cause, e.Detail = Permission, "the token does not permit this"+message
		if t.Token.IsZero() {
			e.Detail = "the server requires a token for this" + message
		}
		if t.Server.Forbidden != nil {
			t.Server.Forbidden(t, e, answer)
		}
	case http.StatusNotFound:
		e.Cause, e.Detail = NotFound, "not found, or the token has no access"
		if t.Token.IsZero() {
			e.Detail = "not found, or private and there is no token"
		}
	}
	if answer.StatusCode >= http.StatusInternalServerError {
		e.Cause, e.Detail = Server, "the server failed"+message
		after, _ := t.retryAfter(answer)
		return &Failure{Err: e, Again: want.repeatable(request.Method), Wait: after}
	}
	return &Failure{Err: e}
}

// limit recognises a rate limit, and returns what the server calls it if it is about a short time.
func (t *Transport) limit(answer *http.Response, data []byte) (burst string, limited bool) {
	if answer.StatusCode != http.StatusForbidden && answer.StatusCode != http.StatusTooManyRequests {
		return "", false
	}
	_, after := t.retryAfter(answer)
	spent := answer.Header.Get(t.Server.Remaining) == "0"
	fast := t.Server.TooFast != nil && t.Server.TooFast(string(data[:min(len(data), 4096)]))
	if fast || !spent {
		burst = t.Server.Burst
	}
	return burst, after || spent || fast || answer.StatusCode == http.StatusTooManyRequests
}

// Patience returns how long a limit lasts: Retry-After first, then the reset of a limit that is used up, then a minute.
func (t *Transport) Patience(answer *http.Response) time.Duration {
	if after, ok := t.retryAfter(answer); ok {
		return after
	}
	if answer.Header.Get(t.Server.Remaining) == "0" {
		if reset, err := strconv.ParseInt(answer.Header.Get(t.Server.Reset), 10, 64); err == nil {
			return seconds(max(reset, 0) - t.Run.Now().Unix())
		}
	}
	return time.Minute
}

// retryAfter reads the header Retry-After, in seconds or as a date.
func (t *Transport) retryAfter(answer *http.Response) (time.Duration, bool) {
	text := answer.Header.Get("Retry-After")
	if after, err := strconv.ParseInt(text, 10, 64); err == nil {
		return seconds(after), true
	}
	if at, err := http.ParseTime(text); err == nil {
		return seconds(at.Unix() - t.Run.Now().Unix()), true
	}
	return 0, false
}

// seconds returns a wait of at least one second.
func seconds(n int64) time.Duration {
	return time.Duration(min(max(n, 1), int64(longest/time.Second))) * time.Second
}

// message returns the server's message as the end of a sentence; empty if there is no readable one.
func (t *Transport) message(data []byte) string {
	var said struct {
		Message     any    `json:"message"`
		Description string `json:"error_description"`
		Error       any    `json:"error"`
	}
	if json.Unmarshal(data, &said) != nil {
		return ""
	}
	message, _ := said.Message.(string)
	reason, _ := said.Error.(string)
	return t.Quoted(cmp.Or(message, said.Description, reason))
}

// Quoted returns text from the server as the end of a sentence; empty if the text is empty.
func (t *Transport) Quoted(text string) string {
	if text == "" {
		return ""
	}
	return ": " + strconv.Quote(t.Secret.Redact(diag.OneLine(text)))
}
