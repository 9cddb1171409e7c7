package wire

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/source"
)

// RoundTrip sends a request, following redirects within the host.
func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	want := demandOf(request.Context())
	body, err := requestBody(request)
	if err != nil {
		return nil, &Error{Request: t.Name(request), Cause: Unreachable, Detail: "the request body cannot be read, or is too long"}
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
func (t *Transport) persist(request *http.Request, body []byte, want Demand) (*http.Response, error) {
	for try := 0; ; try++ {
		answer, f := t.once(request, body, want)
		if f == nil {
			return answer, nil
		}
		if try == maxRetries || !f.Again {
			return nil, f.Err
		}
		wait := f.Wait
		if wait == 0 {
			wait = time.Second << try
		}
		if !t.Run.Take(wait) {
			return nil, f.Err
		}
		if err := t.Run.Sleep(request.Context(), wait); err != nil {
			return nil, &Error{Request: t.Name(request), Cause: Unreachable, Detail: "it was cancelled while waiting: " + t.Secret.Redact(diag.OneLine(err.Error())), cause: Ended(err)}
		}
	}
}

// once sends a request once and reads the whole response.
func (t *Transport) once(request *http.Request, body []byte, want Demand) (*http.Response, *Failure) {
	if !SameOrigin(request.URL, t.Root) || request.URL.User != nil {
		return nil, &Failure{Err: &Error{Request: t.Name(request), Cause: Redirected, Detail: "its host is not " + t.Root.Host}}
	}
	patience := t.Timeout * time.Duration(want.Times)
	ctx, cancel := context.WithTimeout(request.Context(), patience)
	defer cancel()
	try := request.Clone(ctx)
	if body != nil {
		try.Body, try.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	try.Header.Del("Authorization")
	try.Header.Del(t.Server.Header)
	try.Header.Del("Cookie")
	if !t.Token.IsZero() {
		try.Header.Set(t.Server.Header, t.Server.Prefix+*t.Token.value)
	}
	t.Run.Count(t.Archive)
	answer, err := t.Base.RoundTrip(try)
	if err != nil {
		return nil, t.lost(request, err, patience, want)
	}
	defer answer.Body.Close() //nolint:errcheck // it was read to the end, or is refused
	t.watch(answer)
	if want.Stream != nil {
		if answer.StatusCode == http.StatusOK {
			return t.pass(request, answer, patience, want)
		}
		want.Limit = min(want.Limit, MaxBody) // it is an error, or a redirect
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, want.Limit+1))
	if err != nil {
		return nil, t.lost(request, err, patience, want)
	}
	answer.Request = request // without the token
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	if f := t.judge(request, answer, data, want); f != nil {
		return nil, f
	}
	for _, key := range t.Server.Hidden {
		answer.Header.Del(key)
	}
	if want.Cut && int64(len(data)) > want.Limit {
		answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(data[:want.Limit])), want.Limit
	}
	return answer, nil
}

// pass hands the body of a good response on as it comes. If it is not complete, the reader starts afresh with the next try.
func (t *Transport) pass(request *http.Request, answer *http.Response, patience time.Duration, want Demand) (*http.Response, *Failure) {
	body := &passed{r: answer.Body, left: want.Limit, most: want.Limit}
	err := want.Stream(body)
	switch {
	case body.err != nil:
		return nil, t.lost(request, body.err, patience, want)
	case err != nil:
		return nil, &Failure{Err: err, Again: errors.Is(err, io.ErrUnexpectedEOF)}
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
		return 0, &source.TooMuch{Limit: "is larger than " + source.Bytes(p.most)}
	}
	n, err := p.r.Read(b[:min(int64(len(b)), p.left+1)])
	p.left -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		p.err = err
	}
	return n, err
}

// judge returns what is wrong with a response, or nil.
func (t *Transport) judge(request *http.Request, answer *http.Response, data []byte, want Demand) *Failure {
	wrong := func(cause Cause, format string, args ...any) *Failure {
		return &Failure{Err: &Error{Request: t.Name(request), Cause: cause, Detail: fmt.Sprintf(format, args...)}}
	}
	read := want.read(request.Method)
	switch {
	case answer.StatusCode >= 400:
		return t.refused(request, answer, data, want)
	case answer.StatusCode >= 300 && !read:
		return wrong(Redirected, "the server redirected a %s, which is not followed", request.Method)
	case answer.StatusCode >= 300:
		return nil // redirect decides
	case want.Link:
		return wrong(Unreadable, "the response is not a redirect")
	case int64(len(data)) > want.Limit && !want.Cut:
		return wrong(TooBig, "the response is longer than %d bytes", want.Limit)
	case read && answer.StatusCode != http.StatusOK:
		return wrong(Empty, "the response is not ready, or empty (HTTP %d)", answer.StatusCode)
	case !read && len(data) == 0:
		return nil // nothing is an answer to a request that changes something
	case len(data) == 0 || !want.Raw && (len(bytes.TrimSpace(data)) == 0 || string(bytes.TrimSpace(data)) == "null"):
		return wrong(Empty, "the response is empty")
	case !want.Raw && !json.Valid(data):
		return wrong(Unreadable, "the response is not JSON, or incomplete (%s)", t.Secret.Redact(diag.OneLine(answer.Header.Get("Content-Type"))))
	case t.Server.Odd != nil:
		return t.Server.Odd(t, request, answer, data, want)
	}
	return nil
}

// redirect returns the next request if the response is a redirect that may be followed, and otherwise nil.
func (t *Transport) redirect(request *http.Request, answer *http.Response, want Demand, hop int) (*http.Request, error) {
	if answer.StatusCode < 300 || want.Link && answer.StatusCode == http.StatusFound {
		return nil, nil
	}
	wrong := func(detail string) error {
		return &Error{Request: t.Name(request), Cause: Redirected, Status: answer.StatusCode, Detail: detail}
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
	case to.User != nil || !SameOrigin(to, t.Root):
		return nil, wrong(fmt.Sprintf("the server redirects to another place, %q", t.Secret.Redact(diag.OneLine(to.Scheme+"://"+to.Host))))
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
	data, err := io.ReadAll(io.LimitReader(request.Body, MaxBody+1))
	if len(data) > MaxBody {
		return nil, errors.New("the request body is too long")
	}
	return data, err
}
