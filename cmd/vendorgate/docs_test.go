package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// block is a fenced block of a page, with the comment above it.
type block struct {
	page, info, comment, text string
	start, end                int // of the text, in the page
}

// rewrite replaces the text of a block.
type rewrite struct {
	block
	want string
}

func blocks(t *testing.T, page string) []block {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	fence := regexp.MustCompile("(?ms)(?:^<!-- ([^\n]*) -->\n)?^```([^\n]*)\n(.*?)^```$")
	var out []block
	for _, m := range fence.FindAllSubmatchIndex(data, -1) {
		b := block{page: page, info: string(data[m[4]:m[5]]), text: string(data[m[6]:m[7]]), start: m[6], end: m[7]}
		if m[2] >= 0 {
			b.comment = string(data[m[2]:m[3]])
		}
		out = append(out, b)
	}
	if len(out) == 0 && strings.Contains(string(data), "```") {
		t.Fatalf("%s has fences and no block", page)
	}
	return out
}

func pages(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	return append(found, "../../README.md")
}

// Every command line in the documentation runs and has the exit code that the page says, which is 0 by default. Each page
// gets a folder with a copy of examples/. A block such as `yaml file=NAME` writes a file there for the commands that follow.
func TestDocsCommands(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("vendorgate") // testscript.Main puts it there
	if err != nil {
		t.Fatal(err)
	}
	count, parts, written := 0, 0, 0
	for _, page := range pages(t) {
		if strings.HasSuffix(page, "attributes.md") {
			continue
		}
		dir := t.TempDir()
		if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS("../../examples")); err != nil {
			t.Fatal(err)
		}
		all := blocks(t, page)
		var changed []rewrite
		for i, b := range all {
			if _, file, ok := strings.Cut(b.info, " file="); ok {
				written++
				writeBlock(t, filepath.Join(dir, filepath.FromSlash(file)), b)
			}
			if b.info != "sh" || b.comment == "not run" || b.comment == "install" { // TestInstall judges the latter
				continue
			}
			for line := range strings.Lines(b.text) {
				count++
				want := 0
				if code, ok := strings.CutPrefix(b.comment, "exit "); ok {
					want, _ = strconv.Atoi(code)
				}
				runLine(t, dir, program, page, line, want, "")
				if i+1 == len(all) {
					continue
				}
				comment, part := strings.CutPrefix(all[i+1].comment, "from the ")
				if day, ok := strings.CutPrefix(strings.Replace(comment, "output as of ", "output", 1), "output"); ok {
					stdout, stderr := runLine(t, dir, program, page, line, want, day)
					if part {
						parts++
						checkPart(t, all[i+1], stdout+stderr)
					} else {
						changed = append(changed, rewrite{all[i+1], stdout + stderr})
					}
				}
			}
		}
		checkBlocks(t, changed)
	}
	if count < 10 || parts < 1 || written < 5 {
		t.Errorf("%d command lines, %d parts of outputs, %d files: too few to be all of them", count, parts, written)
	}
}

func writeBlock(t *testing.T, name string, b block) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(b.text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func runLine(t *testing.T, dir, program, page, line string, want int, day string) (stdout, stderr string) {
	t.Helper()
	line = strings.TrimSpace(line)
	rest, ok := strings.CutPrefix(line, "go run ./cmd/vendorgate ")
	if !ok {
		rest, ok = strings.CutPrefix(line, "vendorgate ")
	}
	if !ok {
		t.Errorf("%s: %q is not a vendorgate command", page, line)
		return "", ""
	}
	args := words(rest)
	if day != "" {
		args = append(args, "--as-of", day)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("%s: %q ends with %d, the page says %d\n%s%s", page, line, got, want, &out, &errs)
	}
	return out.String(), errs.String()
}

// words splits a command line at spaces outside of quotes.
func words(line string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`(?:"[^"]*"|'[^']*'|[^\s"'])+`).FindAllString(line, -1) {
		out = append(out, strings.NewReplacer(`"`, "", "'", "").Replace(m))
	}
	return out
}

// checkPart checks that the output contains the lines of a block, one after another.
func checkPart(t *testing.T, b block, printed string) {
	t.Helper()
	if !strings.Contains("\n"+printed, "\n"+b.text) {
		t.Errorf("%s: these lines are not printed:\n%sbut these:\n%s", b.page, b.text, printed)
	}
}

var update = flag.Bool("update", false, "rewrite the blocks of the documentation")

// checkBlocks compares blocks of one page, in their order, with what they must contain, or rewrites them with -update. It
// works from the end of the page, so that the offsets of earlier blocks stay valid.
func checkBlocks(t *testing.T, all []rewrite) {
	t.Helper()
	for _, b := range slices.Backward(all) {
		if b.text == b.want {
			continue
		}
		if !*update {
			t.Errorf("%s: a block is out of date; run go test ./cmd/vendorgate -update\ngot:\n%s\nwant:\n%s", b.page, b.text, b.want)
			continue
		}
		data, err := os.ReadFile(b.page)
		if err != nil {
			t.Fatal(err)
		}
		fresh := string(data[:b.start]) + b.want + string(data[b.end:])
		if err := os.WriteFile(b.page, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// A block whose info string names a file shows that file.
func TestDocsFiles(t *testing.T) {
	t.Parallel()
	for _, page := range pages(t) {
		if strings.HasSuffix(page, "attributes.md") {
			continue
		}
		var shown []rewrite
		for _, b := range blocks(t, page) {
			if _, file, ok := strings.Cut(b.info, "yaml "); ok && !strings.HasPrefix(file, "file=") {
				want, err := os.ReadFile(filepath.Join("../..", file))
				if err != nil {
					t.Fatal(err)
				}
				shown = append(shown, rewrite{b, string(want)})
			}
		}
		checkBlocks(t, shown)
	}
}

// registryUses are the ways to reach the registry from a workflow. The registry may change; the tool is pinned.
func registryUses() []string {
	return []string{"acme/vendor-registry@main", "acme/vendor-registry/.github/workflows/gate.yml@main", "$/.github/actions/registry"}
}

// Our workflows and those in the documentation pin every action by commit, and use no expressions in scripts.
func TestWorkflowsPinned(t *testing.T) {
	t.Parallel()
	workflows, err := filepath.Glob("../../.github/workflows/*.yml")
	shown, err2 := filepath.Glob("../../docs/workflows/*.yml")
	if err := errors.Join(err, err2); err != nil || len(workflows) == 0 || len(shown) < 5 {
		t.Fatalf("%d workflows of ours, %d to copy: %v", len(workflows), len(shown), err)
	}
	workflows = append(workflows, shown...)
	version := regexp.MustCompile(`@[0-9a-f]{40} # v\d+\.\d+\.\d+`)
	uses := regexp.MustCompile(`uses: *(\S+)`)
	pinned := regexp.MustCompile(`^(\./|[\w.-]+/[\w./-]+@[0-9a-f]{40}$|docker://\S+@sha256:[0-9a-f]{64}$)`)
	for _, name := range append(workflows, pages(t)...) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range uses.FindAllStringSubmatch(string(data), -1) {
			if !pinned.MatchString(m[1]) && !slices.Contains(registryUses(), m[1]) {
				t.Errorf("%s: %s is not pinned by commit", name, m[1])
			}
		}
		for line := range strings.Lines(string(data)) {
			if strings.Contains(line, "uses: actions/") && !version.MatchString(line) {
				t.Errorf("%s: no version in %q, so nobody can tell whether the pin is old", name, strings.TrimSpace(line))
			}
			if strings.Contains(line, "run:") && strings.Contains(line, "${{") {
				t.Errorf("%s: an expression in a script: %s", name, line)
			}
		}
	}
}

// The workflows to copy use only inputs that the action has, and their jobs are never skipped.
func TestWorkflowsToCopy(t *testing.T) {
	t.Parallel()
	action, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	shown, err := filepath.Glob("../../docs/workflows/*.yml")
	if err != nil || len(shown) < 5 {
		t.Fatalf("%d workflows to copy: %v", len(shown), err)
	}
	inputs := regexp.MustCompile(`(?m)^          ([a-z-]+): `)
	skips := regexp.MustCompile(`(?m)^ +(if|needs|paths|paths-ignore|continue-on-error|branches|cancel-in-progress):`)
	for _, name := range shown {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, with, ok := strings.Cut(string(data), "uses: vendorgate/vendorgate@")
		if !ok && !strings.Contains(string(data), "uses: acme/vendor-registry/.github/workflows/gate.yml@main") {
			t.Errorf("%s does not use the action", name)
		}
		for _, m := range inputs.FindAllStringSubmatch(with, -1) {
			if !strings.Contains(string(action), "\n  "+m[1]+":\n") {
				t.Errorf("%s: the action has no input %q", name, m[1])
			}
		}
		if found := skips.Find(data); found != nil {
			t.Errorf("%s has %q, with which the check may not run", name, found)
		}
		if strings.Contains(string(data), "  workflow_call:") {
			continue // the permissions are those of the caller, and asking for more would end the run
		}
		if !strings.Contains(string(data), "\npermissions: {}\n") || !strings.Contains(string(data), "\n      contents: read\n") {
			t.Errorf("%s does not say which permissions it needs", name)
		}
	}
}

// registry fmt --check accepts every record, waiver and policy that the documentation shows in full.
func TestDocsRecordsInOrder(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("vendorgate")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			kind := regexp.MustCompile(`(?m)^kind: (Vendor|Waiver|Policy)$`).FindStringSubmatch(b.text)
			if !strings.HasPrefix(b.info, "yaml") || kind == nil {
				continue
			}
			count++
			file := map[string]string{"Vendor": "vendors/x.yaml", "Waiver": "waivers/x.yaml", "Policy": "policy.yaml"}[kind[1]]
			dir := t.TempDir()
			writeBlock(t, filepath.Join(dir, filepath.FromSlash(file)), b)
			cmd := exec.Command(program, "registry", "fmt", "--diff", file)
			cmd.Dir = dir
			if out, err := cmd.Output(); err != nil || len(out) > 0 {
				t.Errorf("%s: %v\n%s", page, err, out)
			}
		}
	}
	if count < 8 {
		t.Errorf("%d records, waivers and policies: too few to be all of them", count)
	}
}
