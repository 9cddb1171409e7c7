package gitlab_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/gitlab"
	"github.com/vendorgate/vendorgate/internal/gitlab/gitlabtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// counted is a server that says how many requests are left.
type counted struct {
	left, limit int
	reset       time.Duration
}

func (c counted) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		answer.Header.Set("RateLimit-Limit", strconv.Itoa(c.limit))
		answer.Header.Set("RateLimit-Remaining", strconv.Itoa(c.left))
		answer.Header.Set("RateLimit-Reset", strconv.FormatInt(now().Add(c.reset).Unix(), 10))
	}
	return answer, err
}

// A limit of a minute is waited for, so only a longer one is worth a word.
func TestFewRequestsLeft(t *testing.T) {
	t.Parallel()
	const said = "less than a tenth of the 120 requests a minute of the job's token is left until 2026-12-01 12:45 UTC; a check that needs more has no verdict; " +
		"how to need fewer: https://github.com/vendorgate/vendorgate/blob/main/docs/gitlab.md#requests-and-limits"
	for _, c := range []struct {
		server counted
		want   string
	}{
		{counted{12, 120, 45 * time.Minute}, ""},
		{counted{11, 120, 45 * time.Minute}, said},
		{counted{11, 120, time.Minute}, ""},
	} {
		server := serve(t, nil)
		client, err := gitlab.New(gitlab.Options{APIURL: server.URL + "/api/v4", Token: wire.NewToken(reader).Named("the job's token"), Now: now, Transport: c.server})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := client.Registry(t.Context(), reference(t, "gitlab:acme/platform/vendor-registry")); err != nil || client.Low() != c.want {
			t.Errorf("%+v: error %v\ngot  %s\nwant %s", c.server, err, client.Low(), c.want)
		}
	}
}

func TestLimitSaysWhatToDo(t *testing.T) {
	t.Parallel()
	server := serve(t, func(o *gitlabtest.Options) {
		o.Fault = func(int, *http.Request) http.HandlerFunc {
			return githubtest.Says(http.StatusTooManyRequests, "Retry later\n", "Retry-After", "90", "RateLimit-Limit", "2000", "RateLimit-Remaining", "0", "RateLimit-Reset", "1")
		}
	})
	client, _ := connect(t, server, reader)
	_, _, err := client.Registry(t.Context(), reference(t, "gitlab:acme/platform/vendor-registry"))
	const want = "the 2,000 requests a minute of the token are used up; the server asks for a wait of 90 seconds, until 2026-12-01 12:02 UTC, and this run can wait for 60 seconds more"
	if err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
