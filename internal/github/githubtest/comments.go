package githubtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	firstID     = 3_000_000_000 // no 32 bits hold the numbers of today's comments
	maxComment  = 65_536        // characters
	commentDate = "2026-10-20T12:00:00Z"
)

// thread names the comments of a pull request.
func thread(r *Repo, number int) string {
	return strings.ToLower(r.Owner+"/"+r.Name) + "#" + strconv.Itoa(number)
}

// open takes over the pull requests of the repositories.
func (s *Server) open() {
	s.threads = map[string][]Comment{}
	for i, r := range s.options.Repos {
		for number, comments := range r.Pulls {
			comments = slices.Clone(comments)
			for j := range comments {
				s.lastID++
				if comments[j].ID == 0 {
					comments[j].ID = s.lastID
				}
			}
			s.threads[thread(&s.options.Repos[i], number)] = comments
		}
	}
}

// Comments are those of a pull request, the oldest first.
func (s *Server) Comments(owner, repo string, number int) []Comment {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.threads[thread(&Repo{Owner: owner, Name: repo}, number)])
}

// issues answers below repos/OWNER/NAME/issues.
func (s *Server) issues(w http.ResponseWriter, r *http.Request, repo *Repo, who Access, rest string) {
	switch {
	case r.Method == http.MethodGet && who.PullRequests < Read:
		forbid(w, "issues=read; pull_requests=read")
		return
	case r.Method != http.MethodGet && who.Login == "":
		refuse(w, http.StatusUnauthorized, "Requires authentication")
		return
	case r.Method != http.MethodGet && who.PullRequests < Write:
		forbid(w, "issues=write; pull_requests=write")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if id, ok := strings.CutPrefix(rest, "comments/"); ok {
		s.comment(w, r, repo, id)
		return
	}
	digits, ok := strings.CutSuffix(rest, "/comments")
	number, err := strconv.Atoi(digits)
	comments, known := s.threads[thread(repo, number)]
	switch {
	case !ok || err != nil || !known:
		notFound(w)
	case r.Method == http.MethodGet:
		from, to := s.page(w, r, len(comments))
		out := []any{}
		for _, c := range comments[from:to] {
			out = append(out, s.commentObject(repo, number, c))
		}
		answer(w, out)
	case r.Method == http.MethodPost:
		if body, ok := commentBody(w, r); ok {
			s.lastID++
			c := Comment{ID: s.lastID, Login: who.Login, Type: who.Type, Body: body}
			s.threads[thread(repo, number)] = append(comments, c)
			at := s.commentObject(repo, number, c)
			w.Header().Set("Location", fmt.Sprint(at["url"]))
			answerStatus(w, http.StatusCreated, at)
		}
	default:
		notFound(w)
	}
}

// comment answers for one comment.
func (s *Server) comment(w http.ResponseWriter, r *http.Request, repo *Repo, digits string) {
	id, err := strconv.ParseInt(digits, 10, 64)
	for number := range repo.Pulls {
		comments := s.threads[thread(repo, number)]
		i := slices.IndexFunc(comments, func(c Comment) bool { return c.ID == id })
		if err != nil || i < 0 {
			continue
		}
		switch r.Method {
		case http.MethodGet:
			answer(w, s.commentObject(repo, number, comments[i]))
		case http.MethodPatch:
			if body, ok := commentBody(w, r); ok {
				comments[i].Body = body
				answer(w, s.commentObject(repo, number, comments[i]))
			}
		case http.MethodDelete:
			s.threads[thread(repo, number)] = slices.Delete(slices.Clone(comments), i, i+1)
			w.WriteHeader(http.StatusNoContent)
		default:
			notFound(w)
		}
		return
	}
	notFound(w)
}

// commentBody reads the body of a comment that is to be written. It answers where it cannot be.
func commentBody(w http.ResponseWriter, r *http.Request) (string, bool) {
	var sent struct {
		Body string `json:"body"`
	}
	err := json.NewDecoder(r.Body).Decode(&sent)
	switch {
	case err != nil:
		refuse(w, http.StatusUnprocessableEntity, "Problems parsing JSON")
	case strings.TrimSpace(sent.Body) == "":
		invalid(w, "body", "missing_field", "Body cannot be blank")
	case utf8.RuneCountInString(sent.Body) > maxComment:
		invalid(w, "body", "unprocessable", "Body is too long (maximum is 65536 characters)")
	default:
		return sent.Body, true
	}
	return "", false
}

func (s *Server) commentObject(r *Repo, number int, c Comment) map[string]any {
	at := s.API + "/repos/" + r.Owner + "/" + r.Name + "/issues"
	out := map[string]any{
		"id": c.ID, "node_id": fmt.Sprintf("IC_%d", c.ID), "url": fmt.Sprintf("%s/comments/%d", at, c.ID),
		"html_url":  fmt.Sprintf("https://github.example/%s/%s/pull/%d#issuecomment-%d", r.Owner, r.Name, number, c.ID),
		"issue_url": fmt.Sprintf("%s/%d", at, number), "created_at": commentDate, "updated_at": commentDate,
		"author_association": "NONE", "body": c.Body, "user": nil,
	}
	if c.Login != "" {
		out["user"] = s.user(c.Login, c.Type)
	}
	return out
}
