package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/cli"
)

// The schemas that editors fetch from docs/schemas are those of the program.
func TestSchemasInDocs(t *testing.T) {
	t.Parallel()
	run := newRun()
	if code := run.main(t, "schema", "none"); code != 2 {
		t.Fatalf("exit code %d", code)
	}
	_, list, _ := strings.Cut(run.stderr.String(), "use one of ")
	names := strings.Split(strings.TrimSpace(list), ", ")
	dir := filepath.FromSlash("../../docs/schemas")
	for _, name := range names {
		file := filepath.Join(dir, name+".json")
		if *update {
			if err := os.WriteFile(file, cli.Schema(name), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if data, err := os.ReadFile(file); err != nil || !bytes.Equal(data, cli.Schema(name)) {
			t.Errorf("%s is not the schema; run go test ./internal/cli -run SchemasInDocs -update (error %v)", file, err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(names) || len(names) < 10 {
		t.Errorf("%d files for %q, error %v", len(entries), names, err)
	}
	for _, format := range []string{"manifest", "vendor"} {
		if !slices.Contains(names, format) || !strings.HasSuffix(attr.EditorLine(format), "/docs/schemas/"+format+".json\n") {
			t.Errorf("%q leads to no schema", attr.EditorLine(format))
		}
	}
}

// A file may name its schema for editors.
func TestSchemaKey(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"$schema: https://x.example/manifest.json\n" + goodManifest:             0,
		goodManifest + "    $schema: x\n":                                       1,
		strings.Replace(goodManifest, "owner:", "$schema: {a: b}\nowner:", 1):   1,
		strings.Replace(goodManifest, "{id:", "{$schema: x, id:", 1):            1,
		strings.Replace(goodManifest, "apiVersion", "$schem: x\napiVersion", 1): 1,
	} {
		dirs := goodDirs()
		dirs["."] = files("vendors.yaml", text)
		run := newRun().with(dirs)
		if code := run.main(t, "check", "--registry", "registry", "--as-of", "2026-11-23", "--scan", "off"); code != want {
			t.Errorf("%q: exit code %d, want %d\n%s%s", text, code, want, &run.stdout, &run.stderr)
		}
	}
}
