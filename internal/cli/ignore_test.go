package cli_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// An ignore entry covers a known vendor only as it stands on the default branch, whatever the event compares the change with.
func TestIgnoreCountsOnTheDefaultBranch(t *testing.T) {
	t.Parallel()
	replace := func(w *world, old, with string) { w.payload = strings.ReplaceAll(w.payload, old, with) }
	for _, c := range []struct {
		title, event string
		change       func(w *world)
		merged       bool // the head is the default branch
	}{
		{"a pull request", "pull_request", nil, false},
		{"a pull request into one's own branch", "pull_request", func(w *world) {
			replace(w, `"sha":"`+shopBase+`","ref":"main"`, `"sha":"`+shopMerge+`","ref":"mine"`)
		}, false},
		{"a merge group", "merge_group", nil, false},
		{"a merge group without base_sha", "merge_group without base_sha", nil, false},
		{"a first push", "push of a new branch", nil, false},
		{"a second push", "push", func(w *world) { replace(w, shopBase, shopMerge) }, false},
		{"a push to a branch that the policy trusts", "push", func(w *world) { w.registry["policy.yaml"] += "trusted_branches: [x]\n" }, false},
		{"a dispatch", "workflow_dispatch", nil, false},
		{"a push to the default branch", "push", func(w *world) { replace(w, "refs/heads/x", "refs/heads/main") }, true},
		{"a dispatch of the default branch", "workflow_dispatch", func(w *world) { replace(w, "refs/heads/x", "refs/heads/main") }, true},
		{"a schedule", "schedule", nil, true},
	} {
		for _, agreed := range []bool{false, true} {
			w := newWorld().about(c.event)
			w.inputs["fail-scope"] = "all"
			w.base["vendors.yaml"], w.head["vendors.yaml"] = goodManifest, goodManifest+ignoresIt
			if agreed {
				w.base["vendors.yaml"] += ignoresIt
			}
			w.head["src/pay.js"] = callsStripe
			if c.change != nil {
				c.change(w)
			}
			w.start(t)
			want := 1
			if agreed || c.merged {
				want = 0
			}
			if code := w.run(t); code != want {
				t.Errorf("%s, agreed %v: exit code %d, want %d\n%s", c.title, agreed, code, want, w.output)
			}
			if api, _ := w.calls(0); api > 10 {
				t.Errorf("%s: %d calls of the API", c.title, api)
			}
		}
	}
}

// mainMovesOn gives the default branch another commit on top of the base of the change, in which a file is different.
func mainMovesOn(w *world, file, text string) {
	const tip = "e000000000000000000000000000000000000004"
	w.shop = func(r *githubtest.Repo) {
		files := maps.Clone(w.base)
		files[file] = text
		r.Branches["main"] = tip
		r.Commits[tip] = githubtest.Commit{Parent: shopBase, Date: r.Commits[shopBase].Date, Files: files}
	}
}

// Exemptions that were removed on the default branch after the change began do not count any more, and those that were added count.
func TestExemptionsOfTheTip(t *testing.T) {
	t.Parallel()
	unvetted := strings.Replace(goodManifest, "larkspur-mail", "halloway-maps", 1)
	for _, event := range []string{"pull_request", "pull_request_target", "pull_request_target without a merge commit", "push", "workflow_dispatch", "workflow_run"} {
		for _, exemption := range []string{ignoresIt, "exclude_manifests: [testdata/**]\n"} {
			for _, removed := range []bool{true, false} {
				name, merge := strings.CutSuffix(event, " without a merge commit")
				w := newWorld().about(name)
				w.inputs["fail-scope"] = "all"
				w.base["vendors.yaml"], w.head["vendors.yaml"] = goodManifest, goodManifest+exemption
				w.base["testdata/vendors.yaml"], w.head["testdata/vendors.yaml"] = goodManifest, goodManifest
				if exemption == ignoresIt {
					w.head["src/pay.js"] = callsStripe
				} else {
					w.head["testdata/vendors.yaml"] = unvetted
				}
				now, want := goodManifest+exemption, 0
				if removed {
					w.base["vendors.yaml"], now, want = now, goodManifest, 1
				}
				mainMovesOn(w, "vendors.yaml", now)
				if move := w.shop; merge {
					w.shop = func(r *githubtest.Repo) {
						move(r)
						r.Merges = nil
					}
				}
				w.start(t)
				if name != "push" && name != "workflow_dispatch" && name != "pull_request" {
					w.workspace = mapFS(w.base)
				}
				if code := w.run(t); code != want {
					t.Errorf("%s, %q, removed %v: exit code %d, want %d\n%s", event, exemption, removed, code, want, w.output)
				}
			}
		}
	}
}

// Exemptions cost one request if the default branch has not moved on, and one for each manifest if it has.
func TestExemptionsCost(t *testing.T) {
	t.Parallel()
	for event, cost := range costs() {
		for _, moved := range []bool{false, true} {
			w := eventWorld(event)
			w.base["vendors.yaml"], w.head["vendors.yaml"] = goodManifest+ignoresIt, goodManifest+ignoresIt+"# more\n"
			want := cost.all() - cost.comment/2
			switch {
			case event == "merge_group", event == "merge_group without a checkout", event == "schedule", event == "push to main":
			case event == "merge_group without base_sha": // it is read at the tip anyway
			case moved:
				want += 2
			default:
				want++
			}
			if moved {
				mainMovesOn(w, "README", "y")
			}
			w.start(t)
			if cost.archives > 0 && w.workspace == nil {
				w.workspace = mapFS(w.base)
			}
			code := w.run(t)
			if api, _ := w.calls(0); code != 0 || api != want {
				t.Errorf("%s, moved on %v: exit code %d, %d calls of the API, want %d:\n%s%s", event, moved, code, api, want, w.asked(), w.output)
			}
		}
	}
}

// An entry whose state on the default branch cannot be read covers no known vendor, and what follows is no definite finding.
func TestIgnoreThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for event, want := range map[string]string{
		"workflow_dispatch": "the base acme/shop@b000000 could not be read",
		"push":              "the ignore entries of the default branch cannot be read",
	} {
		w := newWorld().about(event)
		if event == "push" {
			w.registry["policy.yaml"] += "trusted_branches: [x]\n" // so the base is on that branch, not on the default one
		}
		w.head["vendors.yaml"], w.head["src/pay.js"] = goodManifest+ignoresIt, callsStripe
		w.inputs["fail-on"] = "off"
		w.options.Fault = func(_ int, r *http.Request) http.HandlerFunc {
			if strings.Contains(r.URL.String(), shopBase) {
				return githubtest.Refuses(500, "boom")
			}
			return nil
		}
		w.start(t)
		if code := w.run(t); code != 4 || !strings.Contains(w.all(), want) {
			t.Errorf("%s: exit code %d, want 4 and %q in\n%s", event, code, want, w.output)
		}
	}
}

// A new entry covers unknown hosts at once, and the report lists it as new.
func TestIgnoreOfHostsCountsAtOnce(t *testing.T) {
	t.Parallel()
	const entry = "ignore:\n  - {host: \"*.stormwright.dev\", reason: first-party}\n"
	for _, agreed := range []bool{false, true} {
		w := newWorld()
		w.inputs["fail-on"] = "warning"
		w.base["vendors.yaml"], w.head["vendors.yaml"] = goodManifest, goodManifest+entry
		if agreed {
			w.base["vendors.yaml"] += entry
		}
		w.head["src/weather.js"] = "await fetch(\"https://api.stormwright.dev/v1/forecast\");\n"
		w.start(t)
		code := w.run(t)
		var report struct {
			Counts  struct{ Ignored int }
			Ignored []struct {
				File, Entry, Reason string
				Line, Places        int
				New                 bool
				Covered             []string
			}
		}
		if err := json.Unmarshal(w.written["vendorgate-report.json"], &report); err != nil {
			t.Fatal(err)
		}
		if code != 0 || report.Counts.Ignored != 1 || len(report.Ignored) != 1 || !strings.Contains(w.output, "1 ignored") {
			t.Fatalf("agreed %v: exit code %d, ignored %+v\n%s", agreed, code, report, w.output)
		}
		if i := report.Ignored[0]; i.New == agreed || i.File != "vendors.yaml" || i.Line != 7 || i.Places != 1 || i.Entry != "*.stormwright.dev" || !slices.Equal(i.Covered, []string{"api.stormwright.dev"}) {
			t.Errorf("agreed %v: got %+v", agreed, i)
		}
	}
}

// A vendor that the base declares, in a manifest that the change deletes, is introduced if the code still uses it.
func TestDeletedDeclarationIsIntroduced(t *testing.T) {
	t.Parallel()
	const declares = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-growth\nvendors:\n  - {id: stripe, purpose: Charge cards, environments: [prod], data: [none]}\n"
	for _, where := range []string{"", "src/vendors.yaml", "vendors.yaml"} {
		w := newWorld()
		w.inputs["fail-scope"] = "changed"
		w.base["vendors.yaml"], w.head["vendors.yaml"] = goodManifest, goodManifest
		w.base["src/pay.js"], w.head["src/pay.js"] = callsStripe, callsStripe
		want := 0
		if where != "" {
			w.base[where], want = declares, 1
		}
		w.start(t)
		if code := w.run(t); code != want {
			t.Errorf("declared in %q: exit code %d, want %d\n%s", where, code, want, w.output)
		}
		if api, _ := w.calls(0); api > 10 {
			t.Errorf("declared in %q: %d calls of the API", where, api)
		}
	}
}
