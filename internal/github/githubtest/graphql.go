package githubtest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// commentsQuery is one of three questions that are understood, without the space between its words: who asks, and a page of the
// comments of a pull request.
const commentsQuery = `query($owner: String!, $name: String!, $number: Int!, $cursor: String) { viewer { login } ` +
	`repository(owner: $owner, name: $name) { pullRequest(number: $number) { headRefOid comments(first: 100, after: $cursor) { ` +
	`nodes { fullDatabaseId author { __typename login } body isMinimized } pageInfo { hasNextPage endCursor } } } } }`

// pullsQuery is another one: the open pull requests from branches of a name.
const pullsQuery = `query($owner: String!, $name: String!, $branch: String!) { repository(owner: $owner, name: $name) { ` +
	`pullRequests(first: 100, headRefName: $branch, states: [OPEN], orderBy: {field: UPDATED_AT, direction: DESC}) { ` +
	`nodes { number headRefOid baseRefName baseRefOid author { login } headRepository { nameWithOwner } } } } }`

// blobsQuery is the last one: the texts of blobs.
var blobsQuery = regexp.MustCompile(`^query\(\$owner: String!, \$name: String!\) { repository\(owner: \$owner, name: \$name\) ` +
	`{ ((b\d+: object\(oid: "[0-9a-f]{40}"\) { \.\.\. on Blob { oid isBinary (?:text )?} } )+)} }$`)

const graphQLPage = 100

// graphQLPath is where GraphQL lies: beside the REST API, and on an Enterprise Server instead of its version.
func (s *Server) graphQLPath() string {
	return strings.TrimSuffix(s.options.Prefix, "/v3") + "/graphql"
}

// question is what is sent. The cursor is absent or null for the first page.
type question struct {
	Query     string `json:"query"`
	Variables struct {
		Owner  *string `json:"owner"`
		Name   *string `json:"name"`
		Number *int    `json:"number"`
		Cursor *string `json:"cursor"`
		Branch *string `json:"branch"`
	} `json:"variables"`
}

// graphQL answers the question, and calls everything else a violation.
func (s *Server) graphQL(w http.ResponseWriter, r *http.Request, body []byte) {
	var q question
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&q)
	v, asked := q.Variables, strings.Join(strings.Fields(q.Query), " ")
	switch {
	case r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
		s.violate("GraphQL is asked with %s and %q", r.Method, r.Header.Get("Content-Type"))
	case err != nil || decoder.More():
		s.violate("the question to GraphQL is not what is understood: %w", err)
	case blobsQuery.MatchString(asked) && v.Owner != nil && v.Name != nil && v.Number == nil && v.Cursor == nil:
		s.texts(w, r, q, blobsQuery.FindStringSubmatch(asked)[1])
		return
	case asked == pullsQuery && v.Owner != nil && v.Name != nil && v.Branch != nil && v.Number == nil && v.Cursor == nil:
		s.pulls(w, r, q)
		return
	case asked != commentsQuery:
		s.violate("GraphQL is asked something else: %s", q.Query)
	case v.Owner == nil || v.Name == nil || v.Number == nil:
		s.violate("a variable of GraphQL's is missing: %s", body)
	default:
		s.commentsPage(w, r, q)
		return
	}
	answer(w, map[string]any{"errors": []any{map[string]any{"message": "A query attribute must be specified and must be a string."}}})
}

// texts answers with the texts of blobs. Like GitHub, it has none for a binary, and a part of a long text.
func (s *Server) texts(w http.ResponseWriter, r *http.Request, q question, objects string) {
	const longest = 512 << 10
	who, _, ok := s.viewer(w, r)
	if !ok {
		return
	}
	repo := s.repo(*q.Variables.Owner, *q.Variables.Name)
	if repo == nil || who.Contents < Read || s.options.Private != "" && r.Header.Get("Authorization") != "Bearer "+s.options.Private {
		answer(w, map[string]any{"data": map[string]any{"repository": nil}, "errors": []any{map[string]any{"type": "NOT_FOUND", "path": []string{"repository"}, "message": "Could not resolve to a Repository."}}})
		return
	}
	known := map[string]string{}
	for _, commit := range repo.Commits {
		for _, data := range commit.Files {
			known[blobSHA(data)] = data
		}
	}
	found := map[string]any{}
	for _, m := range regexp.MustCompile(`(b\d+): object\(oid: "([0-9a-f]+)"\) { \.\.\. on Blob { oid isBinary (text)?`).FindAllStringSubmatch(objects, -1) {
		data, ok := known[m[2]]
		switch {
		case !ok:
			found[m[1]] = nil
		case strings.Contains(data, "\x00"):
			found[m[1]] = map[string]any{"oid": m[2], "isBinary": true, "text": nil}
		case m[3] == "":
			found[m[1]] = map[string]any{"oid": m[2], "isBinary": false}
		default:
			found[m[1]] = map[string]any{"oid": m[2], "isBinary": false, "text": data[:min(len(data), longest)]}
		}
	}
	answer(w, map[string]any{"data": map[string]any{"repository": found}})
}

// viewer returns who asks, and as an answer. It refuses those who are not signed in.
func (s *Server) viewer(w http.ResponseWriter, r *http.Request) (who Access, viewer map[string]any, ok bool) {
	if who, ok = s.who(w, r); !ok {
		return who, nil, false
	}
	if who.Login == "" {
		refuse(w, http.StatusUnauthorized, "This endpoint requires you to be authenticated.")
		return who, nil, false
	}
	return who, map[string]any{"login": who.Login}, true
}

// commentsPage answers with a page of comments.
func (s *Server) commentsPage(w http.ResponseWriter, r *http.Request, q question) {
	who, viewer, ok := s.viewer(w, r)
	if !ok {
		return
	}
	repo := s.repo(*q.Variables.Owner, *q.Variables.Name)
	if repo == nil || s.options.Private != "" && r.Header.Get("Authorization") != "Bearer "+s.options.Private {
		partly(w, viewer, nil, "NOT_FOUND", fmt.Sprintf("Could not resolve to a Repository with the name '%s/%s'.", *q.Variables.Owner, *q.Variables.Name))
		return
	}
	gone := map[string]any{"pullRequest": nil}
	if who.PullRequests < Read {
		partly(w, viewer, gone, "FORBIDDEN", "Resource not accessible by integration")
		return
	}
	s.mu.Lock()
	comments, known := s.threads[thread(repo, *q.Variables.Number)]
	comments = slices.Clone(comments)
	s.mu.Unlock()
	if !known {
		partly(w, viewer, gone, "NOT_FOUND", fmt.Sprintf("Could not resolve to a PullRequest with the number of %d.", *q.Variables.Number))
		return
	}
	from, err := after(q.Variables.Cursor)
	if err != nil || from > len(comments) {
		partly(w, viewer, gone, "INVALID_CURSOR_ARGUMENTS", fmt.Sprintf("`%s` does not appear to be a valid cursor.", *q.Variables.Cursor))
		return
	}
	to := min(from+graphQLPage, len(comments))
	nodes := []any{}
	for _, c := range comments[from:to] {
		nodes = append(nodes, node(c))
	}
	info := map[string]any{"hasNextPage": to < len(comments), "endCursor": nil}
	if to > from {
		info["endCursor"] = cursor(to)
	}
	page := map[string]any{"headRefOid": nil, "comments": map[string]any{"nodes": nodes, "pageInfo": info}}
	if head, open := repo.Heads[*q.Variables.Number]; open {
		page["headRefOid"] = head.Commit
	}
	answer(w, map[string]any{"data": map[string]any{"viewer": viewer, "repository": map[string]any{"pullRequest": page}}})
}

// node is a comment as GraphQL has it, which calls a bot by the name of its app.
func node(c Comment) map[string]any {
	out := map[string]any{"fullDatabaseId": strconv.FormatInt(c.ID, 10), "author": nil, "body": c.Body, "isMinimized": c.Minimized}
	login := c.Login
	if c.Type == "Bot" {
		login = strings.TrimSuffix(login, "[bot]")
	}
	if login != "" {
		out["author"] = map[string]any{"__typename": c.Type, "login": login}
	}
	return out
}

// partly answers with an error, and with the part of the data that there is.
func partly(w http.ResponseWriter, viewer, repository map[string]any, kind, message string) {
	data := map[string]any{"viewer": viewer, "repository": repository}
	path := []string{"repository"}
	if repository != nil {
		path = append(path, "pullRequest")
	}
	answer(w, map[string]any{"data": data, "errors": []any{map[string]any{"type": kind, "path": path, "message": message}}})
}

func cursor(at int) string {
	return base64.StdEncoding.EncodeToString([]byte("cursor:" + strconv.Itoa(at)))
}

// after is where the page behind a cursor begins.
func after(text *string) (int, error) {
	if text == nil {
		return 0, nil
	}
	data, err := base64.StdEncoding.DecodeString(*text)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimPrefix(string(data), "cursor:"))
}
