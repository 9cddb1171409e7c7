package cli_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// A run in CI cannot choose its date, in either direction, unless the policy lets it. A policy that cannot be read lets nobody.
func TestAsOfInCI(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, policy, asOf string
		code               int
		want               string
	}{
		{"before the approval expires", "", "2026-10-01", 2, "the policy does not allow this setting in CI"},
		{"after a waiver begins", "", "2027-01-01T00:00:00Z", 2, "the policy does not allow this setting in CI"},
		{"refused by name", "allow_as_of: false\n", "2026-10-01", 2, "allow_as_of: true"},
		{"allowed", "allow_as_of: true\n", "2026-11-22", 0, "as of 2026-11-22T00:00:00Z"},
		{"now", "", "", 0, "as of 2026-11-23T12:00:00Z"},
		{"by a policy with a mistake", "allow_as_off: true\n", "2026-10-01", 4, "unknown key"},
	} {
		w := newWorld()
		w.head["vendors.yaml"] = goodManifest
		w.registry["policy.yaml"] = strings.Replace(w.registry["policy.yaml"], "allow_as_of: true\n", c.policy, 1)
		w.inputs["as-of"] = c.asOf
		w.start(t)
		if code := w.run(t); code != c.code || !strings.Contains(w.output, c.want) {
			t.Errorf("%s: exit code %d, want %d and %q in\n%s", c.name, code, c.code, c.want, w.output)
		}
	}
}

// The command is not a way around the action, and a laptop needs no permission.
func TestAsOfOfTheCommand(t *testing.T) {
	t.Parallel()
	for inCI, want := range map[string]int{"true": 2, "": 0} {
		run := newRun().with(map[string]fstest.MapFS{".": files("vendors.yaml", goodManifest), "./registry": files("vendors/larkspur-mail.yaml", goodRecord, "policy.yaml", "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\n")})
		run.vars["GITHUB_ACTIONS"], run.vars["GITHUB_REPOSITORY"] = inCI, "acme/shop"
		if code := run.main(t, "check", "--registry", "./registry", "--as-of", "2026-11-22"); code != want {
			t.Errorf("GITHUB_ACTIONS %q: exit code %d, want %d\n%s", inCI, code, want, &run.stderr)
		}
		if code := run.main(t, "registry", "lint", "./registry", "--as-of", "2026-11-22"); code != want {
			t.Errorf("GITHUB_ACTIONS %q: exit code %d of lint, want %d\n%s", inCI, code, want, &run.stderr)
		}
		if code := run.main(t, "check", "--registry", "./registry", "--repository", "acme/other"); code != want {
			t.Errorf("GITHUB_ACTIONS %q, another repository: exit code %d, want %d\n%s", inCI, code, want, &run.stderr)
		}
		if code := run.main(t, "check", "--registry", "./registry", "--repository", "Acme/Shop"); code != 0 {
			t.Errorf("GITHUB_ACTIONS %q, the same repository: exit code %d, want 0\n%s", inCI, code, &run.stderr)
		}
	}
}

// Approvals and waivers are limited to repositories, so a run is of the one that it is in.
func TestRepositoryOfTheRun(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{"acme/other": 2, "acme/shop": 0, "ACME/Shop": 0, "": 0} {
		w := newWorld()
		w.head["vendors.yaml"], w.inputs["repository"] = goodManifest, name
		w.start(t)
		if code := w.run(t); code != want || want == 2 && !strings.Contains(w.output, "--repository acme/other: this job belongs to acme/shop") {
			t.Errorf("%q: exit code %d, want %d\n%s", name, code, want, w.output)
		}
	}
}

// A registry of tomorrow is no verdict: either its date or the clock is wrong. Clocks may differ by minutes.
func TestRegistryFromTheFuture(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		ahead time.Duration
		asOf  string
		code  int
	}{
		{-time.Hour, "", 0},
		{4 * time.Minute, "", 0},
		{5 * time.Minute, "", 0},
		{6 * time.Minute, "", 4},
		{400 * 24 * time.Hour, "", 4},
		{6 * time.Minute, "2026-12-20", 4},      // the date of the run is no clock
		{-time.Hour, "2026-11-01T00:00:00Z", 0}, // nor is it one backwards
	} {
		w := newWorld()
		w.head["vendors.yaml"], w.inputs["as-of"] = goodManifest, c.asOf
		w.inputs["registry"] = "acme/registry"
		w.options.Repos = []githubtest.Repo{{
			Owner: "acme", Name: "registry", Default: "main", Branches: map[string]string{"main": mainCommit},
			Commits: map[string]githubtest.Commit{mainCommit: {Date: now.Add(c.ahead), Files: w.registry}},
		}}
		w.start(t)
		if code := w.run(t); code != c.code || c.code == 4 && !strings.Contains(w.output, "its last commit is dated 202") {
			t.Errorf("%s ahead, as of %q: exit code %d, want %d\n%s", c.ahead, c.asOf, code, c.code, w.output)
		}
	}
}

// A policy that requires a search gives no verdict without one, whatever the run says.
func TestScanRequired(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scan       string
		checkedOut bool
		code       int
		want       string
	}{
		{"", true, 0, ""},
		{"on", true, 0, ""},
		{"off", true, 4, "the policy requires a search of the code (scan: required), but --scan is off"},
		{"", false, 0, ""},
		{"on", false, 0, ""},
		{"off", false, 4, "but --scan is off"},
	} {
		w := newWorld()
		w.head["vendors.yaml"], w.inputs["scan"] = goodManifest, c.scan
		w.registry["policy.yaml"] += "scan: required\n"
		w.start(t)
		if !c.checkedOut {
			w.workspace = mapFS(map[string]string{})
		}
		if code := w.run(t); code != c.code || !strings.Contains(w.output, c.want) {
			t.Errorf("scan %q, checked out %v: exit code %d, want %d and %q in\n%s", c.scan, c.checkedOut, code, c.code, c.want, w.output)
		}
	}
}

// Settings that decide which code is judged, and by whom, are in every report. No password is.
func TestSettingsAreShown(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.inputs["scan"], w.inputs["manifest"], w.inputs["comment"] = "off", "vendors.yaml\nservices/*/vendors.yaml", "always"
	w.start(t)
	w.run(t)
	const shown = "settings of this run: scan off, manifest vendors.yaml, manifest services/"
	for what, text := range map[string]string{"standard error": w.output, "the summary": string(w.written["summary"]), "the comment": strings.Join(w.comments(), "")} {
		if !strings.Contains(text, shown) {
			t.Errorf("%s does not have %q:\n%s", what, shown, text)
		}
	}
	document := strings.Join(strings.Fields(string(w.written["vendorgate-report.json"])), " ")
	for _, want := range []string{`{ "name": "registry", "value": "acme/vendor-registry@main" }`, `{ "name": "scan", "value": "off" }`, `{ "name": "manifest", "value": "services/*/vendors.yaml" }`} {
		if !strings.Contains(document, want) {
			t.Errorf("the report has no %s:\n%s", want, document)
		}
	}

	w = newWorld().start(t)
	w.inputs["proxy"] = "http://ada:pa55word@127.0.0.1:1"
	if code := w.run(t); code != 4 || !strings.Contains(w.output, "settings of this run: proxy http://127.0.0.1:1") || strings.Contains(string(w.written["vendorgate-report.json"])+string(w.written["summary"]), "pa55word") {
		t.Errorf("exit code %d\n%s", code, w.all())
	}

	w = newWorld().start(t)
	w.run(t)
	if strings.Contains(w.all(), "settings of this run") {
		t.Errorf("settings that were not given are shown:\n%s", w.all())
	}
}

// A workspace without git may lack files, so a search that must be complete reads the commit instead, or there is no verdict.
func TestScanOfAPlainWorkspace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scan, fault string // the path that the server refuses
		code        int
		want        string
	}{
		{"", "nothing", 0, "so it is taken for that of the event (d000000)"},
		{"on", "nothing", 1, "the workspace is not a git checkout, so the code was read from commit d000000"},
		{"on", "/shop/git/", 4, "whether all files of the repository are there, and the commit cannot be read instead: "},
	} {
		w := newWorld()
		w.head["vendors.yaml"], w.head["pay.js"], w.inputs["scan"] = goodManifest, "fetch('https://api.stripe.com/v1/charges')\n", c.scan
		w.options.Fault = onPath(c.fault, githubtest.Refuses(403, "Resource not accessible by integration"))
		w.start(t)
		w.workspace = mapFS(map[string]string{"vendors.yaml": goodManifest})
		if code := w.run(t); code != c.code || !strings.Contains(w.output, c.want) {
			t.Errorf("scan %q: exit code %d, want %d and %q in\n%s", c.scan, code, c.code, c.want, w.output)
		}
	}
}

// In CI, an earlier step could set the variable that names the registry, so it is ignored there, and the run says so.
func TestRegistryVariableInCI(t *testing.T) {
	t.Parallel()
	for setting, ignored := range map[string]bool{
		"": false, "CI=": false, "CI=false": false, "CI=0": false, "CI=true": true, "CI=1": true, "GITHUB_ACTIONS=true": true, "GITLAB_CI=true": true,
		"TF_BUILD=True": true, "JENKINS_URL=https://ci.acme.example/": true, "TEAMCITY_VERSION=2026.1": true, "CODEBUILD_BUILD_ID=a:b": true,
	} {
		run := newRun().with(map[string]fstest.MapFS{".": files("vendors.yaml", goodManifest), "./registry": files("vendors/larkspur-mail.yaml", goodRecord, "policy.yaml", plainPolicy)})
		run.vars["VENDORGATE_REGISTRY"], run.vars["GITHUB_REPOSITORY"] = "./registry", "acme/shop"
		name, value, _ := strings.Cut(setting, "=")
		run.vars[name] = value
		run.main(t, "check")
		output := run.stderr.String()
		if strings.Contains(output, "VENDORGATE_REGISTRY ./registry") == ignored || strings.Contains(output, "VENDORGATE_REGISTRY is ignored in CI") != ignored {
			t.Errorf("%s: ignored must be %v\n%s", setting, ignored, output)
		}
	}
}

// What an input of the action must be is said in words.
func TestInputOfAnotherType(t *testing.T) {
	t.Parallel()
	w := newWorld().start(t)
	w.inputs["matrix-jobs"] = "abc"
	if code := w.run(t); code != 2 || !strings.Contains(w.output, `the input matrix-jobs is "abc", which is not a whole number`) {
		t.Errorf("exit code %d\n%s", code, w.output)
	}
}
