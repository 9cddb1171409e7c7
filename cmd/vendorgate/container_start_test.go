//go:build act

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// From `docker run` to the verdict, the action's container may take 1.3 times as long as one from an image which holds nothing but
// a program that ends at once. Each alone is the engine's time. The two take turns, and the fastest of each count, because a
// busy machine only ever adds to them.
func TestContainerStarts(t *testing.T) {
	const least, turns, allowed = 15, 120, 1.3
	bare := bareImage(t)
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	event := filepath.Join(t.TempDir(), "event.json")
	if err := os.WriteFile(event, []byte(`{"schedule":"17 5 * * 1-5"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) time.Duration {
		start := time.Now()
		if out, err := exec.Command("docker", append([]string{"run", "--rm", "--network", "none", "--volume", examples + ":/github/workspace:ro"}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return time.Since(start)
	}
	var empty, verdict time.Duration
	for turn := range turns {
		e := run(bare)
		v := run("--volume", event+":/event.json:ro", "--workdir", "/github/workspace/mailer",
			"--env", "GITHUB_ACTIONS=true", "--env", "GITHUB_EVENT_NAME=schedule", "--env", "GITHUB_EVENT_PATH=/event.json", "--env", "GITHUB_REPOSITORY=acme/mailer",
			"--env", "INPUT_REGISTRY=../registry", "--env", "INPUT_AS-OF=2026-11-23", os.Getenv("ACTION_IMAGE"))
		if turn == 0 {
			empty, verdict = e, v
		}
		empty, verdict = min(empty, e), min(verdict, v)
		ratio := float64(verdict) / float64(empty)
		if turn+1 >= least && ratio <= allowed || turn+1 == turns {
			t.Logf("%v to the verdict, %v for an empty program: %.2f times, after %d turns", verdict, empty, ratio, turn+1)
			if ratio > allowed {
				t.Errorf("more than %.1f times", allowed)
			}
			return
		}
	}
}

// bareImage is made of one static program.
func bareImage(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "root", "bare"), filepath.Join(dir, "main.go"))
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	pack := exec.Command("sh", "-c", `tar -c -C "$0" bare | docker import --change 'ENTRYPOINT ["/bare"]' - localhost/vendorgate-bare:1`, filepath.Join(dir, "root"))
	if out, err := pack.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return "localhost/vendorgate-bare:1"
}
