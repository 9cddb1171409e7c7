package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/drafts"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// A new record can be read, contradicts nothing and is in order, at every tier, for every class of data, by every policy.
func TestNewRecords(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	classes := []string{""}
	for _, c := range vocab.DataClasses() {
		classes = append(classes, c.Name)
	}
	for _, preset := range policy.Presets() {
		t.Run(preset, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "policy.yaml"), "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nextends: "+preset+"\n")
			for tier := range 5 {
				for i, class := range classes {
					if err := os.RemoveAll(filepath.Join(dir, "vendors")); err != nil {
						t.Fatal(err)
					}
					if err := os.Mkdir(filepath.Join(dir, "vendors"), 0o755); err != nil {
						t.Fatal(err)
					}
					id := []string{"stripe", "acme-sms"}[i%2]
					args := []string{"registry", "new", id, "--registry", dir, "--tier", fmt.Sprint(tier)}
					if class != "" {
						args = append(args, "--data", class)
					}
					if id == "acme-sms" {
						args = append(args, "--category", "messaging")
					}
					run := newRun()
					if code := run.main(t, args...); code != 0 {
						t.Fatalf("%q: exit code %d\n%s", args, code, &run.stderr)
					}
					checkNew(t, dir, id)
					if tier > 2 && class == "" {
						checkShort(t, dir, id)
					}
				}
			}
		})
	}
}

// checkShort checks that a short record has at most 15 lines, and an answer to give to whatever the policy asks.
func checkShort(t *testing.T, dir, id string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "vendors", id+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), "\n"); n > drafts.MaxShort {
		t.Errorf("%d lines\n%s", n, data)
	}
	run := newRun()
	if code := run.main(t, "registry", "renew", id, "--registry", dir); code != 0 {
		t.Fatalf("exit code %d\n%s", code, &run.stderr)
	}
	tasks := 0
	for line := range strings.Lines(run.stdout.String()) {
		path, ok := strings.CutSuffix(strings.TrimSpace(line), ": unknown")
		if !ok {
			continue
		}
		tasks++
		if key := path[strings.LastIndexByte(path, '.')+1:]; !strings.Contains(string(data), key+": unknown") && path != "rate_limiting.limits" { // a list
			t.Errorf("%s is asked and not in the record\n%s", path, data)
		}
	}
	if tasks == 0 {
		t.Errorf("nothing is asked:\n%s", &run.stdout)
	}
}

func checkNew(t *testing.T, dir, id string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "vendors", id+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	formatted, problems := registry.Format(record.Table(), id, data)
	if string(formatted) != string(data) || len(problems) > 0 {
		t.Fatalf("not in order: %v\n%s", problems, data)
	}
	known, err := registry.Open(source.New(dir, "", os.DirFS(dir)).Trust(source.Agreed), source.New("embedded", "", vendorgate.Registry).Trust(source.BuiltIn))
	if err != nil {
		t.Fatal(err)
	}
	v, err := known.Vendor(id)
	if err != nil || len(v.Problems)+len(v.Faults) > 0 {
		t.Fatalf("%v %v %v\n%s", err, v.Problems, v.Faults, data)
	}
	if status := v.Record.Get("status").Text; status != "proposed" {
		t.Errorf("status %q", status)
	}
	lines := strings.Split(string(data), "\n")
	if i := slices.IndexFunc(lines, func(l string) bool { return len(l) > 140 }); i >= 0 {
		t.Errorf("line %d has %d characters", i+1, len(lines[i]))
	}
	uncommented(t, known, id, lines)
}

// uncommented removes the # before every attribute that is offered as a comment: what an example says can be read.
func uncommented(t *testing.T, known *registry.Registry, id string, lines []string) {
	t.Helper()
	var out []string
	for _, line := range lines {
		margin, text, ok := strings.Cut(line, "# ")
		key, value, found := strings.Cut(strings.TrimSpace(text), ":")
		switch {
		case !ok:
			out = append(out, line)
		case found && strings.Trim(margin, " ") == "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz_") == "" && !strings.HasSuffix(value, "..."):
			out = append(out, margin+text)
		}
	}
	table := record.Table()
	if _, problems := table.Parse(id, []byte(strings.Join(out, "\n"))); len(problems) > 0 {
		for _, p := range problems {
			if !strings.HasSuffix(p.Message, "a mapping is expected") { // all of its examples are missing
				t.Errorf("%s of %v\n%s", p.Message, known.Tree.Origin, strings.Join(out, "\n"))
			}
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
