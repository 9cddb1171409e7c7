// Package githubtest is GitHub as far as vendorgate asks it: repositories and pull requests in, REST and two GraphQL
// queries out, on loopback. It never guesses: what it does not know is 404, and what breaks GitHub's own description, or
// asks GraphQL anything else, is a violation that fails the test.
package githubtest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Options is what a Server is made of.
type Options struct {
	Listen     string // address of the API; empty for a free port of 127.0.0.1
	Prefix     string // of every path: "" as github.com has it, "/api/v3" as an Enterprise Server has it
	Repos      []Repo
	Enterprise bool              // calls and answers are held to the description of GitHub Enterprise Server, not of github.com
	Unchecked  bool              // they are held to none
	OneHost    bool              // archives lie on the API's own host
	Private    string            // if not empty, the token without which nothing is found
	Tokens     map[string]Access // what each token may do, any other one being refused; nil if all may do all
	// Fault may answer instead of the server, which then does nothing. k counts the requests from 1, those for archives
	// included.
	Fault func(k int, r *http.Request) http.HandlerFunc
	// Spoil may answer instead of the server, after it did what it was asked.
	Spoil func(k int, r *http.Request) http.HandlerFunc
}

// Request is one that the server was asked.
type Request struct {
	Host   string
	Method string
	URL    string
	Header http.Header
	Body   string
}

// Server is a running one. It may be asked by several goroutines.
type Server struct {
	API      string // where the API is
	GraphQL  string // where GraphQL is
	Archives string // where archives are; another host unless Options.OneHost

	options  Options
	contract *contract
	running  []*httptest.Server

	mu         sync.Mutex
	requests   []Request
	violations []error
	threads    map[string][]Comment // by thread
	lastID     int64
}

// New runs a server until it is closed.
func New(o Options) (*Server, error) {
	described, err := describe(o)
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, contract: described, lastID: firstID}
	s.open()
	listen := o.Listen
	if listen == "" {
		listen = "127.0.0.1:0"
	}
	api, err := s.listen(listen)
	if err != nil {
		return nil, err
	}
	s.API, s.GraphQL, s.Archives = api+o.Prefix, api+s.graphQLPath(), api+"/_codeload"
	if !o.OneHost {
		host, _, err := net.SplitHostPort(listen)
		if err == nil {
			s.Archives, err = s.listen(net.JoinHostPort(host, "0"))
		}
		if err != nil {
			return nil, errors.Join(err, errors.Join(s.Close()...))
		}
	}
	for _, server := range s.running { // not before all is known that an answer depends on
		server.Start()
	}
	return s, nil
}

// Start runs a server until the test ends, which fails if there was a violation.
func Start(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, violation := range s.Close() {
			t.Error(violation)
		}
	})
	return s
}

// listen takes an address, and says which one it became.
func (s *Server) listen(address string) (string, error) {
	listener, err := net.Listen("tcp", address) //nolint:noctx // it takes no time
	if err != nil {
		return "", err
	}
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: http.HandlerFunc(s.serve)}} //nolint:gosec // for tests
	s.running = append(s.running, server)
	return "http://" + listener.Addr().String(), nil
}

// Close ends the server, and says what broke the contract, in order.
func (s *Server) Close() []error {
	for _, server := range s.running {
		server.Close()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

func (s *Server) violate(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.violations = append(s.violations, fmt.Errorf(format, args...))
}

// Requests are all that the server was asked, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// serve notes a request and answers it, or lets a fault do so.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.mu.Lock()
	s.requests = append(s.requests, Request{Host: r.Host, Method: r.Method, URL: r.URL.String(), Header: r.Header.Clone(), Body: string(body)})
	k := len(s.requests)
	s.mu.Unlock()
	if s.options.Fault != nil {
		if fault := s.options.Fault(k, r); fault != nil {
			s.fault(w, r, fault)
			return
		}
	}
	recorded := httptest.NewRecorder()
	s.answer(recorded, r, body)
	if s.options.Spoil != nil {
		if fault := s.options.Spoil(k, r); fault != nil {
			s.fault(w, r, fault)
			return
		}
	}
	if unchanged(r, recorded) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	for key, values := range recorded.Header() {
		w.Header()[key] = values
	}
	w.WriteHeader(recorded.Code)
	_, _ = w.Write(recorded.Body.Bytes())
}

// answer answers as GitHub does, and holds question and answer to the description.
func (s *Server) answer(w *httptest.ResponseRecorder, r *http.Request, body []byte) {
	archives, err := url.Parse(s.Archives)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if below, ok := strings.CutPrefix(r.URL.Path, archives.Path+"/archive/"); ok && r.Host == archives.Host {
		s.archive(w, r, below)
		return
	}
	if r.URL.Path == s.graphQLPath() {
		s.graphQL(w, r, body)
		return
	}
	path, ok := strings.CutPrefix(r.URL.Path, s.options.Prefix+"/")
	if !ok {
		http.NotFound(w, r)
		return
	}
	s.rest(w, r, path)
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.check(r, "/"+path, w)
	tag(r, w)
}

// check holds a request and its answer to the description. path is without the prefix.
func (s *Server) check(r *http.Request, path string, recorded *httptest.ResponseRecorder) {
	for _, violation := range s.contract.check(r, path, recorded) {
		s.violate("%w", violation)
	}
}
