package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/process"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		build process.Build
		want  string
	}{
		{process.Build{}, "vendorgate (devel)\n"},
		{process.Build{Version: "0.1.0", Release: "0.1.0", Go: "go1.26"}, "vendorgate 0.1.0\nbuilt with: go1.26\n"},
		{process.Build{Version: "0.1.0", Revision: "3f2c1a9", Time: "2026-11-23T10:00:00Z"}, "vendorgate 0.1.0\ncommit: 3f2c1a9 (2026-11-23T10:00:00Z)\n"},
		{process.Build{Revision: "3f2c1a9", Modified: true}, "vendorgate (devel)\ncommit: 3f2c1a9 (time unknown, with local changes)\n"},
	} {
		run := newRun()
		run.env.Build = tt.build
		if code := run.main(t, "version"); code != 0 || run.stdout.String() != tt.want {
			t.Errorf("version of %+v: exit %d, %q, want %q", tt.build, code, &run.stdout, tt.want)
		}
	}
}

// A policy's required_version applies to the release that the build is or follows. A build without one is never accepted.
func TestRequiredVersion(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		build   process.Build
		refused string // empty if the policy accepts it
	}{
		{process.Build{Version: "0.1.0", Release: "0.1.0"}, ""},
		{process.Build{Version: "0.1.1-0.20261123100000-3f2c1a9d0e4b", Release: "0.1.0"}, ""},
		{process.Build{Version: "2.0.0", Release: "2.0.0"}, "this is version 2.0.0"},
		{process.Build{Version: "0.0.0-20261123100000-3f2c1a9d0e4b"}, "this is version 0.0.0-20261123100000-3f2c1a9d0e4b"},
		{process.Build{}, "this is version (devel)"},
	} {
		run := newRun()
		run.env.Build = tt.build
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS("testdata/explain")); err != nil {
			t.Fatal(err)
		}
		policy := "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nrequired_version: \">= 0.1, < 2.0\"\n"
		registry := filepath.Join(dir, "registry")
		if err := os.WriteFile(filepath.Join(registry, "policy.yaml"), []byte(policy), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, command := range []struct {
			args    []string
			refused int // the exit code
		}{
			{[]string{"check", dir, "--registry", registry}, 4}, {[]string{"registry", "lint", registry}, 1},
		} {
			run.stdout.Reset()
			want, message := 0, ""
			if tt.refused != "" {
				want, message = command.refused, "this policy needs vendorgate >= 0.1, < 2.0, but "+tt.refused
			}
			code := run.main(t, command.args...)
			if code != want || !strings.Contains(run.stdout.String(), message) {
				t.Errorf("%s with %+v: exit %d, want %d with %q\n%s", command.args[0], tt.build, code, want, message, &run.stdout)
			}
		}
	}
}
