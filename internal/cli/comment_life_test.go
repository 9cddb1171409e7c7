package cli_test

import (
	"fmt"
	"maps"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// writes counts the requests since a number of them that changed something.
func (w *world) writes(since int) int {
	n := 0
	for _, r := range w.Requests()[since:] {
		if r.Method != http.MethodGet && !strings.HasSuffix(r.URL, "/graphql") {
			n++
		}
	}
	return n
}

// Runs whose settings differ have a comment each, and runs of the same settings share one, wherever they are.
func TestCommentIdentity(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		inputs, vars map[string]string
		want         int
	}{
		{"the same", nil, nil, 1},
		{"two registries", map[string]string{"registry": "acme/other-registry@main"}, nil, 2},
		{"two refs of one", map[string]string{"registry": "acme/vendor-registry"}, nil, 2},
		{"policy", map[string]string{"policy": "vendorgate/strict@1"}, nil, 2},
		{"manifest", map[string]string{"manifest": "vendors.yaml"}, nil, 2},
		{"missing-manifest", map[string]string{"missing-manifest": "pass"}, nil, 2},
		{"fail-scope", map[string]string{"fail-scope": "changed"}, nil, 2},
		{"scan", map[string]string{"scan": "off"}, nil, 2},
		{"fail-on", map[string]string{"fail-on": "note"}, nil, 2},
		{"as-of", map[string]string{"as-of": "2026-11-24"}, nil, 2},
		{"the defaults in full", map[string]string{"missing-manifest": "fail", "fail-scope": "all", "scan": "auto", "fail-on": "error"}, nil, 1},
		{"what does not shape the verdict", map[string]string{"format": "json=" + filepath.Join(t.TempDir(), "out.json"), "comment": "always", "comment-recreate": "when-worse", "repository": "acme/shop"}, nil, 1},
		{"a renamed workflow", nil, map[string]string{"GITHUB_WORKFLOW_REF": "acme/shop/.github/workflows/w.yml@x"}, 1},
		{"a workflow at another ref", nil, map[string]string{"GITHUB_WORKFLOW_REF": "acme/shop/.github/workflows/v.yml@y"}, 1},
		{"a renamed job", nil, map[string]string{"GITHUB_JOB": "gate"}, 1},
		{"a renamed step", nil, map[string]string{"GITHUB_ACTION": "gate"}, 1},
		{"all renamed, and another registry", map[string]string{"registry": "acme/other-registry@main"}, map[string]string{"GITHUB_WORKFLOW_REF": "acme/shop/.github/workflows/w.yml@x", "GITHUB_JOB": "gate"}, 2},
	} {
		w := newWorld()
		w.options.Repos = []githubtest.Repo{{
			Owner: "acme", Name: "other-registry", Default: "main", Branches: map[string]string{"main": mainCommit},
			Commits: map[string]githubtest.Commit{mainCommit: {Date: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Files: w.registry}},
		}}
		if c.inputs["policy"] != "" {
			delete(w.registry, "policy.yaml")
			w.inputs["policy"] = "vendorgate/essentials@1"
		}
		w.start(t)
		w.run(t)
		before := w.Comments("acme", "shop", 5)
		usual := maps.Clone(w.inputs)
		maps.Copy(w.inputs, c.inputs)
		maps.Copy(w.vars, c.vars)
		w.vars["GITHUB_RUN_ID"] = "78"
		if code := w.run(t); code == 0 || code == 2 {
			t.Errorf("%s: exit code %d\n%s", c.name, code, w.output)
		}
		after := w.Comments("acme", "shop", 5)
		if len(before) != 1 || len(after) != c.want || after[0].ID != before[0].ID {
			t.Errorf("%s: %d comments, want %d: %+v", c.name, len(after), c.want, after)
		}
		// What one of them fixes says nothing about the other.
		w.inputs = usual
		w.head["vendors.yaml"] = goodManifest
		w.vars["GITHUB_RUN_ID"], w.vars["GITHUB_WORKFLOW_REF"], w.vars["GITHUB_JOB"] = "79", "acme/shop/.github/workflows/v.yml@x", "vendorgate"
		w.run(t)
		all := strings.Join(w.comments(), "\n")
		if strings.Count(all, "resolved at") != 1 || strings.Count(all, "### ❌") != c.want-1 {
			t.Errorf("%s: after the fix: %s", c.name, all)
		}
	}
}

// Two jobs of one run with the same settings can have different checkouts. Neither takes the other's comment.
func TestCommentOfJobs(t *testing.T) {
	t.Parallel()
	w := newWorld().start(t)
	bad, good := mapFS(w.head), mapFS(map[string]string{"vendors.yaml": goodManifest})
	run := func(id, job string, fails bool) {
		t.Helper()
		w.vars["GITHUB_RUN_ID"], w.vars["GITHUB_JOB"] = id, job
		if w.workspace = good; fails {
			w.workspace = bad
		}
		w.run(t)
	}
	run("77", "a", true)
	run("77", "b", true)
	if got := w.comments(); len(got) != 2 {
		t.Fatalf("%d comments, want 2", len(got))
	}
	run("78", "a", false)
	run("78", "b", true)
	if got := w.comments(); len(got) != 2 || !strings.Contains(got[0], "resolved at") || !strings.Contains(got[1], "### ❌") {
		t.Errorf("got %q", got)
	}
}

// Where the runner keeps its files, and what mktemp makes of a name, is no setting.
func TestCommentOnAnotherRunner(t *testing.T) {
	t.Parallel()
	w := newWorld().start(t)
	for i, paths := range [][3]string{{"/a/_temp", "/a/work", "/a/_temp/vendor-registry.x8Kq2Z"}, {"/b/_temp", "/b/work", "/b/_temp/vendor-registry.Q71abc"}, {"/b/_temp", "/b/work", "/b/_temp/other-registry.Q71abc"}} {
		w.vars["RUNNER_TEMP"], w.vars["GITHUB_WORKSPACE"], w.inputs["registry"] = paths[0], paths[1], paths[2]
		w.run(t)
		if want := []int{1, 1, 2}[i]; len(w.comments()) != want {
			t.Errorf("%v: %d comments, want %d\n%s", paths, len(w.comments()), want, w.output)
		}
	}
}

// A run that says the same about the same commit writes nothing, whatever the time. Everything else is written.
func TestCommentUnchanged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*world)
		want   int // writes
	}{
		{"an attempt", func(w *world) { w.vars["GITHUB_RUN_ATTEMPT"] = "2" }, 0},
		{"a run, a second later", func(w *world) { w.vars["GITHUB_RUN_ID"], w.later = "78", time.Second }, 0},
		{"a run, three days later", func(w *world) { w.vars["GITHUB_RUN_ID"], w.later = "78", 72*time.Hour }, 0},
		{"a renamed workflow", func(w *world) {
			w.vars["GITHUB_RUN_ID"], w.vars["GITHUB_WORKFLOW_REF"] = "78", "acme/shop/.github/workflows/w.yml@x"
		}, 0},
		{"with another mode", func(w *world) { w.vars["GITHUB_RUN_ID"], w.inputs["comment"] = "78", "always" }, 0},
		{"recreated when worse", func(w *world) { w.vars["GITHUB_RUN_ID"], w.inputs["comment-recreate"] = "78", "when-worse" }, 0},
		{"one finding more", func(w *world) { w.head["vendors.yaml"] += strings.ReplaceAll(newVendor, "halloway", "other") }, 1},
		{"another commit", func(w *world) {
			w.push(shopMerge)
			w.vars["GITHUB_RUN_ID"] = "78"
		}, 0},
		{"a run about a commit that is no longer the newest", func(w *world) {
			w.push(shopMerge)
			w.payload = strings.ReplaceAll(w.payload, shopMerge, strings.Repeat("1", 40))
			w.head["vendors.yaml"] = goodManifest
			w.vars["GITHUB_RUN_ID"] = "78"
		}, 0},
		{"another commit that moves the line", func(w *world) {
			w.push(shopMerge)
			w.head["vendors.yaml"] = "# moved\n" + w.head["vendors.yaml"]
			w.vars["GITHUB_RUN_ID"] = "78"
		}, 1},
	} {
		for _, manifest := range []string{goodManifest + newVendor, strings.ReplaceAll(goodManifest, "prod]", "prod, dev]")} {
			w := newWorld()
			w.registry["vendors/larkspur-mail.yaml"] = strings.ReplaceAll(goodRecord, "2027-08-31", "2026-11-01") // 22 days ago
			w.head["vendors.yaml"] = manifest
			w.start(t)
			if w.run(t); len(w.comments()) != 1 {
				t.Fatalf("%d comments\n%s", len(w.comments()), w.output)
			}
			since := len(w.Requests())
			c.change(w)
			w.run(t)
			if got := w.writes(since); got != c.want || len(w.comments()) != 1 {
				t.Errorf("%s: %d writes, want %d, %q\n%s\n%s", c.name, got, c.want, w.comments(), w.asked(), w.output)
			}
		}
	}
}

// If the settings change, the comment of the old ones is replaced one run later, when it is certain that they are no longer in use. The
// comments of two legs of a matrix stay.
func TestCommentOfOldSettings(t *testing.T) {
	t.Parallel()
	commits := []string{shopHead, strings.Repeat("1", 40), strings.Repeat("2", 40), strings.Repeat("3", 40)}
	w := newWorld().start(t)
	run := func(n int, failOn ...string) {
		t.Helper()
		w.push(commits[n])
		w.vars["GITHUB_RUN_ID"] = fmt.Sprint(77 + n)
		for _, level := range failOn {
			w.inputs["fail-on"] = level
			w.run(t)
		}
	}
	count := func(n, outdated int) {
		t.Helper()
		all := strings.Join(w.comments(), "\n")
		if got := strings.Count(all, "### API vendors: outdated"); len(w.comments()) != 2 || got != outdated || strings.Count(all, "### ❌") != 2-outdated {
			t.Errorf("run %d: got %d outdated, want %d: %s\n%s", n, got, outdated, all, w.output)
		}
	}
	run(0, "error", "note")
	count(0, 0)
	run(1, "error", "note")
	count(1, 0)
	run(2, "note")
	count(2, 0)
	run(3, "note")
	count(3, 1)
	since := len(w.Requests())
	run(3, "note")
	if n := w.writes(since); n > 0 {
		t.Errorf("%d writes", n)
	}
	run(3, "error")
	count(3, 0)
}

// If the settings of a job without a matrix change, the comment of the old ones is replaced in the same run, also if that has nothing to say.
func TestCommentOfOldSettingsAtOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, jobs, manifest string
		comments, outdated   int
	}{
		{"fails", "1", goodManifest + newVendor, 2, 1},
		{"passes", "1", goodManifest, 1, 1},
		{"fails, in a matrix", "2", goodManifest + newVendor, 2, 0},
		{"passes, in a matrix", "2", goodManifest, 1, 0},
		{"passes, and nobody knows", "", goodManifest, 1, 0},
	} {
		w := newWorld().start(t)
		w.inputs["matrix-jobs"] = c.jobs
		w.run(t)
		w.push(strings.Repeat("1", 40))
		w.vars["GITHUB_RUN_ID"], w.inputs["fail-on"], w.head["vendors.yaml"] = "78", "note", c.manifest
		w.run(t)
		all := strings.Join(w.comments(), "\n")
		if len(w.comments()) != c.comments || strings.Count(all, "### API vendors: outdated") != c.outdated {
			t.Errorf("%s: got %q\n%s", c.name, w.comments(), w.output)
		}
		since := len(w.Requests())
		w.run(t)
		if n := w.writes(since); n > 0 {
			t.Errorf("%s, again: %d writes", c.name, n)
		}
	}
}

// What was resolved stays so, whatever the mode, without another write.
func TestCommentStaysResolved(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"on-failure", "on-warning", "always"} {
		w := newWorld().start(t)
		w.inputs["comment"] = mode
		w.run(t)
		w.head["vendors.yaml"] = goodManifest
		for i, id := range []string{"78", "79", "80"} {
			since := len(w.Requests())
			w.vars["GITHUB_RUN_ID"] = id
			w.run(t)
			if got := w.writes(since); got != map[bool]int{true: 1}[i == 0] || !strings.Contains(w.comments()[0], "### ✅ API vendors: resolved at `c000000`\n\nEverything that this comment reported is fixed. There is nothing left to do.") {
				t.Errorf("%s: run %s: %d writes, %q", mode, id, got, w.comments())
			}
		}
	}
}

// Only a comment of the token's owner is ours, even if another one copies its mark to the letter.
func TestCommentOfOthers(t *testing.T) {
	t.Parallel()
	first := newWorld().start(t)
	first.run(t)
	copied := first.comments()[0]
	const forged = "### ✅ API vendors: resolved"
	mark, _, _ := strings.Cut(copied, "\n")
	for name, c := range map[string]struct {
		by   githubtest.Comment
		ours bool
	}{
		"a user":                        {githubtest.Comment{Login: "mallory", Type: "User", Body: mark + "\n" + forged}, false},
		"a user, letter by letter":      {githubtest.Comment{Login: "mallory", Type: "User", Body: copied}, false},
		"a user of the app's name":      {githubtest.Comment{Login: "github-actions", Type: "User", Body: mark + "\n" + forged}, false},
		"a user with the app's brand":   {githubtest.Comment{Login: "github-actions[bot]", Type: "User", Body: mark + "\n" + forged}, false},
		"another app":                   {githubtest.Comment{Login: "evil[bot]", Type: "Bot", Body: mark + "\n" + forged}, false},
		"an account that is gone":       {githubtest.Comment{Body: mark + "\n" + forged}, false},
		"the app, about something else": {githubtest.Comment{Login: "github-actions[bot]", Type: "Bot", Body: "Coverage: 80 %\n" + mark}, false},
		"the app, quoting it":           {githubtest.Comment{Login: "github-actions[bot]", Type: "Bot", Body: "> " + copied}, false},
		"the app, hidden":               {githubtest.Comment{Login: "github-actions[bot]", Type: "Bot", Body: copied, Minimized: true}, false},
		"the app":                       {githubtest.Comment{Login: "github-actions[bot]", Type: "Bot", Body: copied}, true},
		"the app, edited by somebody":   {githubtest.Comment{Login: "github-actions[bot]", Type: "Bot", Body: mark + "\n" + forged}, true},
	} {
		w := newWorld()
		w.shop = func(r *githubtest.Repo) {
			talk := make([]githubtest.Comment, 250) // it is on page 3
			for i := range talk {
				talk[i] = githubtest.Comment{Login: "ada", Type: "User", Body: "talk"}
			}
			r.Pulls = map[int][]githubtest.Comment{5: append(talk, c.by)}
		}
		w.start(t)
		w.vars["GITHUB_RUN_ID"] = "78"
		w.run(t)
		all := w.Comments("acme", "shop", 5)
		if want := map[bool]int{true: 251, false: 252}[c.ours]; len(all) != want {
			t.Errorf("%s: %d comments, want %d", name, len(all), want)
		}
		if !c.ours && all[250].Body != c.by.Body {
			t.Errorf("%s: the comment of somebody else was changed", name)
		}
		if last := all[len(all)-1]; last.Login != "github-actions[bot]" || !strings.Contains(last.Body, "### ❌ API vendors: 1 finding to fix") || last.Minimized {
			t.Errorf("%s: the last comment is %+v", name, last)
		}
	}
}

// A comment that somebody deleted comes back with the next failure, and not with a pass.
func TestCommentDeleted(t *testing.T) {
	t.Parallel()
	for manifest, want := range map[string]int{goodManifest: 0, goodManifest + newVendor: 1} {
		w := newWorld().start(t)
		w.run(t)
		request, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, w.API+"/repos/acme/shop/issues/comments/"+fmt.Sprint(w.Comments("acme", "shop", 5)[0].ID), nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+canary)
		answer, err := http.DefaultClient.Do(request)
		if err != nil || answer.Body.Close() != nil || len(w.comments()) != 0 {
			t.Fatalf("%v; %d comments", err, len(w.comments()))
		}
		w.head["vendors.yaml"], w.vars["GITHUB_RUN_ID"] = manifest, "78"
		if w.run(t); len(w.comments()) != want {
			t.Errorf("%d comments, want %d\n%s", len(w.comments()), want, w.output)
		}
	}
}
