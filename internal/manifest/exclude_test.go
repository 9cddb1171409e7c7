package manifest_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/manifest"
)

// An entry that leaves out no manifest is a problem, and what its hint says to write is none.
func TestExcludeNothing(t *testing.T) {
	t.Parallel()
	parse := func(glob string) manifest.Manifest {
		return manifest.Parse("vendors.yaml", "vendors.yaml", []byte("apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: x\nexclude_manifests: ['"+glob+"']\nvendors: []\n"))
	}
	for glob, want := range map[string]string{
		"package.json": "no manifest has this name", "*.json": "no manifest has this name", "fixtures/x.txt": "no manifest has this name", "vendors.yml/": "vendors.yml is a file", "a/vendors.yaml/**": "is a file",
		"vendors.yaml": "always checked", "https://x.example/a": "it is a URL",
	} {
		m := parse(glob)
		if len(m.Problems) != 1 || !strings.Contains(m.Problems[0].Message, want) {
			t.Errorf("%q: got %v, want %q", glob, m.Problems, want)
			continue
		}
		if _, text, ok := strings.Cut(m.Problems[0].Hint, "write `"); ok {
			instead, _, _ := strings.Cut(text, "`")
			if again := parse(instead); len(again.Problems) > 0 {
				t.Errorf("%q: the hint %q: %v", glob, instead, again.Problems)
			}
		}
	}
	for _, glob := range []string{"testdata/**", "testdata", "*.yaml", "**/vendors.y*ml", "a/vendors.YML", "v1.2", "acme.example/**", "a/vendor.yaml", "{a,b}/vendors.yaml"} {
		if m := parse(glob); len(m.Problems) > 0 {
			t.Errorf("%q: %v", glob, m.Problems)
		}
	}
}

// A hint for a host or path is sound, or names no value.
func TestHintsForIgnores(t *testing.T) {
	t.Parallel()
	for entry, want := range map[string]string{
		"ignore: [{host: 'ac me.io', reason: r}]": "write a host, such as", "ignore: [{host: a.example, path: 'https://x.io', reason: r}]": "such as `src/**`", "first_party: ['x acme']": "write a host, such as",
	} {
		m := manifest.Parse("vendors.yaml", "vendors.yaml", []byte("apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: x\n"+entry+"\nvendors: []\n"))
		if len(m.Problems) != 1 || !strings.Contains(m.Problems[0].Hint, want) {
			t.Errorf("%s: got %v, want a hint with %q", entry, m.Problems, want)
		}
	}
}
