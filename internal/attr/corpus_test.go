package attr_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

var update = flag.Bool("update", false, "rewrite testdata/bad/*.out")

// tableOf is the table that a file of testdata is read through: its name begins with the kind.
func tableOf(t *testing.T, file string) *attr.Table {
	t.Helper()
	kind, _, _ := strings.Cut(filepath.Base(file), "-")
	switch kind {
	case "manifest":
		return manifest.Table()
	case "vendor":
		return record.Table()
	case "waiver":
		return registry.WaiverTable()
	case "policy":
		return policy.Table()
	}
	t.Fatalf("%s: the name begins with no kind", file)
	return nil
}

// read is what the reader of a file says of it; manifests and policies have rules beyond their tables.
func read(table *attr.Table, file string, data []byte) (problems []diag.Problem) {
	switch table {
	case manifest.Table():
		problems = manifest.Parse(file, file, data).Problems
	case policy.Table():
		_, problems = rules.LoadPolicy(file, data, "1.0.0")
	default:
		_, problems = table.Parse(file, data)
	}
	return problems
}

func tree(t *testing.T, file string, data []byte) *yamltree.Node {
	t.Helper()
	node, problems := yamltree.Parse(file, data)
	if node == nil || len(problems) > 0 {
		t.Fatalf("%s is not strict YAML:\n%s", file, lines(problems))
	}
	return node
}

func files(t *testing.T, patterns ...string) []string {
	t.Helper()
	var out []string
	for _, pattern := range patterns {
		names, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("Glob(%s): got %d files, error %v", pattern, len(names), err)
		}
		out = append(out, names...)
	}
	return out
}

func contents(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func checkGood(t *testing.T, table *attr.Table, schema *jsonschema.Schema, file string) {
	t.Helper()
	data := contents(t, file)
	if problems := read(table, file, data); len(problems) > 0 {
		t.Errorf("%s: got problems\n%s", file, lines(problems))
	}
	if err := schema.Validate(value(tree(t, file, data))); err != nil {
		t.Errorf("%s: the schema refuses it: %v", file, err)
	}
}

func TestGoodCorpus(t *testing.T) {
	t.Parallel()
	for _, file := range files(t, "testdata/good/*.yaml") {
		table := tableOf(t, file)
		checkGood(t, table, compileSchema(t, table), file)
	}
}

// The files that the repository ships are good, by the reader and by the schema.
func TestShippedFiles(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	kinds := map[string]*attr.Table{
		"../../examples/*/vendors.yaml":          manifest.Table(),
		"../../examples/registry/vendors/*.yaml": record.Table(),
		"../../examples/registry/policy.yaml":    policy.Table(),
		"../../examples/*/policy_test.yaml":      policytest.TestTable(),
		"../../vendors/*.yaml":                   record.Table(),
		"../../examples/registry/waivers/*.yaml": registry.WaiverTable(),
	}
	checked := 0
	for pattern, table := range kinds {
		schema := compileSchema(t, table)
		names, _ := filepath.Glob(filepath.FromSlash(pattern))
		for _, file := range names {
			checkGood(t, table, schema, file)
			checked++
		}
	}
	all := 0
	for _, dir := range []string{"../../examples", "../../vendors"} {
		err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(name, ".yaml") {
				all++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if checked != all || all < 7 {
		t.Errorf("checked %d files of %d", checked, all)
	}
}

// What is wrong with the structure of a file is wrong to the reader and to the schema.
func TestBadCorpus(t *testing.T) {
	t.Parallel()
	for _, file := range files(t, "testdata/bad/*.yaml") {
		table, data := tableOf(t, file), contents(t, file)
		got := lines(read(table, filepath.Base(file), data))
		golden := strings.TrimSuffix(file, ".yaml") + ".out"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got == "" {
			t.Errorf("%s: the reader finds nothing wrong", file)
		}
		want, err := os.ReadFile(golden)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: want, got:\n%s", file, diff)
		}
		if err := compileSchema(t, table).Validate(value(tree(t, file, data))); err == nil {
			t.Errorf("%s: the schema accepts it", file)
		}
	}
}
