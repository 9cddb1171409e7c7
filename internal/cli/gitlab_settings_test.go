package cli_test

import (
	"io/fs"
	"maps"
	"os"
	"regexp"
	"strings"
	"testing"
)

// labCommand finds the command line of a job in a configuration of GitLab.
var labCommand = regexp.MustCompile(`(?m)^ *- (vendorgate gitlab .*)$`)

// The component and the job in the guide run as they stand there, and write their reports.
func TestGitLabConfiguration(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"../../templates/vendorgate/template.yml", "../../docs/gitlab.md"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := labCommand.FindAllStringSubmatch(string(data), -1)
		if len(found) != 1 {
			t.Fatalf("%s has the command lines %q, want one", file, found)
		}
		l := newLab().start(t)
		line := found[0][1]
		for name, value := range map[string]string{"server": l.server.URL, "registry": "gitlab:acme/platform/vendor-registry", "missing-manifest": "fail", "fail-on": "error", "comment": "on-failure"} {
			line = strings.ReplaceAll(line, "$[[ inputs."+name+" ]]", value)
		}
		if strings.Contains(line, "$[[") {
			t.Errorf("%s: an input is left in %q", file, line)
		}
		l.args = strings.Fields(strings.ReplaceAll(strings.TrimPrefix(line, "vendorgate gitlab "), "'", ""))
		if code := l.run(t); code != 1 || len(l.notes()) != 1 {
			t.Errorf("%s: got code %d, notes %q\n%s", file, code, l.notes(), l.output)
		}
		for _, report := range regexp.MustCompile(`(?m)^ +(?:codequality|junit): (\S+)$`).FindAllStringSubmatch(string(data), -1) {
			if len(l.written[report[1]]) == 0 {
				t.Errorf("%s: the job writes no %s", file, report[1])
			}
		}
	}
}

// The inputs of the component have the default values of the flags, and their choices.
func TestGitLabInputs(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../templates/vendorgate/template.yml")
	if err != nil {
		t.Fatal(err)
	}
	header, _, ok := strings.Cut(string(data), "\n---\n")
	if !ok {
		t.Fatal("the component has no header")
	}
	run := newRun()
	if code := run.main(t, "gitlab", "--help"); code != 0 {
		t.Fatalf("got code %d", code)
	}
	_, help, _ := strings.Cut(strings.Join(strings.Fields(run.stdout.String()), " "), " Flags: ")
	for _, m := range regexp.MustCompile(`(?m)^    ([a-z-]+):\n((?:      .*\n)+)`).FindAllStringSubmatch(header+"\n", -1) {
		_, text, isFlag := strings.Cut(help, "--"+m[1]+" ")
		text, _, _ = strings.Cut(text, " --")
		value := regexp.MustCompile(`default: (\S+)`).FindStringSubmatch(m[2])
		if isFlag && value != nil && !strings.Contains(text, value[1]) {
			t.Errorf("the input %s has the default %s, and the flag %q", m[1], value[1], text)
		}
		options := regexp.MustCompile(`options: \[(.*)\]`).FindStringSubmatch(m[2])
		if options == nil {
			continue
		}
		for option := range strings.SplitSeq(strings.ReplaceAll(options[1], `"`, ""), ", ") {
			if !strings.Contains(text, option) {
				t.Errorf("the input %s has the option %s, and the flag %q", m[1], option, text)
			}
		}
	}
}

// Elsewhere, a registry on GitLab gets the token that was given for it, and no other.
func TestGitLabRegistryElsewhere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		vars  map[string]string
		token string // of the registry
		code  int
		sent  string
	}{
		{"with a token", nil, canary, 1, canary},
		{"private, without a token", nil, "", 4, ""},
		{"the tokens of variables are for other servers", map[string]string{"GITLAB_TOKEN": canary, "GITHUB_TOKEN": canary, "CI_JOB_TOKEN": canary}, "", 4, ""},
		{"in GitHub Actions", map[string]string{"GITHUB_ACTIONS": "true", "GITHUB_TOKEN": canary, "GITHUB_REPOSITORY": "acme/shop"}, "", 4, ""},
		{"in another job of GitLab", map[string]string{"GITLAB_CI": "true", "VENDORGATE_TOKEN": canary, "CI_PROJECT_PATH": "acme/exempt"}, "", 4, ""},
	} {
		l := newLab().start(t)
		run := newRun()
		maps.Copy(run.vars, c.vars)
		workspace := mapFS(l.head)
		run.env.Open = func(string) (fs.FS, error) { return workspace, nil }
		args := []string{"check", "--registry", "gitlab:acme/platform/vendor-registry", "--registry-api-url", l.server.URL + "/api/v4"}
		if c.token != "" {
			args = append(args, "--registry-token", c.token)
		}
		if code := run.main(t, args...); code != c.code {
			t.Errorf("%s: got code %d, want %d\n%s%s", c.name, code, c.code, run.stdout.String(), run.stderr.String())
		}
		for _, r := range l.server.Requests() {
			if r.Header.Get("Private-Token") != c.sent || r.Header.Get("Job-Token") != "" || r.Header.Get("Authorization") != "" {
				t.Errorf("%s: %s has the headers %v", c.name, r.Path, r.Header)
			}
		}
	}
}

// In a job of GitLab, no variable says which repository a check is about: anybody could set it.
func TestGitLabCheckHasNoName(t *testing.T) {
	t.Parallel()
	run := newRun()
	maps.Copy(run.vars, map[string]string{"GITLAB_CI": "true", "CI_PROJECT_PATH": "acme/exempt"})
	workspace := mapFS(map[string]string{"vendors.yaml": goodManifest})
	run.env.Open = func(string) (fs.FS, error) { return workspace, nil }
	run.main(t, "check", "--format", "json")
	if strings.Contains(run.stdout.String(), "acme/exempt") {
		t.Errorf("the name is that of the variable\n%s", run.stdout.String())
	}
}
