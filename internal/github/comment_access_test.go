package github_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Who may not comment is told what is missing; nothing is written.
func TestCommentPermissions(t *testing.T) {
	t.Parallel()
	reader := githubtest.Access{Login: bot, Type: "Bot", Contents: githubtest.Read, PullRequests: githubtest.Read}
	none := reader
	none.PullRequests = githubtest.None
	tests := []struct {
		name    string
		access  githubtest.Access
		token   string
		cause   wire.Cause
		missing string
	}{
		{"write", githubtest.Bot(), canary, 0, ""},
		{"a user's", githubtest.Access{Login: "ada", Type: "User", PullRequests: githubtest.Write}, canary, 0, ""},
		{"read", reader, canary, wire.Permission, `"issues: write", or "pull-requests: write"`},
		{"none", none, canary, wire.Permission, `"pull-requests: write"`},
		{"unknown", none, "other", wire.BadToken, ""},
		{"no token", none, "", wire.BadToken, ""},
	}
	for _, prefix := range []string{"", "/api/v3"} {
		for _, test := range tests {
			server := pull(t, nil, func(o *githubtest.Options) {
				o.Prefix, o.Tokens = prefix, map[string]githubtest.Access{canary: test.access}
			})
			client, _ := commenting(t, server, func(o *github.Options) { o.Token = wire.NewToken(test.token) })
			for range 2 {
				_, err := client.Sync(t.Context(), wants(mark(1, 1, oldCommit, "fail"), "x"))
				var e *wire.Error
				if test.cause == 0 && err != nil || test.cause != 0 && (!errors.As(err, &e) || e.Cause != test.cause || e.Missing != test.missing) {
					t.Errorf("%s%s: got %v", test.name, prefix, err)
				}
			}
			if got := len(server.Comments("acme", "registry", 7)); got != map[bool]int{true: 1}[test.cause == 0] {
				t.Errorf("%s%s: %d comments", test.name, prefix, got)
			}
			if want := strings.TrimSuffix(prefix, "/v3") + "/graphql"; server.Requests()[0].URL != want {
				t.Errorf("%s%s: asked %s, want %s", test.name, prefix, server.Requests()[0].URL, want)
			}
		}
	}
}

// A write that the server refuses without naming a permission lacks the one that comments take.
func TestMissingPermission(t *testing.T) {
	t.Parallel()
	server := pull(t, nil, func(o *githubtest.Options) { o.Fault = once(2, githubtest.Refuses(403, "no")) })
	client, _ := commenting(t, server, nil)
	_, err := client.Sync(t.Context(), wants(mark(1, 1, oldCommit, "fail"), "x"))
	var e *wire.Error
	if !errors.As(err, &e) || e.Cause != wire.Permission || e.Missing != `"pull-requests: write"` {
		t.Errorf("got %v", err)
	}
}

func TestSyncRefuses(t *testing.T) {
	t.Parallel()
	server := pull(t, nil, nil)
	client, _ := commenting(t, server, nil)
	for want, change := range map[string]func(*github.Comment){
		"not a valid owner name":         func(w *github.Comment) { w.Owner = "a/../b" },
		"not a valid repository name":    func(w *github.Comment) { w.Repo = ".." },
		"0 is not a pull request number": func(w *github.Comment) { w.Number = 0 },
		"key=x place":                    func(w *github.Comment) { w.Mark.Key = "x" },
		"run=0.1":                        func(w *github.Comment) { w.Mark.Run = 0 },
		"is not a valid marker":          func(w *github.Comment) { w.Write = says("a -->\nb", "x") },
		"Body is too long":               nil,
		"not found":                      func(w *github.Comment) { w.Number = 8 },
		"the token has no access":        func(w *github.Comment) { w.Repo = "nothing" },
	} {
		write := wants(mark(1, 1, oldCommit, "fail"), "x")
		if change == nil {
			write.Write = says("fail", strings.Repeat("ä", 65_536))
			want = "HTTP 422"
		} else {
			change(&write)
		}
		if _, err := client.Sync(t.Context(), write); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	client, _ = connect(t, server.API, nil)
	if _, err := client.Sync(t.Context(), wants(mark(1, 1, oldCommit, "fail"), "x")); err == nil || !strings.Contains(err.Error(), "GITHUB_GRAPHQL_URL is empty") {
		t.Errorf("without an address: got %v", err)
	}
	if thread(server) != "" {
		t.Error("something was written")
	}
}

func TestGraphQLURL(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"https://api.github.com/graphql": "", "https://api.github.com:443/graphql": "",
		"https://github.com/graphql": "not on the host of the API", "http://api.github.com/graphql": "not on the host of the API",
		"graphql": "not a URL", "https://u:p@api.github.com/graphql": "must contain only a scheme, host and path", "https://api.github.com/graphql?x": "must contain only a scheme, host and path",
	} {
		_, err := github.New(github.Options{APIURL: "https://api.github.com", GraphQLURL: url, Now: now})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", url, err)
		}
	}
}
