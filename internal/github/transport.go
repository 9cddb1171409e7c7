package github

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// RoundTrip sends a request, following redirects within the host.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	want := demandOf(request.Context())
	body, err := requestBody(request)
	if err != nil {
		return nil, &Error{Request: t.name(request), Cause: Unreachable, Detail: "the request body cannot be read, or is too long"}
	}
	for hop := 0; ; hop++ {
		answer, err := t.persist(request, body, want)
		if err != nil {
			return nil, err
		}
		next, err := t.redirect(request, answer, want, hop)
		if err != nil {
			return nil, err
		}
		if next == nil {
			return answer, nil
		}
		request = next
	}
}

// persist retries a request until it has a response or must give up.
func (t *transport) persist(request *http.Request, body []byte, want demand) (*http.Response, error) {
	for try := 0; ; try++ {
		answer, f := t.once(request, body, want)
		if f == nil {
			return answer, nil
		}
		if try == maxRetries || !f.again {
			return nil, f.err
		}
		wait := f.wait
		if wait == 0 {
			wait = time.Second << try
		}
		if !t.run.take(wait) {
			return nil, f.err
		}
		if err := t.run.sleep(request.Context(), wait); err != nil {
			return nil, &Error{Request: t.name(request), Cause: Unreachable, Detail: "it was cancelled while waiting: " + t.secret.redact(oneLine(err.Error())), cause: ended(err)}
		}
	}
}

// once sends a request once and reads the whole response.
func (t *transport) once(request *http.Request, body []byte, want demand) (*http.Response, *failure) {
	if !sameOrigin(request.URL, t.root) || request.URL.User != nil {
		return nil, &failure{err: &Error{Request: t.name(request), Cause: Redirected, Detail: "its host is not " + t.root.Host}}
	}
	patience := t.timeout * time.Duration(want.times)
	ctx, cancel := context.WithTimeout(request.Context(), patience)
	defer cancel()
	try := request.Clone(ctx)
	if body != nil {
		try.Body, try.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	try.Header.Del("Authorization")
	try.Header.Del("Cookie")
	if !t.token.IsZero() {
		try.Header.Set("Authorization", t.token.header())
	}
	t.run.count(t.archive)
	answer, err := t.base.RoundTrip(try)
	if err != nil {
		return nil, t.lost(request, err, patience, want)
	}
	defer answer.Body.Close() //nolint:errcheck // it was read to the end, or is refused
	if want.stream != nil {
		if answer.StatusCode == http.StatusOK {
			return t.pass(request, answer, patience, want)
		}
		want.limit = min(want.limit, maxBody) // it is an error, or a redirect
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, want.limit+1))
	if err != nil {
		return nil, t.lost(request, err, patience, want)
	}
	answer.Request = request // without the token
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	if f := t.judge(request, answer, data, want); f != nil {
		return nil, f
	}
	for key := range answer.Header {
		if strings.HasPrefix(key, "X-Ratelimit-") {
			answer.Header.Del(key) // go-github would keep them and judge the next request by its own clock
		}
	}
	if want.cut && int64(len(data)) > want.limit {
		answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(data[:want.limit])), want.limit
	}
	return answer, nil
}

// pass hands the body of a good response on as it comes. If it is not complete, the reader starts afresh with the next try.
func (t *transport) pass(request *http.Request, answer *http.Response, patience time.Duration, want demand) (*http.Response, *failure) {
	body := &passed{r: answer.Body, left: want.limit, most: want.limit}
	err := want.stream(body)
	switch {
	case body.err != nil:
		return nil, t.lost(request, body.err, patience, want)
	case err != nil:
		return nil, &failure{err: err, again: errors.Is(err, io.ErrUnexpectedEOF)}
	}
	answer.Request = request // without the token
	answer.Body, answer.ContentLength = http.NoBody, 0
	return answer, nil
}

// passed is a body that is handed on. It fails above its limit, and keeps an error of the connection.
type passed struct {
	r          io.Reader
	left, most int64
	err        error
}

func (p *passed) Read(b []byte) (int, error) {
	if p.left < 0 {
		return 0, &tooMuch{"is larger than " + bytesOf(p.most)}
	}
	n, err := p.r.Read(b[:min(int64(len(b)), p.left+1)])
	p.left -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		p.err = err
	}
	return n, err
}

// judge returns what is wrong with a response, or nil.
func (t *transport) judge(request *http.Request, answer *http.Response, data []byte, want demand) *failure {
	wrong := func(cause Cause, format string, args ...any) *failure {
		return &failure{err: &Error{Request: t.name(request), Cause: cause, Detail: fmt.Sprintf(format, args...)}}
	}
	read := want.read(request.Method)
	switch {
	case answer.StatusCode >= 400:
		return t.refused(request, answer, data, want)
	case answer.StatusCode >= 300 && !read:
		return wrong(Redirected, "the server redirected a %s, which is not followed", request.Method)
	case answer.StatusCode >= 300:
		return nil // redirect decides
	case want.link:
		return wrong(Unreadable, "the response is not a redirect")
	case int64(len(data)) > want.limit && !want.cut:
		return wrong(TooBig, "the response is longer than %d bytes", want.limit)
	case strings.HasPrefix(answer.Header.Get("X-Github-Sso"), "partial-results"):
		return wrong(SSO, "the response omits organisations whose single sign-on the token is not authorised for")
	case read && answer.StatusCode != http.StatusOK:
		return wrong(Empty, "the response is not ready, or empty (HTTP %d)", answer.StatusCode)
	case !read && len(data) == 0:
		return nil // nothing is an answer to a request that changes something
	case len(data) == 0 || !want.raw && (len(bytes.TrimSpace(data)) == 0 || string(bytes.TrimSpace(data)) == "null"):
		return wrong(Empty, "the response is empty")
	case !want.raw && !json.Valid(data):
		return wrong(Unreadable, "the response is not JSON, or incomplete (%s)", t.secret.redact(oneLine(answer.Header.Get("Content-Type"))))
	case want.graph:
		return t.refusedGraph(request, answer, data)
	}
	return nil
}

// redirect returns the next request if the response is a redirect that may be followed, and otherwise nil.
func (t *transport) redirect(request *http.Request, answer *http.Response, want demand, hop int) (*http.Request, error) {
	if answer.StatusCode < 300 || want.link && answer.StatusCode == http.StatusFound {
		return nil, nil
	}
	wrong := func(detail string) error {
		return &Error{Request: t.name(request), Cause: Redirected, Status: answer.StatusCode, Detail: detail}
	}
	switch answer.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, wrong("the response is neither a result nor an error")
	}
	to, err := request.URL.Parse(answer.Header.Get("Location"))
	switch {
	case err != nil || answer.Header.Get("Location") == "":
		return nil, wrong("the server sent a redirect without a location")
	case to.User != nil || !sameOrigin(to, t.root):
		return nil, wrong(fmt.Sprintf("the server redirects to another place, %q", t.secret.redact(oneLine(to.Scheme+"://"+to.Host))))
	case hop == maxRedirects:
		return nil, wrong(fmt.Sprintf("the server sent more than %d redirects", maxRedirects))
	}
	next := request.Clone(request.Context())
	next.URL, next.Host = to, ""
	return next, nil
}

// requestBody reads the request's body, so that it can be sent again.
func requestBody(request *http.Request) ([]byte, error) {
	if request.Body == nil || request.Body == http.NoBody {
		return nil, nil
	}
	defer request.Body.Close() //nolint:errcheck // it was read
	data, err := io.ReadAll(io.LimitReader(request.Body, maxBody+1))
	if len(data) > maxBody {
		return nil, errors.New("the request body is too long")
	}
	return data, err
}
