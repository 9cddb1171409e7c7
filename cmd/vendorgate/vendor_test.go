package main

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/effort"
)

// Whoever adds a vendor adds one file and no other: nothing in the repository is made of all vendors, so two branches that
// each add one have no line in common.
func TestVendorIsOneFile(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	dir := t.TempDir()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	record, overlay, program := filepath.Join(dir, "record"), filepath.Join(dir, "overlay"), filepath.Join(dir, "vendorgate")
	write(t, record, `apiVersion: vendorgate/v1
kind: Vendor
id: halloway-maps
name: Halloway Maps API
category: maps
api_hosts: [api.halloway-maps.example]
sdks: [pkg:npm/halloway-maps]
`)
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(root, "vendors", "halloway-maps.yaml"): record}})
	if err != nil {
		t.Fatal(err)
	}
	write(t, overlay, string(replace))
	write(t, filepath.Join(dir, "src", "package.json"), `{"dependencies": {"halloway-maps": "1.0.0"}}`)
	if out, err := exec.Command("go", "build", "-overlay", overlay, "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	out, err := exec.Command(program, "scan", filepath.Join(dir, "src")).Output()
	if err != nil || !strings.Contains(string(out), "halloway-maps (Halloway Maps API): undeclared") {
		t.Errorf("scan with a record more: %v\n%s", err, out)
	}
}
