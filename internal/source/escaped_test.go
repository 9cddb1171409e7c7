package source_test

import (
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Names that are not UTF-8 stay distinct in a report.
func TestNameEscapes(t *testing.T) {
	t.Parallel()
	tree := source.New("registry", "", fstest.MapFS{})
	for name, want := range map[string]string{
		"vendors/\xff.yaml": `registry/vendors/\xff.yaml`, "vendors/\xe9\xfe.yaml": `registry/vendors/\xe9\xfe.yaml`, "vendors/\ufffd.yaml": `registry/vendors/\ufffd.yaml`,
		"vendors/é.yaml": "registry/vendors/é.yaml", ".": "registry",
	} {
		if got := tree.Name(name); got != want {
			t.Errorf("Name(%q) = %q, want %q", name, got, want)
		}
	}
}
