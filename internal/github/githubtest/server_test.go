package githubtest_test

import (
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

const sha = "1111111111111111111111111111111111111111"

func options() githubtest.Options {
	talk := make([]githubtest.Comment, 250)
	for i := range talk {
		talk[i] = githubtest.Comment{Login: "ada", Type: "User", Body: "talk"}
	}
	return githubtest.Options{Prefix: "/api/v3", Repos: []githubtest.Repo{{
		Owner: "acme", Name: "shop", Default: "main", Branches: map[string]string{"main": sha},
		Commits: map[string]githubtest.Commit{sha: {Files: map[string]string{"a": "x"}}}, Pulls: map[int][]githubtest.Comment{1: talk},
	}}}
}

type reply struct {
	status int
	header http.Header
	body   string
}

// ask makes a request with a token.
func ask(t *testing.T, method, url, body string, headers ...string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer t")
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close() //nolint:errcheck // it is read to the end
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(data)}
}

// What breaks the contract is said at the end, and nothing else is.
func TestViolations(t *testing.T) {
	t.Parallel()
	server, err := githubtest.New(options())
	if err != nil {
		t.Fatal(err)
	}
	at := server.API + "/repos/acme/shop"
	ask(t, http.MethodGet, at, "")
	ask(t, http.MethodPost, at+"/issues/1/comments", `{"body":"x"}`)
	ask(t, http.MethodGet, server.API+"/nowhere", "")
	ask(t, http.MethodPost, at+"/issues/1/comments", `{}`)
	ask(t, http.MethodPost, server.GraphQL, `{"query":"{ viewer { login } }","variables":{}}`)
	ask(t, http.MethodPost, server.GraphQL, `{"query":"","extra":1}`)
	ask(t, http.MethodGet, server.GraphQL, "")
	violations := server.Close()
	for i, want := range []string{"/nowhere is not in GitHub's description", "breaks GitHub's description", "asked something else", "not what is understood", "asked with GET"} {
		if len(violations) != 5 || !strings.Contains(violations[i].Error(), want) {
			t.Fatalf("got %q, want %s", violations, want)
		}
	}
}

// Each fault that speaks as GitHub does is valid, of whatever request.
func TestFaultsAreDescribed(t *testing.T) {
	t.Parallel()
	for _, fault := range githubtest.Faults(time.Unix(0, 0), "x") {
		if !strings.HasPrefix(fault.Name, "4") && fault.Name != "500" {
			continue
		}
		o := options()
		o.Fault = func(int, *http.Request) http.HandlerFunc { return fault.Answer }
		server := githubtest.Start(t, o)
		for method, path := range map[string]string{http.MethodGet: "", http.MethodPost: "/issues/1/comments", http.MethodPatch: "/issues/comments/1"} {
			body := ""
			if method != http.MethodGet {
				body = `{"body":"x"}`
			}
			ask(t, method, server.API+"/repos/acme/shop"+path, body)
		}
	}
	o := options()
	o.Fault = func(int, *http.Request) http.HandlerFunc {
		return githubtest.Says(418, `{"error":"x"}`, "Content-Type", "application/json")
	}
	server, err := githubtest.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ask(t, http.MethodGet, server.API+"/repos/acme/shop", "")
	if violations := server.Close(); len(violations) != 1 {
		t.Errorf("got %q", violations)
	}
}

func TestPagesAndTags(t *testing.T) {
	t.Parallel()
	server := githubtest.Start(t, options())
	list := server.API + "/repos/acme/shop/issues/1/comments"
	first := ask(t, http.MethodGet, list+"?per_page=100", "")
	if link := first.header.Get("Link"); !strings.Contains(link, list+`?page=2&per_page=100>; rel="next"`) || !strings.Contains(link, `page=3&per_page=100>; rel="last"`) || strings.Count(first.body, `"talk"`) != 100 {
		t.Errorf("first page: %s, %d comments", link, strings.Count(first.body, `"talk"`))
	}
	last := ask(t, http.MethodGet, list+"?per_page=100&page=3", "")
	if last.header.Get("Link") != "" || strings.Count(last.body, `"talk"`) != 50 {
		t.Errorf("last page: %s, %d comments", last.header.Get("Link"), strings.Count(last.body, `"talk"`))
	}
	tag := first.header.Get("Etag")
	same := ask(t, http.MethodGet, list+"?per_page=100", "", "If-None-Match", tag)
	if tag == "" || same.status != http.StatusNotModified || same.body != "" {
		t.Errorf("the same again: %d, %q", same.status, same.body)
	}
	if other := ask(t, http.MethodGet, list+"?per_page=99", "", "If-None-Match", tag); other.status != http.StatusOK {
		t.Errorf("something else: %d", other.status)
	}
	if asked := server.Requests(); len(asked) != 4 || asked[0].Header.Get("Authorization") != "Bearer t" {
		t.Errorf("got %v", asked)
	}
}

func TestFilesIn(t *testing.T) {
	t.Parallel()
	files, err := githubtest.FilesIn(fstest.MapFS{"a/b": {Data: []byte("x")}, "c": {}})
	if err != nil || len(files) != 2 || files["a/b"] != "x" {
		t.Errorf("got %v, %v", files, err)
	}
	if _, err := githubtest.FilesIn(fstest.MapFS{"a": {Mode: fs.ModeDevice}}); err == nil {
		t.Error("a device is a file")
	}
}
