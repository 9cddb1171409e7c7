package cli_test

import (
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// The commits of a history in which main and another branch moved on: main from shopBase to shopMain, and the branch from shopBase by
// shopEarlier to shopHead. shopMerge merges shopHead into the branch that the pull request goes into.
const (
	shopMain    = "e000000000000000000000000000000000000004"
	shopEarlier = "f000000000000000000000000000000000000005"
)

// history is what vendors.yaml said at each commit.
type history struct {
	base, main, earlier, head string
	merge                     string // empty where the server has no merge of the head
	target                    string // branch that shopEarlier is the tip of, and the pull request goes into; empty for main
}

// of gives a world a history. The payload of a pull request has the tip of its target branch as the base commit.
func (h history) of(w *world) *world {
	files := func(text string) map[string]string { return map[string]string{"vendors.yaml": text} }
	w.base, w.head = files(h.base), files(h.head)
	w.payload = strings.ReplaceAll(w.payload, shopBase, shopEarlier)
	if h.target != "" {
		w.payload = strings.ReplaceAll(w.payload, `"ref":"main"`, `"ref":"`+h.target+`"`)
	} else if strings.HasPrefix(w.event, "pull_request") {
		w.payload = strings.ReplaceAll(w.payload, shopEarlier, shopMain)
	}
	w.shop = func(r *githubtest.Repo) {
		date := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
		r.Branches["main"] = shopMain
		r.Commits[shopMain] = githubtest.Commit{Parent: shopBase, Date: date, Files: files(h.main)}
		r.Commits[shopEarlier] = githubtest.Commit{Parent: shopBase, Date: date, Files: files(h.earlier)}
		r.Commits[shopHead] = githubtest.Commit{Parent: shopEarlier, Date: date, Files: files(h.head)}
		into := shopMain
		if h.target != "" {
			into, r.Branches[h.target] = shopEarlier, shopEarlier
		}
		r.Commits[shopMerge] = githubtest.Commit{Parent: into, Merged: shopHead, Date: date, Files: files(h.merge)}
		if h.merge == "" {
			r.Merges = nil
		}
	}
	return w
}

// What is new is measured from what is agreed on: a change is not blamed for what main changed since, and cannot agree with itself
// in an earlier push, an earlier pull request or a branch of its own.
func TestComparedWithWhatIsAgreed(t *testing.T) {
	t.Parallel()
	const good, bad = goodManifest, goodManifest + newVendor
	for _, c := range []struct {
		name, event, policy string
		history
		code int
	}{
		{"main gave up the vendor since", "pull_request", "", history{base: bad, main: good, earlier: bad, head: bad, merge: good}, 0},
		{"main gave up the vendor since, by API", "pull_request_target", "", history{base: bad, main: good, earlier: bad, head: bad, merge: good}, 0},
		{"main gave up the vendor since, and there is a conflict", "pull_request_target", "", history{base: bad, main: good, earlier: bad, head: bad}, 0},
		{"main gave up the vendor since, after a run", "workflow_run", "", history{base: bad, main: good, earlier: bad, head: bad, merge: good}, 0},
		{"main gave up the vendor since, after a run of a fork", "workflow_run of a fork", "", history{base: bad, main: good, earlier: bad, head: bad}, 0},
		{"main brought the vendor in since", "pull_request", "", history{base: good, main: bad, earlier: good, head: good, merge: bad}, 0},
		{"main brought the vendor in since, by API", "pull_request_target", "", history{base: good, main: bad, earlier: good, head: good, merge: bad}, 0},
		{"the pull request brings the vendor in", "pull_request", "", history{base: good, main: good, earlier: good, head: bad, merge: bad}, 1},
		{"the pull request brings the vendor in, by API", "pull_request_target", "", history{base: good, main: good, earlier: good, head: bad, merge: bad}, 1},
		{"the pull request brings the vendor in, with a conflict", "pull_request_target", "", history{base: good, main: good, earlier: good, head: bad}, 1},
		{"into a branch that has the vendor", "pull_request", "", history{base: good, main: good, earlier: bad, head: bad, merge: bad, target: "feature"}, 1},
		{"into a branch that has the vendor, by API", "pull_request_target", "", history{base: good, main: good, earlier: bad, head: bad, merge: bad, target: "feature"}, 1},
		{"into a branch that has the vendor, after a run", "workflow_run", "", history{base: good, main: good, earlier: bad, head: bad, merge: bad, target: "feature"}, 1},
		{"into a branch that the policy trusts", "pull_request", "trusted_branches: [release/*]\n", history{base: good, main: good, earlier: bad, head: bad, merge: bad, target: "release/1"}, 0},
		{"into a branch that the policy trusts, by API", "pull_request_target", "trusted_branches: [release/*]\n", history{base: good, main: good, earlier: bad, head: bad, merge: bad, target: "release/1"}, 0},
		{"a vendor that is new in a trusted branch", "pull_request", "trusted_branches: [release/*]\n", history{base: good, main: good, earlier: good, head: bad, merge: bad, target: "release/1"}, 1},
		{"into a branch that the policy does not trust", "pull_request", "trusted_branches: [release/*]\n", history{base: good, main: good, earlier: bad, head: bad, merge: bad, target: "release/1/fix"}, 1},
		{"a second push", "push", "", history{base: good, main: good, earlier: bad, head: bad}, 1},
		{"a push of what main has", "push", "", history{base: bad, main: bad, earlier: bad, head: bad}, 0},
		{"a push of a new branch that has what main has", "push of a new branch", "", history{base: bad, main: good, earlier: bad, head: bad}, 0},
		{"a push of a new branch", "push of a new branch", "", history{base: good, main: bad, earlier: good, head: bad}, 1},
		{"a push to a trusted branch", "push", "trusted_branches: [x]\n", history{base: good, main: good, earlier: bad, head: bad}, 0},
		{"a dispatch of a branch", "workflow_dispatch", "", history{base: good, main: good, earlier: bad, head: bad}, 1},
		{"a dispatch of a branch that has what main has", "workflow_dispatch", "", history{base: bad, main: good, earlier: bad, head: bad}, 0},
		{"a merge group", "merge_group", "", history{base: good, main: good, earlier: bad, head: bad}, 0},
		{"a schedule", "schedule", "", history{base: good, main: good, earlier: good, head: bad}, 0},
		{"a push to main", "push to main", "", history{base: good, main: good, earlier: good, head: bad}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := c.of(newWorld().about(c.event))
			w.inputs["fail-scope"] = "changed"
			w.registry["policy.yaml"] += c.policy
			w.start(t)
			switch {
			case strings.HasPrefix(c.event, "pull_request_target") || strings.HasPrefix(c.event, "workflow_run"):
				w.workspace = mapFS(map[string]string{"vendors.yaml": c.main})
			case c.event == "pull_request":
				w.workspace = mapFS(map[string]string{"vendors.yaml": c.merge})
			}
			code := w.run(t)
			declared := strings.Contains(w.output, "VG-REG-001")
			if code != c.code || code == 1 && !declared {
				t.Errorf("exit code %d, want %d\n%s\n%s", code, c.code, w.output, w.asked())
			}
		})
	}
}

// The same history has the same findings whether the merge is checked out, or read by API.
func TestMergeIsJudged(t *testing.T) {
	t.Parallel()
	const good, bad = goodManifest, goodManifest + newVendor
	for _, checkedOut := range []bool{true, false} {
		w := history{base: good, main: bad, earlier: good, head: good, merge: bad}.of(newWorld())
		withShop := w.shop
		w.shop = func(r *githubtest.Repo) { // the event names the merge, whatever the server would merge by now
			withShop(r)
			r.Merges = nil
		}
		w.start(t)
		if w.workspace = mapFS(map[string]string{"vendors.yaml": bad}); !checkedOut {
			w.workspace = mapFS(map[string]string{})
		}
		code, report := w.run(t), w.report(t)
		if code != 1 || len(report.Findings) != 1 || report.Findings[0].Introduced || report.Baseline != "acme/shop@"+shopMain[:7] {
			t.Errorf("checked out %v: exit code %d, %+v\n%s", checkedOut, code, report, w.output)
		}
	}
}

// What is compared is what is checked out: the head has another merge base than its merge.
func TestHeadCheckedOut(t *testing.T) {
	t.Parallel()
	const good, bad = goodManifest, goodManifest + newVendor
	config := "[remote \"origin\"]\n\turl = https://github.com/acme/shop\n"
	for _, folder := range []string{"", "code/"} {
		w := history{base: bad, main: good, earlier: bad, head: bad, merge: good}.of(newWorld())
		w.inputs["fail-scope"] = "changed"
		w.start(t)
		w.workspace = mapFS(map[string]string{folder + "vendors.yaml": bad, folder + ".git/HEAD": shopHead + "\n", folder + ".git/config": config})
		if code := w.run(t); code != 0 || w.report(t).Baseline != "acme/shop@"+shopBase[:7] {
			t.Errorf("in %q: exit code %d, baseline %q\n%s", folder, code, w.report(t).Baseline, w.output)
		}
	}
}

// A vendor that the code uses and nobody declared is not new, either, where no change is checked.
func TestUndeclaredIsNotNew(t *testing.T) {
	t.Parallel()
	for event, want := range map[string]int{"pull_request": 1, "schedule": 0, "push to main": 0} {
		w := newWorld().about(event)
		w.inputs["fail-scope"] = "changed"
		w.base["vendors.yaml"], w.head["vendors.yaml"], w.head["src/pay.js"] = goodManifest, goodManifest, callsStripe
		w.start(t)
		if code := w.run(t); code != want || !strings.Contains(w.output, "VG-REG-002") {
			t.Errorf("%s: exit code %d, want %d\n%s", event, code, want, w.output)
		}
		for _, f := range w.report(t).Findings {
			if f.Introduced != (want == 1) {
				t.Errorf("%s: %s is introduced: %v", event, f.Rule, f.Introduced)
			}
		}
	}
}

// A merge commit of an older head is none: what is judged is the head.
func TestStaleMerge(t *testing.T) {
	t.Parallel()
	const good, bad = goodManifest, goodManifest + newVendor
	w := history{base: good, main: good, earlier: good, head: bad, merge: good}.of(newWorld().about("pull_request_target"))
	withShop := w.shop
	w.shop = func(r *githubtest.Repo) {
		withShop(r)
		stale := r.Commits[shopMerge]
		stale.Merged = shopEarlier
		r.Commits[shopMerge] = stale
	}
	w.start(t)
	w.workspace = mapFS(map[string]string{})
	if code := w.run(t); code != 1 || !strings.Contains(w.output, "VG-REG-001") {
		t.Errorf("exit code %d, want the finding of the head\n%s", code, w.output)
	}
}

// A merge base that cannot be read makes everything count as new, and a verdict that depends on it is none.
func TestMergeBaseUnreadable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scope string
		path  string
		code  int
	}{{"changed", "/compare/", 4}, {"all", "/compare/", 1}, {"changed", "/commits/pull/", 4}, {"all", "/commits/pull/", 4}} {
		w := newWorld().about("pull_request_target")
		w.base["vendors.yaml"], w.inputs["fail-scope"] = w.head["vendors.yaml"], c.scope
		w.options.Fault = onPath(c.path, githubtest.Refuses(403, "Resource not accessible by integration"))
		w.start(t)
		w.workspace = mapFS(w.base)
		if code := w.run(t); code != c.code {
			t.Errorf("scope %s without %s: exit code %d, want %d\n%s", c.scope, c.path, code, c.code, w.output)
		}
	}
}

// Where no change is judged, a vendor on its way out is judged as in a change that does not touch it.
func TestNoBaseIsNotNew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, event, status string
		scope               string
		code                int
	}{
		{"deprecated, on a schedule", "schedule", "status: deprecated\nsunset: 2027-02-28", "all", 0},
		{"deprecated, and a pull request that brings it in", "pull_request", "status: deprecated\nsunset: 2027-02-28", "all", 1},
		{"past the sunset, on a schedule", "schedule", "status: deprecated\nsunset: 2026-10-31", "all", 1},
		{"past the sunset, and only changes count", "schedule", "status: deprecated\nsunset: 2026-10-31", "changed", 0},
		{"suspended, and only changes count", "schedule", "status: suspended", "changed", 1},
		{"deprecated, pushed to main", "push to main", "status: deprecated\nsunset: 2027-02-28", "all", 0},
		{"deprecated, pushed to a branch", "push", "status: deprecated\nsunset: 2027-02-28", "all", 1},
	} {
		w := newWorld().about(c.event)
		w.base["vendors.yaml"], w.head["vendors.yaml"] = "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n", goodManifest
		w.registry["vendors/larkspur-mail.yaml"] = strings.Replace(goodRecord, "status: approved", c.status, 1)
		w.inputs["fail-scope"] = c.scope
		w.start(t)
		if code := w.run(t); code != c.code || !strings.Contains(w.output, "VG-APR-001") {
			t.Errorf("%s: exit code %d, want %d\n%s", c.name, code, c.code, w.output)
		}
	}
}
