package registry_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Read whole, a registry says the same as read one by one, and lists what cannot be read.
func TestAll(t *testing.T) {
	t.Parallel()
	texts := map[string]string{
		"vendors/acme.yaml": vendorHead + "status: approved\n",
		"vendors/bad.yaml":  "stats: approved\n",
		"vendors/notes.txt": "",
	}
	for i := range 50 {
		id := fmt.Sprintf("vendor-%02d", i)
		texts["vendors/"+id+".yaml"] = strings.ReplaceAll(vendorHead, "acme", id) + fmt.Sprintf("name: Vendor %d\n", i)
	}
	entries, err := open(t, texts).All()
	if err != nil || len(entries) != 52 {
		t.Fatalf("All: %d entries, error %v", len(entries), err)
	}
	one := open(t, texts)
	for i, e := range entries {
		want, err := one.Vendor(e.ID)
		if err != nil || e.Err != nil || i > 0 && entries[i-1].ID >= e.ID {
			t.Fatalf("entry %d, %s after %s: %v, %v", i, e.ID, entries[i-1].ID, err, e.Err)
		}
		if e.Vendor.Name() != want.Name() || e.Vendor.File != want.File || lines(e.Vendor.Problems) != lines(want.Problems) || e.Vendor.Record.Get("provider.country").Text != want.Record.Get("provider.country").Text {
			t.Errorf("%s: All and Vendor differ: %s %s", e.ID, lines(e.Vendor.Problems), lines(want.Problems))
		}
	}
	if got := entries[0].Vendor.Record.Get("provider.country").Text; got != "IE" {
		t.Errorf("acme inherits %q", got)
	}
}

// A record that is no plain file has an error of its own, and the others are read.
func TestAllUnreadable(t *testing.T) {
	t.Parallel()
	own := fstest.MapFS{"vendors/link.yaml": {Mode: fs.ModeSymlink, Data: []byte("acme.yaml")}, "vendors/acme.yaml": {Data: []byte(vendorHead)}}
	builtIn := fstest.MapFS{"vendors/acme.yaml": {Mode: fs.ModeSymlink, Data: []byte("x")}, "vendors/zeta.yaml": {Data: []byte(vendorHead)}}
	r, err := registry.Open(source.New("reg", "", own).Trust(source.Apart), source.New("embedded", "", builtIn).Trust(source.BuiltIn))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := r.All()
	if err != nil || len(entries) != 2 || entries[0].Err == nil || entries[1].Err == nil || entries[1].Vendor != nil {
		t.Errorf("All: %+v, error %v", entries, err)
	}
}
