package github_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/comment"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Whatever happens to the k-th request, once or from then on, before or after the server did what it was asked: the
// error has a cause, and the next run leaves one comment.
func TestSyncFaults(t *testing.T) {
	t.Parallel()
	shared := &http.Transport{}
	old := by(bot, "Bot", mark(1, 1, oldCommit, "pass"), "x")
	for name, before := range map[string][]githubtest.Comment{"none": nil, "two": {old, old}} {
		for kind, fault := range faults() {
			for k := 1; k <= 4; k++ {
				for _, mode := range []string{"once", "forever", "after", "after forever"} {
					if kind == "slow" && strings.HasSuffix(mode, "forever") || k == 1 && strings.HasPrefix(mode, "after") {
						continue // the one takes long and is a hang-up to who asks, the other is a question and does nothing
					}
					t.Run(fmt.Sprintf("%s/%s/%d/%s", name, kind, k, mode), func(t *testing.T) {
						t.Parallel()
						connection := func(o *github.Options) { o.Timeout, o.Transport = patience(kind), shared }
						syncFault(t, before, fault, k, mode, false, connection)
						if before != nil {
							syncFault(t, before, fault, k, mode, true, connection)
						}
					})
				}
			}
		}
	}
}

func syncFault(t *testing.T, before []githubtest.Comment, fault http.HandlerFunc, k int, mode string, worse bool, connection func(*github.Options)) {
	t.Helper()
	var healed atomic.Bool
	at := func(n int, _ *http.Request) http.HandlerFunc {
		if !healed.Load() && (n == k || n > k && strings.HasSuffix(mode, "forever")) {
			return fault
		}
		return nil
	}
	server := pull(t, before, func(o *githubtest.Options) {
		o.Unchecked, o.OneHost = true, true // the healthy run is held to it
		if strings.HasPrefix(mode, "after") {
			o.Spoil = at
		} else {
			o.Fault = at
		}
	})
	client, waits := commenting(t, server, connection)
	write := wants(mark(10, 1, newCommit, "fail"), "y")
	write.RecreateIf = func(string) bool { return worse }
	out, err := client.Sync(t.Context(), write)
	for _, e := range []error{err, out.Why} {
		var known *wire.Error
		var limit *wire.LimitError
		if e != nil && (!errors.As(e, &known) || known.Cause == 0) && !errors.As(e, &limit) {
			t.Errorf("no cause: %v", e)
		}
		leakFree(t, "error", fmt.Sprintf("%v %+v %#v %q", e, e, e, e))
	}
	if err != nil && out != (github.Outcome{}) {
		t.Errorf("an error brings an outcome: %+v", out)
	}
	if err == nil && !strings.Contains(thread(server), "10.1 fail y") {
		t.Errorf("it says %+v, and the comment is not there: %s", out, thread(server))
	}
	total := time.Duration(0)
	for _, wait := range waits.waits {
		total += wait
	}
	if total > github.DefaultBudget || total != client.Waited() {
		t.Errorf("waited %s, of which %s are said", total, client.Waited())
	}
	healed.Store(true)
	client, _ = commenting(t, server, connection)
	if _, err := client.Sync(t.Context(), wants(mark(20, 1, newCommit, "fail"), "z")); err != nil || thread(server) != "github-actions: 20.1 fail z" {
		t.Errorf("after a clean run: %s, %v", thread(server), err)
	}
}

// GraphQL refuses with HTTP 200. Each refusal has its own cause, whatever data comes with it.
func TestGraphQLRefusals(t *testing.T) {
	t.Parallel()
	refuses := func(kind, message, more string) string {
		return fmt.Sprintf(`{"data":{"viewer":{"login":"x"},"repository":null},"errors":[{"type":%q,"message":%q%s}]}`, kind, message, more)
	}
	page := func(nodes, info string) string {
		return `{"data":{"viewer":{"login":"x"},"repository":{"pullRequest":{"comments":{"nodes":` + nodes + `,"pageInfo":` + info + `}}}}}`
	}
	last := `{"hasNextPage":false,"endCursor":null}`
	tests := []struct {
		name, body string
		cause      wire.Cause // zero for a limit
		text       string
	}{
		{"forbidden", refuses("FORBIDDEN", "Resource not accessible by integration", ""), wire.Permission, `"Resource not accessible by integration"; the token lacks the permission "pull-requests: write"`},
		{"scopes", refuses("INSUFFICIENT_SCOPES", "no", ""), wire.Permission, `the token does not permit this: "no"`},
		{"SSO", refuses("FORBIDDEN", "no", `,"extensions":{"saml_failure":true}`), wire.SSO, "single sign-on"},
		{"not found", refuses("NOT_FOUND", "no", ""), wire.NotFound, "not found, or the token has no access"},
		{"limited", refuses("RATE_LIMITED", "no", ""), 0, "requests an hour of the token are used up; the server asks for a wait"},
		{"secondary", refuses("", "You have exceeded a secondary rate limit", ""), 0, "secondary rate limit"},
		{"failed", refuses("INTERNAL", "", ""), wire.Server, "the server failed"},
		{"other", refuses("undefinedField", "no\n::error::x", ""), wire.Rejected, `the server refused the request: "no ::error::x"`},
		{"with all data", strings.Replace(page("[]", last), `{"data"`, `{"errors":[{"type":"FORBIDDEN","message":"x"}],"data"`, 1), wire.Permission, "the token does not permit this"},
		{"errors of another kind", `{"errors":{}}`, wire.Unreadable, "an unexpected form"},
		{"list", `[]`, wire.Unreadable, "an unexpected form"},
		{"nothing", `{}`, wire.Unreadable, "lacks the account"},
		{"no data", `{"data":null}`, wire.Unreadable, "lacks the account"},
		{"no pull request", `{"data":{"viewer":{"login":"x"},"repository":{"pullRequest":null}}}`, wire.Unreadable, "the comments or"},
		{"the comments or", page("null", last), wire.Unreadable, "the comments or"},
		{"no page", page("[]", "{}"), wire.Unreadable, "or the next page"},
		{"no cursor", page("[]", `{"hasNextPage":true,"endCursor":""}`), wire.Unreadable, "or the next page"},
		{"null comment", page("[null]", last), wire.Unreadable, "a comment has no body"},
		{"no number", page(`[{"body":"","isMinimized":false,"author":null}]`, last), wire.Unreadable, "a comment has no id"},
		{"odd number", page(`[{"body":"","isMinimized":false,"author":null,"fullDatabaseId":"-1"}]`, last), wire.Unreadable, "a comment has no id"},
		{"same page again", page("[]", `{"hasNextPage":true,"endCursor":"x"}`), wire.Unreadable, "or the next page"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := pull(t, nil, func(o *githubtest.Options) { o.Fault = always(githubtest.Says(200, test.body)) })
			client, _ := commenting(t, server, nil)
			_, err := client.Sync(t.Context(), wants(mark(1, 1, oldCommit, "fail"), "x"))
			var e *wire.Error
			var limit *wire.LimitError
			if test.cause == 0 && !errors.As(err, &limit) || test.cause != 0 && (!errors.As(err, &e) || e.Cause != test.cause) || !strings.Contains(err.Error(), test.text) {
				t.Errorf("got %v, want %s", err, test.text)
			}
			if !strings.HasPrefix(err.Error(), "list the comments: POST "+server.GraphQL+": ") {
				t.Errorf("the text does not name the request: %s", err)
			}
		})
	}
}

// A limit of GraphQL's that ends within the budget is waited for, and headers of a good answer are not kept.
func TestGraphQLLimit(t *testing.T) {
	t.Parallel()
	body := `{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}`
	server := pull(t, nil, func(o *githubtest.Options) {
		o.Fault = once(1, githubtest.Says(200, body, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", fmt.Sprint(now().Add(9*time.Second).Unix())))
	})
	client, waits := commenting(t, server, nil)
	out, err := client.Sync(t.Context(), wants(mark(1, 1, oldCommit, "fail"), "x"))
	if err != nil || out.Action != comment.Create || len(waits.waits) != 1 || waits.waits[0] != 9*time.Second {
		t.Errorf("got %+v, %v, waits %v", out, err, waits.waits)
	}
}

// More pages than are read are an error, and not "no comment".
func TestTooManyComments(t *testing.T) {
	t.Parallel()
	talk := make([]githubtest.Comment, 5001)
	for i := range talk {
		talk[i] = githubtest.Comment{Login: "ada", Type: "User", Body: "talk"}
	}
	for n, want := range map[int]bool{5000: true, 5001: false} {
		server := pull(t, talk[:n], nil)
		client, _ := commenting(t, server, nil)
		_, err := client.Sync(t.Context(), wants(mark(1, 1, oldCommit, "fail"), "x"))
		var e *wire.Error
		if want != (err == nil) || !want && (!errors.As(err, &e) || e.Cause != wire.TooBig || len(server.Comments("acme", "registry", 7)) != n) {
			t.Errorf("%d: got %v", n, err)
		}
	}
}
