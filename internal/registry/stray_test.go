package registry_test

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Files that hold records and are not read are found wherever they are below their folder; others are not among them.
func TestStrays(t *testing.T) {
	t.Parallel()
	record := &fstest.MapFile{Data: []byte("apiVersion: vendorgate/v1\n")}
	other := &fstest.MapFile{Data: []byte("x\n")}
	tree := source.New("r", "", fstest.MapFS{
		"vendors/read.yaml": other, "vendors/short.yml": other, "vendors/LOUD.YAML": other, "vendors/old.yaml.bak": other, "vendors/tilde.yaml~": other,
		"vendors/copy.yaml (1)": other, "vendors/data.json": other, "vendors/bare": record, "vendors/note.txt": record, "vendors/mail/nested.yaml": other,
		"vendors/mail/eu/deep.yml": other, "vendors/README.md": other, "vendors/notes.txt": other, "vendors/.keep": other, "vendors/.hidden.yaml": other,
		"vendors/logo.png": other, "vendors/mail/CODEOWNERS": other, "vendors/x.yamlish": other,
		"vendors/\xff.yml": other, "vendors/\xff/a.yaml": other, "waivers/WVR-1.yaml": other, "waivers/old/WVR-2.yaml": other, "probes/read.json": other, "probes/result.yaml": other, "docs/x.yml": other,
	})
	var got []string
	for _, folder := range []string{"vendors", "waivers", "probes", "nowhere"} {
		strays, err := registry.Strays(tree, folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range strays {
			got = append(got, fmt.Sprintf("%s: %s, %s, %v", s.File, s.ID, s.Right, s.Nested()))
		}
	}
	want := []string{
		"vendors/LOUD.YAML: LOUD, vendors/LOUD.yaml, false",
		"vendors/bare: bare, vendors/bare.yaml, false",
		"vendors/copy.yaml (1): copy, vendors/copy.yaml, false",
		"vendors/data.json: data, vendors/data.yaml, false",
		"vendors/mail/eu/deep.yml: deep, vendors/deep.yaml, true",
		"vendors/mail/nested.yaml: nested, vendors/nested.yaml, true",
		"vendors/note.txt: note, vendors/note.yaml, false",
		"vendors/old.yaml.bak: old, vendors/old.yaml, false",
		"vendors/short.yml: short, vendors/short.yaml, false",
		"vendors/tilde.yaml~: tilde, vendors/tilde.yaml, false",
		"waivers/old/WVR-2.yaml: WVR-2, waivers/WVR-2.yaml, true",
		"probes/result.yaml: result, probes/result.json, false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Strays: (-want +got)\n%s", diff)
	}
}

// A file is taken for the record of an id only where no record of that id is read.
func TestStray(t *testing.T) {
	t.Parallel()
	other := &fstest.MapFile{Data: []byte("x\n")}
	tree := source.New("r", "", fstest.MapFS{
		"vendors/both.yaml": other, "vendors/both.yml": other, "vendors/old/both.yaml": other, "vendors/Capital.yaml": other,
		"vendors/short.YML": other, "vendors/mail/nested.yaml": other, "vendors/two.yaml": other, "vendors/Two.yaml": other,
	})
	embedded := source.New("embedded", "", fstest.MapFS{"vendors/x.yaml": other})
	known, err := registry.Open(tree.Trust(source.Agreed), embedded.Trust(source.BuiltIn))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"both": "", "two": "", "nobody": "", "x": "", "capital": "vendors/Capital.yaml", "short": "vendors/short.YML", "nested": "vendors/mail/nested.yaml",
	} {
		got, ok, err := known.Stray(id)
		if err != nil || got.File != want || ok != (want != "") || ok && got.Right != "vendors/"+id+".yaml" {
			t.Errorf("Stray(%q) = %+v, %v, %v; want %q", id, got, ok, err, want)
		}
	}
}

// A record that is there twice is noticed if the two differ, and only where one of them is read.
func TestTwin(t *testing.T) {
	t.Parallel()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	tree := source.New("r", "", fstest.MapFS{
		"vendors/differs.yaml": file("a"), "vendors/differs.yml": file("b"), "vendors/same.yaml": file("a"), "vendors/same.yml": file("a"), "vendors/case.yaml": file("a"), "vendors/Case.yaml": file("b"),
		"vendors/loud.yaml": file("a"), "vendors/Loud.YML": file("b"), "vendors/backup.yaml": file("a"), "vendors/backup.yaml.bak": file("b"), "vendors/old/nested.yaml": file("b"), "vendors/nested.yaml": file("a"),
		"vendors/alone.yml": file("a"), "vendors/alone.YAML": file("b"), "vendors/link.yaml": file("a"), "vendors/link.yml": {Mode: fs.ModeSymlink}, "vendor/differs.yaml": file("c"),
	})
	known, err := registry.Open(tree.Trust(source.Agreed), source.New("embedded", "", fstest.MapFS{}).Trust(source.BuiltIn))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"differs": "vendors/differs.yml", "same": "", "case": "vendors/Case.yaml", "loud": "vendors/Loud.YML", "backup": "", "nested": "", "alone": "", "nobody": "", "link": "vendors/link.yml",
	} {
		if got, err := known.Twin(id); got != want || err != nil {
			t.Errorf("Twin(%q) = %q, %v; want %q", id, got, err, want)
		}
	}
	twins, err := known.Twins()
	if err != nil || len(twins) != 3 {
		t.Errorf("Twins: %+v, %v", twins, err)
	}
}

// Records beside the folders of a registry are found by the id in them, and not those in documentation or in a registry of its own.
func TestMisplaced(t *testing.T) {
	t.Parallel()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	record, waiver := file("apiVersion: vendorgate/v1\nkind: Vendor\nid: a\n"), file("apiVersion: vendorgate/v1\nkind: \"Waiver\" # granted\nid: W\n")
	manifest := file("apiVersion: vendorgate/v1\nkind: VendorManifest\n")
	tree := source.New("r", "", fstest.MapFS{
		"vendors/read.yaml": record, "root.yaml": record, "W-1.yml": waiver, "vendors.yaml": manifest, "policy.yaml": file("apiVersion: vendorgate/v1\nkind: Policy\n"),
		"vendor/a.yaml": record, "Records/b.YAML": record, "old/vendors/c.yaml": record, "old/waivers/W-2.yaml": waiver, "vendor/README.md": record, "vendor/other.yaml": file("kind: Vendor\n"),
		"docs/example.yaml": record, "examples/policy.yaml": file(""), "examples/vendors/d.yaml": record, "a/b/vendors/e.yaml": record, "waivers/W-3.yaml": waiver,
	})
	var got []string
	found, err := registry.Misplaced(tree)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range found {
		got = append(got, s.File+" "+s.Right)
	}
	want := []string{"W-1.yml waivers/W.yaml", "root.yaml vendors/a.yaml", "Records/b.YAML vendors/a.yaml", "old/vendors/c.yaml vendors/a.yaml", "old/waivers/W-2.yaml waivers/W.yaml", "vendor/a.yaml vendors/a.yaml"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
