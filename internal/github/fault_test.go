package github_test

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// hangUp ends the connection without an answer.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// cutShort promises more than it sends.
func cutShort(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte(`{"sha":"`))
}

// slow sends the head of an answer, and the rest too late.
func slow(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write([]byte(`{"sha":`))
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

// faults are all that a server can do to a request, by name. Each text holds the token, as a hostile server's would.
func faults() map[string]http.HandlerFunc {
	reset := strconv.FormatInt(now().Add(30*time.Second).Unix(), 10)
	late := strconv.FormatInt(now().Add(time.Hour).Unix(), 10)
	text := `{"message":"no ` + canary + `"}`
	return map[string]http.HandlerFunc{
		"hang up": hangUp, "cut short": cutShort, "slow": slow,
		"500": says(500, text), "502 HTML": says(502, "<html>"+canary, "Content-Type", "text/html"), "503 later": says(503, "", "Retry-After", "5"),
		"403 permission":    says(403, text, "X-Accepted-GitHub-Permissions", "contents=read"),
		"403 SSO":           says(403, text, "X-GitHub-SSO", "required; url=https://github.com/orgs/acme/sso?authorization_request="+canary),
		"403 primary":       says(403, text, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset),
		"403 primary late":  says(403, text, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", late),
		"403 secondary":     says(403, `{"message":"You have exceeded a secondary rate limit"}`),
		"429":               says(429, text),
		"429 after":         says(429, text, "Retry-After", "7"),
		"401":               says(401, text),
		"404":               says(404, text),
		"409":               says(409, `{"message":"Git Repository is empty."}`),
		"422":               says(422, text),
		"200 empty":         says(200, ""),
		"200 null":          says(200, "null\n"),
		"200 object":        says(200, "{}"),
		"200 list":          says(200, "[]"),
		"200 HTML":          says(200, "<html>"+canary, "Content-Type", "text/html"),
		"200 half":          says(200, `{"sha":"`),
		"200 trailing":      says(200, `{} {}`),
		"202":               says(202, "{}"),
		"204":               says(204, ""),
		"304":               says(304, ""),
		"302 away":          says(302, "", "Location", "http://127.0.0.1:1/"+canary),
		"301 away":          says(301, "", "Location", "https://example.com/"+canary),
		"302 nowhere":       says(302, ""),
		"partial":           says(200, "{}", "X-GitHub-SSO", "partial-results; organizations=1"),
		"302 with password": says(302, "", "Location", "http://user:"+canary+"@127.0.0.1/"),
		"302 file":          says(302, "", "Location", "file:///etc/passwd"),
	}
}

// Whatever happens to the k-th request of a load: the same registry comes, or none. The token shows nowhere.
func TestRegistryFaults(t *testing.T) {
	t.Parallel()
	healthy := serve(t, nil)
	client, _ := connect(t, healthy.API, nil)
	shared := &http.Transport{} // a thousand times the embedded roots take a second
	refs := []string{"acme/registry", "acme/registry@v1", "acme/registry@" + oldCommit, "acme/registry@both"}
	for _, ref := range refs {
		want := ""
		if tree, _, err := client.Registry(t.Context(), reference(t, ref)); err == nil {
			want = content(t, tree) + tree.Revision
		}
		for kind, fault := range faults() {
			if want == "" && kind == "422" {
				continue // which is how the server says that there is no such branch
			}
			for k := 1; k <= 4; k++ {
				for _, forever := range []bool{false, true} {
					t.Run(fmt.Sprintf("%s/%s/%d/%t", ref, kind, k, forever), func(t *testing.T) {
						t.Parallel()
						oneFault(t, ref, want, k, forever, fault, shared)
					})
				}
			}
		}
	}
}

func oneFault(t *testing.T, ref, want string, k int, forever bool, fault http.HandlerFunc, shared http.RoundTripper) {
	t.Helper()
	server := serve(t, func(o *githubtest.Options) {
		o.Description = "" // the healthy run is held to it
		o.Fault = once(k, fault)
		if forever {
			o.Fault = func(n int, _ *http.Request) http.HandlerFunc {
				if n >= k {
					return fault
				}
				return nil
			}
		}
	})
	client, waits := connect(t, server.API, func(o *github.Options) { o.Timeout, o.Transport = 50*time.Millisecond, shared })
	tree, commit, err := client.Registry(t.Context(), reference(t, ref))
	if err == nil {
		if got := content(t, tree) + tree.Revision; got != want {
			t.Errorf("another registry:\n%s", got)
		}
	} else if tree != nil || commit != (github.Commit{}) {
		t.Errorf("an error brings a tree or a commit: %v %v", tree, commit)
	}
	if err == nil && forever && k <= 3 && len(server.Requests()) >= k {
		t.Error("a fault that lasts brings a registry")
	}
	leakFree(t, "error", fmt.Sprintf("%v %+v %#v %q", err, err, err, err))
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		leakFree(t, "wrapped error", fmt.Sprintf("%+v %#v", inner, inner))
	}
	total := time.Duration(0)
	for _, wait := range waits.waits {
		total += wait
	}
	if total > github.DefaultBudget || total != client.Waited() {
		t.Errorf("waited %s, of which %s are said", total, client.Waited())
	}
	if client.Calls()+client.Downloads() > 8 {
		t.Errorf("%d requests", client.Calls())
	}
	for _, r := range server.Requests() {
		if sent := r.Header.Get("Authorization") != ""; sent != ("http://"+r.Host == server.API) {
			t.Errorf("%s%s: token sent: %t", r.Host, r.URL, sent)
		}
	}
}
