package github_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// limited is a client of a server that answers everything in one way. It waits for real.
func limited(t *testing.T, fault http.HandlerFunc) *github.Client {
	t.Helper()
	server := serve(t, func(o *githubtest.Options) { o.Fault = always(fault) })
	client, _ := connect(t, server.API, func(o *github.Options) { o.Sleep = nil })
	return client
}

// Every refusal has its own cause and says it in words.
func TestRefusals(t *testing.T) {
	t.Parallel()
	at := func(d time.Duration) string { return strconv.FormatInt(now().Add(d).Unix(), 10) }
	tests := []struct {
		name   string
		answer http.HandlerFunc
		cause  wire.Cause // zero for a limit
		text   string
		waits  []time.Duration
	}{
		{"401", githubtest.Says(401, "{}"), wire.BadToken, "rejected the token: it is invalid, expired or revoked (HTTP 401)", nil},
		{"404", githubtest.Says(404, "{}"), wire.NotFound, "not found, or the token has no access (HTTP 404)", nil},
		{"409", githubtest.Says(409, `{"message":"Git Repository is empty."}`), wire.Rejected, `the server refused the request: "Git Repository is empty." (HTTP 409)`, nil},
		{"451", githubtest.Says(451, "<html>"), wire.Rejected, "the server refused the request (HTTP 451)", nil},
		{
			"permission", githubtest.Says(403, `{"message":"Resource not accessible by integration"}`, "X-Accepted-GitHub-Permissions", "contents=read"), wire.Permission,
			`the token does not permit this: "Resource not accessible by integration" (HTTP 403); the token lacks the permission "contents: read"`, nil,
		},
		{
			"two ways", githubtest.Says(403, "{}", "X-Accepted-GitHub-Permissions", "issues=write; pull_requests=write,contents=read; <b>=x"), wire.Permission,
			`lacks the permission "issues: write", or "pull-requests: write" and "contents: read"`, nil,
		},
		{
			"permission with calls left", githubtest.Says(403, "{}", "X-RateLimit-Remaining", "12", "X-RateLimit-Reset", at(time.Second)), wire.Permission,
			"the token does not permit this (HTTP 403)", nil,
		},
		{
			"SSO", githubtest.Says(403, "{}", "X-GitHub-SSO", "required; url=https://github.com/orgs/acme/sso?authorization_request=SECRET"), wire.SSO,
			"the organisation requires single sign-on; authorise the token for it at https://github.com/orgs/acme/sso (HTTP 403)", nil,
		},
		{"SSO elsewhere", githubtest.Says(403, "{}", "X-GitHub-SSO", "required; url=javascript:x"), wire.SSO, "authorise the token for it (HTTP 403)", nil},
		{"500", githubtest.Says(500, `{"message":"oops\n::error::x"}`), wire.Server, `the server failed: "oops ::error::x" (HTTP 500)`, []time.Duration{1e9, 2e9, 4e9}},
		{"502", githubtest.Says(502, "<html>"), wire.Server, "the server failed (HTTP 502)", []time.Duration{1e9, 2e9, 4e9}},
		{"503", githubtest.Says(503, "", "Retry-After", "5"), wire.Server, "the server failed (HTTP 503)", []time.Duration{5e9, 5e9, 5e9}},
		{"503 long", githubtest.Says(503, "", "Retry-After", "500"), wire.Server, "the server failed (HTTP 503)", nil},
		{
			"primary", githubtest.Says(403, "{}", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", at(time.Hour)), 0,
			"requests an hour of the token are used up; the server asks for a wait of 60 minutes, until 2026-10-20 13:00 UTC, and this run can wait for 60 seconds more", nil,
		},
		{"primary as 429", githubtest.Says(429, "{}", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", at(time.Hour)), 0, "requests an hour of the token are used up; the server asks for a wait of 60 minutes", nil},
		{"primary soon", githubtest.Says(403, "{}", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", at(25*time.Second)), 0, "a wait of 25 seconds, until 2026-10-20 12:01 UTC, and this run can wait for 10 seconds", []time.Duration{25e9, 25e9}},
		{"primary past", githubtest.Says(403, "{}", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", at(-time.Hour)), 0, "a wait of 1 second", []time.Duration{1e9, 1e9, 1e9}},
		{"primary without reset", githubtest.Says(403, "{}", "X-RateLimit-Remaining", "0"), 0, "requests an hour of the token are used up; the server asks for a wait of 60 seconds, until 2026-10-20 12:01 UTC, and this run can wait for 0 seconds", []time.Duration{60e9}},
		{"absurd reset", githubtest.Says(403, "{}", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "9223372036854775807"), 0, "the server asks for a wait", nil},
		{
			"Retry-After first", githubtest.Says(403, "{}", "Retry-After", "20", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", at(time.Hour)), 0,
			"a wait of 20 seconds, until 2026-10-20 12:01 UTC, and this run can wait for 0 seconds",
			[]time.Duration{20e9, 20e9, 20e9},
		},
		{"Retry-After date", githubtest.Says(429, "{}", "Retry-After", now().Add(9*time.Second).Format(http.TimeFormat)), 0, "a wait of 9 seconds", []time.Duration{9e9, 9e9, 9e9}},
		{"absurd Retry-After", githubtest.Says(429, "{}", "Retry-After", "9223372036854775807"), 0, "the server asks for a wait of 8760 hours", nil},
		{"negative Retry-After", githubtest.Says(429, "{}", "Retry-After", "-5"), 0, "a wait of 1 second", []time.Duration{1e9, 1e9, 1e9}},
		{"secondary", githubtest.Says(403, `{"message":"You have exceeded a secondary rate limit."}`), 0, "too many requests of the token in a short time (secondary rate limit); the server asks for a wait of 60 seconds, until 2026-10-20 12:01 UTC, and this run can wait for 0 seconds", []time.Duration{60e9}},
		{"abuse", githubtest.Says(403, `{"message":"You have triggered an abuse detection mechanism."}`), 0, "(secondary rate limit)", []time.Duration{60e9}},
		{"secondary by its page", githubtest.Says(403, `{"documentation_url":"https://docs.github.com/x#about-secondary-rate-limits"}`), 0, "(secondary rate limit)", []time.Duration{60e9}},
		{"429", githubtest.Says(429, "{}"), 0, "(secondary rate limit)", []time.Duration{60e9}},
		{"empty", githubtest.Says(200, ""), wire.Empty, "the response is empty", nil},
		{"null", githubtest.Says(200, " null\n"), wire.Empty, "the response is empty", nil},
		{"204", githubtest.Says(204, ""), wire.Empty, "the response is not ready, or empty (HTTP 204)", nil},
		{"202", githubtest.Says(202, "{}"), wire.Empty, "(HTTP 202)", nil},
		{"HTML", githubtest.Says(200, "<html>", "Content-Type", "text/html"), wire.Unreadable, "the response is not JSON, or incomplete (text/html)", nil},
		{"half", githubtest.Says(200, `{"default_branch":"ma`, "Content-Type", "application/json"), wire.Unreadable, "(application/json)", nil},
		{"object", githubtest.Says(200, `{}`), wire.Unreadable, "the response has an unexpected form", nil},
		{"empty list", githubtest.Says(200, `[]`), wire.Unreadable, "the response lists no commit", nil},
		{"list of something else", githubtest.Says(200, `[{"sha":"main"}]`), wire.Unreadable, "the response has no commit, or no commit date", nil},
		{"too big", githubtest.Says(200, strings.Repeat(" ", 8<<20)+"{}"), wire.TooBig, "longer than 8388608 bytes", nil},
		{"partial", githubtest.Says(200, "{}", "X-GitHub-SSO", "partial-results; organizations=1"), wire.SSO, "omits organisations", nil},
		{"hang up", githubtest.HangUp, wire.Unreachable, "EOF", []time.Duration{1e9, 2e9, 4e9}},
		{"cut short", githubtest.CutShort, wire.Unreachable, "unexpected EOF", []time.Duration{1e9, 2e9, 4e9}},
		{"slow", githubtest.Slow, wire.Unreachable, "the server took longer than 200ms", []time.Duration{1e9, 2e9, 4e9}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, func(o *githubtest.Options) { o.Fault = always(test.answer) })
			client, waits := connect(t, server.API, func(o *github.Options) {
				if test.name == "slow" {
					o.Timeout = 200 * time.Millisecond
				}
			})
			_, _, err := client.Registry(t.Context(), reference(t, "acme/registry"))
			var e *wire.Error
			var limit *wire.LimitError
			switch {
			case test.cause == 0 && !errors.As(err, &limit), test.cause != 0 && (!errors.As(err, &e) || e.Cause != test.cause):
				t.Fatalf("got %v (%T)", err, errors.Unwrap(err))
			case !strings.Contains(err.Error(), test.text):
				t.Errorf("got  %s\nwant %s", err, test.text)
			case !strings.HasPrefix(err.Error(), "find the commit: GET "+server.API+"/repos/acme/registry/commits: "):
				t.Errorf("the text does not name the request: %s", err)
			case strings.ContainsAny(err.Error(), "?\n") || strings.Contains(err.Error(), "SECRET"):
				t.Errorf("the text holds a query: %q", err)
			}
			if !slices.Equal(waits.waits, test.waits) {
				t.Errorf("waited %v, want %v", waits.waits, test.waits)
			}
		})
	}
}

// A limit that ends within the budget is waited for, and the run goes on.
func TestLimitIsWaitedFor(t *testing.T) {
	t.Parallel()
	for k := 1; k <= 4; k++ {
		server := serve(t, func(o *githubtest.Options) { o.Fault = once(k, githubtest.Says(429, "{}", "Retry-After", "30")) })
		client, waits := connect(t, server.API, nil)
		if _, _, err := client.Registry(t.Context(), reference(t, "acme/registry")); err != nil {
			t.Errorf("%d: %s", k, err)
		}
		if !slices.Equal(waits.waits, []time.Duration{30e9}) || client.Waited() != 30*time.Second || client.Calls()+client.Downloads() != 5 {
			t.Errorf("%d: waited %v, %d requests", k, waits.waits, client.Calls())
		}
	}
}

// The budget is one for all requests of a run, and may be none.
func TestBudget(t *testing.T) {
	t.Parallel()
	server := serve(t, func(o *githubtest.Options) { o.Fault = always(githubtest.Says(429, "{}", "Retry-After", "25")) })
	client, waits := connect(t, server.API, nil)
	for range 3 {
		_, _, err := client.Registry(t.Context(), reference(t, "acme/registry"))
		var limit *wire.LimitError
		if !errors.As(err, &limit) || limit.Wait != 25*time.Second || limit.Left != 10*time.Second || limit.Burst == "" {
			t.Errorf("got %v", err)
		}
	}
	if !slices.Equal(waits.waits, []time.Duration{25e9, 25e9}) {
		t.Errorf("waited %v", waits.waits)
	}
	client, waits = connect(t, server.API, func(o *github.Options) { o.Budget = -1 })
	if _, _, err := client.Registry(t.Context(), reference(t, "acme/registry")); err == nil || len(waits.waits) != 0 || client.Calls() != 1 {
		t.Errorf("got %v, waited %v", err, waits.waits)
	}
}

// A used-up limit in the headers of a good answer does not stop the next request: the server decides, not a clock.
func TestLastCallOfTheHour(t *testing.T) {
	t.Parallel()
	body := fmt.Sprintf(`[{"sha":%q,"commit":{"committer":{"date":"2026-10-01T00:00:00Z"}}}]`, newCommit)
	good := githubtest.Says(200, body, "X-RateLimit-Remaining", "0", "X-RateLimit-Limit", "60", "X-RateLimit-Reset", "4102444800")
	server := serve(t, func(o *githubtest.Options) {
		o.Fault = func(k int, _ *http.Request) http.HandlerFunc {
			if k == 1 {
				return good
			}
			return nil
		}
	})
	client, _ := connect(t, server.API, nil)
	if _, _, err := client.Registry(t.Context(), reference(t, "acme/registry")); err != nil {
		t.Error(err)
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	hops := func(n int) func(int, *http.Request) http.HandlerFunc {
		return func(k int, r *http.Request) http.HandlerFunc {
			if k <= n {
				return githubtest.Says(301, "", "Location", r.URL.Path+"?again="+canary[:3]) // relative, as GitHub does not, but may
			}
			return nil
		}
	}
	for n, good := range map[int]bool{1: true, 3: true, 4: false} {
		server := serve(t, func(o *githubtest.Options) { o.Fault, o.Unchecked = hops(n), true })
		client, _ := connect(t, server.API, nil)
		_, _, err := client.Registry(t.Context(), reference(t, "acme/registry"))
		if good != (err == nil) || !good && !strings.Contains(err.Error(), "more than 3 redirects") {
			t.Errorf("%d redirects: %v", n, err)
		}
	}
	other := serve(t, nil)
	for name, location := range map[string]string{
		"other port": other.API + "/repos/acme/registry", "other host": "http://localhost:1/", "other scheme": "https://127.0.0.1/",
		"password": "http://user:pass@127.0.0.1/", "nowhere": "", "not a URL": "http://%zz/",
	} {
		server := serve(t, func(o *githubtest.Options) { o.Fault = always(githubtest.Says(302, "", "Location", location)) })
		client, _ := connect(t, server.API, nil)
		_, _, err := client.Registry(t.Context(), reference(t, "acme/registry"))
		var e *wire.Error
		if !errors.As(err, &e) || e.Cause != wire.Redirected || client.Calls() != 1 {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if asked := other.Requests(); len(asked) != 0 {
		t.Errorf("the other host was asked: %v", asked)
	}
}

// A request that changes something is neither redirected nor made twice, unless a limit kept the server from acting.
func TestPost(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault http.HandlerFunc
		want  string
		calls int
	}{
		{"301", githubtest.Says(301, "", "Location", "/x"), "redirected a POST, which is not followed", 1},
		{"307", githubtest.Says(307, "", "Location", "/x"), "redirected a POST, which is not followed", 1},
		{"500", githubtest.Says(500, ""), "the server failed (HTTP 500)", 1},
		{"hang up", githubtest.HangUp, "EOF", 1},
		{"429", githubtest.Says(429, "", "Retry-After", "1"), "a wait of 1 second", 4},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var bodies atomic.Int32
			server := serve(t, func(o *githubtest.Options) {
				o.Fault = func(_ int, r *http.Request) http.HandlerFunc {
					if r.ContentLength == 4 {
						bodies.Add(1)
					}
					return test.fault
				}
			})
			client, _ := connect(t, server.API, nil)
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.API+"/repos/acme/registry/issues/1/comments?x=y", strings.NewReader("body"))
			if err != nil {
				t.Fatal(err)
			}
			answer, err := client.HTTP().Do(request)
			if err == nil {
				_ = answer.Body.Close()
				t.Fatalf("got HTTP %d", answer.StatusCode)
			}
			if !strings.Contains(err.Error(), test.want) || client.Calls() != test.calls || int(bodies.Load()) != test.calls {
				t.Errorf("got %v, %d requests, %d bodies", err, client.Calls(), bodies.Load())
			}
		})
	}
}

// Another host than the API's is not asked at all, whoever writes the URL, and no header of a caller's names a token.
func TestOtherHost(t *testing.T) {
	t.Parallel()
	server, other := serve(t, nil), serve(t, nil)
	client, _ := connect(t, server.API, nil)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, other.API+"/repos/acme/registry", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+canary)
	answer, err := client.HTTP().Do(request)
	if err == nil {
		_ = answer.Body.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "its host is not") || len(other.Requests()) != 0 || client.Calls() != 0 {
		t.Errorf("got %v", err)
	}
}

func TestContext(t *testing.T) {
	t.Parallel()
	server := serve(t, func(o *githubtest.Options) { o.Fault = always(githubtest.Slow) })
	client, waits := connect(t, server.API, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, _, err := client.Registry(ctx, reference(t, "acme/registry"))
	if !errors.Is(err, context.DeadlineExceeded) || client.Calls() != 1 || len(waits.waits) != 0 {
		t.Errorf("got %v, %d requests", err, client.Calls())
	}
	done, stop := context.WithCancel(t.Context())
	stop()
	if _, _, err := client.Registry(done, reference(t, "acme/registry")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// What a request that changes something brings is an answer, also if it is nothing.
func TestPostAnswers(t *testing.T) {
	t.Parallel()
	for body, good := range map[string]bool{"": true, "{}": true, "null": false, "{": false, "<html>": false} {
		server := serve(t, func(o *githubtest.Options) { o.Fault = always(githubtest.Says(201, body)) })
		client, _ := connect(t, server.API, nil)
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.API+"/x", strings.NewReader("body"))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.HTTP().Do(request)
		if err == nil {
			_ = answer.Body.Close()
		}
		if good != (err == nil) {
			t.Errorf("%q: got %v", body, err)
		}
	}
	client, _ := connect(t, "http://127.0.0.1:1", nil)
	long, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1:1/x", strings.NewReader(strings.Repeat("x", 8<<20+1)))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.HTTP().Do(long)
	if err == nil {
		_ = answer.Body.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "too long") || client.Calls() != 0 {
		t.Errorf("got %v", err)
	}
}
