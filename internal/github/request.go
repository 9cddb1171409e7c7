package github

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Limits on what a server can make us accept or do.
const (
	maxBody      = 8 << 20   // bytes of an answer, and of what is sent
	maxList      = 32 << 20  // bytes of an answer that lists a whole tree, or a page of comments
	maxArchive   = 100 << 20 // bytes of a compressed archive of a registry
	maxRetries   = 3         // of one request
	maxRedirects = 3         // of one request, all on the same host
	archiveTimes = 4         // the patience with the archive of a registry, in timeouts
	codeTimes    = 9         // the patience with the archive of code, which is searched meanwhile
)

// transport handles every request of this package. It sends requests to one host only, adds the token, retries what can
// be retried, waits when the server asks for it within the run's budget, and reads the whole response before anyone
// sees a part of it. A download is the exception: its reader sees it as it comes, and again from the start with every try.
type transport struct {
	base    http.RoundTripper
	root    *url.URL // scheme and host of all that may be asked
	token   Token    // sent
	secret  Token    // kept out of every text; not sent
	run     *run
	timeout time.Duration // of one try
	archive bool          // what it asks are downloads, not calls of the API
}

// name returns a request as shown in errors. It omits the query, which may contain a signature. The path may come from the server.
func (t *transport) name(r *http.Request) string {
	method := r.Method
	if method == "" {
		method = http.MethodGet
	}
	return t.secret.redact(oneLine(method + " " + r.URL.Scheme + "://" + r.URL.Host + r.URL.EscapedPath()))
}

// demand describes the response that a request expects. The zero value is JSON of at most maxBody bytes.
type demand struct {
	limit int64 // bytes; zero for maxBody
	cut   bool  // what is longer is cut at the limit, and no error
	raw   bool  // any bytes, not JSON
	link  bool  // the answer is a redirect, which is not followed
	graph bool  // the answer is GraphQL's, which refuses with HTTP 200
	times int   // of the timeout; zero for once
	does  effect

	// stream reads the body of a good answer as it comes, instead of the caller. It is called for each try. It may stop before the
	// end, but then returns nil only if it needs no more.
	stream func(body io.Reader) error
}

// effect is what a request does to the server's data, if its method alone does not tell.
type effect int

const (
	asMethod effect = iota // a GET reads; all others change something, and once more with every try
	reads                  // it reads, whatever its method
	settles                // it changes something, and nothing more if it is made again
)

// read reports whether a request changes nothing.
func (d demand) read(method string) bool {
	get := method == http.MethodGet || method == http.MethodHead || method == ""
	return d.does == reads || d.does == asMethod && get
}

// repeatable reports whether a request can be sent again if its outcome is unknown.
func (d demand) repeatable(method string) bool { return d.does == settles || d.read(method) }

type demandKey struct{}

func demanding(ctx context.Context, d demand) context.Context {
	return context.WithValue(ctx, demandKey{}, d)
}

func demandOf(ctx context.Context) demand {
	d, _ := ctx.Value(demandKey{}).(demand)
	if d.limit == 0 {
		d.limit = maxBody
	}
	d.times = max(1, d.times)
	return d
}

// sameOrigin reports whether two URLs have the same scheme, host and port.
func sameOrigin(a, b *url.URL) bool {
	port := func(u *url.URL) string {
		return cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
	}
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}
