// Package github reads a registry, a tree or a file at a commit from GitHub's API, and keeps a single comment on a pull
// request up to date. It does not decide what a response means for a verdict, and it rejects incomplete responses.
//
// # Why
//
// go-github uses our own transport. Its version 62 sends the token to any host that a redirect names, treats an empty
// or null response as an empty result, has no size limit, does not recognise 429 as a rate limit, turns a redirected
// POST into a GET, and tracks rate limits by its own clock. transport.go handles all of this before go-github sees a
// response. go-github's types do not leave the package.
//
// A registry is read as a single tarball and not file by file: one commit, few calls, all or nothing. The tarball is
// never written to disk, so no name in it can lead to a file there (archive.go). The code of a repository is read in the same way, but
// file by file as it comes, because it can be larger than the memory (code.go). Its files are compared with the commit, so nothing
// depends on how the tarball was made.
package github

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	gh "github.com/google/go-github/v62/github"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Default limits on waiting.
const (
	DefaultBudget  = 60 * time.Second // for rate limits and repeated requests, in all
	DefaultTimeout = 20 * time.Second // for one try of a request, its body included; an archive has four times as long
)

// Options configures a Client. APIURL and Now are required.
type Options struct {
	APIURL     string                                     // https://api.github.com, or https://HOST/api/v3; http on loopback only
	GraphQLURL string                                     // https://api.github.com/graphql, on the host of APIURL; empty if no comment is to be written
	Token      wire.Token                                 // may be zero
	Transport  http.RoundTripper                          // nil for our own; with one, Proxy and CA have nothing to say
	Now        func() time.Time                           // the clock that a limit's reset is measured with
	Sleep      func(context.Context, time.Duration) error // nil for a real one
	Budget     time.Duration                              // what all waits of the run may take; zero for DefaultBudget, negative for none
	Timeout    time.Duration                              // zero for DefaultTimeout
	Proxy      string                                     // URL of a proxy; empty for none, whatever the environment says
	CA         []byte                                     // PEM certificates that are trusted beside the embedded roots
}

// Client is a client of one API. It is safe for concurrent use; all goroutines share its budget.
type Client struct {
	api   *gh.Client
	root  *url.URL
	graph *url.URL // nil if it is not known
	token wire.Token
	run   *wire.Run
	with  func(root *url.URL, token wire.Token) *wire.Transport
}

// New returns a client. It does not send a request.
func New(o Options) (*Client, error) {
	root, err := wire.Root(o.APIURL, "https://api.github.com or https://HOST/api/v3")
	switch {
	case err != nil:
		return nil, err
	case o.Now == nil:
		return nil, errors.New("github: no clock")
	case !o.Token.Usable():
		return nil, errors.New("the token contains a space or a control character; store it again")
	case o.Transport != nil && (o.Proxy != "" || len(o.CA) > 0):
		return nil, errors.New("github: a transport excludes a proxy and a CA")
	}
	graph, err := graphURL(o.GraphQLURL, root)
	if err != nil {
		return nil, err
	}
	base := o.Transport
	if base == nil {
		if base, err = wire.Direct(o.Proxy, o.CA); err != nil {
			return nil, err
		}
	}
	c := &Client{root: root, graph: graph, token: o.Token, run: wire.NewRun(o.Now, o.Sleep, cmp.Or(o.Budget, DefaultBudget))}
	timeout := o.Timeout
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	c.with = func(root *url.URL, token wire.Token) *wire.Transport {
		return &wire.Transport{Base: base, Server: dialect(), Root: root, Token: token, Secret: o.Token, Run: c.run, Timeout: timeout}
	}
	c.api = gh.NewClient(&http.Client{Transport: c.with(root, o.Token)})
	c.api.BaseURL, c.api.UploadURL, c.api.UserAgent = root, root, "vendorgate"
	return c, nil
}

// graphURL parses the URL of the GraphQL API. It must be on the API's own host, because the token is sent only there.
func graphURL(text string, root *url.URL) (*url.URL, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // not an error until a comment has to be written
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return nil, errors.New("the GraphQL address is not a URL; write https://api.github.com/graphql or https://HOST/api/graphql")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return nil, fmt.Errorf("the GraphQL address %q must contain only a scheme, host and path", u.Scheme+"://"+u.Host+u.Path)
	case !wire.SameOrigin(u, root):
		return nil, fmt.Errorf("the GraphQL address %q is not on the host of the API, %q", u.String(), root.Scheme+"://"+root.Host)
	}
	return u, nil
}

// Calls returns the number of API requests, including retries but not downloads.
func (c *Client) Calls() int {
	calls, _ := c.run.Counted()
	return calls
}

// Downloads returns the number of requests for archives, including retries.
func (c *Client) Downloads() int {
	_, downloads := c.run.Counted()
	return downloads
}

// Low says that few of the requests are left that the server allows; empty if there are enough.
func (c *Client) Low() string { return c.run.Low() }

// Waited returns how much of the waiting budget was used.
func (c *Client) Waited() time.Duration {
	return c.run.Used()
}

// plain unwraps the errors of this package from those of go-github and net/http, which contain URLs with their queries.
// Any other error means that the response could not be read.
func (c *Client) plain(request string, err error) error {
	var ours *wire.Error
	var limit *wire.LimitError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ours):
		return ours
	case errors.As(err, &limit):
		return limit
	case wire.Ended(err) != nil:
		return wire.Cancelled(request, "it was cancelled: ", wire.Ended(err))
	}
	return &wire.Error{Request: request, Cause: wire.Unreadable, Detail: "the response has an unexpected form: " + c.token.Redact(diag.OneLine(err.Error()))}
}

// query sends a GraphQL query, and decodes the data into out. It must not be a mutation, because it is retried like a GET.
func (c *Client) query(ctx context.Context, text string, variables map[string]any, out any) error {
	if c.graph == nil {
		return errors.New("GITHUB_GRAPHQL_URL is empty, so no comment can be written")
	}
	name := http.MethodPost + " " + c.graph.String()
	request, err := c.api.NewRequest(http.MethodPost, c.graph.String(), map[string]any{"query": text, "variables": variables})
	if err != nil {
		return c.plain(name, err)
	}
	answer := struct {
		Data any `json:"data"`
	}{out}
	_, err = c.api.Do(wire.Demanding(ctx, wire.Demand{Limit: wire.MaxList, Does: wire.Reads, Graph: true}), request, &answer)
	return c.plain(name, err)
}
