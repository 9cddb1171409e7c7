package githubtest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// pulls answers with the open pull requests from branches of a name.
func (s *Server) pulls(w http.ResponseWriter, r *http.Request, q question) {
	who, viewer, ok := s.viewer(w, r)
	if !ok {
		return
	}
	repo := s.repo(*q.Variables.Owner, *q.Variables.Name)
	if repo == nil {
		partly(w, viewer, nil, "NOT_FOUND", fmt.Sprintf("Could not resolve to a Repository with the name '%s/%s'.", *q.Variables.Owner, *q.Variables.Name))
		return
	}
	if who.PullRequests < Read {
		partly(w, viewer, map[string]any{"pullRequests": nil}, "FORBIDDEN", "Resource not accessible by integration")
		return
	}
	nodes := []any{}
	for _, number := range slices.Backward(slices.Sorted(maps.Keys(repo.Heads))) {
		h := repo.Heads[number]
		if h.Branch != *q.Variables.Branch {
			continue
		}
		node := map[string]any{"number": number, "headRefOid": h.Commit, "baseRefName": h.Base, "baseRefOid": h.BaseCommit, "author": nil, "headRepository": nil}
		if h.Author != "" {
			node["author"] = map[string]any{"login": h.Author}
		}
		if h.Repo != "" {
			node["headRepository"] = map[string]any{"nameWithOwner": h.Repo}
		}
		nodes = append(nodes, node)
	}
	answer(w, map[string]any{"data": map[string]any{"repository": map[string]any{"pullRequests": map[string]any{"nodes": nodes[:min(len(nodes), graphQLPage)]}}}})
}
