package cli_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/cli"
	"github.com/vendorgate/vendorgate/internal/sink"
)

const (
	goodManifest = `apiVersion: vendorgate/v1
kind: VendorManifest
owner: team-growth
vendors:
  - {id: larkspur-mail, purpose: Send the newsletter, environments: [prod], data: [personal]}
`
	goodRecord = `apiVersion: vendorgate/v1
kind: Vendor
id: larkspur-mail
name: Larkspur Mail API
category: email
status: approved
approval: {approved_by: [{user: a.ferreira, role: security-architect}], approved_on: 2026-09-01, expires: 2027-08-31}
risk: {tier: 3}
scope: {environments: [prod], data_classes: [personal]}
encryption: {in_transit: {min_tls: "1.2"}}
compliance: {dpa: {status: signed, signed_on: 2026-01-15}}
data: {storage_locations: [IE], processing_locations: [IE]}
`
)

// with adds directories in memory.
func (r *testRun) with(dirs map[string]fstest.MapFS) *testRun {
	r.env.Open = func(dir string) (fs.FS, error) {
		if files, ok := dirs[dir]; ok {
			return files, nil
		}
		return nil, fs.ErrNotExist
	}
	r.env.WriteFile = func(string, []byte) error { return nil }
	return r
}

func files(pairs ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return out
}

// plainPolicy is the default policy under the name of its preset.
const plainPolicy = "apiVersion: vendorgate/v1\nkind: Policy\nid: essentials\n"

func goodDirs() map[string]fstest.MapFS {
	return map[string]fstest.MapFS{
		".":        files("vendors.yaml", goodManifest),
		"registry": files("policy.yaml", plainPolicy, "vendors/larkspur-mail.yaml", goodRecord),
	}
}

// The exit code follows from the verdict and --fail-on, never from the format.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	tls := strings.ReplaceAll(goodRecord, `encryption: {in_transit: {min_tls: "1.2"}}`, `encryption: {in_transit: {min_tls: "1.2", plaintext_http: redirect}}`)
	cases := []struct {
		name     string
		manifest string
		record   string
		want     map[string]int // by --fail-on
	}{
		{"pass", goodManifest, goodRecord, map[string]int{"error": 0, "warning": 0, "note": 0, "off": 0}},
		{"note", strings.Replace(goodManifest, "}\n", ", auth_method: api-key-header}\n", 1), goodRecord, map[string]int{"error": 0, "warning": 0, "note": 1, "off": 0}},
		{"warning", goodManifest, tls, map[string]int{"error": 0, "warning": 1, "note": 1, "off": 0}},
		{"error", strings.ReplaceAll(goodManifest, "personal", "source-code"), goodRecord, map[string]int{"error": 1, "warning": 1, "note": 1, "off": 0}},
		{"broken manifest", "kind: VendorManifest\nvendors: 1", goodRecord, map[string]int{"error": 1, "warning": 1, "note": 1, "off": 0}},
		{"nothing to check", "", goodRecord, map[string]int{"error": 3, "warning": 3, "note": 3, "off": 3}},
		{"no verdict", goodManifest, "id: [", map[string]int{"error": 4, "warning": 4, "note": 4, "off": 4}},
	}
	formats := [][]string{{"text"}, {"json"}, {"markdown"}, {"json=x.json"}, {"text", "json=x.json", "markdown=x.md"}}
	for _, c := range cases {
		for failOn, want := range c.want {
			for _, f := range formats {
				args := []string{"check", "--registry", "registry", "--as-of", "2026-11-23", "--fail-on", failOn}
				for _, one := range f {
					args = append(args, "--format", one)
				}
				t.Run(c.name+"/"+failOn+"/"+strings.Join(f, "+"), func(t *testing.T) {
					t.Parallel()
					dirs := map[string]fstest.MapFS{".": files("vendors.yaml", c.manifest), "registry": files("policy.yaml", plainPolicy, "vendors/larkspur-mail.yaml", c.record)}
					if c.manifest == "" {
						dirs["."] = files("README", "")
					}
					run := newRun().with(dirs)
					if got := run.main(t, args...); got != want {
						t.Errorf("main(%q) = %d, want %d\n%s%s", args, got, want, &run.stdout, &run.stderr)
					}
				})
			}
		}
	}
}

// A failure never improves a verdict. Each of these runs would pass without the failure.
func TestFaultsNeverPass(t *testing.T) {
	t.Parallel()
	fault := errors.New("no space left on device")
	cases := []struct {
		name  string
		spoil func(*testRun)
		want  int
	}{
		{"none", func(*testRun) {}, 0},
		{"panic", func(r *testRun) { r.env.Now = func() time.Time { panic("a bug ##[error]x") } }, 4},
		{"standard output full", func(r *testRun) { r.env.Stdout = sink.To(failing{fault}) }, 4},
		{"report file full", func(r *testRun) { r.env.WriteFile = func(string, []byte) error { return fault } }, 4},
		{"registry unreadable", func(r *testRun) {
			open := r.env.Open
			r.env.Open = func(dir string) (fs.FS, error) {
				if dir == "registry" {
					return nil, fs.ErrPermission
				}
				return open(dir)
			}
		}, 4},
		{"directory unreadable", func(r *testRun) { r.env.Open = func(string) (fs.FS, error) { return nil, fs.ErrPermission } }, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			run := newRun().with(goodDirs())
			c.spoil(run)
			if got := run.main(t, "check", "--registry", "registry", "--format", "text", "--format", "json=report.json"); got != c.want {
				t.Errorf("exit code %d, want %d\n%s%s", got, c.want, &run.stdout, &run.stderr)
			}
			if strings.Contains(run.stderr.String(), "##[") {
				t.Errorf("standard error speaks to the runner: %s", &run.stderr)
			}
		})
	}
}

func TestCancelledIsNoVerdict(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	run := newRun().with(goodDirs())
	if got := cli.Main(ctx, run.env, []string{"check", "--registry", "registry"}); got != 4 {
		t.Errorf("exit code %d, want 4\n%s%s", got, &run.stdout, &run.stderr)
	}
}

// Output is in colour only on a terminal, and not if NO_COLOR is set.
func TestColour(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		terminal bool
		noColour string
		want     bool
	}{{false, "", false}, {true, "", true}, {true, "1", false}} {
		run := newRun().with(map[string]fstest.MapFS{".": files("vendors.yaml", "kind: VendorManifest"), "registry": goodDirs()["registry"]})
		run.env.StdoutTerminal, run.vars["NO_COLOR"] = c.terminal, c.noColour
		run.main(t, "check", "--registry", "registry")
		if got := strings.Contains(run.stdout.String(), "\x1b["); got != c.want {
			t.Errorf("terminal %v, NO_COLOR %q: colour %v, want %v", c.terminal, c.noColour, got, c.want)
		}
	}
}

// The inputs in action.yml are the flags of the container's command, with the same texts, and include all flags of check. The
// defaults are in the program, except for the job's token and matrix, which only the workflow knows.
func TestActionInputs(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.FromSlash("../../action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	want := flagsOf(t, "action")
	if *update {
		for _, flag := range want {
			name, help, _ := strings.Cut(flag, ": ")
			described := regexp.MustCompile(`(?m)^(  ` + name + `:\n    description: ").*"$`)
			data = described.ReplaceAllFunc(data, func(found []byte) []byte { return append(described.FindSubmatch(found)[1], help+`"`...) })
		}
		if err := os.WriteFile(filepath.FromSlash("../../action.yml"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	inputs, _, _ := strings.Cut(string(data), "\noutputs:\n")
	_, inputs, _ = strings.Cut(inputs, "\ninputs:\n")
	var got []string
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z-]+):\n    description: "(.*)"$`).FindAllStringSubmatch(inputs, -1) {
		got = append(got, m[1]+": "+m[2])
	}
	if strings.Count(string(data), "default:") != 2 || !strings.Contains(inputs, "\n    default: ${{ github.token }}\n") || !strings.HasSuffix(inputs, "\n    default: ${{ strategy.job-total }}") || strings.Contains(string(data), "args:") || strings.Contains(string(data), "entrypoint:") {
		t.Error("action.yml has defaults besides the token's and the matrix's, args or an entrypoint of its own")
	}
	if len(want) < 12 || !slices.Equal(got, want) {
		t.Errorf("run the test with -update; inputs\n%s\nflags\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, flag := range flagsOf(t, "check") {
		name, _, _ := strings.Cut(flag, ": ")
		_, differs := ci.GitHubHelp()[name]
		if !slices.Contains(want, flag) && !differs {
			t.Errorf("a flag of check is no input, or has another text there: %s", flag)
		}
	}
}

// The help of a job names its own system and what is in it, and no other. Each flag has a text.
func TestHelpOfJobs(t *testing.T) {
	t.Parallel()
	for command, foreign := range map[string]string{
		"action": "outside github|merge request|the note|gitlab_|branch, tag", "gitlab": "github actions|pull request|workflow|comment on|the comment|branch, tag", "check": "pull request|merge request",
	} {
		flags := flagsOf(t, command)
		if len(flags) < 10 {
			t.Errorf("%s has only the flags %q", command, flags)
		}
		for _, flag := range flags {
			if found := regexp.MustCompile(foreign).FindString(strings.ToLower(flag)); found != "" || strings.HasSuffix(flag, ": ") {
				t.Errorf("%s: %q in --%s", command, found, flag)
			}
		}
	}
}

// flagsOf returns the flags in the help of a command.
func flagsOf(t *testing.T, command string) []string {
	t.Helper()
	run := newRun()
	run.main(t, command, "--help")
	var out []string
	for _, m := range regexp.MustCompile(`(?m)^ +--([a-z-]+) +(?:string|stringArray|int)? +(.*)$`).FindAllStringSubmatch(run.stdout.String(), -1) {
		out = append(out, m[1]+": "+regexp.MustCompile(`\(default "(.*)"\)`).ReplaceAllString(m[2], "(default $1)"))
	}
	return out
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
