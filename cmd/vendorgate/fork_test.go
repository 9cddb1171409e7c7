package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/effort"
)

// A fork of this repository carries its registry in the program: its approvals, policy and waivers count without a flag.
// In full, the program is also built as released and with a policy under other names.
func TestForkCarriesItsRegistry(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	fork := t.TempDir()
	manifest := filepath.Join(fork, "repo", "vendors.yaml")
	write(t, manifest, "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-shop\nvendors:\n"+
		"  - {id: halloway-maps, purpose: Draw maps, environments: [prod], data: [financial]}\n")

	identity := "apiVersion: vendorgate/v1\nkind: Vendor\nid: halloway-maps\nname: Halloway Maps API\ncategory: maps\n"
	record := filepath.Join(fork, "vendors/halloway-maps.yaml")
	if effort.Full() {
		write(t, record, identity)
		before, code := build(t, fork)
		if code != 1 || !strings.Contains(before, `"halloway-maps" (Halloway Maps API) is known, but your organisation has not reviewed it`) {
			t.Errorf("as released: exit code %d, want 1\n%s", code, before)
		}
	}

	write(t, record, identity+`status: approved
approval: {approved_by: [{user: a.ferreira, role: security-architect}], approved_on: 2026-06-01, expires: 2027-05-31}
risk: {tier: 1}
scope: {environments: [prod], data_classes: [personal]}
encryption: {in_transit: {min_tls: "1.2"}}
`)
	write(t, filepath.Join(fork, "policy.yaml"), "apiVersion: vendorgate/v1\nkind: Policy\nid: our-own\n")
	write(t, filepath.Join(fork, "waivers/WVR-1.yaml"), `apiVersion: vendorgate/v1
kind: Waiver
id: WVR-1
vendor: halloway-maps
repos: [acme/shop]
rules: [VG-SCP-001]
reason: The scope is being extended
requested_by: s.marchetti
approved_by: [{user: a.ferreira, role: security-architect}]
approved_on: 2026-11-20
expires: 2026-12-15
`)
	after, code := build(t, fork)
	if code != 0 || !strings.Contains(after, "waived by WVR-1") || !strings.Contains(after, "policy our-own; registry embedded") {
		t.Errorf("with an approval, a policy and a waiver: exit code %d, want 0\n%s", code, after)
	}

	if !effort.Full() {
		return
	}
	for _, name := range []string{"POLICY.YAML", "policy.yml"} {
		if err := os.Rename(filepath.Join(fork, "policy.yaml"), filepath.Join(fork, name)); err != nil {
			t.Fatal(err)
		}
		out, code := build(t, fork)
		if code != 4 || !strings.Contains(out, "embedded/"+name+": error: "+name+" could not be understood") || !strings.Contains(out, "rename it to policy.yaml") {
			t.Errorf("with %s: exit code %d, want 4\n%s", name, code, out)
		}
		if err := os.Rename(filepath.Join(fork, name), filepath.Join(fork, "policy.yaml")); err != nil {
			t.Fatal(err)
		}
	}
}

// What embed.go takes into the program, .dockerignore lets into the build.
func TestDockerBuildSeesPolicy(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../.dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"policy.yaml", "Policy.yaml", "POLICY.YAML", "policy.yml", "Policy.YML", "vendors", "waivers"} {
		seen := false
		for pattern := range strings.Lines(string(data)) {
			pattern, exception := strings.CutPrefix(strings.TrimSpace(pattern), "!")
			if ok, err := filepath.Match(pattern, name); err != nil {
				t.Fatal(err)
			} else if ok {
				seen = exception
			}
		}
		if !seen {
			t.Errorf(".dockerignore keeps %s out of the image", name)
		}
	}
}

// overlay lays the registry of the fork over this repository, for the build alone.
func overlay(t *testing.T, fork string) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string]string{}
	for _, pattern := range []string{"vendors/*", "waivers/*", "[pP][oO][lL]*"} {
		names, err := filepath.Glob(filepath.Join(fork, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			below, err := filepath.Rel(fork, name)
			if err != nil {
				t.Fatal(err)
			}
			replace[filepath.Join(root, below)] = name
		}
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(fork, "overlay.json")
	write(t, name, string(data))
	return name
}

func build(t *testing.T, fork string) (output string, code int) {
	t.Helper()
	program := filepath.Join(fork, "program.exe") // as Windows wants it
	compile := exec.Command("go", "build", "-buildvcs=false", "-overlay", overlay(t, fork), "-o", program, "./cmd/vendorgate")
	compile.Dir = filepath.Join("..", "..")
	compile.Env = append(os.Environ(), "GOFLAGS=-mod=readonly", "GOPROXY=off")
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	check := exec.Command(program, "check", "repo", "--as-of", "2026-11-23", "--repository", "acme/shop")
	check.Dir = fork
	out, err := check.CombinedOutput()
	if err != nil && check.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), check.ProcessState.ExitCode()
}

func write(tb testing.TB, name, text string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}
