package registry_test

import (
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

func TestNearestVendor(t *testing.T) {
	t.Parallel()
	const head = "apiVersion: vendorgate/v1\nkind: Vendor\n"
	tree := fstest.MapFS{
		"vendors/larkspur-mail.yaml": {Data: []byte(head + "id: larkspur-mail\nname: Larkspur Postal Works\naliases: [Bluebell]\n")},
		"vendors/halloway-maps.yaml": {Data: []byte(head + "id: halloway-maps\nname: Halloway\n")},
		"vendors/halloway-pay.yaml":  {Data: []byte(head + "id: halloway-pay\nname: Halloway Pay\n")},
		"vendors/broken.yaml":        {Data: []byte("{{{")},
	}
	r, err := registry.Open(source.New("r", "", tree).Trust(source.Apart), source.New("embedded", "", fstest.MapFS{}).Trust(source.BuiltIn))
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"larkspur": "larkspur-mail", "larkspur-mial": "larkspur-mail", "larkspur-postal-works": "larkspur-mail", "bluebell": "larkspur-mail",
		"blubell": "larkspur-mail", "halloway": "halloway-maps", "halloway-map": "halloway-maps", "postal": "larkspur-mail", "quillnest": "",
	} {
		if got := r.Nearest(word); got != want {
			t.Errorf("Nearest(%q): got %q, want %q", word, got, want)
		}
	}
}
