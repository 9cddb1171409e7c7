// Package githubtest is GitHub as far as vendorgate asks it: repositories and pull requests in, REST and two GraphQL
// queries out, on loopback. It never guesses: what it does not know is 404, and what breaks GitHub's own description, or
// asks GraphQL anything else, is a violation that fails the test.
package githubtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
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
	Wrap  func(http.Handler) http.Handler // what lies before the server, if not nil; it may set headers
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

// check holds a request and its answer to the description. path is without the prefix.
func (s *Server) check(r *http.Request, path string, recorded *httptest.ResponseRecorder) {
	for _, violation := range s.contract.check(r, path, recorded) {
		s.violate("%w", violation)
	}
}
