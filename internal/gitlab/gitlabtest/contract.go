package gitlabtest

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// operation is a call that GitLab's documentation of REST API v4 describes, with all parameters that vendorgate may use.
type operation struct {
	method, path string
	page         string   // of https://docs.gitlab.com/api/
	required     []string // parameters of the query
	optional     []string
	body         string // the field of the body; empty if there is none
	jobToken     bool   // a job token may call it (https://docs.gitlab.com/ci/jobs/ci_job_token/, "Job token access")
	scope        string // that an access token needs; empty if a public project needs none
	serve        func(s *Server, c call) answer
}

// operations lists all that the server knows.
func operations() []operation {
	paging := []string{"per_page", "page"}
	return []operation{
		{method: "GET", path: "/job", page: "jobs", jobToken: true, serve: (*Server).job},
		{method: "GET", path: "/user", page: "users", scope: "read_api", serve: (*Server).user},
		{method: "GET", path: "/projects/:id", page: "projects", serve: (*Server).project},
		{method: "GET", path: "/projects/:id/merge_requests/:iid", page: "merge_requests", jobToken: true, serve: (*Server).mergeRequest},
		{method: "GET", path: "/projects/:id/repository/branches/:name", page: "branches", serve: (*Server).branch},
		{method: "GET", path: "/projects/:id/repository/tags/:name", page: "tags", serve: (*Server).tag},
		{method: "GET", path: "/projects/:id/repository/commits", page: "commits", optional: append(paging, "ref_name"), serve: (*Server).commits},
		{method: "GET", path: "/projects/:id/repository/commits/:sha", page: "commits", jobToken: true, serve: (*Server).commit},
		{method: "GET", path: "/projects/:id/repository/commits/:sha/refs", page: "commits", optional: append(paging, "type"), serve: (*Server).refs},
		{method: "GET", path: "/projects/:id/repository/merge_base", page: "repositories", required: []string{"refs[]"}, serve: (*Server).mergeBase},
		{method: "GET", path: "/projects/:id/repository/tree", page: "repositories", optional: []string{"path", "ref", "recursive", "per_page", "pagination", "page_token"}, serve: (*Server).tree},
		{method: "GET", path: "/projects/:id/repository/blobs/:sha/raw", page: "repositories", serve: (*Server).blob},
		{method: "GET", path: "/projects/:id/repository/archive.tar.gz", page: "repositories", optional: []string{"sha", "path", "include_lfs_blobs"}, serve: (*Server).archive},
		{method: "GET", path: "/projects/:id/merge_requests/:iid/notes", page: "notes", optional: append(paging, "sort", "order_by"), jobToken: true, serve: (*Server).notes},
		{method: "POST", path: "/projects/:id/merge_requests/:iid/notes", page: "notes", body: "body", scope: "api", serve: (*Server).createNote},
		{method: "PUT", path: "/projects/:id/merge_requests/:iid/notes/:note", page: "notes", body: "body", scope: "api", serve: (*Server).editNote},
		{method: "DELETE", path: "/projects/:id/merge_requests/:iid/notes/:note", page: "notes", scope: "api", serve: (*Server).deleteNote},
	}
}

var parameter = regexp.MustCompile(`:([a-z]+)`)

// match finds the operation of a request, with the parameters of its path still escaped.
func match(method, escaped string) (operation, map[string]string, bool) {
	for _, o := range operations() {
		pattern := regexp.MustCompile("^" + parameter.ReplaceAllString(regexp.QuoteMeta(o.path), `(?P<$1>[^/]+)`) + "$")
		found := pattern.FindStringSubmatch(escaped)
		if found == nil || o.method != method {
			continue
		}
		values := map[string]string{}
		for i, name := range pattern.SubexpNames() {
			values[name] = found[i]
		}
		return o, values, true
	}
	return operation{}, nil, false
}

// check says what is wrong with a request by the documentation.
func (o operation) check(r *http.Request, body map[string]any) []error {
	var out []error
	query := r.URL.Query()
	for name := range query {
		if !slices.Contains(o.required, name) && !slices.Contains(o.optional, name) {
			out = append(out, fmt.Errorf("%s %s: the page %q has no parameter %q", o.method, o.path, o.page, name))
		}
	}
	for _, name := range o.required {
		if !query.Has(name) {
			out = append(out, fmt.Errorf("%s %s: the page %q requires %q", o.method, o.path, o.page, name))
		}
	}
	if _, ok := body[o.body]; o.body != "" && (!ok || len(body) != 1) || o.body == "" && len(body) > 0 {
		out = append(out, fmt.Errorf("%s %s: the body has %d fields, and the page %q has %q", o.method, o.path, len(body), o.page, o.body))
	}
	if given := strings.Join(r.Header.Values("Private-Token"), ""); given != "" && r.Header.Get("Job-Token") != "" {
		out = append(out, fmt.Errorf("%s %s: it has two tokens", o.method, o.path))
	}
	if r.Header.Get("Job-Token") != "" && !o.jobToken {
		out = append(out, fmt.Errorf("%s %s: no job token can call it", o.method, o.path))
	}
	return out
}
