package registry_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/publicsuffix"

	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// The records that come with vendorgate say who a vendor is and nothing else: they approve none and claim nothing.
func TestEmbeddedRecords(t *testing.T) {
	t.Parallel()
	vendors := embedded(t)
	if len(vendors) < 12 {
		t.Errorf("%d records, want at least 12", len(vendors))
	}
	identity := []string{
		"apiVersion", "kind", "id", "name", "aliases", "category", "provider.id", "provider.legal_name", "provider.parent",
		"provider.country", "provider.website", "domains", "api_hosts", "api_version_scheme", "sdks", "detect.env_names",
		"detect.script_hosts", "detect.imports", "detect.multi_backend", "detect.local", "detect.self_hosted", "detect.resources", "detect.urls", "detect.files", "detect.symbols", "links.docs", "links.auth_docs", "links.security", "links.trust_center",
		"links.privacy", "links.terms", "links.changelog", "links.sla", "links.limits",
	}
	_, err := os.Stat("../../policy.yaml") // as released there is none; a fork brings its own, and decisions with it
	fork := err == nil
	for _, v := range vendors {
		if fork && v.Reviewed() {
			continue
		}
		for _, p := range slices.Concat(v.Problems, v.Faults) {
			t.Errorf("%s: %s; %s", p.Pos, p.Message, p.Hint)
		}
		if v.Reviewed() {
			t.Errorf("%s has a status", v.ID)
		}
		for _, path := range []string{"name", "category", "provider.website", "links.docs"} {
			if !v.Record.Get(path).Known() {
				t.Errorf("%s has no %s", v.ID, path)
			}
		}
		if !slices.ContainsFunc([]string{"api_hosts", "sdks", "detect.script_hosts", "detect.urls"}, func(p string) bool { return v.Record.Get(p).Known() }) {
			t.Errorf("%s has no host, package, or URL to know it by", v.ID)
		}
		for _, path := range record.Table().Paths() {
			if v.Record.Get(path).Known() && !slices.Contains(identity, path) {
				t.Errorf("%s has %s, which is more than identity", v.ID, path)
			}
		}
	}
}

// Lists are sorted, so that one word has one place. Hosts lie below a public suffix, and imports name their language.
func TestEmbeddedLists(t *testing.T) {
	t.Parallel()
	languages := []string{"csharp", "dart", "elixir", "go", "java", "js", "php", "python", "ruby", "rust", "swift"}
	for _, v := range embedded(t) {
		for _, path := range []string{"domains", "api_hosts", "detect.script_hosts", "sdks", "detect.env_names", "detect.imports", "detect.multi_backend", "detect.local", "detect.self_hosted", "detect.resources", "detect.urls", "detect.files", "detect.symbols"} {
			texts := v.Record.Get(path).Texts()
			for i := range texts {
				if i > 0 && texts[i-1] >= texts[i] {
					t.Errorf("%s: %s: %s stands after %s", v.ID, path, texts[i], texts[i-1])
				}
			}
		}
		for _, path := range []string{"domains", "api_hosts", "detect.script_hosts"} {
			for _, pattern := range v.Record.Get(path).Texts() {
				host := strings.TrimPrefix(pattern, "*.")
				suffix, icann := publicsuffix.PublicSuffix(host)
				if icann && suffix == host || !icann && !strings.Contains(suffix, ".") {
					t.Errorf("%s: %s: %s lies below no public suffix", v.ID, path, pattern)
				}
			}
		}
		for _, word := range v.Record.Get("detect.imports").Texts() {
			language, name, _ := strings.Cut(word, ":")
			if name == "" || !slices.Contains(languages, language) {
				t.Errorf("%s: import %q is not language:name", v.ID, word)
			}
		}
	}
}

// What one record is recognised by belongs to no other. A domain may have hosts of other records below it.
func TestEmbeddedRecordsShareNothing(t *testing.T) {
	t.Parallel()
	owners := map[string]string{}
	vendors := embedded(t)
	for _, v := range vendors {
		for _, path := range []string{"domains", "api_hosts", "detect.script_hosts", "sdks", "detect.env_names", "detect.imports", "detect.resources", "detect.urls", "detect.files", "detect.symbols"} {
			for _, word := range v.Record.Get(path).Texts() {
				if owner, ok := owners[word]; ok && owner != v.ID {
					t.Errorf("%s of %s is also %s's", word, v.ID, owner)
				}
				owners[word] = v.ID
			}
		}
	}
	for _, v := range vendors {
		for _, path := range []string{"domains", "api_hosts", "detect.script_hosts"} {
			for _, host := range v.Record.Get(path).Texts() {
				_, above, ok := strings.Cut(strings.TrimPrefix(host, "*."), ".")
				for ; ok; _, above, ok = strings.Cut(above, ".") {
					if owner, found := owners["*."+above]; found && owner != v.ID {
						t.Errorf("host %s of %s lies below *.%s of %s", host, v.ID, above, owner)
					}
				}
			}
		}
	}
}

func embedded(t *testing.T) []*registry.Vendor {
	t.Helper()
	tree := source.New("embedded", "", os.DirFS("../.."))
	r, err := registry.Open(tree.Trust(source.Apart), tree.Trust(source.BuiltIn))
	if err != nil {
		t.Fatal(err)
	}
	var out []*registry.Vendor
	for _, id := range r.IDs() {
		v, err := r.Vendor(id)
		if err != nil || v == nil || v.Record == nil {
			t.Fatalf("Vendor(%q) = %v, %v", id, v, err)
		}
		out = append(out, v)
	}
	return out
}
