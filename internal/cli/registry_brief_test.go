package cli_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// words are those of the organisation, which a letter to a vendor does not have.
var words = regexp.MustCompile(`(?i)VG-[A-Z]|\btiers?\b|accepted|\battributes?\b|vendorgate|if not met|[a-z]\.[a-z]+_|\\_|[a-z]\[\]`)

// A brief as Markdown is a letter that somebody understands who does not know vendorgate, at every tier, for every class of data, by every policy.
func TestBriefLetters(t *testing.T) {
	t.Parallel()
	for _, preset := range policy.Presets() {
		t.Run(preset, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "policy.yaml"), "apiVersion: vendorgate/v1\nkind: Policy\nid: acme-policy\nextends: "+preset+"\n")
			write(t, filepath.Join(dir, "vendors", "other.yaml"), "apiVersion: vendorgate/v1\nkind: Vendor\nid: other\n")
			for i, class := range vocab.DataClasses() {
				run := newRun()
				if code := run.main(t, "registry", "brief", "stripe", "--registry", dir, "--tier", fmt.Sprint(1+i%4), "--data", class.Name); code != 0 {
					t.Fatalf("exit code %d\n%s", code, &run.stderr)
				}
				for line := range strings.Lines(run.stdout.String()) {
					if word := words.FindString(line); word != "" {
						t.Errorf("tier %d, %s: %q in %s", 1+i%4, class.Name, word, line)
					}
				}
			}
		})
	}
}

// A brief as YAML can be read as a record and is in order, at every tier, for every class of data, by every policy.
func TestBriefs(t *testing.T) {
	t.Parallel()
	for _, preset := range policy.Presets() {
		t.Run(preset, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "policy.yaml"), "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nextends: "+preset+"\n")
			write(t, filepath.Join(dir, "vendors", "other.yaml"), "apiVersion: vendorgate/v1\nkind: Vendor\nid: other\n")
			for i, class := range vocab.DataClasses() {
				id := []string{"stripe", "acme-sms"}[i%2]
				tier := 1 + i%4
				run := newRun()
				if code := run.main(t, "registry", "brief", id, "--registry", dir, "--tier", fmt.Sprint(tier), "--data", class.Name, "--format", "yaml"); code != 0 {
					t.Fatalf("exit code %d\n%s", code, &run.stderr)
				}
				data := run.stdout.Bytes()
				formatted, problems := registry.Format(record.Table(), id, data)
				if _, wrong := record.Table().Parse(id, data); len(wrong)+len(problems) > 0 || string(formatted) != string(data) {
					t.Fatalf("not a record in order: %v %v\n%s", problems, wrong, data)
				}
			}
		})
	}
}
