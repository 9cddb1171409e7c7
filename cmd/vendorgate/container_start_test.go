//go:build act

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// From `docker run` to the verdict, the action's container may take 1.3 times as long as one from an image which holds nothing but
// a program that ends at once. The two take turns, so that a busy machine slows both down. Each alone is the engine's time.
func TestContainerStarts(t *testing.T) {
	const turns, rounds, most = 15, 3, 1.3
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
	for round := range rounds {
		var empty, verdict []time.Duration
		for range turns {
			empty = append(empty, run(bare))
			verdict = append(verdict, run("--volume", event+":/event.json:ro", "--workdir", "/github/workspace/mailer",
				"--env", "GITHUB_ACTIONS=true", "--env", "GITHUB_EVENT_NAME=schedule", "--env", "GITHUB_EVENT_PATH=/event.json", "--env", "GITHUB_REPOSITORY=acme/mailer",
				"--env", "INPUT_REGISTRY=../registry", "--env", "INPUT_AS-OF=2026-11-23", os.Getenv("ACTION_IMAGE")))
		}
		ratio := float64(median(verdict)) / float64(median(empty))
		t.Logf("round %d: %v to the verdict, %v for an empty program: %.2f times", round+1, median(verdict), median(empty), ratio)
		if ratio <= most {
			return
		}
	}
	t.Errorf("more than %.1f times in each of %d rounds", most, rounds)
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
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
