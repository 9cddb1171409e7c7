package gitlabtest

import (
	"net/http"
	"slices"
	"strconv"
)

func described(n Note) map[string]any {
	return map[string]any{"id": n.ID, "body": n.Body, "system": n.System, "author": map[string]any{"id": n.Author, "username": "someone"}}
}

// key returns the thread of a merge request; empty if there is none.
func (c call) key() string {
	iid, _ := strconv.ParseInt(c.values["iid"], 10, 64)
	if _, ok := c.project.MergeRequests[iid]; !ok {
		return ""
	}
	return thread(c.project.ID, iid)
}

func (s *Server) notes(c call) answer {
	query := c.r.URL.Query()
	key := c.key()
	if key == "" || query.Get("sort") != "asc" || query.Get("order_by") != "created_at" {
		return none("Merge Request")
	}
	size, _ := strconv.Atoi(query.Get("per_page"))
	page, _ := strconv.Atoi(query.Get("page"))
	if s.options.PageSize > 0 {
		size = min(size, s.options.PageSize)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.threads[key]
	from, to := min(len(all), (page-1)*size), min(len(all), page*size)
	out := []map[string]any{}
	for _, n := range all[from:to] {
		out = append(out, described(n))
	}
	a := found(out)
	a.header = map[string]string{"X-Next-Page": ""}
	if to < len(all) {
		a.header["X-Next-Page"] = strconv.Itoa(page + 1)
	}
	return a
}

func (s *Server) createNote(c call) answer {
	key, body := c.key(), c.text()
	if key == "" || body == "" {
		return refuse(http.StatusBadRequest, "400 Bad request")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastID++
	n := Note{ID: s.lastID, Author: c.token.User, Body: body}
	s.threads[key] = append(s.threads[key], n)
	return answer{status: http.StatusCreated, value: described(n)}
}

func (c call) text() string {
	text, _ := c.body["body"].(string)
	return text
}

// own finds a note that the token's account may change.
func (s *Server) own(c call) (notes []Note, i int) {
	id, _ := strconv.ParseInt(c.values["note"], 10, 64)
	notes = s.threads[c.key()]
	return notes, slices.IndexFunc(notes, func(n Note) bool { return n.ID == id && n.Author == c.token.User })
}

func (s *Server) editNote(c call) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	notes, i := s.own(c)
	if i < 0 {
		return none("Note")
	}
	notes[i].Body = c.text()
	return found(described(notes[i]))
}

func (s *Server) deleteNote(c call) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	notes, i := s.own(c)
	if i < 0 {
		return none("Note")
	}
	s.threads[c.key()] = slices.Delete(notes, i, i+1)
	return answer{status: http.StatusNoContent}
}
