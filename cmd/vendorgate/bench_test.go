//go:build unix

package main

import (
	"fmt"
	gobuild "go/build"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// BenchmarkProcess is the whole program, from start to exit, on real files: 5 vendors against registries of two sizes.
func BenchmarkProcess(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "vendorgate")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, size := range []int{100, 10_000} {
		root := filepath.Join(dir, fmt.Sprint(size))
		manifest := "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-growth\nvendors:\n"
		for i := range size {
			id := fmt.Sprintf("vendor-%05d", i)
			write(b, filepath.Join(root, "registry", "vendors", id+".yaml"), strings.ReplaceAll(benchRecord, "ID", id))
			if i%(size/5) == 0 {
				manifest += "  - {id: " + id + ", purpose: Send the newsletter, environments: [prod], data: [personal]}\n"
			}
		}
		write(b, filepath.Join(root, "repo", "vendors.yaml"), manifest)
		write(b, filepath.Join(root, "registry", "policy.yaml"), plainPolicy)
		b.Run(fmt.Sprintf("records=%d", size), func(b *testing.B) {
			for b.Loop() {
				check := exec.Command(program, "check", "repo", "--registry", "registry", "--as-of", "2026-11-23")
				check.Dir = root
				if out, err := check.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
			}
		})
	}
}

// BenchmarkCheck is the whole program on code to search and registries of full records, each with hosts and packages of its own. The
// goals on two idle cores: with code, 0.25 s at 2,000 records and 1 s at 10,000; without a search, at most 1.3 times what 100 records
// take and 60 ms; 64 MB in all cases.
func BenchmarkCheck(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "vendorgate")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	code := os.DirFS(filepath.Join(gobuild.Default.GOROOT, "src", "net"))
	for _, size := range []int{100, 2000, 10_000} {
		root := filepath.Join(dir, fmt.Sprint(size))
		fullRecords(b, filepath.Join(root, "registry"), size)
		write(b, filepath.Join(root, "registry", "policy.yaml"), plainPolicy)
		manifest := "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-growth\nvendors:\n"
		for i := range 5 {
			manifest += fmt.Sprintf("  - {id: vendor-%05d, purpose: Take payments, environments: [prod], data: [personal]}\n", i*size/5)
		}
		write(b, filepath.Join(root, "repo", "vendors.yaml"), manifest)
		if err := os.CopyFS(filepath.Join(root, "repo", "net"), code); err != nil {
			b.Fatal(err)
		}
		for _, scan := range []string{"auto", "off"} {
			b.Run(fmt.Sprintf("records=%d/scan=%s", size, scan), func(b *testing.B) {
				for b.Loop() {
					check := exec.Command(program, "check", "repo", "--registry", "registry", "--as-of", "2026-11-23", "--repository", "acme/shop", "--scan", scan)
					check.Dir = root
					if out, err := check.CombinedOutput(); check.ProcessState.ExitCode() > 1 {
						b.Fatalf("%v\n%s", err, out)
					}
					reportUsage(b, check)
				}
			})
		}
	}
}

// fullRecords writes records of 12 KB that say everything, each about a vendor of its own.
func fullRecords(b *testing.B, registry string, size int) {
	b.Helper()
	full, err := os.ReadFile("../../internal/gate/gatetest/testdata/calderwick.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for i := range size {
		id := fmt.Sprintf("vendor-%05d", i)
		own := strings.NewReplacer(
			"id: calderwick-payments", "id: "+id, "calderwick.example", fmt.Sprintf("v%05d.example", i), "github.com/calderwick/", "github.com/"+id+"/",
			"%40calderwick", "%40"+id, "pkg:pypi/calderwick", "pkg:pypi/"+id, "second-source-pay", fmt.Sprintf("vendor-%05d", (i+1)%size))
		write(b, filepath.Join(registry, "vendors", id+".yaml"), own.Replace(string(full)))
	}
}

// reportUsage reports what a process that has ended took.
func reportUsage(b *testing.B, done *exec.Cmd) {
	b.Helper()
	b.ReportMetric(done.ProcessState.UserTime().Seconds()+done.ProcessState.SystemTime().Seconds(), "CPU-s")
	if usage, ok := done.ProcessState.SysUsage().(*syscall.Rusage); ok {
		b.ReportMetric(float64(usage.Maxrss)/1024, "MB")
	}
}

// BenchmarkLint is the whole program on a registry of 2,000 full records. The goal is 2 s and 300 MB on two cores.
func BenchmarkLint(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "vendorgate")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	const size = 2000
	fullRecords(b, dir, size)
	for b.Loop() {
		lint := exec.Command(program, "registry", "lint", dir, "--as-of", "2026-11-23")
		if out, err := lint.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		reportUsage(b, lint)
	}
}
