package github_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// faults are all that a server can do to a request, by name. Each text holds the token, as a hostile server's would.
func faults() map[string]http.HandlerFunc {
	out := map[string]http.HandlerFunc{}
	for _, fault := range githubtest.Faults(now(), canary) {
		out[fault.Name] = fault.Answer
	}
	return out
}

// patience is the time for one try: little for an answer that does not end. A request that is late for another reason, a busy
// machine say, is no part of these tests. Zero is the client's own.
func patience(kind string) time.Duration {
	if kind == "slow" {
		return 200 * time.Millisecond
	}
	return 0
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
			if kind == "slow" && ref != refs[0] && !effort.Full() {
				continue // it takes seconds, and is the same request
			}
			for k := 1; k <= 5; k++ {
				for _, forever := range []bool{false, true} {
					t.Run(fmt.Sprintf("%s/%s/%d/%t", ref, kind, k, forever), func(t *testing.T) {
						t.Parallel()
						oneFault(t, ref, want, kind, k, forever, fault, shared)
					})
				}
			}
		}
	}
}

func oneFault(t *testing.T, ref, want, kind string, k int, forever bool, fault http.HandlerFunc, shared http.RoundTripper) {
	t.Helper()
	server := serve(t, func(o *githubtest.Options) {
		o.Unchecked = true // the healthy run is held to it
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
	client, waits := connect(t, server.API, func(o *github.Options) { o.Timeout, o.Transport = patience(kind), shared })
	tree, commit, err := client.Registry(t.Context(), reference(t, ref))
	if err == nil {
		if got := content(t, tree) + tree.Revision; got != want {
			t.Errorf("another registry:\n%s", got)
		}
	} else if tree != nil || commit != (github.Commit{}) {
		t.Errorf("an error brings a tree or a commit: %v %v", tree, commit)
	}
	if err == nil && forever && k <= 5 && len(server.Requests()) >= k {
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
