// Package wire sends requests to the API of one server, which may be hostile: with a token that goes to no other host, limits on time
// and size, retries, and waits that a rate limit asks for. It does not know what a request is about.
package wire

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Limits on what a server can make us accept or do.
const (
	MaxBody      = 8 << 20   // bytes of an answer, and of what is sent
	MaxList      = 32 << 20  // bytes of an answer that lists a whole tree, or a page of comments
	MaxArchive   = 100 << 20 // bytes of a compressed archive of a registry
	maxRetries   = 3         // of one request
	maxRedirects = 3         // of one request, all on the same host
	ArchiveTimes = 4         // the patience with the archive of a registry, in timeouts
	CodeTimes    = 9         // the patience with the archive of code, which is searched meanwhile
)

// Transport handles every request of this package. It sends requests to one host only, adds the token, retries what can
// be retried, waits when the server asks for it within the run's budget, and reads the whole response before anyone
// sees a part of it. A download is the exception: its reader sees it as it comes, and again from the start with every try.
type Transport struct {
	Base    http.RoundTripper
	Server  Dialect
	Root    *url.URL // scheme and host of all that may be asked
	Token   Token    // sent
	Secret  Token    // kept out of every text; not sent
	Run     *Run
	Timeout time.Duration // of one try
	Archive bool          // what it asks are downloads, not calls of the API
}

// Name returns a request as shown in errors. It omits the query, which may contain a signature. The path may come from the server.
func (t *Transport) Name(r *http.Request) string {
	method := r.Method
	if method == "" {
		method = http.MethodGet
	}
	return t.Secret.Redact(diag.OneLine(method + " " + r.URL.Scheme + "://" + r.URL.Host + r.URL.EscapedPath()))
}

// Demand describes the response that a request expects. The zero value is JSON of at most MaxBody bytes.
type Demand struct {
	Limit int64 // bytes; zero for MaxBody
	Cut   bool  // what is longer is cut at the limit, and no error
	Raw   bool  // any bytes, not JSON
	Link  bool  // the answer is a redirect, which is not followed
	Graph bool  // the answer is GraphQL's, which refuses with HTTP 200
	Times int   // of the timeout; zero for once
	Does  Effect

	// Stream reads the body of a good answer as it comes, instead of the caller. It is called for each try. It may stop before the
	// end, but then returns nil only if it needs no more.
	Stream func(body io.Reader) error
}

// Effect is what a request does to the server's data, if its method alone does not tell.
type Effect int

// The effects.
const (
	AsMethod Effect = iota // a GET reads; all others change something, and once more with every try
	Reads                  // it reads, whatever its method
	Settles                // it changes something, and nothing more if it is made again
)

// read reports whether a request changes nothing.
func (d Demand) read(method string) bool {
	get := method == http.MethodGet || method == http.MethodHead || method == ""
	return d.Does == Reads || d.Does == AsMethod && get
}

// repeatable reports whether a request can be sent again if its outcome is unknown.
func (d Demand) repeatable(method string) bool { return d.Does == Settles || d.read(method) }

type demandKey struct{}

// Demanding returns a context for a request that expects a response.
func Demanding(ctx context.Context, d Demand) context.Context {
	return context.WithValue(ctx, demandKey{}, d)
}

func demandOf(ctx context.Context) Demand {
	d, _ := ctx.Value(demandKey{}).(Demand)
	if d.Limit == 0 {
		d.Limit = MaxBody
	}
	d.Times = max(1, d.Times)
	return d
}

// SameOrigin reports whether two URLs have the same scheme, host and port.
func SameOrigin(a, b *url.URL) bool {
	port := func(u *url.URL) string {
		return cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
	}
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

// Loopback reports whether a host is this machine.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Root parses the address of an API. write says what to write, as part of a hint.
func Root(text, write string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return nil, fmt.Errorf("the API's address is not a URL; write %s", write)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return nil, fmt.Errorf("the API's address %q must contain only a scheme, host and path", u.Scheme+"://"+u.Host+u.Path)
	case u.Scheme == "https", u.Scheme == "http" && Loopback(u.Hostname()):
		u.Path, u.RawPath = strings.TrimRight(u.Path, "/")+"/", ""
		return u, nil
	}
	return nil, fmt.Errorf("the API's address %q must begin with https://", u.String())
}
