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
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/vendorgate/vendorgate/internal/corpus"
)

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
	var handler http.Handler = http.HandlerFunc(s.serve)
	if s.options.Wrap != nil {
		handler = s.options.Wrap(handler)
	}
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: handler}} //nolint:gosec // for tests
	s.running = append(s.running, server)
	return "http://" + listener.Addr().String(), nil
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

// describe reads the description of an edition if the data of package corpus is there, and the committed contract if not.
func describe(o Options) (*contract, error) {
	name := corpus.DotCom
	switch {
	case o.Unchecked:
		return nil, nil //nolint:nilnil // nothing is checked then
	case o.Enterprise:
		name = corpus.Enterprise
	}
	load, _ := descriptions.LoadOrStore(name, sync.OnceValues(func() (*contract, error) {
		if corpus.Dir() == "" {
			return parse(committed)
		}
		data, err := os.ReadFile(filepath.Join(corpus.Dir(), filepath.FromSlash(name)))
		if err != nil {
			return nil, fmt.Errorf("%s is set: %w", corpus.Variable, err)
		}
		return parse(data)
	}))
	return load.(func() (*contract, error))()
}
