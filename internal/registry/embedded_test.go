package registry_test

import (
	"os"
	"slices"
	"testing"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
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
		"links.docs", "links.auth_docs", "links.security", "links.trust_center", "links.privacy", "links.terms",
		"links.changelog", "links.sla", "links.limits",
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
		for _, path := range []string{"name", "category", "provider.website", "domains", "api_hosts", "sdks", "links.docs"} {
			if !v.Record.Get(path).Known() {
				t.Errorf("%s has no %s", v.ID, path)
			}
		}
		for _, path := range registry.Table().Paths() {
			if v.Record.Get(path).Known() && !slices.Contains(identity, path) {
				t.Errorf("%s has %s, which is more than identity", v.ID, path)
			}
		}
	}
}

// One host and one package belong to one record.
func TestEmbeddedRecordsShareNothing(t *testing.T) {
	t.Parallel()
	vendors := embedded(t)
	for i, a := range vendors {
		for _, b := range vendors[i+1:] {
			for _, host := range a.Record.Get("api_hosts").Texts() {
				for _, other := range b.Record.Get("api_hosts").Texts() {
					if host == other || scalar.HostMatches(host, other) || scalar.HostMatches(other, host) {
						t.Errorf("host %s of %s is also %s of %s", host, a.ID, other, b.ID)
					}
				}
			}
			for _, sdk := range a.Record.Get("sdks").Texts() {
				if b.Record.Get("sdks").Has(sdk) {
					t.Errorf("package %s belongs to %s and %s", sdk, a.ID, b.ID)
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
