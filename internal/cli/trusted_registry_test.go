package cli_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// bend makes the pull request edit manifest, registry, policy, waiver and settings at once.
func bend(w *world) {
	inPlace(w)
	w.base["vendors.yaml"] = strings.Replace(goodManifest, "vendors:", "settings: {fail_on: warning}\nvendors:", 1)
	w.head["vendors.yaml"] = goodManifest + newVendor
	w.head["registry/policy.yaml"] += "rules: {VG-REG-001: {severity: note}}\n"
	w.head["registry/waivers/WVR-1.yaml"] = `apiVersion: vendorgate/v1
kind: Waiver
id: WVR-1
vendor: halloway-maps
repos: [acme/shop]
rules: [VG-SCP-001]
reason: None at all
requested_by: s.marchetti
approved_by: [{user: a.ferreira, role: security-architect}]
approved_on: 2026-11-20
expires: 2026-12-15
`
}

// No rule that a change adds applies to it, in any event; the report says when it will.
func TestTrust(t *testing.T) {
	t.Parallel()
	for _, event := range []string{"pull_request", "pull_request_target", "merge_group", "merge_group without base_sha", "push", "workflow_dispatch", "workflow_run", "workflow_run of a fork"} {
		t.Run(event, func(t *testing.T) {
			t.Parallel()
			w := newWorld().about(event)
			bend(w)
			w.start(t)
			if event == "pull_request_target" || strings.HasPrefix(event, "workflow_run") {
				w.workspace = mapFS(w.base)
			}
			code := w.run(t)
			report := w.report(t)
			if code != 1 || len(report.Findings) != 1 || report.Findings[0].Rule != "VG-REG-001" || !report.Findings[0].Blocking {
				t.Errorf("exit code %d, findings %+v\n%s", code, report.Findings, w.output)
			}
			for _, want := range []string{"take effect after merge", "policy.yaml, vendors/halloway-maps.yaml, waivers/WVR-1.yaml", "acme/shop/registry"} {
				if !strings.Contains(strings.Join(report.Notices, "\n"), want) {
					t.Errorf("no %q in %q", want, report.Notices)
				}
			}
			for what, text := range map[string]string{"summary": string(w.written["summary"]), "comment": strings.Join(w.comments(), "")} {
				if text != "" && !strings.Contains(text, "take effect after merge") {
					t.Errorf("the %s does not say that it takes effect after merge:\n%s", what, text)
				}
			}
			api, downloads := w.calls(0)
			t.Logf("%s: %d calls of the API, %d downloads", event, api, downloads)
		})
	}
}

// Merged rules apply.
func TestTrustMerged(t *testing.T) {
	t.Parallel()
	for _, event := range []string{"push", "schedule", "workflow_dispatch"} {
		w := newWorld().about(event)
		bend(w)
		w.payload = strings.ReplaceAll(w.payload, "refs/heads/x", "refs/heads/main")
		w.start(t)
		if code := w.run(t); code != 0 {
			t.Errorf("%s: exit code %d\n%s", event, code, w.output)
		}
	}
}

// A registry that another step checked out is trusted if it belongs to another repository, and not if it only looks so.
func TestTrustCheckout(t *testing.T) {
	t.Parallel()
	config := func(repository string) string {
		return "[remote \"origin\"]\n\turl = https://github.com/" + repository + ".git\n"
	}
	for _, c := range []struct {
		name string
		git  map[string]string // below registry/
		code int
		want string
	}{
		{"of another repository", map[string]string{".git/HEAD": mainCommit, ".git/config": config("acme/vendor-registry")}, 0, "registry ./registry"},
		{"of the base commit", map[string]string{".git/HEAD": shopBase, ".git/config": config("acme/shop")}, 0, "registry ./registry"},
		{"of the head", map[string]string{".git/HEAD": shopHead, ".git/config": config("acme/shop")}, 4, "which the change may have written"},
		{"of the fork", map[string]string{".git/HEAD": shopHead, ".git/config": config("mallory/shop")}, 4, "which the change may have written"},
		{"of nobody knows what", map[string]string{".git/HEAD": mainCommit}, 4, "a checkout of an unknown place"},
		{"a submodule", map[string]string{".git": "gitdir: ../.git/modules/registry"}, 4, "takes effect after merge"},
		{"a folder", nil, 4, "takes effect after merge"},
	} {
		w := newWorld()
		w.inputs["registry"] = "./registry"
		w.start(t)
		files := map[string]string{"vendors.yaml": goodManifest + newVendor, "registry/vendors/halloway-maps.yaml": strings.ReplaceAll(goodRecord, "larkspur-mail", "halloway-maps")}
		for name, text := range registryFiles() {
			files["registry/"+name] = text
		}
		for name, text := range c.git {
			files["registry/"+name] = text
		}
		if c.git[".git/HEAD"] != "" {
			files["registry/.git/index"] = gitIndex("policy.yaml")
		}
		w.workspace = mapFS(files)
		if code := w.run(t); code != c.code || !strings.Contains(strings.ReplaceAll(w.output, "registry registry", "registry ./registry"), c.want) {
			t.Errorf("%s: exit code %d, want %d and %q in\n%s", c.name, code, c.code, c.want, w.output)
		}
	}
}

// The registry of the previous push is not trusted.
func TestTrustPush(t *testing.T) {
	t.Parallel()
	w := newWorld().about("push")
	w.inputs["registry"] = "./before/registry"
	w.start(t)
	files := maps.Clone(w.head)
	for name, text := range registryFiles() {
		files["before/registry/"+name] = text
	}
	files["before/registry/vendors/halloway-maps.yaml"] = strings.ReplaceAll(goodRecord, "larkspur-mail", "halloway-maps")
	files["before/.git/HEAD"] = shopBase
	w.workspace = mapFS(files)
	if code := w.run(t); code != 4 || !strings.Contains(w.output, "which the change may have written") {
		t.Errorf("exit code %d, want 4\n%s", code, w.output)
	}
}

// A base in the workspace is accepted only if it is the base commit.
func TestTrustBase(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		head string
		code int
	}{{shopBase, 1}, {shopHead, 2}, {"", 2}} {
		w := newWorld()
		w.inputs["base"] = "before"
		w.start(t)
		files := maps.Clone(w.head)
		files["before/vendors.yaml"] = goodManifest + newVendor
		if c.head != "" {
			files["before/.git/HEAD"] = c.head
		}
		w.workspace = mapFS(files)
		w.dirs = []string{"before"}
		if code := w.run(t); code != c.code {
			t.Errorf("commit %q: exit code %d, want %d\n%s", c.head, code, c.code, w.output)
		}
	}
}

// In the registry's own repository, a pull request's version of it is checked as data, however the registry is named.
func TestRegistrysOwnRepository(t *testing.T) {
	t.Parallel()
	broken := strings.ReplaceAll(goodRecord, "status:", "statsu:")
	for _, c := range []struct {
		name, registry string
		change         map[string]string
		code           int
		want           string
	}{
		{"as a folder, sound", ".", map[string]string{"vendors/new.yaml": strings.ReplaceAll(goodRecord, "larkspur-mail", "new")}, 0, "edits the registry that it is checked against (vendors/new.yaml): findings about these files say what holds after the merge"},
		{"as a repository, sound", "acme/shop", map[string]string{"vendors/new.yaml": strings.ReplaceAll(goodRecord, "larkspur-mail", "new")}, 0, "findings about these files say what holds after the merge"},
		{"unchanged", ".", nil, 0, "nothing-to-check"},
		{"a broken record", ".", map[string]string{"vendors/new.yaml": broken}, 1, `vendors/new.yaml:6:1: error: unknown key "statsu"`},
		{"a broken record, as a repository", "acme/shop@main", map[string]string{"vendors/new.yaml": broken}, 1, "[VG-REG-003]"},
		{"a broken policy", ".", map[string]string{"policy.yaml": "id: ["}, 1, "policy.yaml:1:"},
		{"a broken waiver", ".", map[string]string{"waivers/WVR-1.yaml": "id: WVR-2"}, 1, "waivers/WVR-1.yaml:1:"},
		{"a record under a wrong name", ".", map[string]string{"vendors/other.yaml": goodRecord}, 1, `the id "larkspur-mail" is not the name of the file`},
		{"a host of an unchanged record", ".", map[string]string{"vendors/new.yaml": strings.ReplaceAll(goodRecord, "larkspur-mail", "new") + "api_hosts: [api.larkspur.example]\n"}, 1, `vendors/new.yaml:13:13: error: host api.larkspur.example also belongs to "larkspur-mail"`},
		{"an approver of their own", ".", map[string]string{"vendors/new.yaml": strings.ReplaceAll(strings.ReplaceAll(goodRecord, "larkspur-mail", "new"), "a.ferreira", "mallory")}, 1, "mallory approves their own change [VG-APR-004]"},
		{"a status out of its way", ".", map[string]string{"vendors/larkspur-mail.yaml": strings.Replace(goodRecord, "status: approved", "status: denied", 1)}, 1, "the status cannot change from approved to denied"},
		{"a policy that would allow it", ".", map[string]string{"vendors/new.yaml": strings.ReplaceAll(strings.ReplaceAll(goodRecord, "larkspur-mail", "new"), "2027-08-31", "2036-08-31"), "policy.yaml": registryFiles()["policy.yaml"] + "params: {approval_max_term: P10Y}\n"}, 1, "can be approved for at most 12 months"},
		{"a record that goes", ".", map[string]string{"vendors/larkspur-mail.yaml": ""}, 0, "vendors/larkspur-mail.yaml (removed)"},
	} {
		for _, event := range []string{"pull_request", "pull_request_target"} {
			w := newWorld().about(event)
			w.base = registryFiles()
			w.base["vendors/larkspur-mail.yaml"] += "api_hosts: [\"*.larkspur.example\"]\n"
			w.base["vendors/long-wrong.yaml"] = "apiVersion: vendorgate/v1\nkind: Vendor\nid: wrong\n"
			w.head = maps.Clone(w.base)
			for name, text := range c.change {
				if w.head[name] = text; text == "" {
					delete(w.head, name)
				}
			}
			w.inputs["registry"] = c.registry
			w.start(t)
			if event == "pull_request_target" {
				w.workspace = mapFS(w.base)
			}
			if code := w.run(t); code != c.code || !strings.Contains(w.output, c.want) {
				t.Errorf("%s, %s: exit code %d, want %d and %q in\n%s", c.name, event, code, c.code, c.want, w.output)
			}
		}
	}
}

// Annotations and links in the comment point to lines in the registry's own pull request.
func TestRegistrysOwnPullRequest(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.base, w.head = registryFiles(), registryFiles()
	w.head["vendors/new.yaml"] = strings.ReplaceAll(goodRecord, "larkspur-mail", "new") + "replaced_by: nobody\n"
	w.inputs["registry"] = "."
	w.start(t)
	code := w.run(t)
	all := w.all()
	for _, want := range []string{
		"::error col=14,file=vendors/new.yaml,line=13,title=VG-REG-003%3A new::replaced_by names \"nobody\"",
		"/acme/shop/blob/" + shopHead + "/vendors/new.yaml#L13",
	} {
		if code != 1 || !strings.Contains(all, want) {
			t.Errorf("exit code %d, no %q in\n%s", code, want, all)
		}
	}
}

// A job in the registry's own repository without a change checks the whole registry.
func TestRegistrysOwnSchedule(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		record string
		code   int
		want   string
	}{
		{goodRecord, 0, "nothing-to-check"},
		{goodRecord + "replaced_by: nobody\n", 1, "vendors/larkspur-mail.yaml:13:14: error: replaced_by names"},
	} {
		for _, event := range []string{"schedule", "push"} {
			w := newWorld().about(event)
			w.payload = strings.ReplaceAll(w.payload, "refs/heads/x", "refs/heads/main")
			w.head = registryFiles()
			w.head["vendors/larkspur-mail.yaml"] = c.record
			w.base = w.head
			w.inputs["registry"] = "."
			w.start(t)
			if code := w.run(t); code != c.code || !strings.Contains(w.output, c.want) {
				t.Errorf("%s: exit code %d, want %d and %q in\n%s", event, code, c.code, c.want, w.output)
			}
		}
	}
}

// Only one function trusts trees.
func TestTrustStandsInOnePlace(t *testing.T) {
	t.Parallel()
	var found []string
	for _, pattern := range []string{"*.go", "../*/*.go", "../../*.go", "../../cmd/*/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "_test.go") && regexp.MustCompile(`\.Trust\(`).Match(data) {
				found = append(found, filepath.ToSlash(name))
			}
		}
	}
	if want := []string{"../inputs/trusted_registry.go"}; !slices.Equal(found, want) {
		t.Errorf("%q, want %q", found, want)
	}
}
