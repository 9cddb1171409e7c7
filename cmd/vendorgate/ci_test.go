package main

import (
	"bytes"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// commandLine finds the vendorgate command in a line of a CI configuration.
var commandLine = regexp.MustCompile(`(?m)(?:^|[-:'" ]) *(vendorgate check [^'"\n]*)['"]?$`)

// Each snippet for another CI system has one command line, which fails a change for its findings and writes a report.
func TestOtherCI(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("vendorgate") // testscript.Main puts it there
	if err != nil {
		t.Fatal(err)
	}
	systems := 0
	for _, b := range blocks(t, "../../docs/other-ci.md") {
		if b.info == "sh file=prepare.sh" {
			continue
		}
		systems++
		found := commandLine.FindAllStringSubmatch(b.text, -1)
		if len(found) != 1 || !strings.Contains(b.text, "/prepare.sh") {
			t.Errorf("a block of docs/other-ci.md has %d command lines: %q\n%s", len(found), found, b.text)
			continue
		}
		dir := t.TempDir()
		for from, to := range map[string]string{"checkout": "work", "registry": "vendorgate-registry"} {
			if err := os.CopyFS(filepath.Join(dir, to), os.DirFS("../../examples/"+from)); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.CopyFS(filepath.Join(dir, "vendorgate-base"), os.DirFS("../../examples/checkout")); err != nil {
			t.Fatal(err)
		}
		args := words(strings.TrimPrefix(found[0][1], "vendorgate "))
		report := strings.TrimPrefix(args[len(args)-1], "junit=")
		cmd := exec.Command(program, append(args, "--as-of", "2026-12-01")...)
		cmd.Dir = filepath.Join(dir, "work")
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		_ = cmd.Run()
		if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(stdout.String(), "VG-") {
			t.Errorf("%s: got code %d, want the findings of the example\n%s%s", found[0][1], code, stdout.String(), stderr.String())
		}
		data, err := os.ReadFile(filepath.Join(dir, "work", report))
		if err != nil || xml.Unmarshal(data, new(struct{})) != nil {
			t.Errorf("%s: the report %s: %v", found[0][1], report, err)
		}
	}
	if systems != 5 {
		t.Errorf("docs/other-ci.md has %d snippets, want 5", systems)
	}
}

// The lines that make the two checkouts do what they say in each kind of clone, and once more where an earlier build left its checkouts: the
// base is the merge base, whatever the author did since.
func TestOtherCICheckouts(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"git", "sh"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Logf("%s is missing, so the script is not run", tool)
			return
		}
	}
	var script string
	for _, b := range blocks(t, "../../docs/other-ci.md") {
		if b.info == "sh file=prepare.sh" {
			script = strings.ReplaceAll(b.text, "https://git.example/acme/vendor-registry", `"file://$PWD/../registry.git"`)
		}
	}
	const servers = `set -e
git init -q -b main registry.git && cd registry.git && git commit -q --allow-empty -m registry && cd ..
git init -q -b main origin && cd origin && echo base >f && git add f && git commit -q -m base
git checkout -q -b topic && echo one >f && git commit -q -a -m one && echo two >f && git commit -q -a -m two
git checkout -q main && echo later >f && git commit -q -a -m later && cd ..
`
	for _, clone := range []string{"", "--single-branch", "--depth 1"} {
		dir := t.TempDir()
		cmd := exec.Command("sh", "-c", servers+"git clone -q "+clone+" -b topic \"file://$PWD/origin\" work && cd work\n"+
			strings.Repeat(script+"cat ../vendorgate-base/f\nls -d ../vendorgate-registry/.git\n", 2))
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
		out, err := cmd.CombinedOutput()
		if want := strings.Repeat("base\n../vendorgate-registry/.git\n", 2); err != nil || string(out) != want {
			t.Errorf("git clone %s: %v\n%s", clone, err, out)
		}
	}
}

// The registry as an action hands over the registry, wherever its file is in the repository.
func TestRegistryActionCopies(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Logf("sh is missing, so the script is not run")
		return
	}
	data, err := os.ReadFile("../../docs/workflows/registry-action/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	_, script, ok := strings.Cut(string(data), "      run: |\n")
	if !ok {
		t.Fatal("the action has no script")
	}
	for _, place := range []string{".", ".github/actions/registry"} {
		dir := t.TempDir()
		if err := os.CopyFS(filepath.Join(dir, "registry"), os.DirFS("../../examples/registry")); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(dir, "registry", place), 0o755); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("sh", "-c", script)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "RUNNER_TEMP="+dir, "GITHUB_OUTPUT="+filepath.Join(dir, "output"), "GITHUB_ACTION_PATH="+filepath.Join(dir, "registry", place))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", place, err, out)
		}
		output, err := os.ReadFile(filepath.Join(dir, "output"))
		path, ok := strings.CutPrefix(strings.TrimSpace(string(output)), "path=")
		if err != nil || !ok {
			t.Fatalf("%s: the output is %q, %v", place, output, err)
		}
		for _, file := range []string{"policy.yaml", "vendors/larkspur-mail.yaml"} {
			if _, err := os.Stat(filepath.Join(path, file)); err != nil {
				t.Errorf("%s: %v", place, err)
			}
		}
	}
}
