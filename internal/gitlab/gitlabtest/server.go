// Package gitlabtest is GitLab as far as vendorgate asks it: projects and merge requests in, REST API v4 out, on loopback. A request
// that GitLab's documentation does not describe is a violation, which fails the test.
package gitlabtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options is what a Server is made of.
type Options struct {
	Projects []Project
	Jobs     map[string]Job   // by job token
	Tokens   map[string]Token // access tokens
	PageSize int              // of lists, if it is smaller than asked for; zero for what is asked for
	// Fault may answer instead of the server. k counts the requests from 1.
	Fault func(k int, r *http.Request) http.HandlerFunc
}

// Project is a project.
type Project struct {
	ID            int64
	Path          string
	Default       string
	Public        bool
	Branches      map[string]string // commits by name
	Tags          map[string]string
	Commits       map[string]Commit
	MergeRequests map[int64]MergeRequest
}

// Commit is a commit.
type Commit struct {
	Parents []string
	Files   map[string]string
	Links   map[string]string // targets by name
	Left    []string          // files that attributes keep out of archives
	Archive []byte            // instead of the one that git would make
	Date    time.Time         // 2026-11-20 if zero
}

// MergeRequest is a merge request of a project.
type MergeRequest struct {
	Source int64 // project
	Head   string
	Target string // branch
	Author string
}

// Job is a job that runs.
type Job struct {
	ID, Pipeline, Project int64
	Name, Ref, SHA        string
	Tag                   bool
}

// Token is an access token.
type Token struct {
	User     int64
	Scopes   []string // api, read_api
	Projects []int64  // private ones that it can see
}

// Note is a note on a merge request.
type Note struct {
	ID, Author int64
	Body       string
	System     bool
}

// Request is one that the server was asked.
type Request struct {
	Method, Path, Query, Body string // the path is escaped, and below /api/v4
	Header                    http.Header
}

// Server is a running one.
type Server struct {
	URL string // of the server; the API is below /api/v4

	options    Options
	running    *httptest.Server
	mu         sync.Mutex
	requests   []Request
	violations []error
	threads    map[string][]Note
	lastID     int64
}

// New starts a server.
func New(o Options) *Server {
	s := &Server{options: o, threads: map[string][]Note{}, lastID: 100}
	s.running = httptest.NewServer(http.HandlerFunc(s.serve))
	s.URL = s.running.URL
	return s
}

// Close ends the server, and says which requests are not as GitLab documents them.
func (s *Server) Close() []error {
	s.running.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// Requests are all that the server was asked, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Notes are those on a merge request.
func (s *Server) Notes(project, iid int64) []Note {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.threads[thread(project, iid)])
}

// Add puts a note on a merge request, and returns its number.
func (s *Server) Add(project, iid int64, n Note) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastID++
	n.ID = s.lastID
	key := thread(project, iid)
	s.threads[key] = append(s.threads[key], n)
	return n.ID
}

func thread(project, iid int64) string { return fmt.Sprintf("%d!%d", project, iid) }

// call is a request that an operation answers.
type call struct {
	r       *http.Request
	values  map[string]string
	token   Token // zero if there is none
	job     *Job
	project *Project
	body    map[string]any
}

// answer is what the server says.
type answer struct {
	status int
	value  any    // as JSON, unless raw is set
	raw    []byte // may be empty
	header map[string]string
}

func refuse(status int, message string) answer {
	return answer{status: status, value: map[string]string{"message": message}}
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	path, ok := strings.CutPrefix(r.URL.EscapedPath(), "/api/v4")
	var body map[string]any
	text := readBody(r)
	if text != "" {
		ok = ok && json.Unmarshal([]byte(text), &body) == nil && r.Header.Get("Content-Type") == "application/json"
	}
	s.mu.Lock()
	s.requests = append(s.requests, Request{Method: r.Method, Path: path, Query: r.URL.RawQuery, Body: text, Header: r.Header.Clone()})
	k := len(s.requests)
	s.mu.Unlock()
	operation, values, known := match(r.Method, path)
	if !ok || !known {
		s.violate(fmt.Errorf("%s %s is not in GitLab's documentation", r.Method, path))
		http.NotFound(w, r)
		return
	}
	s.violate(operation.check(r, body)...)
	if s.options.Fault != nil {
		if fault := s.options.Fault(k, r); fault != nil {
			fault(w, r)
			return
		}
	}
	a := s.answer(operation, call{r: r, values: values, body: body})
	for key, value := range a.header {
		w.Header().Set(key, value)
	}
	if a.value != nil {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(a.status)
		_ = json.NewEncoder(w).Encode(a.value)
		return
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.raw)
}

func (s *Server) violate(errs ...error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.violations = append(s.violations, errs...)
}

// answer checks what a token may do, as GitLab does, and answers.
func (s *Server) answer(o operation, c call) answer {
	given := c.r.Header.Get("Private-Token")
	if given != "" {
		token, ok := s.options.Tokens[given]
		if !ok {
			return refuse(http.StatusUnauthorized, "401 Unauthorized")
		}
		c.token = token
		if !slices.Contains(token.Scopes, "api") && (o.scope == "api" || !slices.Contains(token.Scopes, "read_api")) {
			return answer{status: http.StatusForbidden, value: map[string]string{
				"error": "insufficient_scope", "error_description": "The request requires higher privileges than provided by the access token.", "scope": "api",
			}}
		}
	}
	if job := c.r.Header.Get("Job-Token"); job != "" {
		found, ok := s.options.Jobs[job]
		if !ok {
			return refuse(http.StatusUnauthorized, "401 Unauthorized")
		}
		c.job = &found
	}
	if o.scope != "" && given == "" || o.path == "/job" && c.job == nil {
		return refuse(http.StatusUnauthorized, "401 Unauthorized")
	}
	if id, ok := c.values["id"]; ok {
		if c.project = s.find(id); c.project == nil || !c.sees() {
			return refuse(http.StatusNotFound, "404 Project Not Found")
		}
	}
	return o.serve(s, c)
}

func (s *Server) find(id string) *Project {
	name, err := url.PathUnescape(id)
	if err != nil {
		return nil
	}
	for i, p := range s.options.Projects {
		if p.Path == name || strconv.FormatInt(p.ID, 10) == name {
			return &s.options.Projects[i]
		}
	}
	return nil
}

func (c call) sees() bool {
	return c.project.Public || slices.Contains(c.token.Projects, c.project.ID) || c.job != nil && c.job.Project == c.project.ID
}
