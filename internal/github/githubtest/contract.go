package githubtest

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// contract is GitHub's description of its API. It may be nil.
type contract struct{ router routers.Router }

// committed holds the facts of GitHub's description that github.com and GitHub Enterprise Server share: the calls that
// vendorgate makes, with their parameters and the fields of answers that are required or read. internal/corpus/cut
// generates it, and TestContractIsCurrent compares it.
//
//go:embed contract.json
var committed []byte

// descriptions keeps what was read, by file: it takes 0.1 s and every test asks for it.
var descriptions sync.Map //nolint:gochecknoglobals // a cache of a file that does not change

func parse(data []byte) (*contract, error) {
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

// check holds a request and its answer to the description, and says what breaks it. path is without the server's prefix.
func (c *contract) check(r *http.Request, path string, recorded *httptest.ResponseRecorder) []error {
	if c == nil {
		return nil
	}
	asked := r.Clone(r.Context())
	asked.URL = &url.URL{Scheme: "http", Host: "github.example", Path: path, RawQuery: r.URL.RawQuery}
	route, parameters, err := c.router.FindRoute(asked)
	if err != nil {
		return []error{fmt.Errorf("%s %s is not in GitHub's description: %w", r.Method, path, err)}
	}
	var out []error
	in := &openapi3filter.RequestValidationInput{Request: asked, PathParams: parameters, Route: route, Options: &openapi3filter.Options{MultiError: true}}
	if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
		out = append(out, fmt.Errorf("%s %s breaks GitHub's description: %w", r.Method, path, err))
	}
	if recorded.Code >= http.StatusBadRequest && route.Operation.Responses.Status(recorded.Code) == nil {
		if err := basicError(recorded.Body.Bytes()); err != nil { // of the refusals, only those of one operation are described
			out = append(out, fmt.Errorf("the fake refuses %s %s with what is no error of GitHub's: %w", r.Method, path, err))
		}
		return out
	}
	answered := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: recorded.Code, Header: recorded.Header(),
		Body: io.NopCloser(bytes.NewReader(recorded.Body.Bytes())),
		Options: &openapi3filter.Options{
			MultiError: true, IncludeResponseStatus: true,
			ExcludeResponseBody: strings.Contains(recorded.Header().Get("Content-Type"), "raw"), // described in words only
		},
	}
	if err := openapi3filter.ValidateResponse(r.Context(), answered); err != nil {
		out = append(out, fmt.Errorf("the fake's answer to %s %s breaks GitHub's description: %w", r.Method, path, err))
	}
	return out
}

// basicError holds a refusal to the shape that all of GitHub's have.
func basicError(data []byte) error {
	var said struct {
		Message string `json:"message"`
		Page    string `json:"documentation_url"`
		Status  string `json:"status"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&said); err != nil {
		return err
	}
	if said.Message == "" || said.Page == "" {
		return errors.New("it has no message, or no page")
	}
	return nil
}
