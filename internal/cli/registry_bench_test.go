package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/cli"
)

// BenchmarkRegistryReport reports on 2,000 full records under the standard policy, in HTML and JSON. The goal is 2 s.
func BenchmarkRegistryReport(b *testing.B) {
	full, err := os.ReadFile("../gate/gatetest/testdata/calderwick.yaml")
	if err != nil {
		b.Fatal(err)
	}
	root := b.TempDir()
	if err := os.Mkdir(filepath.Join(root, "vendors"), 0o755); err != nil {
		b.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	write("policy.yaml", "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nextends: vendorgate/standard@1\n")
	for i := range 2000 {
		id := fmt.Sprintf("vendor-%05d", i)
		end := time.Date(2026, 11, 1+i%300, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		write("vendors/"+id+".yaml", strings.NewReplacer("calderwick-payments", id, "calderwick", id, "expires: 2027-05-31", "expires: "+end).Replace(string(full)))
	}
	b.ReportAllocs()
	for b.Loop() {
		run := newRun()
		args := []string{"registry", "report", "--registry", root, "--format", "html=" + filepath.Join(root, "report.html"), "--format", "json=" + filepath.Join(root, "report.json")}
		if code := cli.Main(b.Context(), run.env, args); code != 0 {
			b.Fatalf("exit code %d\n%s", code, &run.stderr)
		}
	}
}
