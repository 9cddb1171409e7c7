package cli_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

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
		"waived":     {expires("2026-09-20"), waiver, "· waived by `WVR-1` through 2026-12-15"},
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
				title := "### ⚠️ API vendors: 1 finding does not block\n"
				if name == "waived" {
					title = "### ⚠️ API vendors: no findings, 1 waived\n"
				}
				if want && c.want != "" && (!strings.Contains(got[0], title) || !strings.Contains(got[0], c.want)) {
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
			if said := strings.Contains(w.output, notice); said != (fails && c.want != "") || said && !strings.Contains(w.output, c.want) {
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
