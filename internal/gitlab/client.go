// Package gitlab reads a registry, a tree or a file at a commit from GitLab's REST API, says which job and which merge request a token
// belongs to, and keeps a single note on a merge request up to date. It does not decide what a response means for a verdict, and it
// rejects incomplete responses.
//
// # Why
//
// Every variable of a GitLab job can be set by somebody else than GitLab: in .gitlab-ci.yml, by an earlier job, or by whoever runs the
// pipeline. So variables are only hints. What the job is about is what the API says of its job token (job.go).
//
// The client stands on net/http and package wire: the dozen requests of REST API v4 that are needed do not pay for a client library.
package gitlab

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/wire"
)

// Default limits on waiting.
const (
	DefaultBudget  = 60 * time.Second // for rate limits and repeated requests, in all
	DefaultTimeout = 20 * time.Second // for one try of a request, its body included
)

// Options configures a Client. APIURL and Now are required.
type Options struct {
	APIURL    string                                     // https://gitlab.com/api/v4; http on loopback only
	Token     wire.Token                                 // an access token; may be zero
	JobToken  wire.Token                                 // CI_JOB_TOKEN, which is only asked what job it belongs to; may be zero
	Transport http.RoundTripper                          // nil for our own; with one, Proxy and CA have nothing to say
	Now       func() time.Time                           // the clock that a limit's reset is measured with
	Sleep     func(context.Context, time.Duration) error // nil for a real one
	Budget    time.Duration                              // what all waits of the run may take; zero for DefaultBudget
	Timeout   time.Duration                              // zero for DefaultTimeout
	Proxy     string                                     // URL of a proxy; empty for none, whatever the environment says
	CA        []byte                                     // PEM certificates that are trusted beside the embedded roots
}

// Client is a client of one API.
type Client struct {
	root     *url.URL
	run      *wire.Run
	token    wire.Token
	api, job *wire.Transport // with the token, and with that of the job
	archives *wire.Transport // for downloads
}

// New returns a client. It does not send a request.
func New(o Options) (*Client, error) {
	root, err := wire.Root(o.APIURL, "https://gitlab.com/api/v4 or https://HOST/api/v4")
	switch {
	case err != nil:
		return nil, err
	case o.Now == nil:
		return nil, errors.New("gitlab: no clock")
	case !o.Token.Usable() || !o.JobToken.Usable():
		return nil, errors.New("the token contains a space or a control character; store it again")
	}
	base := o.Transport
	if base == nil {
		if base, err = wire.Direct(o.Proxy, o.CA); err != nil {
			return nil, err
		}
	}
	c := &Client{root: root, token: o.Token, run: wire.NewRun(o.Now, o.Sleep, cmp.Or(o.Budget, DefaultBudget))}
	with := func(header string, token wire.Token) *wire.Transport {
		return &wire.Transport{
			Base: base, Server: dialect(header), Root: root, Token: token, Secret: token, Run: c.run, Timeout: cmp.Or(o.Timeout, DefaultTimeout),
		}
	}
	c.api, c.job, c.archives = with("Private-Token", o.Token), with("Job-Token", o.JobToken), with("Private-Token", o.Token)
	c.archives.Archive = true
	return c, nil
}

// dialect is how GitLab's API speaks.
func dialect(header string) wire.Dialect {
	return wire.Dialect{
		Header: header, Remaining: "Ratelimit-Remaining", Reset: "Ratelimit-Reset", Limit: "Ratelimit-Limit", Period: "a minute", Burst: "rate limit", Forbidden: forbidden,
		Page: "https://github.com/vendorgate/vendorgate/blob/main/docs/gitlab.md#requests-and-limits",
	}
}

// forbidden names the scope that a token lacks. GitLab says so in words only.
func forbidden(_ *wire.Transport, e *wire.Error, _ *http.Response) {
	if strings.Contains(e.Detail, "insufficient_scope") || strings.Contains(e.Detail, "higher privileges") {
		e.Missing = "of the scope read_api, or api to write a note"
	}
}

// Calls returns the number of requests, including retries but not archives.
func (c *Client) Calls() int {
	calls, _ := c.run.Counted()
	return calls
}

// Low says that few of the requests are left that the server allows; empty if there are enough.
func (c *Client) Low() string { return c.run.Low() }

// send makes a request, and returns the whole of a good response. query may be nil, and so may body.
func (c *Client) send(ctx context.Context, t *wire.Transport, method, path string, query url.Values, body any, want wire.Demand) ([]byte, http.Header, error) {
	var content io.Reader = http.NoBody
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return nil, nil, fmt.Errorf("gitlab: %w", err)
		}
		content = bytes.NewReader(data)
	}
	address := c.root.String() + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	request, err := http.NewRequestWithContext(wire.Demanding(ctx, want), method, address, content)
	if err != nil {
		return nil, nil, &wire.Error{Request: method + " " + c.root.Host, Cause: wire.Unreadable, Detail: "the request has no valid address"}
	}
	request.Header.Set("User-Agent", "vendorgate")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := t.RoundTrip(request)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close() //nolint:errcheck // it was read
	data, err := io.ReadAll(answer.Body)
	return data, answer.Header, err
}

// get reads a JSON response into out.
func (c *Client) get(ctx context.Context, t *wire.Transport, path string, query url.Values, out any) (http.Header, error) {
	data, header, err := c.send(ctx, t, http.MethodGet, path, query, nil, wire.Demand{})
	if err != nil {
		return nil, err
	}
	return header, c.decode(http.MethodGet, path, data, out)
}

func (c *Client) decode(method, path string, data []byte, out any) error {
	if err := json.Unmarshal(data, out); err != nil {
		return c.wrong(method, path, wire.Unreadable, "the response has an unexpected form")
	}
	return nil
}

// wrong returns the error for a response that is no use.
func (c *Client) wrong(method, path string, cause wire.Cause, detail string) error {
	return &wire.Error{Request: method + " " + c.root.String() + path, Cause: cause, Detail: detail}
}

// projectPath returns the path of a project in the API, by its number.
func projectPath(id int64) string { return "projects/" + strconv.FormatInt(id, 10) }

// named returns the path of a project in the API, by its name.
func named(project string) string { return "projects/" + url.PathEscape(project) }
