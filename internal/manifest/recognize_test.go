package manifest_test

import (
	"errors"
	"testing"

	"github.com/vendorgate/vendorgate/internal/manifest"
)

func TestRecognize(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		title, text string
		want        bool
	}{
		{"a manifest", "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n", true},
		{"a newer one", "apiVersion: vendorgate/v2\nkind: VendorManifest\n", true},
		{"a near miss of kind", "kind: VendorManifst\nvendors: []\n", true},
		{"a near miss of a key", "api_version: vendorgate/v1\n", true},
		{"another near miss", "apiVerson: vendorgate/v1\n", true},
		{"kind in another case", "Kind: vendor-manifest\n", true},
		{"only entries of ours", "vendors:\n  - {id: stripe, purpose: Pay}\n", true},
		{"an entry without an id", "vendors:\n  - {purpose: Pay, environments: [prod]}\n", true},
		{"nothing but ids", "vendors: [{id: stripe}]\n", true},
		{"an empty list alone", "vendors: []\n", true},
		{"an empty file", "", true},
		{"no YAML", "vendors: [\n", true},
		{"entries by id", "vendors:\n  quillnet: {purpose: Pay, environments: [prod], data: [internal]}\n", true},
		{"entries by id that have one, too", "vendors:\n  quillnet: {id: quillnet, purpose: Pay}\n", true},
		{"an entry with an owner", "vendors:\n  quillnet: {purpose: Pay, owner: team-pay}\n", true},
		{"an entry that is no list", "vendors: {id: quillnet, purpose: Pay, environments: [prod]}\n", true},
		{"the singular", "owner: team-pay\nvendor:\n  - {id: quillnet, purpose: Pay, environments: [prod]}\n", true},
		{"one entry in the singular", "vendor: {id: quillnet, purpose: Pay}\n", true},
		{"keys in another case", "Vendors:\n  - {Id: quillnet, Purpose: Pay, Environments: [prod]}\n", true},
		{"a shorter kind", "kind: Manifest\nowner: team-pay\nvendors: []\n", true},
		{"a shorter kind with entries", "kind: manifest\nvendors:\n  - {name: quillnet, purpose: Pay}\n", true},
		{"another tool's manifest", "kind: Manifest\nvendors:\n  - {name: quillnet, url: x}\n", false},
		{"another tool's map", "vendors:\n  quillnet: {id: 7, owner: Halloway, data: x.csv}\n  other: {owner: Halloway}\n", false},
		{"another tool's one vendor", "vendor: {id: 7, name: Halloway}\n", false},
		{"another tool's text", "vendor: halloway\n", false},
		{"another tool's texts", "vendors: {a: b, id: c}\n", false},
		{"a catalogue", "quillchip:\n  display_name: Quillchip\n", false},
		{"a map of vendors", "vendors:\n  quillnet: {name: Quillnet, enabled: true}\n", false},
		{"a list", "- {name: Halloway, booth: 12}\n", false},
		{"vendors of a fair", "vendors:\n  - {id: 7, name: Halloway, booth: 12}\n", false},
		{"another tool's kind", "apiVersion: v1\nkind: List\nvendors: []\n", false},
		{"an empty list beside others", "vendors: []\nbooths: 12\n", false},
	} {
		if got := manifest.Recognize([]byte(c.text)); got != c.want {
			t.Errorf("%s: got %v, want %v", c.title, got, c.want)
		}
	}
}

func TestNearName(t *testing.T) {
	t.Parallel()
	const ours = "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"
	for _, c := range []struct {
		name, text, right string
	}{
		{"vendor.yaml", ours, "vendors.yaml"},
		{"svc/vendors.json", `{"apiVersion": "vendorgate/v1", "kind": "VendorManifest"}`, "svc/vendors.yaml"},
		{"Vendor.YML", ours, "vendors.yaml"},
		{"vendor.yaml", "vendors:\n  - {id: quillnet, purpose: Pay, environments: [prod]}\n", "vendors.yaml"},
		{"vendor.yaml", "vendor: {quillnet: {purpose: Pay, environments: [prod]}}\n", "vendors.yaml"},
		{"vendor.yaml", "vendors: [{id: quillnet, endpoints: [x]}]\n", ""},
		{"vendor.yaml", "vendors: []\n", ""},
		{"vendor.yaml", "kind: Other\n", ""},
		{"vendor.yaml", "- 1\n", ""},
		{"unrelated.yaml", ours, ""},
	} {
		right, got := manifest.NearName(c.name, func() ([]byte, error) { return []byte(c.text), nil })
		if right != c.right || got != (c.right != "") {
			t.Errorf("NearName(%q, %q) = %q, %v, want %q", c.name, c.text, right, got, c.right)
		}
	}
	if _, got := manifest.NearName("vendor.yaml", func() ([]byte, error) { return nil, errors.New("unreadable") }); got {
		t.Error("a file that cannot be read is ours")
	}
}
