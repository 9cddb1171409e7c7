//go:build act

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkContainer compares a run of the action's container, from `docker run` to the verdict, with that of an image which
// holds nothing but a program that ends at once. Read the ratio of the two; each alone is the engine's.
func BenchmarkContainer(b *testing.B) {
	bare := bareImage(b)
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		b.Fatal(err)
	}
	event := filepath.Join(b.TempDir(), "event.json")
	if err := os.WriteFile(event, []byte(`{"schedule":"17 5 * * 1-5"}`), 0o644); err != nil {
		b.Fatal(err)
	}
	run := func(b *testing.B, args ...string) {
		b.Helper()
		for b.Loop() {
			if out, err := exec.Command("docker", append([]string{"run", "--rm", "--network", "none"}, args...)...).CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
		}
	}
	b.Run("bare", func(b *testing.B) { run(b, "--volume", examples+":/github/workspace:ro", bare) })
	b.Run("verdict", func(b *testing.B) {
		run(b, "--volume", examples+":/github/workspace:ro", "--volume", event+":/event.json:ro", "--workdir", "/github/workspace/mailer",
			"--env", "GITHUB_ACTIONS=true", "--env", "GITHUB_EVENT_NAME=schedule", "--env", "GITHUB_EVENT_PATH=/event.json", "--env", "GITHUB_REPOSITORY=acme/mailer",
			"--env", "INPUT_REGISTRY=../registry", "--env", "INPUT_AS-OF=2026-11-23", os.Getenv("ACTION_IMAGE"))
	})
}

// bareImage is made of one static program.
func bareImage(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		b.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "root", "bare"), filepath.Join(dir, "main.go"))
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	pack := exec.Command("sh", "-c", `tar -c -C "$0" bare | docker import --change 'ENTRYPOINT ["/bare"]' - localhost/vendorgate-bare:1`, filepath.Join(dir, "root"))
	if out, err := pack.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return "localhost/vendorgate-bare:1"
}
