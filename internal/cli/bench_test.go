package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/cli"
)

// BenchmarkCheck checks 5 vendors against registries of two sizes, inside the process. A check reads the records that the
// manifest names, so the two should cost the same.
func BenchmarkCheck(b *testing.B) {
	for _, size := range []int{100, 10_000} {
		root := registryOf(b, size)
		b.Run(fmt.Sprintf("records=%d", size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run := newRun()
				args := []string{"check", filepath.Join(root, "repo"), "--registry", filepath.Join(root, "registry")}
				if code := cli.Main(b.Context(), run.env, args); code != 0 {
					b.Fatalf("exit code %d\n%s%s", code, &run.stdout, &run.stderr)
				}
			}
		})
	}
}

func registryOf(b *testing.B, size int) (root string) {
	b.Helper()
	root = b.TempDir()
	write := func(name, text string) {
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	manifest := "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-growth\nvendors:\n"
	for i := range size {
		id := fmt.Sprintf("vendor-%05d", i)
		write("registry/vendors/"+id+".yaml", strings.ReplaceAll(goodRecord, "larkspur-mail", id))
		if i%(size/5) == 0 {
			manifest += "  - {id: " + id + ", purpose: Send the newsletter, environments: [prod], data: [personal]}\n"
		}
	}
	write("repo/vendors.yaml", manifest)
	write("registry/policy.yaml", plainPolicy)
	return root
}
