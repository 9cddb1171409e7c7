package githubtest

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// contract is GitHub's own description of its API. It may be nil.
type contract struct{ router routers.Router }

// descriptions keeps what was read, by path: it takes 0.1 s and every test asks for it.
var descriptions sync.Map //nolint:gochecknoglobals // a cache of a file that does not change

// describe reads the description. Without the file the tests run on, and say so.
func describe(t *testing.T, path string) *contract {
	t.Helper()
	if path == "" {
		return nil
	}
	load, _ := descriptions.LoadOrStore(path, sync.OnceValues(func() (*contract, error) { return read(path) }))
	c, err := load.(func() (*contract, error))()
	if errors.Is(err, fs.ErrNotExist) {
		t.Logf("%s is absent: calls and answers are not held to GitHub's description", path)
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func read(path string) (*contract, error) {
	data, err := os.ReadFile(path) //nolint:gosec // a test names it
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"path", "tree_sha", "basehead"} { // parameters that hold slashes
		data = bytes.ReplaceAll(data, []byte("/{"+name+"}\":"), []byte("/{"+name+":.+}\":"))
	}
	for _, parent := range []string{"tarball", "commits", "git/ref"} {
		data = bytes.ReplaceAll(data, []byte("/"+parent+"/{ref}\":"), []byte("/"+parent+"/{ref:.+}\":"))
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return nil, err
	}
	doc.Servers = openapi3.Servers{{URL: "/"}}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		return nil, err
	}
	return &contract{router}, nil
}

// check holds a request and its answer to the description. path is without the server's prefix.
func (c *contract) check(t *testing.T, r *http.Request, path string, recorded *httptest.ResponseRecorder) {
	t.Helper()
	if c == nil {
		return
	}
	asked := r.Clone(r.Context())
	asked.URL = &url.URL{Scheme: "http", Host: "github.example", Path: path, RawQuery: r.URL.RawQuery}
	route, parameters, err := c.router.FindRoute(asked)
	if err != nil {
		t.Errorf("%s %s is not in GitHub's description: %s", r.Method, path, err)
		return
	}
	in := &openapi3filter.RequestValidationInput{Request: asked, PathParams: parameters, Route: route, Options: &openapi3filter.Options{MultiError: true}}
	if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
		t.Errorf("%s %s breaks GitHub's description: %.500s", r.Method, path, err)
	}
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: recorded.Code, Header: recorded.Header(),
		Body: io.NopCloser(bytes.NewReader(recorded.Body.Bytes())),
		Options: &openapi3filter.Options{
			MultiError: true, IncludeResponseStatus: true,
			ExcludeResponseBody: strings.Contains(recorded.Header().Get("Content-Type"), "raw"), // described in words only
		},
	}
	if err := openapi3filter.ValidateResponse(r.Context(), out); err != nil {
		t.Errorf("the fake's answer to %s %s breaks GitHub's description: %.500s", r.Method, path, err)
	}
}
