package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// On a terminal, registry init asks for what the flags leave out, and a new registry is valid.
func TestRegistryInitAsks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, answers string
		args          []string
		questions     int
		want          string
	}{
		{"all", "acme\n#vendors\nacme/vendor-registry\nvendorgate/standard@1\narchitect=a.ferreira,@acme/security boss=k.nakagawa\n", nil, 5, `apiVersion: vendorgate/v1
kind: Policy
id: acme
extends: vendorgate/standard@1
contact: "#vendors"
request_url: https://github.com/acme/vendor-registry/issues/new?template=vendor-request.yml
approvers:
  architect: [a.ferreira, "@acme/security"]
  boss: [k.nakagawa]
`},
		{"wrong answers", "Acme Ltd\n\nacme\n#vendors\nacme\nacme/vendor-registry\nvendorgate/standrd@1\nvendorgate/fintech-eu@1\nvendorgate/standard@1\na.ferreira\n\narchitect=a.ferreira\n", nil, 12, `apiVersion: vendorgate/v1
kind: Policy
id: acme
extends: vendorgate/standard@1
contact: "#vendors"
request_url: https://github.com/acme/vendor-registry/issues/new?template=vendor-request.yml
approvers:
  architect: [a.ferreira]
`},
		{"little", "acme\n\n\n\narchitect=a.ferreira", nil, 5, "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nextends: vendorgate/essentials@1\napprovers:\n  architect: [a.ferreira]\n"},
		{"some", "\n\n\nboss=k.nakagawa\n", []string{"--name", "acme"}, 4, "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nextends: vendorgate/essentials@1\napprovers:\n  boss: [k.nakagawa]\n"},
		{"nothing", "", []string{"--name", "acme", "--approver", "boss=k.nakagawa"}, 0, "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nextends: vendorgate/essentials@1\napprovers:\n  boss: [k.nakagawa]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "registry")
			run := newRun()
			run.env.Stdin, run.env.StdinTerminal = strings.NewReader(c.answers), true
			if code := run.main(t, append([]string{"registry", "init", dir}, c.args...)...); code != 0 {
				t.Fatalf("exit code %d\n%s", code, &run.stderr)
			}
			if asked := len(regexp.MustCompile(`(?m)^(What|Whom|In|Which|Who) `).FindAllString(run.stderr.String(), -1)); asked != c.questions {
				t.Errorf("%d questions, want %d\n%s", asked, c.questions, &run.stderr)
			}
			data, err := os.ReadFile(filepath.Join(dir, "policy.yaml"))
			if _, got, _ := strings.Cut(string(data), "\n"); err != nil || got != c.want {
				t.Errorf("%v\n%s\nwant\n%s", err, data, c.want)
			}
			lint := newRun()
			if code := lint.main(t, "registry", "lint", dir); code != 0 {
				t.Errorf("lint: exit code %d\n%s", code, &lint.stdout)
			}
		})
	}
	run := newRun()
	run.env.Stdin, run.env.StdinTerminal = strings.NewReader("Acme\nacme\n"), true
	code := run.main(t, "registry", "init", filepath.Join(t.TempDir(), "x"), "--repository", "acme")
	if !strings.HasPrefix(run.stderr.String(), `vendorgate: invalid value "acme" for --repository`) || code != 2 {
		t.Errorf("a wrong flag: exit code %d\n%s", code, &run.stderr)
	}
	run = newRun()
	run.env.Stdin, run.env.StdinTerminal = strings.NewReader("Acme\nacme\n"), true
	if code := run.main(t, "registry", "init", filepath.Join(t.TempDir(), "x")); code != 2 || !strings.Contains(run.stderr.String(), "who can approve vendors") {
		t.Errorf("without answers: exit code %d\n%s", code, &run.stderr)
	}
}
