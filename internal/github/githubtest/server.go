// Package githubtest is GitHub as far as vendorgate asks it: repositories in, REST out, on loopback.
// It never guesses: what it does not know is 404, and what breaks GitHub's own description fails the test.
package githubtest

import (
	"fmt"
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
	Prefix      string // of every path: "" as github.com has it, "/api/v3" as an Enterprise Server has it
	Repos       []Repo
	Description string // path of GitHub's OpenAPI description; empty for none
	OneHost     bool   // archives lie on the API's own host
	Private     string // if not empty, the token without which nothing is found
	// Fault may answer instead of the server. k counts the requests from 1, those for archives included.
	Fault func(k int, r *http.Request) http.HandlerFunc
}

// Request is one that the server was asked.
type Request struct {
	Host   string
	Method string
	URL    string
	Header http.Header
}

// Server is a running one.
type Server struct {
	API      string // where the API is
	Archives string // where archives are; another host unless Options.OneHost

	t        *testing.T
	options  Options
	contract *contract
	mu       sync.Mutex
	requests []Request
}

// Start runs a server until the test ends.
func Start(t *testing.T, o Options) *Server {
	t.Helper()
	s := &Server{t: t, options: o, contract: describe(t, o.Description)}
	api := httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(api.Close)
	s.API, s.Archives = api.URL+o.Prefix, api.URL+"/_codeload"
	if !o.OneHost {
		archives := httptest.NewServer(http.HandlerFunc(s.serve))
		t.Cleanup(archives.Close)
		s.Archives = archives.URL
	}
	return s
}

// Requests are all that the server was asked, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// serve notes a request and answers it, or lets the fault do so.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, Request{Host: r.Host, Method: r.Method, URL: r.URL.String(), Header: r.Header.Clone()})
	k := len(s.requests)
	s.mu.Unlock()
	if s.options.Fault != nil {
		if fault := s.options.Fault(k, r); fault != nil {
			fault(w, r)
			return
		}
	}
	archives, err := url.Parse(s.Archives)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if below, ok := strings.CutPrefix(r.URL.Path, archives.Path+"/archive/"); ok && r.Host == archives.Host {
		s.archive(w, r, below)
		return
	}
	path, ok := strings.CutPrefix(r.URL.Path, s.options.Prefix+"/")
	if !ok {
		http.NotFound(w, r)
		return
	}
	recorded := httptest.NewRecorder()
	s.rest(recorded, r, path)
	s.contract.check(s.t, r, "/"+path, recorded)
	for key, values := range recorded.Header() {
		w.Header()[key] = values
	}
	w.WriteHeader(recorded.Code)
	_, _ = w.Write(recorded.Body.Bytes())
}

// rest answers a request of the API, below repos/OWNER/NAME.
func (s *Server) rest(w http.ResponseWriter, r *http.Request, path string) {
	parts := strings.SplitN(path, "/", 5)
	if r.Method != http.MethodGet || len(parts) < 3 || parts[0] != "repos" {
		refuse(w, http.StatusNotFound, "Not Found")
		return
	}
	repo := s.repo(parts[1], parts[2])
	if repo == nil || s.options.Private != "" && r.Header.Get("Authorization") != "Bearer "+s.options.Private {
		refuse(w, http.StatusNotFound, "Not Found")
		return
	}
	if len(parts) == 3 {
		answer(w, s.repository(repo))
		return
	}
	rest := ""
	if len(parts) == 5 {
		rest = parts[4]
	}
	switch parts[3] {
	case "commits":
		s.commit(w, repo, rest)
	case "compare":
		s.compare(w, repo, rest)
	case "contents":
		contents(w, r, repo, rest)
	case "tarball":
		if _, ok := repo.Commits[rest]; !ok {
			refuse(w, http.StatusNotFound, "Not Found")
			return
		}
		w.Header().Set("Location", fmt.Sprintf("%s/archive/%s/%s/%s?token=%s", s.Archives, repo.Owner, repo.Name, rest, ArchivePermission))
		w.WriteHeader(http.StatusFound)
	default:
		refuse(w, http.StatusNotFound, "Not Found")
	}
}

// ArchivePermission is the secret that stands in the link of an archive.
const ArchivePermission = "ARCHIVE-PERMISSION"

func (s *Server) archive(w http.ResponseWriter, r *http.Request, path string) {
	parts := strings.Split(path, "/")
	if len(parts) != 3 || r.URL.Query().Get("token") != ArchivePermission {
		http.NotFound(w, r)
		return
	}
	repo := s.repo(parts[0], parts[1])
	if repo == nil {
		http.NotFound(w, r)
		return
	}
	data, err := repo.Tarball(parts[2])
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/x-gzip")
	_, _ = w.Write(data)
}

func (s *Server) repo(owner, name string) *Repo {
	for i, r := range s.options.Repos {
		if strings.EqualFold(r.Owner, owner) && strings.EqualFold(r.Name, name) {
			return &s.options.Repos[i]
		}
	}
	return nil
}
