package githubtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"time"
)

// NamedFault is something that a server, or what lies between, can do to a request.
type NamedFault struct {
	Name   string
	Answer http.HandlerFunc
}

// Says is a fault: a status, a body, and headers as pairs.
func Says(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// Refuses is a fault that GitHub itself may answer: an error with a message, and headers as pairs.
func Refuses(status int, message string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		refuse(w, status, message)
	}
}

// HangUp ends the connection without an answer.
func HangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// CutShort promises more than it sends.
func CutShort(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte(`{"sha":"`))
}

// Slow sends the head of an answer, and the rest when nobody waits for it any more.
func Slow(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write([]byte(`{"sha":`))
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// Faults are all that can be done to a request whatever it asks, in a fixed order. now is the clock of who asks. secret
// stands wherever a hostile server could put it.
func Faults(now time.Time, secret string) []NamedFault {
	reset := func(d time.Duration) string { return strconv.FormatInt(now.Add(d).Unix(), 10) }
	text := "no " + secret
	return []NamedFault{
		{"401", Refuses(401, text)},
		{"403 permission", Refuses(403, text, "X-Accepted-GitHub-Permissions", "contents=read")},
		{"403 SSO", Refuses(403, text, "X-GitHub-SSO", "required; url=https://github.com/orgs/acme/sso?authorization_request="+secret)},
		{"403 primary", Refuses(403, text, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset(30*time.Second))},
		{"403 primary late", Refuses(403, text, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset(time.Hour))},
		{"403 secondary", Refuses(403, "You have exceeded a secondary rate limit")},
		{"403 secondary after", Refuses(403, "You have exceeded a secondary rate limit", "Retry-After", "9")},
		{"404", Refuses(404, text)},
		{"409", Refuses(409, "Git Repository is empty.")},
		{"422", Refuses(422, text)},
		{"429", Refuses(429, text)},
		{"429 after", Refuses(429, text, "Retry-After", "7")},
		{"429 primary", Refuses(429, text, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset(20*time.Second))},
		{"500", Refuses(500, text)},
		{"502 HTML", Says(502, "<html>"+secret, "Content-Type", "text/html")},
		{"503 later", Says(503, "", "Retry-After", "5")},
		{"200 empty", Says(200, "")},
		{"200 null", Says(200, "null\n")},
		{"200 object", Says(200, "{}")},
		{"200 list", Says(200, "[]")},
		{"200 HTML", Says(200, "<html>"+secret, "Content-Type", "text/html")},
		{"200 half", Says(200, `{"sha":"`)},
		{"200 trailing", Says(200, `{} {}`)},
		{"200 partial", Says(200, "{}", "X-GitHub-SSO", "partial-results; organizations=1")},
		{"202", Says(202, "{}")},
		{"204", Says(204, "")},
		{"301 away", Says(301, "", "Location", "https://example.com/"+secret)},
		{"302 away", Says(302, "", "Location", "http://127.0.0.1:1/"+secret)},
		{"302 file", Says(302, "", "Location", "file:///etc/passwd")},
		{"302 nowhere", Says(302, "")},
		{"302 with password", Says(302, "", "Location", "http://user:"+secret+"@127.0.0.1/")},
		{"304", Says(304, "")},
		{"hang up", HangUp},
		{"cut short", CutShort},
		{"slow", Slow},
	}
}

// fault lets a fault answer. What it says as GitHub would is held to the description.
func (s *Server) fault(w http.ResponseWriter, r *http.Request, answer http.HandlerFunc) {
	both := &tee{w, httptest.NewRecorder()}
	answer(both, r)
	path, rest := strings.CutPrefix(r.URL.Path, s.options.Prefix+"/repos/")
	if rest && both.recorded.Code >= 400 && strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		for key, values := range w.Header() {
			both.recorded.Header()[key] = values
		}
		s.check(r, "/repos/"+path, both.recorded)
	}
}

// tee passes an answer on, and notes it.
type tee struct {
	http.ResponseWriter
	recorded *httptest.ResponseRecorder
}

// Unwrap lets http.ResponseController flush.
func (t *tee) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// WriteHeader sends the status.
func (t *tee) WriteHeader(status int) {
	t.recorded.WriteHeader(status)
	t.ResponseWriter.WriteHeader(status)
}

func (t *tee) Write(p []byte) (int, error) {
	t.recorded.Body.Write(p)
	n, err := t.ResponseWriter.Write(p)
	if err != nil {
		return n, fmt.Errorf("who asked is gone: %w", err)
	}
	return n, nil
}
