package githubtest

import (
	"fmt"
	"net/http"
	"strings"
)

// rest answers a request of the API, below repos/OWNER/NAME.
func (s *Server) rest(w http.ResponseWriter, r *http.Request, path string) {
	parts := strings.SplitN(path, "/", 5)
	if len(parts) < 3 || parts[0] != "repos" {
		notFound(w)
		return
	}
	who, ok := s.who(w, r)
	if !ok {
		return
	}
	repo := s.repo(parts[1], parts[2])
	if repo == nil || s.options.Private != "" && r.Header.Get("Authorization") != "Bearer "+s.options.Private {
		notFound(w)
		return
	}
	parts = append(parts, "", "")
	if parts[3] == "issues" {
		s.issues(w, r, repo, who, parts[4])
		return
	}
	if r.Method != http.MethodGet {
		notFound(w)
		return
	}
	if who.Contents < Read {
		forbid(w, "contents=read")
		return
	}
	s.read(w, r, repo, parts[3], parts[4])
}

// read answers for what a repository holds.
func (s *Server) read(w http.ResponseWriter, r *http.Request, repo *Repo, what, rest string) {
	switch what {
	case "":
		answer(w, s.repository(repo))
	case "commits":
		s.commit(w, repo, rest)
	case "compare":
		s.compare(w, r, repo, rest)
	case "contents":
		contents(w, r, repo, rest)
	case "git":
		s.git(w, r, repo, rest)
	case "tarball":
		if _, ok := repo.Commits[rest]; !ok {
			notFound(w)
			return
		}
		w.Header().Set("Location", fmt.Sprintf("%s/archive/%s/%s/%s?token=%s", s.Archives, repo.Owner, repo.Name, rest, ArchivePermission))
		w.WriteHeader(http.StatusFound)
	default:
		notFound(w)
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

// who is the access that a request has. It answers where there is none.
func (s *Server) who(w http.ResponseWriter, r *http.Request) (Access, bool) {
	token, given := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case !given:
		return Access{Contents: Read, PullRequests: Read}, true // what is public
	case s.options.Tokens == nil:
		return Bot(), true
	}
	access, known := s.options.Tokens[token]
	if !known {
		refuse(w, http.StatusUnauthorized, "Bad credentials")
	}
	return access, known
}
