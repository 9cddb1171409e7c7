package gitlab_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/comment"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/gitlab"
	"github.com/vendorgate/vendorgate/internal/gitlab/gitlabtest"
)

func note(run int64, text string) gitlab.Note {
	return gitlab.Note{Project: 8, IID: 1, Wanted: comment.Wanted{
		Mark:   comment.Mark{Key: "0123456789abcdef", Place: "00000000000000aa", Run: run, Attempt: 1, Head: headOfOne},
		Create: true, Tip: headOfOne, Write: func(string) (string, string) { return "fail", text },
	}}
}

// One note, whatever happens: it is written once, edited when it says something else, and left when it does not.
func TestNoteLife(t *testing.T) {
	t.Parallel()
	server := serve(t, func(o *gitlabtest.Options) { o.PageSize = 2 })
	mark := note(1, "").Mark
	mark.State = "fail"
	server.Add(8, 1, gitlabtest.Note{Author: 5, Body: mark.String() + "\nwritten by another account"})
	server.Add(8, 1, gitlabtest.Note{Author: botUser, Body: "no mark"})
	server.Add(8, 1, gitlabtest.Note{Author: botUser, System: true, Body: mark.String() + "\nwritten by GitLab"})
	for _, step := range []struct {
		run    int64
		text   string
		change func(n *gitlab.Note)
		want   comment.Action
	}{
		{1, "ok", func(n *gitlab.Note) { n.Create = false }, comment.Nothing},
		{1, "one", nil, comment.Create},
		{2, "one", nil, comment.Keep},
		{3, "two", nil, comment.Edit},
		{2, "late", nil, comment.Outdated},
		{4, "worse", func(n *gitlab.Note) { n.RecreateIf = func(string) bool { return true } }, comment.Recreate},
	} {
		client, _ := connect(t, server, canary)
		wanted := note(step.run, step.text)
		if step.change != nil {
			step.change(&wanted)
		}
		if got, err := client.Sync(t.Context(), wanted); err != nil || got.Action != step.want {
			t.Errorf("%s in run %d: got %+v, error %v, want %s", step.text, step.run, got, err, step.want)
		}
	}
	notes := server.Notes(8, 1)
	if len(notes) != 4 || !strings.HasSuffix(notes[3].Body, "\nworse") || !strings.HasSuffix(notes[0].Body, "another account") {
		t.Errorf("got %+v", notes)
	}
}

// No text of a report can make GitLab do something with our token.
func TestNoteHasNoQuickActions(t *testing.T) {
	t.Parallel()
	server := serve(t, nil)
	client, _ := connect(t, server, canary)
	if _, err := client.Sync(t.Context(), note(1, "text\n/merge\n  /approve\r/close\n\t/assign @jo\na /label\n")); err != nil {
		t.Fatal(err)
	}
	body := server.Notes(8, 1)[0].Body
	for line := range strings.Lines(body) {
		if strings.HasPrefix(strings.TrimSpace(line), "/") {
			t.Errorf("%q is a quick action", line)
		}
	}
	if !strings.Contains(body, "&#47;merge") || !strings.Contains(body, "a /label") {
		t.Errorf("got %q", body)
	}
}

func TestNoteRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, token, want string
		change            func(o *gitlabtest.Options)
	}{
		{"read only", reader, "lacks the permission of the scope read_api, or api", nil},
		{"no token", "", "requires a token", nil},
		{"a page that does not come", canary, "which page is the next", func(o *gitlabtest.Options) {
			o.Fault = func(_ int, r *http.Request) http.HandlerFunc {
				if !strings.HasSuffix(r.URL.Path, "/notes") {
					return nil
				}
				return githubtest.Says(http.StatusOK, "[]", "X-Next-Page", "7")
			}
		}},
		{"a note without an author", canary, "no author", func(o *gitlabtest.Options) {
			o.Fault = func(_ int, r *http.Request) http.HandlerFunc {
				if !strings.HasSuffix(r.URL.Path, "/notes") {
					return nil
				}
				return githubtest.Says(http.StatusOK, `[{"id": 3, "body": "x"}]`)
			}
		}},
	} {
		server := serve(t, c.change)
		client, _ := connect(t, server, c.token)
		if got, err := client.Sync(t.Context(), note(1, "x")); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %+v, error %v, want %q", c.name, got, err, c.want)
		}
		if notes := server.Notes(8, 1); len(notes) > 0 {
			t.Errorf("%s: it wrote %+v", c.name, notes)
		}
	}
}

// A note whose response is lost is not written twice.
func TestNoteLostResponse(t *testing.T) {
	t.Parallel()
	var server *gitlabtest.Server
	lost := false
	server = serve(t, func(o *gitlabtest.Options) {
		o.Fault = func(_ int, r *http.Request) http.HandlerFunc {
			if r.Method != http.MethodPost || lost {
				return nil
			}
			lost = true
			mark := note(1, "").Mark
			mark.State = "fail"
			server.Add(8, 1, gitlabtest.Note{Author: botUser, Body: mark.String() + "\nx"})
			return githubtest.Says(http.StatusBadGateway, "")
		}
	})
	client, _ := connect(t, server, canary)
	if got, err := client.Sync(t.Context(), note(1, "x")); err != nil || got.Action != comment.Create || len(server.Notes(8, 1)) != 1 {
		t.Errorf("got %+v, error %v, notes %+v", got, err, server.Notes(8, 1))
	}
}
