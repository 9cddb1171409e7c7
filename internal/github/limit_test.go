package github_test

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// counting has the server say how many requests are left.
func counting(left, limit int, resource string, reset time.Duration) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-RateLimit-Limit", strconv.Itoa(limit))
			w.Header().Set("X-RateLimit-Remaining", strconv.Itoa(left))
			w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(now().Add(reset).Unix(), 10))
			w.Header().Set("X-RateLimit-Resource", resource)
			next.ServeHTTP(w, r)
		})
	}
}

// Before the requests are used up, a run can say so. It does not if the limit starts afresh before anybody could do something about it.
func TestFewRequestsLeft(t *testing.T) {
	t.Parallel()
	const page = "; a check that needs more has no verdict; how to need fewer: https://github.com/vendorgate/vendorgate/blob/main/docs/platform-team.md#limits-on-requests"
	for _, c := range []struct {
		name        string
		left, limit int
		resource    string
		reset       time.Duration
		token       wire.Token
		want        string
	}{
		{"enough", 500, 5000, "core", time.Hour, wire.NewToken(canary), ""},
		{"few", 499, 5000, "core", time.Hour, wire.NewToken(canary).Named("the registry-token"), "less than a tenth of the 5,000 requests an hour of the registry-token is left until 2026-10-20 13:00 UTC" + page},
		{"none", 0, 1000, "core", time.Hour, wire.NewToken(canary).Named("the job's token"), "less than a tenth of the 1,000 requests an hour of the job's token is left until 2026-10-20 13:00 UTC" + page},
		{"few without a token", 5, 60, "core", 30 * time.Minute, wire.Token{}, "less than a tenth of the 60 requests an hour without a token is left until 2026-10-20 12:30 UTC" + page},
		{"few of another kind", 5, 15000, "graphql", 90 * time.Second, wire.NewToken(canary), "less than a tenth of the 15,000 requests an hour for graphql of the token is left until 2026-10-20 12:02 UTC" + page},
		{"few of a kind that no server has", 5, 15000, "x; y\n::error::", time.Hour, wire.NewToken(canary), "less than a tenth of the 15,000 requests an hour of the token is left until 2026-10-20 13:00 UTC" + page},
		{"few for a moment", 5, 5000, "core", time.Minute, wire.NewToken(canary), ""},
		{"no limit", 0, 0, "core", time.Hour, wire.NewToken(canary), ""},
		{"nonsense", -5, 5000, "core", time.Hour, wire.NewToken(canary), ""},
		{"in a hundred years", 5, 5000, "core", 876000 * time.Hour, wire.NewToken(canary), ""},
	} {
		server := serve(t, func(o *githubtest.Options) { o.Wrap = counting(c.left, c.limit, c.resource, c.reset) })
		client, _ := connect(t, server.API, func(o *github.Options) { o.Token = c.token })
		if _, _, err := client.Registry(t.Context(), reference(t, "acme/registry")); err != nil || client.Low() != c.want {
			t.Errorf("%s: error %v\ngot  %s\nwant %s", c.name, err, client.Low(), c.want)
		}
	}
	client, _ := connect(t, serve(t, nil).API, nil)
	if _, _, err := client.Registry(t.Context(), reference(t, "acme/registry")); err != nil || client.Low() != "" {
		t.Errorf("a server that counts nothing: %v, %s", err, client.Low())
	}
}

// When they are used up, the error says whose they are and when there are more, and that nobody's change is the cause.
func TestLimitSaysWhatToDo(t *testing.T) {
	t.Parallel()
	at := func(d time.Duration) string { return strconv.FormatInt(now().Add(d).Unix(), 10) }
	const page = " How an organisation needs fewer requests: https://github.com/vendorgate/vendorgate/blob/main/docs/platform-team.md#limits-on-requests"
	for _, c := range []struct {
		answer       http.HandlerFunc
		text, advice string
	}{
		{
			githubtest.Refuses(403, "API rate limit exceeded", "X-RateLimit-Limit", "1000", "X-RateLimit-Remaining", "0", "X-RateLimit-Resource", "core", "X-RateLimit-Reset", at(41*time.Minute)),
			"the 1,000 requests an hour of the job's token are used up; the server asks for a wait of 41 minutes, until 2026-10-20 12:41 UTC, and this run can wait for 60 seconds more",
			"Your change is not the cause. Run the check again after 2026-10-20 12:41 UTC." + page,
		},
		{
			githubtest.Refuses(403, "You have exceeded a secondary rate limit", "Retry-After", "601", "X-RateLimit-Limit", "1000", "X-RateLimit-Remaining", "900"),
			"too many requests of the job's token in a short time (secondary rate limit); the server asks for a wait of 11 minutes, until 2026-10-20 12:11 UTC, and this run can wait for 60 seconds more",
			"Your change is not the cause. Run the check again after 2026-10-20 12:11 UTC." + page,
		},
		{
			githubtest.Refuses(429, "Slow down", "Retry-After", "99999999999"),
			"too many requests of the job's token in a short time (secondary rate limit); the server asks for a wait of 8760 hours, and this run can wait for 60 seconds more",
			"Your change is not the cause. Run the check again later." + page,
		},
	} {
		server := serve(t, func(o *githubtest.Options) { o.Fault = always(c.answer) })
		client, _ := connect(t, server.API, func(o *github.Options) { o.Token = o.Token.Named("the job's token") })
		_, _, err := client.Registry(t.Context(), reference(t, "acme/registry"))
		var limit *wire.LimitError
		if !errors.As(err, &limit) {
			t.Errorf("got %v", err)
			continue
		}
		if _, got, _ := strings.Cut(limit.Error(), "/commits: "); got != c.text || limit.Advice() != c.advice {
			t.Errorf("got  %s\nwant %s\ngot  %s\nwant %s", got, c.text, limit.Advice(), c.advice)
		}
	}
}
