package cli_test

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// cost is how many requests a run makes to read the repository, as docs/platform-team.md lists them, and to write the comment.
type cost struct {
	row                 string // of the table
	repository, comment int
	archives            int // of the repository
}

// all adds those for the registry: its branch, a tag of that name, and the archive.
func (c cost) all() int { return 3 + c.repository + c.comment }

// costs are the events of newWorld, and what they cost where the check fails.
func costs() map[string]cost {
	return map[string]cost{
		"pull_request":                    {"`pull_request`", 2, 2, 0},
		"pull_request without a checkout": {"`pull_request` without a checkout", 5, 2, 1},
		"pull_request_target":             {"`pull_request_target`", 6, 2, 1},
		"merge_group":                     {"`merge_group`", 1, 0, 0},
		"merge_group without a checkout":  {"`merge_group` without a checkout", 4, 0, 1},
		"merge_group without base_sha":    {"`merge_group` without `base_sha`", 2, 0, 0},
		"push":                            {"`push` to another branch", 2, 0, 0},
		"push of a new branch":            {"`push` to another branch", 2, 0, 0},
		"push to main":                    {"`push` to the default branch", 0, 0, 0},
		"schedule":                        {"`schedule`", 0, 0, 0},
		"workflow_dispatch":               {"`workflow_dispatch` of another branch", 2, 0, 0},
		"workflow_run":                    {"`workflow_run` of a pull request", 6, 2, 1},
		"workflow_run of a fork":          {"`workflow_run` of a pull request from a fork", 7, 2, 1},
		"workflow_run of a push":          {"`workflow_run` of a push to another branch", 5, 0, 1},
	}
}

// The guide lists what each event costs, and nothing else.
func TestCostsInTheGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/platform-team.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(guide), "\n| event | requests | downloads |\n|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	listed := map[string]bool{}
	for row := range strings.SplitSeq(table, "\n") {
		listed[row] = true
	}
	for event, c := range costs() {
		row := fmt.Sprintf("| %s | %d | %d |", c.row, c.repository, c.archives)
		if _, ok := listed[row]; !ok {
			t.Errorf("%s: no row %q in\n%s", event, row, table)
		}
		listed[row] = false
	}
	for row, unknown := range listed {
		if unknown {
			t.Errorf("no event is tested for %q", row)
		}
	}
}

// eventWorld is the world of an event of costs.
func eventWorld(event string) *world {
	event, without := strings.CutSuffix(event, " without a checkout")
	w := newWorld().about(event)
	if without {
		w.workspace = fstest.MapFS{}
	}
	return w
}

// The same tree has the same verdict in every event, which says whether there is a change that introduced it.
func TestEventsAgree(t *testing.T) {
	t.Parallel()
	for event, costs := range costs() {
		t.Run(event, func(t *testing.T) {
			t.Parallel()
			w := eventWorld(event).start(t)
			if costs.archives > 0 && w.workspace == nil {
				w.workspace = mapFS(w.base) // the head is not there
			}
			code := w.run(t)
			report := w.report(t)
			change := event != "schedule" && event != "push to main"
			if code != 1 || report.Verdict != "fail" || len(report.Findings) != 1 || report.Findings[0].Rule != "VG-REG-001" || report.Findings[0].File != "vendors.yaml" || report.Findings[0].Line != 6 || report.Findings[0].Introduced != change {
				t.Errorf("exit code %d, report %+v\n%s", code, report, w.output)
			}
			want := costs.all()
			if change {
				want++ // for the list of files: the finding is about a new entry, which may have been moved
			}
			if api, downloads := w.calls(0); api != want || downloads != 1+costs.archives {
				t.Errorf("%d calls of the API and %d downloads, want %d and %d:\n%s", api, downloads, want, 1+costs.archives, w.asked())
			}
			if commented := len(w.comments()) == 1; commented != (strings.HasPrefix(event, "pull_request") || event == "workflow_run" || event == "workflow_run of a fork") {
				t.Errorf("commented: %v", commented)
			}
		})
	}
}

// A pull request that passes does so in every event.
func TestEventsPass(t *testing.T) {
	t.Parallel()
	for event, costs := range costs() {
		w := eventWorld(event)
		w.head["vendors.yaml"] = goodManifest
		w.start(t)
		if code := w.run(t); code != 0 || len(w.comments()) != 0 {
			t.Errorf("%s: exit code %d, comments %q\n%s", event, code, w.comments(), w.output)
		}
		if api, _ := w.calls(0); api != costs.all()-costs.comment/2 { // there is no comment to write
			t.Errorf("%s: %d calls of the API, and %d where it fails:\n%s", event, api, costs.all(), w.asked())
		}
	}
}

// The checked-out commit must be the one of the event.
func TestWorkspace(t *testing.T) {
	t.Parallel()
	config := "[remote \"origin\"]\n\turl = https://github.com/acme/shop\n"
	fork := strings.ReplaceAll(config, "acme", "mallory")
	for _, c := range []struct {
		name, event, head, config string
		code                      int
		want                      string
	}{
		{"the merge", "pull_request", shopMerge, config, 1, "VG-REG-001"},
		{"the head", "pull_request", shopHead, config, 1, "VG-REG-001"},
		{"the base", "pull_request", shopBase, config, 4, "commit b000000 is checked out, but the event is about d000000"},
		{"the head, under the base's rights", "pull_request_target", shopHead, config, 4, "which has secrets and a token with write access"},
		{"the head, from the fork", "pull_request_target", shopHead, fork, 4, "which has secrets and a token with write access"},
		{"the head, after a run", "workflow_run", shopHead, config, 4, "which has secrets and a token with write access"},
		{"another commit of a push", "push", shopBase, config, 4, "the event is about c000000"},
		{"another repository", "pull_request", shopBase, strings.ReplaceAll(config, "shop", "other"), 4, "a checkout of acme/other is at the root of the workspace, but the event is about acme/shop; check out acme/shop there, and other repositories in folders"},
		{"another repository that has the commit", "pull_request", shopMerge, strings.ReplaceAll(config, "shop", "other"), 4, "a checkout of acme/other"},
		{"another repository, in a merge group", "merge_group", shopHead, strings.ReplaceAll(config, "shop", "other"), 4, "a checkout of acme/other"},
		{"another repository, after a push", "push", shopHead, strings.ReplaceAll(config, "shop", "other"), 4, "a checkout of acme/other"},
		{"another repository, on a schedule", "schedule", shopHead, strings.ReplaceAll(config, "shop", "other"), 4, "a checkout of acme/other"},
		{"another repository, and the code by API", "pull_request_target", shopBase, strings.ReplaceAll(config, "shop", "other"), 1, "VG-REG-001"},
		{"a clone of a directory", "pull_request", shopMerge, "[remote \"origin\"]\n\turl = /srv/git/mirror/shop-1\n", 1, "VG-REG-001"},
		{"a clone of a directory at another commit", "pull_request", shopBase, "[remote \"origin\"]\n\turl = /srv/git/mirror/shop-1\n", 4, "commit b000000 is checked out"},
		{"the fork", "pull_request", shopHead, fork, 1, "VG-REG-001"},
		{"no HEAD", "pull_request", "none", config, 4, "the .git folder at the root of the workspace has no HEAD"},
		{"a HEAD that cannot be read", "pull_request", "ref: refs/heads/.invalid", config, 1, "the workspace does not say which commit is checked out, so it is taken for that of the event (d000000)"},
		{"no .git", "pull_request", "no .git", config, 1, "the workspace does not say which commit is checked out"},
		{"nothing", "pull_request", "", "", 1, "VG-REG-001"},
	} {
		w := newWorld().about(c.event).start(t)
		files := maps.Clone(w.head)
		if c.head == "" {
			files = map[string]string{}
		} else {
			files[".git/HEAD"], files[".git/config"] = c.head+"\n", c.config
		}
		switch c.head {
		case "none":
			delete(files, ".git/HEAD")
		case "no .git":
			delete(files, ".git/HEAD")
			delete(files, ".git/config")
		}
		w.workspace = mapFS(files)
		if code := w.run(t); code != c.code || !strings.Contains(w.output, c.want) {
			t.Errorf("%s: exit code %d, want %d and %q in\n%s", c.name, code, c.code, c.want, w.output)
		}
	}
}

// A repository that was checked out into a folder is compared with the repository, not with the folder.
func TestCheckoutInFolder(t *testing.T) {
	t.Parallel()
	w := newWorld().start(t)
	w.inputs["fail-scope"] = "changed"
	w.head["vendors.yaml"] = strings.ReplaceAll(goodManifest, "personal", "source-code")
	w.base["vendors.yaml"] = w.head["vendors.yaml"]
	w.workspace = mapFS(map[string]string{"code/vendors.yaml": w.head["vendors.yaml"], "code/.git/HEAD": shopMerge + "\n"})
	if code := w.run(t); code != 0 || !strings.Contains(w.output, "VG-SCP-001") {
		t.Errorf("exit code %d, want 0: the use did not change\n%s", code, w.output)
	}
}

// If the base cannot be read, everything counts as new, and the verdict never improves.
func TestBaseUnreadable(t *testing.T) {
	t.Parallel()
	health := strings.ReplaceAll(goodManifest, "personal", "source-code")
	for _, c := range []struct {
		name, head string
		scope      string
		code       int
		want       string
	}{
		{"sound whatever the base", goodManifest, "changed", 0, "could not be read, so every use counts as new or changed"},
		{"unsound whatever the base", health, "all", 1, "could not be read"},
		{"it depends", health, "changed", 4, "the base could not be read, and the verdict depends on it"},
	} {
		w := newWorld()
		w.head["vendors.yaml"], w.base["vendors.yaml"], w.inputs["fail-scope"] = c.head, c.head, c.scope
		w.options.Fault = onPath("/contents/", githubtest.Refuses(404, "Not Found"))
		w.start(t)
		if code := w.run(t); code != c.code || !strings.Contains(w.all(), c.want) {
			t.Errorf("%s: exit code %d, want %d and %q in\n%s", c.name, code, c.code, c.want, w.all())
		}
	}
}

// Manifests that did not exist before are certainly new. The list of files that proves it is requested once.
func TestNewManifest(t *testing.T) {
	t.Parallel()
	w := newWorld()
	delete(w.base, "vendors.yaml")
	for _, folder := range []string{"a", "b", "c"} {
		w.head[folder+"/vendors.yaml"] = goodManifest
	}
	w.start(t)
	if code := w.run(t); code != 1 || strings.Contains(w.output, "could not be read") {
		t.Errorf("exit code %d\n%s", code, w.output)
	}
	trees := 0
	for _, r := range w.Requests() {
		if strings.Contains(r.URL, "/shop/git/trees/") {
			trees++
		}
	}
	if trees != 1 {
		t.Errorf("%d lists of files, want 1", trees)
	}
}

// A folder that is renamed with its manifest makes no new use, and to find that out costs a request for each file that moved.
func TestMovedFolder(t *testing.T) {
	t.Parallel()
	const stripe = "  - {id: stripe, purpose: Charge cards, environments: [prod], data: [none]}\n"
	for _, checkedOut := range []bool{true, false} {
		for _, goesOn := range []bool{false, true} {
			w := newWorld()
			w.inputs["fail-scope"] = "changed"
			w.base, w.head = map[string]string{"README": "x"}, map[string]string{"README": "x"}
			for name, text := range map[string]string{"vendors.yaml": goodManifest + stripe, "pay.js": `fetch("https://api.stripe.com/v1/charges")`, "log.js": "console.log(1)"} {
				w.base["shop/"+name], w.head["store/"+name] = text, text
			}
			if goesOn {
				w.head["shop/pay.js"] = w.base["shop/pay.js"]
			}
			if !checkedOut {
				w.workspace = fstest.MapFS{}
			}
			w.start(t)
			if code := w.run(t); (code == 0) == goesOn || strings.Contains(w.output, "could not be read") {
				t.Errorf("checked out %v, goes on %v: exit code %d\n%s", checkedOut, goesOn, code, w.output)
			}
			files := 0 // the manifest that was removed, and then each of the three files that were
			for _, r := range w.Requests() {
				if strings.Contains(r.URL, "/shop/contents/shop/") {
					files++
				}
			}
			if most := 4; checkedOut && files > most {
				t.Errorf("goes on %v: %d files of the base were requested, want at most %d", goesOn, files, most)
			}
		}
	}
}

// A change cannot delete the last manifest, even if a missing manifest is allowed.
func TestManifestDeleted(t *testing.T) {
	t.Parallel()
	for _, had := range []bool{true, false} {
		w := newWorld()
		w.inputs["missing-manifest"] = "pass"
		delete(w.head, "vendors.yaml")
		if !had {
			delete(w.base, "vendors.yaml")
		}
		w.start(t)
		if code := w.run(t); (code == 3) != had || (code == 0) == had {
			t.Errorf("the base had one: %v; exit code %d\n%s", had, code, w.output)
		}
	}
}

// All requests go to the server that the job runs on.
func TestEnterpriseServer(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.options.Prefix = "/api/v3"
	w.options.Enterprise = true
	w.start(t)
	if code := w.run(t); code != 1 || len(w.comments()) != 1 {
		t.Errorf("exit code %d, comments %q\n%s", code, w.comments(), w.output)
	}
	for _, r := range w.Requests() {
		if !strings.HasPrefix(r.URL, "/api/v3/") && !strings.HasPrefix(r.URL, "/api/graphql") && !strings.HasPrefix(r.URL, "/archive/") {
			t.Errorf("%s %s is not below the server's API", r.Method, r.URL)
		}
	}
	if !strings.Contains(w.comments()[0], "https://github.example/acme/shop/blob/"+shopHead+"/vendors.yaml#L6") {
		t.Errorf("no link to the line in\n%s", w.comments()[0])
	}
}

// All requests use the proxy in the settings.
func TestProxy(t *testing.T) {
	t.Parallel()
	w := newWorld().start(t)
	w.inputs["proxy"] = "http://127.0.0.1:1" // where nobody listens
	if code := w.run(t); code != 4 || len(w.Requests()) > 0 || !strings.Contains(w.output, "127.0.0.1:1") {
		t.Errorf("exit code %d after %d requests\n%s", code, len(w.Requests()), w.output)
	}
}

// A base that another step checked out is only used for comparison.
func TestBaseInWorkspace(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.inputs["base"] = "before"
	w.base["vendors.yaml"], w.head["vendors.yaml"] = goodManifest+newVendor, goodManifest
	w.start(t)
	files := maps.Clone(w.head)
	files["before/vendors.yaml"], files["before/.git/HEAD"] = w.base["vendors.yaml"], shopBase
	w.workspace, w.dirs = mapFS(files), []string{"before"}
	if code := w.run(t); code != 0 {
		t.Errorf("exit code %d: the change removes the vendor\n%s", code, w.output)
	}
}

// Checkouts in folders of the workspace: those of other repositories are not the tree to check, and those of the
// repository must be at the commit of the event.
func TestCheckoutsInFolders(t *testing.T) {
	t.Parallel()
	config := func(repository string) string {
		return "[remote \"origin\"]\n\turl = https://github.com/" + repository + "\n"
	}
	for _, c := range []struct {
		name, event, folder, commit, repository string
		code                                    int
		want                                    string
	}{
		{"the registry alone", "pull_request", "registry", mainCommit, "acme/vendor-registry", 1, "VG-REG-001"},
		{"the merge", "pull_request", "code", shopMerge, "acme/shop", 1, "VG-REG-001"},
		{"the base", "pull_request", "code", shopBase, "acme/shop", 4, "commit b000000 is checked out, but the event is about d000000"},
		{"the head, under the base's rights", "pull_request_target", "code", shopHead, "mallory/shop", 4, "which has secrets and a token with write access"},
	} {
		w := newWorld().about(c.event)
		w.inputs["missing-manifest"] = "pass"
		delete(w.base, "vendors.yaml")
		w.start(t)
		files := map[string]string{c.folder + "/.git/HEAD": c.commit + "\n", c.folder + "/.git/config": config(c.repository), c.folder + "/README": "x"}
		if c.commit == shopMerge {
			files[c.folder+"/vendors.yaml"] = w.head["vendors.yaml"]
		}
		w.workspace = mapFS(files)
		if code := w.run(t); code != c.code || !strings.Contains(w.output, c.want) {
			t.Errorf("%s: exit code %d, want %d and %q in\n%s", c.name, code, c.code, c.want, w.output)
		}
	}
}

// New manifests do not cost a request each, because a thousand of them would use up the repository's hourly rate limit.
func TestManyManifests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		checkedOut bool
		code       int
	}{{true, 0}, {false, 4}} {
		w := newWorld()
		w.head["vendors.yaml"] = goodManifest
		for i := range 150 {
			w.head[fmt.Sprintf("%d/vendors.yaml", i)] = goodManifest
		}
		w.start(t)
		if !c.checkedOut {
			w.workspace = fstest.MapFS{}
		}
		if code := w.run(t); code != c.code {
			t.Errorf("checked out %v: exit code %d, want %d\n%s", c.checkedOut, code, c.code, w.output)
		}
		if api, _ := w.calls(0); api > 10 {
			t.Errorf("checked out %v: %d calls of the API", c.checkedOut, api)
		}
	}
}
