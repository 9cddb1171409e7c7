package github_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/comment"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

const (
	key      = "0123456789abcdef"
	otherKey = "fedcba9876543210"
	place    = "00000000000000aa"
	bot      = "github-actions[bot]"
)

// mark is that of a run of a head.
func mark(run int64, attempt int, head, verdict string) comment.Mark {
	return comment.Mark{Key: key, Place: place, Run: run, Attempt: attempt, Head: head, State: verdict}
}

// says writes a text that is the same whatever was there.
func says(state, text string) func(string) (string, string) {
	return func(string) (string, string) { return state, text }
}

// wants is what a run has to say.
func wants(m comment.Mark, body string) github.Comment {
	write := says(m.State, body)
	m.State = ""
	return github.Comment{Owner: "acme", Repo: "registry", Number: 7, Wanted: comment.Wanted{Mark: m, Write: write, Create: true}}
}

// by is a comment that somebody wrote.
func by(login, kind string, m comment.Mark, body string) githubtest.Comment {
	return githubtest.Comment{Login: login, Type: kind, Body: m.String() + "\n" + body}
}

// pull starts the fake with a pull request.
func pull(t *testing.T, comments []githubtest.Comment, change func(*githubtest.Options)) *githubtest.Server {
	t.Helper()
	return serve(t, func(o *githubtest.Options) {
		o.Repos[0].Pulls = map[int][]githubtest.Comment{7: comments}
		if change != nil {
			change(o)
		}
	})
}

// commenting makes a client that knows where GraphQL is.
func commenting(t *testing.T, server *githubtest.Server, change func(*github.Options)) (*github.Client, *clock) {
	t.Helper()
	return connect(t, server.API, func(o *github.Options) {
		o.GraphQLURL = server.GraphQL
		if change != nil {
			change(o)
		}
	})
}

// thread is what a pull request's comments say, in one text.
func thread(server *githubtest.Server) string {
	var out []string
	for _, c := range server.Comments("acme", "registry", 7) {
		first, rest, _ := strings.Cut(c.Body, "\n")
		if m, ok := comment.ParseMark(first); ok {
			first = fmt.Sprintf("%d.%d %s", m.Run, m.Attempt, m.State)
		}
		out = append(out, fmt.Sprintf("%s: %s %s", strings.TrimSuffix(c.Login, "[bot]"), first, rest))
	}
	return strings.Join(out, " | ")
}

func TestSync(t *testing.T) {
	t.Parallel()
	fail, pass := mark(10, 1, oldCommit, "fail"), mark(10, 1, oldCommit, "pass")
	mine := func(m comment.Mark, body string) githubtest.Comment { return by(bot, "Bot", m, body) }
	hidden := mine(fail, "x")
	hidden.Minimized = true
	var many []githubtest.Comment
	for i := range 249 {
		many = append(many, githubtest.Comment{Login: "ada", Type: "User", Body: fmt.Sprint("talk ", i)})
	}
	many = append(many, mine(fail, "x"))
	worse := func(w *github.Comment) { w.RecreateIf = func(before string) bool { return before == "pass" } }
	tests := []struct {
		name   string
		before []githubtest.Comment
		write  github.Comment
		change func(*github.Comment)
		action comment.Action
		after  string // the end of the thread
		calls  int
	}{
		{"create", nil, wants(fail, "x"), nil, comment.Create, "github-actions: 10.1 fail x", 2},
		{"nothing", nil, wants(pass, "x"), func(w *github.Comment) { w.Create = false }, comment.Nothing, "", 1},
		{"edit", []githubtest.Comment{mine(fail, "x")}, wants(mark(11, 1, newCommit, "fail"), "y"), nil, comment.Edit, "github-actions: 11.1 fail y", 2},
		{"unchanged", []githubtest.Comment{mine(fail, "x")}, wants(fail, "x\n"), nil, comment.Keep, "github-actions: 10.1 fail x", 1},
		{"only the run differs", []githubtest.Comment{mine(fail, "x")}, wants(mark(12, 3, oldCommit, "fail"), "x"), nil, comment.Keep, "github-actions: 10.1 fail x", 1},
		{"only the verdict differs", []githubtest.Comment{mine(fail, "x")}, wants(mark(12, 1, oldCommit, "pass"), "x"), nil, comment.Edit, "github-actions: 12.1 pass x", 2},
		{"resolved", []githubtest.Comment{mine(fail, "x")}, wants(mark(11, 1, newCommit, "pass"), "ok"), func(w *github.Comment) { w.Create = false }, comment.Edit, "github-actions: 11.1 pass ok", 2},
		{"worse", []githubtest.Comment{mine(pass, "ok")}, wants(mark(11, 1, newCommit, "fail"), "y"), worse, comment.Recreate, "github-actions: 11.1 fail y", 3},
		{"not worse", []githubtest.Comment{mine(fail, "x")}, wants(mark(11, 1, newCommit, "fail"), "y"), worse, comment.Edit, "github-actions: 11.1 fail y", 2},
		{"worse, with duplicates", []githubtest.Comment{mine(fail, "x"), mine(mark(11, 1, oldCommit, "pass"), "ok")}, wants(mark(12, 1, newCommit, "fail"), "y"), worse, comment.Recreate, "github-actions: 12.1 fail y", 4},
		{"recreated before, old one left", []githubtest.Comment{mine(pass, "ok"), mine(mark(11, 1, newCommit, "fail"), "y")}, wants(mark(12, 1, newCommit, "fail"), "y"), worse, comment.Edit, "github-actions: 12.1 fail y", 3},
		{"older run of another head", []githubtest.Comment{mine(fail, "x")}, wants(mark(9, 1, newCommit, "pass"), "y"), nil, comment.Outdated, "github-actions: 10.1 fail x", 1},
		{"older run of another head, again", []githubtest.Comment{mine(fail, "x")}, wants(mark(9, 2, newCommit, "pass"), "y"), nil, comment.Outdated, "github-actions: 10.1 fail x", 1},
		{"older run of the same head", []githubtest.Comment{mine(fail, "x")}, wants(mark(9, 1, oldCommit, "pass"), "y"), nil, comment.Outdated, "github-actions: 10.1 fail x", 1},
		{"older attempt", []githubtest.Comment{mine(mark(10, 2, oldCommit, "fail"), "x")}, wants(pass, "y"), nil, comment.Outdated, "github-actions: 10.2 fail x", 1},
		{"re-run of the same head", []githubtest.Comment{mine(mark(99, 1, oldCommit, "fail"), "x")}, wants(mark(10, 2, oldCommit, "pass"), "y"), nil, comment.Edit, "github-actions: 10.2 pass y", 2},
		{"duplicates", []githubtest.Comment{mine(fail, "x"), mine(fail, "y"), mine(fail, "z")}, wants(fail, "w"), nil, comment.Edit, "github-actions: 10.1 fail w", 4},
		{"duplicates, the oldest is right", []githubtest.Comment{mine(fail, "x"), mine(fail, "y")}, wants(fail, "x"), nil, comment.Keep, "github-actions: 10.1 fail x", 2},
		{"duplicates, one is newer", []githubtest.Comment{mine(fail, "x"), mine(mark(12, 1, newCommit, "fail"), "y")}, wants(mark(11, 1, oldCommit, "fail"), "z"), nil, comment.Outdated, "github-actions: 10.1 fail x | github-actions: 12.1 fail y", 1},
		{"another key", []githubtest.Comment{by(bot, "Bot", comment.Mark{Key: otherKey, Place: place, Run: 1, Attempt: 1, Head: oldCommit, State: "fail"}, "x")}, wants(fail, "x"), nil, comment.Create, "github-actions: 1.1 fail x | github-actions: 10.1 fail x", 2},
		{"a user's", []githubtest.Comment{by("mallory", "User", fail, "m")}, wants(fail, "x"), nil, comment.Create, "mallory: 10.1 fail m | github-actions: 10.1 fail x", 2},
		{"another bot's", []githubtest.Comment{by("evil[bot]", "Bot", fail, "m")}, wants(fail, "x"), nil, comment.Create, "evil: 10.1 fail m | github-actions: 10.1 fail x", 2},
		{"a user named as the bot", []githubtest.Comment{by("github-actions", "User", fail, "m")}, wants(fail, "x"), nil, comment.Create, "github-actions: 10.1 fail m | github-actions: 10.1 fail x", 2},
		{"of nobody", []githubtest.Comment{by("", "", fail, "m")}, wants(fail, "x"), nil, comment.Create, ": 10.1 fail m | github-actions: 10.1 fail x", 2},
		{"hidden", []githubtest.Comment{hidden}, wants(fail, "y"), nil, comment.Create, "github-actions: 10.1 fail x | github-actions: 10.1 fail y", 2},
		{"quoted", []githubtest.Comment{{Login: bot, Type: "Bot", Body: "> " + fail.String()}, {Login: bot, Type: "Bot", Body: "see\n" + fail.String()}}, wants(fail, "x"), nil, comment.Create, "github-actions: 10.1 fail x", 2},
		{"other ends of lines", []githubtest.Comment{{Login: bot, Type: "Bot", Body: fail.String() + "\r\na\r\nb"}}, wants(fail, "a\nb"), nil, comment.Keep, "github-actions: 10.1 fail a\r\nb", 1},
		{"on page 3", many, wants(mark(11, 1, newCommit, "fail"), "y"), nil, comment.Edit, "| github-actions: 11.1 fail y", 4},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := pull(t, test.before, nil)
			client, waits := commenting(t, server, nil)
			write := test.write
			if test.change != nil {
				test.change(&write)
			}
			out, err := client.Sync(t.Context(), write)
			if err != nil || out.Action != test.action || out.Left != 0 || out.Why != nil || (out.ID == 0) != (out.Action == comment.Nothing) {
				t.Errorf("got %+v, %v, want %s", out, err, test.action)
			}
			if got := thread(server); !strings.HasSuffix(got, test.after) || got != "" && test.after == "" {
				t.Errorf("got  %s\nwant %s", got, test.after)
			}
			if client.Calls() != test.calls || client.Downloads() != 0 {
				t.Errorf("%d calls, want %d", client.Calls(), test.calls)
			}
			if want := max(0, test.calls-1-len(test.before)/100-1); len(waits.waits) != want {
				t.Errorf("waits %v between writes, want %d of a second", waits.waits, want)
			}
			tokenStays(t, server)
		})
	}
}

// Two runs that race may leave two comments; the next one leaves one.
func TestSyncRace(t *testing.T) {
	t.Parallel()
	for i := range 10 {
		server := pull(t, nil, nil)
		var wait sync.WaitGroup
		for run := range 2 {
			wait.Go(func() {
				client, _ := commenting(t, server, nil)
				if _, err := client.Sync(t.Context(), wants(mark(int64(10+run), 1, newCommit, "fail"), "x")); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		client, _ := commenting(t, server, nil)
		out, err := client.Sync(t.Context(), wants(mark(20, 1, newCommit, "fail"), "y"))
		if got := thread(server); err != nil || got != "github-actions: 20.1 fail y" {
			t.Errorf("%d: got %s, %+v, %v", i, got, out, err)
		}
	}
}

// A comment that was created although the answer was lost is found, and not created again.
func TestLostAnswer(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]http.HandlerFunc{
		"hang up": githubtest.HangUp, "cut short": githubtest.CutShort, "slow": githubtest.Slow, "502": githubtest.Says(502, "<html>"),
		"empty": githubtest.Says(201, ""), "null": githubtest.Says(201, "null"), "object": githubtest.Says(201, "{}"),
	} {
		for _, before := range [][]githubtest.Comment{nil, {by(bot, "Bot", mark(1, 1, oldCommit, "pass"), "old")}} {
			server := pull(t, before, func(o *githubtest.Options) {
				o.Spoil = func(_ int, r *http.Request) http.HandlerFunc {
					if strings.HasSuffix(r.URL.Path, "/issues/7/comments") {
						return lose
					}
					return nil
				}
			})
			client, _ := commenting(t, server, func(o *github.Options) {
				if name == "slow" {
					o.Timeout = 200 * time.Millisecond
				}
			})
			write := wants(mark(10, 1, newCommit, "fail"), "x")
			write.RecreateIf = func(string) bool { return true }
			out, err := client.Sync(t.Context(), write)
			if got := thread(server); err != nil || got != "github-actions: 10.1 fail x" {
				t.Errorf("%s: got %s, %+v, %v", name, got, out, err)
			}
		}
	}
}

// A comment that was not created is created by a second try, and there is no third.
func TestSecondTry(t *testing.T) {
	t.Parallel()
	for fails, want := range map[int]string{1: "github-actions: 10.1 fail x", 2: ""} {
		var failed atomic.Int32
		server := pull(t, nil, func(o *githubtest.Options) {
			o.Fault = func(_ int, r *http.Request) http.HandlerFunc {
				if r.URL.Path == "/graphql" || int(failed.Add(1)) > fails {
					return nil
				}
				return githubtest.Says(502, "")
			}
		})
		client, waits := commenting(t, server, nil)
		_, err := client.Sync(t.Context(), wants(mark(10, 1, newCommit, "fail"), "x"))
		if got := thread(server); got != want || (err == nil) != (want != "") || len(waits.waits) != 1 {
			t.Errorf("%d: got %s, %v, %v", fails, got, err, waits.waits)
		}
	}
}

// A deletion that fails is no error: the comment is written.
func TestLeft(t *testing.T) {
	t.Parallel()
	old := by(bot, "Bot", mark(1, 1, oldCommit, "fail"), "x")
	for name, fault := range map[string]struct {
		answer  http.HandlerFunc
		deleted int
	}{"403": {githubtest.Refuses(403, "no"), 0}, "404": {githubtest.Refuses(404, "Not Found"), 2}} {
		server := pull(t, []githubtest.Comment{old, old, old}, func(o *githubtest.Options) {
			o.Fault = func(_ int, r *http.Request) http.HandlerFunc {
				if r.Method == http.MethodDelete {
					return fault.answer
				}
				return nil
			}
		})
		client, _ := commenting(t, server, nil)
		out, err := client.Sync(t.Context(), wants(mark(10, 1, newCommit, "fail"), "y"))
		if err != nil || out.Action != comment.Edit || out.Deleted != fault.deleted || out.Left != 2-fault.deleted || (out.Why != nil) != (out.Left > 0) {
			t.Errorf("%s: got %+v, %v", name, out, err)
		}
	}
}

// What the budget does not hold is not waited for: neither a limit nor the second between two writes.
func TestSyncBudget(t *testing.T) {
	t.Parallel()
	old := by(bot, "Bot", mark(1, 1, oldCommit, "fail"), "x")
	server := pull(t, []githubtest.Comment{old, old, old, old}, nil)
	client, waits := commenting(t, server, func(o *github.Options) { o.Budget = 2 * time.Second })
	out, err := client.Sync(t.Context(), wants(mark(10, 1, newCommit, "fail"), "y"))
	var limit *wire.LimitError
	if err != nil || out.Deleted != 2 || out.Left != 1 || !errors.As(out.Why, &limit) || client.Waited() != 2*time.Second || len(waits.waits) != 2 {
		t.Errorf("got %+v, %v, waited %s", out, err, client.Waited())
	}
}

// A comment that somebody deletes between the list and the edit is written anew, if there is something to say.
func TestDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	for _, create := range []bool{true, false} {
		server := pull(t, []githubtest.Comment{by(bot, "Bot", mark(1, 1, oldCommit, "fail"), "x")}, func(o *githubtest.Options) {
			o.Fault = func(_ int, r *http.Request) http.HandlerFunc {
				if r.Method == http.MethodPatch {
					return githubtest.Refuses(404, "Not Found")
				}
				return nil
			}
		})
		client, _ := commenting(t, server, nil)
		write := wants(mark(10, 1, newCommit, "fail"), "y")
		write.Create = create
		out, err := client.Sync(t.Context(), write)
		action, after := comment.Create, "github-actions: 1.1 fail x | github-actions: 10.1 fail y" // the fake has it still
		if !create {
			action, after = comment.Nothing, "github-actions: 1.1 fail x"
		}
		if got := thread(server); err != nil || out.Action != action || got != after {
			t.Errorf("create %v: got %s, %+v, %v", create, got, out, err)
		}
	}
}
