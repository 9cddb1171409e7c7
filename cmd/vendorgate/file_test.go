package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// small is a directory with a manifest that passes, and its registry.
func small(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "repo/vendors.yaml"), "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n")
	write(t, filepath.Join(dir, "registry/vendors/larkspur-mail.yaml"), strings.ReplaceAll(benchRecord, "ID", "larkspur-mail"))
	write(t, filepath.Join(dir, "registry/policy.yaml"), plainPolicy)
	return dir
}

// plainPolicy is the default policy under the name of its preset.
const plainPolicy = "apiVersion: vendorgate/v1\nkind: Policy\nid: essentials\n"

// check is a run of the program: testscript puts it on the PATH.
func check(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command("vendorgate", append([]string{"check", "repo", "--registry", "registry", "--as-of", "2026-11-23"}, args...)...)
	cmd.Dir = dir
	return cmd
}

const benchRecord = `apiVersion: vendorgate/v1
kind: Vendor
id: ID
name: Larkspur Mail API
category: email
status: approved
approval: {approved_by: [{user: a.ferreira, role: security-architect}], approved_on: 2026-09-01, expires: 2027-08-31}
risk: {tier: 3}
scope: {environments: [prod], data_classes: [personal]}
encryption: {in_transit: {min_tls: "1.2"}}
`
