package githubtest

import (
	_ "embed"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// repositoryExample is an answer of repos/get, with what every repository has.
//
//go:embed repository.json
var repositoryExample []byte

func answer(w http.ResponseWriter, value any) { answerStatus(w, http.StatusOK, value) }

func answerStatus(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func refuse(w http.ResponseWriter, status int, message string) {
	answerStatus(w, status, map[string]any{"message": message, "documentation_url": "https://docs.github.com/rest", "status": strconv.Itoa(status)})
}

// invalid refuses a field of what was sent.
func invalid(w http.ResponseWriter, field, code, message string) {
	answerStatus(w, http.StatusUnprocessableEntity, map[string]any{
		"message": "Validation Failed", "documentation_url": "https://docs.github.com/rest",
		"errors": []any{map[string]any{"resource": "IssueComment", "field": field, "code": code, "message": message}},
	})
}

// user is an account.
func (s *Server) user(login, kind string) any {
	owner, _ := s.repository(&Repo{})["owner"].(map[string]any)
	owner["login"], owner["type"] = login, kind
	return owner
}

func (s *Server) repository(r *Repo) map[string]any {
	out := map[string]any{}
	if err := json.Unmarshal(repositoryExample, &out); err != nil {
		s.violate("repository.json: %w", err)
	}
	out["name"], out["full_name"], out["default_branch"] = r.Name, r.Owner+"/"+r.Name, r.Default
	return out
}

// commit answers for a ref as git resolves it below refs/, for 40 digits, and for the default branch.
func (s *Server) commit(w http.ResponseWriter, r *Repo, ref string) {
	if ref == "" { // the list, of which the first is asked for
		answer(w, []any{s.commitObject(r, r.Branches[r.Default])})
		return
	}
	sha := ""
	if name, ok := strings.CutPrefix(ref, "heads/"); ok {
		sha = r.Branches[name]
	} else if name, ok := strings.CutPrefix(ref, "tags/"); ok {
		sha = r.Tags[name]
	} else if name, ok := strings.CutPrefix(ref, "pull/"); ok {
		if number, err := strconv.Atoi(strings.TrimSuffix(name, "/merge")); err == nil && strings.HasSuffix(name, "/merge") {
			sha = r.Merges[number]
		}
	} else if _, ok := r.Commits[ref]; ok {
		sha = ref
	}
	if sha == "" {
		refuse(w, http.StatusUnprocessableEntity, "No commit found for SHA: "+ref)
		return
	}
	answer(w, s.commitObject(r, sha))
}

func (s *Server) commitObject(r *Repo, sha string) map[string]any {
	at := s.API + "/repos/" + r.Owner + "/" + r.Name
	who := map[string]any{"name": "Ada", "email": "ada@example.com", "date": r.Commits[sha].Date.UTC().Format(time.RFC3339)}
	parents := []any{}
	for _, parent := range []string{r.Commits[sha].Parent, r.Commits[sha].Merged} {
		if parent != "" {
			parents = append(parents, map[string]any{"sha": parent, "url": at + "/commits/" + parent})
		}
	}
	return map[string]any{
		"url": at + "/commits/" + sha, "sha": sha, "node_id": "C_" + sha, "html_url": at + "/commit/" + sha,
		"comments_url": at + "/commits/" + sha + "/comments", "author": nil, "committer": nil, "parents": parents,
		"commit": map[string]any{
			"url": at + "/git/commits/" + sha, "author": who, "committer": who, "message": "m", "comment_count": 0,
			"tree": map[string]any{"sha": r.Commits[sha].Tree(), "url": at + "/git/trees/" + r.Commits[sha].Tree()},
		},
	}
}

// compare answers for refs/heads/BRANCH...SHA.
func (s *Server) compare(w http.ResponseWriter, request *http.Request, r *Repo, text string) {
	text, err := url.PathUnescape(text)
	base, head, ok := strings.Cut(text, "...")
	branch := r.Branches[strings.TrimPrefix(base, "refs/heads/")]
	if _, known := r.Commits[head]; err != nil || !ok || !known || branch == "" {
		refuse(w, http.StatusNotFound, "Not Found")
		return
	}
	var meet string
	status := "diverged"
	switch {
	case branch == head:
		status, meet = "identical", head
	case r.holds(branch, head):
		status, meet = "behind", head
	case r.holds(head, branch):
		status, meet = "ahead", branch
	default:
		for _, meet = range append(r.ancestors(branch), "") {
			if r.holds(head, meet) {
				break
			}
		}
	}
	if meet == "" {
		refuse(w, http.StatusNotFound, "No common ancestor between "+base+" and "+head)
		return
	}
	at := s.API + "/repos/" + r.Owner + "/" + r.Name + "/compare/" + url.PathEscape(text)
	out := map[string]any{
		"url": at, "html_url": at, "permalink_url": at, "diff_url": at, "patch_url": at,
		"base_commit": s.commitObject(r, branch), "merge_base_commit": s.commitObject(r, meet),
		"status": status, "ahead_by": 0, "behind_by": 0, "total_commits": 0, "commits": []any{},
	}
	if page := request.URL.Query().Get("page"); page == "" || page == "1" {
		out["files"] = changedFiles(at, r.Commits[meet].Files, r.Commits[head].Files)
	}
	answer(w, out)
}

// changedFiles are the files of a comparison, with what changed in them.
func changedFiles(at string, before, after map[string]string) []any {
	const most = 300
	out := []any{}
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if was, had := before[name]; !had || was != after[name] {
			out = append(out, map[string]any{
				"sha": blobSHA(after[name]), "filename": name, "status": "modified", "additions": 1, "deletions": 1, "changes": 2,
				"blob_url": at, "raw_url": at, "contents_url": at, "patch": "-" + was + "+" + after[name],
			})
		}
	}
	return out[:min(len(out), most)]
}

// contents answers for a path at a commit in the raw media type.
func contents(w http.ResponseWriter, r *http.Request, repo *Repo, path string) {
	commit, ok := repo.Commits[r.URL.Query().Get("ref")]
	if !ok || !strings.Contains(r.Header.Get("Accept"), "raw") {
		refuse(w, http.StatusNotFound, "Not Found")
		return
	}
	target, isLink := commit.Links[path]
	if isLink {
		if _, ok := commit.Files[target]; ok { // the server follows a link to a file
			path, isLink = target, false
		}
	}
	data, isFile := commit.Files[path]
	entry := func(kind string) map[string]any {
		at := "http://" + r.Host + r.URL.Path
		return map[string]any{
			"type": kind, "size": 0, "name": path, "path": path, "sha": "0", "url": at, "git_url": at, "html_url": at,
			"download_url": at, "_links": map[string]any{"self": at, "git": at, "html": at},
		}
	}
	switch {
	case isFile:
		w.Header().Set("Content-Type", "application/vnd.github.raw+json; charset=utf-8")
		_, _ = w.Write([]byte(data))
	case isLink:
		link := entry("symlink")
		link["target"] = target
		answer(w, link)
	case slices.Contains(commit.Modules, path):
		module := entry("submodule")
		module["submodule_git_url"] = "git://example.com/x.git"
		answer(w, module)
	default:
		for name := range commit.Files {
			if strings.HasPrefix(name, path+"/") {
				answer(w, []any{entry("file")})
				return
			}
		}
		refuse(w, http.StatusNotFound, "Not Found")
	}
}

// forbid refuses for want of a permission, and names it.
func forbid(w http.ResponseWriter, permissions string) {
	w.Header().Set("X-Accepted-Github-Permissions", permissions)
	refuse(w, http.StatusForbidden, "Resource not accessible by integration")
}

func notFound(w http.ResponseWriter) { refuse(w, http.StatusNotFound, "Not Found") }
