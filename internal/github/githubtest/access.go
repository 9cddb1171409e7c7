package githubtest

import (
	"net/http"
	"strings"
)

// Level is how far a permission goes.
type Level int

// The levels, each of which includes the one before.
const (
	None Level = iota
	Read
	Write
)

// Access is whose a token is, and what it may do.
type Access struct {
	Login        string // "github-actions[bot]"
	Type         string // "Bot" or "User"
	Contents     Level
	PullRequests Level // comments included
}

// Bot is the access of a workflow's token whose permissions grant all that vendorgate uses.
func Bot() Access {
	return Access{Login: "github-actions[bot]", Type: "Bot", Contents: Write, PullRequests: Write}
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

// forbid refuses for want of a permission, and names it.
func forbid(w http.ResponseWriter, permissions string) {
	w.Header().Set("X-Accepted-Github-Permissions", permissions)
	refuse(w, http.StatusForbidden, "Resource not accessible by integration")
}

func notFound(w http.ResponseWriter) { refuse(w, http.StatusNotFound, "Not Found") }
