//go:build unix

package main

import (
	"fmt"
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

// BenchmarkLint is the whole program on a registry of 2,000 full records. The goal is 2 s and 300 MB on two cores.
func BenchmarkLint(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "vendorgate")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	full, err := os.ReadFile("../../internal/gate/gatetest/testdata/calderwick.yaml")
	if err != nil {
		b.Fatal(err)
	}
	const size = 2000
	for i := range size {
		id := fmt.Sprintf("vendor-%05d", i)
		own := strings.NewReplacer(
			"id: calderwick-payments", "id: "+id, "calderwick.example", fmt.Sprintf("v%05d.example", i), "github.com/calderwick/", "github.com/"+id+"/",
			"%40calderwick", "%40"+id, "pkg:pypi/calderwick", "pkg:pypi/"+id, "second-source-pay", fmt.Sprintf("vendor-%05d", (i+1)%size))
		write(b, filepath.Join(dir, "vendors", id+".yaml"), own.Replace(string(full)))
	}
	for b.Loop() {
		lint := exec.Command(program, "registry", "lint", dir, "--as-of", "2026-11-23")
		if out, err := lint.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		b.ReportMetric(lint.ProcessState.UserTime().Seconds(), "CPU-s")
		if usage, ok := lint.ProcessState.SysUsage().(*syscall.Rusage); ok {
			b.ReportMetric(float64(usage.Maxrss)/1024, "MB")
		}
	}
}
