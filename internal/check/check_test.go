package check_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
)

const (
	record = `apiVersion: vendorgate/v1
kind: Vendor
id: larkspur-mail
name: Larkspur Mail API
category: email
status: approved
approval: {approved_by: [{user: a.ferreira, role: security-architect}], approved_on: 2026-09-01, expires: 2027-08-31}
risk: {tier: 3}
scope: {environments: [prod], data_classes: [personal]}
encryption: {in_transit: {min_tls: "1.2"}}
compliance: {dpa: {status: signed, signed_on: 2026-01-15}}
data: {storage_locations: [IE], processing_locations: [IE]}
`
	declares = `apiVersion: vendorgate/v1
kind: VendorManifest
owner: team-growth
vendors:
  - {id: %s, purpose: Send the newsletter, environments: [prod], data: [%s]}
`
)

// host is a machine in memory. It has no environment.
func host(dirs map[string]fstest.MapFS) inputs.Host {
	return inputs.Host{
		Open: func(dir string) (fs.FS, error) {
			if files, ok := dirs[dir]; ok {
				return files, nil
			}
			return nil, fs.ErrNotExist
		},
		Abs:   func(name string) string { return path.Join("/", name) },
		IsDir: func(name string) (bool, error) { return dirs[name] != nil, nil },
		ReadFile: func(string, int64) ([]byte, error) {
			return nil, fs.ErrNotExist
		},
		Registry: vendorgate.Registry,
	}
}

func files(pairs ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return out
}

func settings() check.Settings {
	return check.Settings{Version: "0.1.0", FailOn: diag.Error, Scan: check.ScanAuto, AsOf: check.AsOf{Instant: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}}
}

// repository is a directory, and the verdict on it.
type repository struct {
	files fstest.MapFS
	want  diag.Verdict
}

func repositories() map[string]repository {
	return map[string]repository{
		"good":       {files("vendors.yaml", fmt.Sprintf(declares, "larkspur-mail", "personal")), diag.Pass},
		"unvetted":   {files("vendors.yaml", fmt.Sprintf(declares, "halloway-maps", "personal")), diag.Fail},
		"scope":      {files("vendors.yaml", fmt.Sprintf(declares, "larkspur-mail", "health")), diag.Fail},
		"undeclared": {files("vendors.yaml", fmt.Sprintf(declares, "larkspur-mail", "personal"), "pay.js", `fetch("https://api.stripe.com/v1/charges")`), diag.Fail},
		"nothing":    {files("README", "x"), diag.NothingToCheck},
		"broken":     {files("vendors.yaml", "kind: VendorManifest\nvendors: 1"), diag.Fail},
	}
}

func collect(t *testing.T, name string) inputs.Collected {
	t.Helper()
	dirs := map[string]fstest.MapFS{"registry": files("policy.yaml", "apiVersion: vendorgate/v1\nkind: Policy\nid: essentials\n", "vendors/larkspur-mail.yaml", record)}
	for name, r := range repositories() {
		dirs[name] = r.files
	}
	out, err := inputs.Collect(t.Context(), inputs.Request{Host: host(dirs), Version: "0.1.0", Dir: name, Registry: "registry"})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A report follows from the inputs alone: many repositories can be checked at once against one registry, and each has the
// report that it has alone.
func TestRunManyAtOnce(t *testing.T) {
	t.Parallel()
	shared := collect(t, "good").Trusted
	alone := map[string]check.Report{}
	for name, r := range repositories() {
		rep, err := check.Run(t.Context(), check.Inputs{Collected: collect(t, name), Settings: settings()})
		if err != nil || rep.Verdict != r.want {
			t.Errorf("%s: verdict %q, want %q; error %v\n%v", name, rep.Verdict, r.want, err, rep.Findings)
		}
		alone[name] = rep
	}
	var wait sync.WaitGroup
	for range 5 {
		for name := range repositories() {
			in := check.Inputs{Collected: collect(t, name), Settings: settings()}
			in.Trusted = shared
			wait.Go(func() {
				rep, err := check.Run(t.Context(), in)
				rep.Revision = alone[name].Revision // of what all of them have read of the registry
				if diff := cmp.Diff(alone[name], rep); err != nil || diff != "" {
					t.Errorf("%s, among others: error %v; alone and so:\n%s", name, err, diff)
				}
			})
		}
	}
	wait.Wait()
}

// A run whose context ended has no report.
func TestRunStopped(t *testing.T) {
	t.Parallel()
	in := check.Inputs{Collected: collect(t, "good"), Settings: settings()}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if rep, err := check.Run(stopped, in); !errors.Is(err, context.Canceled) || rep.Verdict != "" {
		t.Errorf("verdict %q, error %v", rep.Verdict, err)
	}
}

// A registry that cannot be opened is reported with its name in the settings, and there is no verdict.
func TestRunWithoutRegistry(t *testing.T) {
	t.Parallel()
	in := check.Inputs{Collected: collect(t, "good"), Settings: settings()}
	in.Trusted = inputs.NoRegistry("elsewhere", "it is gone", "Look elsewhere.")
	rep, err := check.Run(t.Context(), in)
	if err != nil || rep.Verdict != diag.NoVerdict || len(rep.Findings) != 1 || len(rep.Gaps) != 1 {
		t.Fatalf("verdict %q, error %v, findings %v, gaps %v", rep.Verdict, err, rep.Findings, rep.Gaps)
	}
	f := rep.Findings[0]
	if !strings.Contains(f.Message, `there is no registry in "elsewhere"`) || f.Hint != "Look elsewhere." || rep.Origin != "elsewhere" {
		t.Errorf("origin %q: %s\nhint: %s", rep.Origin, f.Message, f.Hint)
	}
}
