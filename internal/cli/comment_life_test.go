package cli_test

import (
	"fmt"
	"maps"
	"net/http"
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
		{"what does not shape the verdict", map[string]string{"format": "json=out.json", "comment": "always", "comment-recreate": "when-worse", "repository": "acme/shop"}, nil, 1},
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
			w.payload = strings.ReplaceAll(w.payload, shopHead, shopMerge)
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
				t.Errorf("%s: %d writes, want %d, %q\n%s", c.name, got, c.want, w.comments(), w.asked())
			}
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

// What passes with a warning is commented where a run or the policy asks for it: a lapse in its grace period, one that a waiver covers,
// and one that is near.
func TestCommentOnWarning(t *testing.T) {
	t.Parallel()
	const waiver = "apiVersion: vendorgate/v1\nkind: Waiver\nid: WVR-1\nvendor: larkspur-mail\nrepos: [acme/shop]\nrules: [VG-APR-002]\nreason: The renewal waits for a signature\n" +
		"requested_by: s.marchetti\napproved_by: [{user: a.ferreira, role: security-architect}]\napproved_on: 2026-11-20\nexpires: 2026-12-15\n"
	expires := func(day string) string { return strings.ReplaceAll(goodRecord, "2027-08-31", day) }
	for name, c := range map[string]struct {
		record, waiver string
		want           string // of a comment; empty for none
	}{
		"nothing":    {goodRecord, "", ""},
		"graced":     {expires("2026-11-20"), "", "expired on 2026-11-20"},
		"waived":     {expires("2026-09-20"), waiver, "- **Waived** by `WVR-1` through 2026-12-15"},
		"warned":     {expires("2026-12-01"), "", "2026-12-01"},
		"deprecated": {strings.ReplaceAll(goodRecord, "status: approved", "status: deprecated"), "", "deprecated"},
	} {
		for _, run := range []string{"", "on-failure", "on-warning", "always", "never"} {
			for _, asks := range []string{"", "on-warning", "always"} {
				w := newWorld()
				w.head["vendors.yaml"], w.inputs["comment"] = goodManifest, run
				w.registry["vendors/larkspur-mail.yaml"] = c.record
				w.registry["policy.yaml"] += "params: {grace: P14D}\n"
				if c.waiver != "" {
					w.registry["waivers/WVR-1.yaml"] = c.waiver
				}
				if asks != "" {
					w.registry["policy.yaml"] += "comment: " + asks + "\n"
				}
				w.start(t)
				if code := w.run(t); code != 0 {
					t.Fatalf("%s: exit code %d\n%s", name, code, w.output)
				}
				always, warning := run == "always" || asks == "always", run == "on-warning" || asks == "on-warning"
				want := run != "never" && (always || warning && c.want != "")
				got := w.comments()
				if (len(got) == 1) != want {
					t.Errorf("%s, run %q, policy %q: %d comments\n%s", name, run, asks, len(got), w.output)
				}
				if want && c.want != "" && (!strings.Contains(got[0], "### ⚠️ API vendors: 1 finding, none blocking") || !strings.Contains(got[0], c.want)) {
					t.Errorf("%s, run %q, policy %q: got\n%s", name, run, asks, got[0])
				}
				if want && c.want == "" && !strings.Contains(got[0], "### ✅ API vendors: 1 declared vendor, no blocking findings") {
					t.Errorf("%s, run %q, policy %q: got\n%s", name, run, asks, got[0])
				}
			}
		}
	}
}

// A warning that is settled is resolved; one that becomes a failure can be said anew.
func TestCommentAfterWarning(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.head["vendors.yaml"], w.inputs["comment"], w.inputs["comment-recreate"] = goodManifest, "on-warning", "when-worse"
	w.registry["vendors/larkspur-mail.yaml"] = strings.ReplaceAll(goodRecord, "2027-08-31", "2026-12-01")
	w.start(t)
	w.run(t)
	first := w.Comments("acme", "shop", 5)
	w.vars["GITHUB_RUN_ID"] = "78"
	w.registry["vendors/larkspur-mail.yaml"] = goodRecord
	w.run(t)
	if got := w.Comments("acme", "shop", 5); len(got) != 1 || got[0].ID != first[0].ID || !strings.Contains(got[0].Body, "### ✅ API vendors: resolved at") {
		t.Errorf("settled: %+v\n%s", got, w.output)
	}
	w.vars["GITHUB_RUN_ID"] = "79"
	w.registry["vendors/larkspur-mail.yaml"] = strings.ReplaceAll(goodRecord, "2027-08-31", "2026-12-01")
	w.run(t)
	second := w.Comments("acme", "shop", 5)
	if len(second) != 1 || second[0].ID == first[0].ID || !strings.Contains(second[0].Body, "### ⚠️") {
		t.Errorf("warned anew: %+v\n%s", second, w.output)
	}
	w.vars["GITHUB_RUN_ID"] = "80"
	w.head["vendors.yaml"] = goodManifest + newVendor
	w.run(t)
	if got := w.Comments("acme", "shop", 5); len(got) != 1 || got[0].ID == second[0].ID || !strings.Contains(got[0].Body, "### ❌") {
		t.Errorf("worse: %+v\n%s", got, w.output)
	}
	w.vars["GITHUB_RUN_ID"], w.inputs["comment"] = "81", "on-failure" // the warning is no longer asked for
	w.head["vendors.yaml"] = goodManifest
	w.run(t)
	if got := w.comments(); len(got) != 1 || !strings.Contains(got[0], "resolved at `c000000`\n\nNothing that this comment reported blocks the merge any more.") || !strings.Contains(got[0], "1 finding that does not block the merge") {
		t.Errorf("on failure only: %q", got)
	}
}

// A workflow_run of a pull request from a fork comments on it, or says why not. Its verdict never depends on that.
func TestCommentAfterFork(t *testing.T) {
	t.Parallel()
	is := func(change func(*githubtest.Head)) func(*githubtest.Repo) {
		return func(r *githubtest.Repo) {
			head := r.Heads[5]
			change(&head)
			r.Heads[5] = head
		}
	}
	const notice = "::notice title=vendorgate::the comment was not written: "
	for name, c := range map[string]struct {
		shop    func(*githubtest.Repo)
		payload [2]string
		token   githubtest.Access
		want    string // the notice; empty for a comment
	}{
		"open":              {nil, [2]string{}, githubtest.Bot(), ""},
		"into another base": {is(func(h *githubtest.Head) { h.Base = "release/1" }), [2]string{}, githubtest.Bot(), ""},
		"closed":            {func(r *githubtest.Repo) { r.Heads = nil }, [2]string{}, githubtest.Bot(), "no open pull request has the commit c000000 as its head. The verdict is not affected"},
		"moved on":          {is(func(h *githubtest.Head) { h.Commit = shopMerge }), [2]string{}, githubtest.Bot(), "the head of pull request 5 is another commit by now"},
		"two":               {func(r *githubtest.Repo) { r.Heads[6] = r.Heads[5] }, [2]string{}, githubtest.Bot(), "2 open pull requests have the commit c000000 as their head"},
		"another fork":      {is(func(h *githubtest.Head) { h.Repo = "eve/shop" }), [2]string{}, githubtest.Bot(), "no open pull request has the commit c000000"},
		"the fork is gone":  {nil, [2]string{`"head_repository":{"full_name":"mallory/shop"}`, `"head_repository":null`}, githubtest.Bot(), "GitHub does not say which pull request the run is about, nor which branch"},
		"no permission":     {nil, [2]string{}, githubtest.Access{Login: "github-actions[bot]", Type: "Bot", Contents: githubtest.Read}, `"pull-requests: write"`},
		"read-only":         {nil, [2]string{}, githubtest.Access{Login: "github-actions[bot]", Type: "Bot", Contents: githubtest.Read, PullRequests: githubtest.Read}, `"pull-requests: write"`},
	} {
		for _, manifest := range []string{goodManifest + newVendor, goodManifest} {
			w := newWorld().about("workflow_run of a fork")
			w.payload = strings.ReplaceAll(w.payload, c.payload[0], c.payload[1])
			w.head["vendors.yaml"] = manifest
			usual := w.shop
			w.shop = func(r *githubtest.Repo) {
				if usual != nil {
					usual(r)
				}
				if c.shop != nil {
					c.shop(r)
				}
				r.Branches["release/1"] = shopBase
			}
			w.options.Tokens = map[string]githubtest.Access{canary: c.token}
			w.start(t)
			w.workspace = mapFS(w.base)
			fails := manifest != goodManifest
			if code := w.run(t); (code == 1) != fails || code > 1 {
				t.Errorf("%s: exit code %d\n%s", name, code, w.output)
			}
			if got := len(w.comments()) == 1; got != (fails && c.want == "") {
				t.Errorf("%s: commented: %v\n%s", name, got, w.output)
			}
			if said := strings.Contains(w.output, notice); fails && said != (c.want != "") || said && !strings.Contains(w.output, c.want) {
				t.Errorf("%s, fails %v: want %q in\n%s", name, fails, c.want, w.output)
			}
		}
	}
	w := newWorld().about("workflow_run of a fork").start(t)
	w.workspace, w.inputs["comment"] = mapFS(w.base), "never"
	w.payload = strings.ReplaceAll(w.payload, `"head_branch":"x"`, `"head_branch":"y"`)
	if code := w.run(t); code != 1 || strings.Contains(w.output, notice) {
		t.Errorf("never: exit code %d\n%s", code, w.output)
	}
	push := newWorld().about("workflow_run of a push").start(t)
	push.workspace = mapFS(push.base)
	if code := push.run(t); code != 1 || strings.Contains(push.output, notice) || len(push.comments()) > 0 {
		t.Errorf("push: exit code %d\n%s", code, push.output)
	}
}
