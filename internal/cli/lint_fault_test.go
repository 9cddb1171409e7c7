package cli_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/effort"
)

// A lint never passes if it cannot read something, and it says so.
func TestLintEveryReadFailsOnce(t *testing.T) {
	t.Parallel()
	head := mapFS(registryFiles())
	head["vendors/new.yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(goodRecord, "larkspur-mail", "new"))}
	head["waivers/WVR-1.yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(strings.ReplaceAll(lintWaiver, "ID", "WVR-1"), "VENDOR", "new"))}
	trees := map[string]fstest.MapFS{"before": mapFS(registryFiles()), "registry": head}
	run := func(at int) (int, string, int) {
		f := &faults{at: at}
		r := newRun()
		r.env.Open = func(dir string) (fs.FS, error) {
			if tree, ok := trees[dir]; ok {
				return faulty{tree, f}, nil
			}
			return nil, fs.ErrNotExist
		}
		code := r.main(t, "registry", "lint", "registry", "--base", "before")
		return code, r.stdout.String() + r.stderr.String(), f.calls
	}
	code, output, calls := run(0)
	if code != 0 || calls < 20 {
		t.Fatalf("exit code %d, %d calls\n%s", code, calls, output)
	}
	for at := 1; at <= calls; at++ {
		if !effort.Takes(at, 4) {
			continue
		}
		if code, output, _ := run(at); code != 4 || !strings.Contains(output, "input/output error") {
			t.Errorf("call %d fails: exit code %d\n%s", at, code, output)
		}
	}
}

const lintWaiver = `apiVersion: vendorgate/v1
kind: Waiver
id: ID
vendor: VENDOR
repos: [acme/shop]
rules: [VG-APR-002]
reason: Renewal is under way
requested_by: s.marchetti
approved_by: [{user: a.ferreira, role: security-architect}]
approved_on: 2026-11-01
expires: 2026-12-31
`
