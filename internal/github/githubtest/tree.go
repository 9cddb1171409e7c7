package githubtest

import (
	"encoding/base64"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
)

// git answers below repos/OWNER/NAME/git: a whole tree by its commit, and a blob.
func (s *Server) git(w http.ResponseWriter, r *http.Request, repo *Repo, rest string) {
	what, sha, _ := strings.Cut(rest, "/")
	commit, known := repo.Commits[sha]
	switch {
	case what == "trees" && known && r.URL.Query().Get("recursive") == "1":
		entries := s.entries(repo, commit)
		if commit.Truncated {
			entries = entries[:len(entries)/2]
		}
		answer(w, map[string]any{
			"sha": sha, "url": s.API + "/repos/" + repo.Owner + "/" + repo.Name + "/git/trees/" + sha,
			"truncated": commit.Truncated, "tree": entries,
		})
	case what == "blobs":
		s.blob(w, r, repo, sha)
	default:
		notFound(w)
	}
}

// entries are all that a commit holds, sorted by path, each folder before what is in it.
func (s *Server) entries(repo *Repo, commit Commit) []map[string]any {
	at := s.API + "/repos/" + repo.Owner + "/" + repo.Name + "/git/"
	all := map[string]map[string]any{}
	add := func(name, mode, kind, sha string, size int) {
		entry := map[string]any{"path": name, "mode": mode, "type": kind, "sha": sha}
		if kind != "commit" {
			entry["url"] = at + kind + "s/" + sha
		}
		if kind == "blob" {
			entry["size"] = size
		}
		all[name] = entry
	}
	for name, data := range commit.Files {
		add(name, "100644", "blob", blobSHA(data), len(data))
	}
	for name, target := range commit.Links {
		add(name, "120000", "blob", blobSHA(target), len(target))
	}
	for _, name := range commit.Modules {
		add(name, "160000", "commit", strings.Repeat("9", 40), 0)
	}
	for _, name := range slices.Collect(maps.Keys(all)) {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			add(dir, "040000", "tree", blobSHA("tree "+dir), 0)
		}
	}
	out := []map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[name])
	}
	return out
}

// blob answers for a file or a link by the name of its content.
func (s *Server) blob(w http.ResponseWriter, r *http.Request, repo *Repo, sha string) {
	for _, commit := range repo.Commits {
		for _, held := range []map[string]string{commit.Files, commit.Links} {
			for _, data := range held {
				if blobSHA(data) != sha {
					continue
				}
				if strings.Contains(r.Header.Get("Accept"), "raw") {
					w.Header().Set("Content-Type", "application/vnd.github.raw; charset=utf-8")
					_, _ = w.Write([]byte(data))
					return
				}
				answer(w, map[string]any{
					"sha": sha, "node_id": "B_" + sha, "size": len(data), "url": s.API + "/repos/" + repo.Owner + "/" + repo.Name + "/git/blobs/" + sha,
					"content": base64.StdEncoding.EncodeToString([]byte(data)), "encoding": "base64",
				})
				return
			}
		}
	}
	notFound(w)
}
