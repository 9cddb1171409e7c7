package gate_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// scanned evaluates files with what a scan found. Every file but those in unchanged is part of the change.
func scanned(t *testing.T, f gatetest.Files, found detect.Result, unchanged ...string) gate.Result {
	t.Helper()
	in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
	in.CodeScan = &gate.CodeScan{Result: &found, Name: func(file string) string { return file }, Changed: func(file string) bool {
		return !slices.Contains(unchanged, file)
	}}
	return gate.Evaluate(in)
}

// hosts returns unknown hosts, each in a file of its own.
func hosts(n int) []detect.UnknownHost {
	var out []detect.UnknownHost
	for i := range n {
		domain := fmt.Sprintf("d%02d.example", i)
		out = append(out, detect.UnknownHost{Domain: domain, Host: "api." + domain, File: fmt.Sprintf("src/%02d.js", i), Line: 1, Col: 1, Why: "fetch calls it"})
	}
	return out
}

// TestUnknownHostsUnchanged: whatever severity a policy sets, a host in an unchanged file is a warning at most.
func TestUnknownHostsUnchanged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ severity, changed, unchanged string }{
		{"error", "error VG-REG-008", "warning VG-REG-008"},
		{"warning", "warning VG-REG-008", "warning VG-REG-008"},
		{"note", "note VG-REG-008", "note VG-REG-008"},
	} {
		f := gatetest.World(t).Rules("rules: {VG-REG-008: {severity: " + c.severity + "}}\n")
		if got := gatetest.Short(scanned(t, f, detect.Result{UnknownHosts: hosts(1)})); got != c.changed {
			t.Errorf("severity %s, a changed file: got %q, want %q", c.severity, got, c.changed)
		}
		r := scanned(t, f, detect.Result{UnknownHosts: hosts(1)}, "src/00.js")
		if got := gatetest.Short(r); got != c.unchanged || r.Findings[0].Introduced {
			t.Errorf("severity %s, an unchanged file: got %q, want %q", c.severity, got, c.unchanged)
		}
	}
}

// TestManyUnknownHosts: thirty hosts are listed, and one more finding counts the rest.
func TestManyUnknownHosts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		hosts, findings int
		last            string
	}{
		{30, 30, `the code seems to call "api.d29.example", a host of an unknown vendor (fetch calls it)`},
		{32, 31, "2 more hosts of unknown vendors"},
		{50, 31, "20 more hosts of unknown vendors"},
	} {
		all := scanned(t, gatetest.World(t), detect.Result{UnknownHosts: hosts(c.hosts)}).Findings
		if len(all) != c.findings || all[len(all)-1].Message != c.last {
			t.Errorf("%d hosts: got %d findings, the last %q; want %d, the last %q", c.hosts, len(all), all[len(all)-1].Message, c.findings, c.last)
		}
	}
}

// TestUndeclaredTier: the record's tier decides how much an undeclared use counts; a vendor without a tier is at tier 1.
func TestUndeclaredTier(t *testing.T) {
	t.Parallel()
	for risk, want := range map[string]string{
		"risk: {tier: 1}": "error VG-REG-002", "risk: {tier: 2}": "error VG-REG-002", "risk: {tier: 3}": "warning VG-REG-002", "risk: {tier: 4}": "warning VG-REG-002",
		"risk: {inherent: high}": "error VG-REG-002",
	} {
		f := gatetest.World(t, "risk: {tier: 2}", risk).With(gatetest.Files{"vendors.yaml": nothingDeclared})
		place := detect.Sighting{Kind: detect.KindHost, Confidence: detect.Confirmed, File: "src/pay.js", Line: 1, Col: 1, Text: "api.acme.example"}
		r := scanned(t, f, detect.Result{Undeclared: []detect.Vendor{{ID: "acme-pay", Confidence: detect.Confirmed, Sightings: []detect.Sighting{place}}}})
		if got := gatetest.Short(r); got != want {
			t.Errorf("%s: got %q, want %q", risk, got, want)
		}
	}
}

// TestIgnoreEntriesAreOld: an ignore entry without effect is about no change, even if every file counts as changed.
func TestIgnoreEntriesAreOld(t *testing.T) {
	t.Parallel()
	in := gatetest.Input(t, gatetest.World(t).With(gatetest.Files{"vendors.yaml": ignoring}), gatetest.Today, gatetest.Repository)
	in.CodeScan = traces(t)
	in.CodeScan.Result, in.CodeScan.Changed = &detect.Result{}, nil
	r := gate.Evaluate(in)
	for _, key := range []string{"lapsed:acme-old", "idle:*.acme.example docs/**"} {
		if gatetest.OneKey(t, r, "VG-MAN-004", key).Introduced {
			t.Errorf("%s counts as introduced", key)
		}
	}
}

// TestIgnoreLastDay: an ignore entry counts through its last day in the time zone of the policy, and not a second longer.
func TestIgnoreLastDay(t *testing.T) {
	t.Parallel()
	m := manifest.Parse("vendors.yaml", "vendors.yaml", []byte(nothingDeclared+"ignore: [{vendor: acme-pay, reason: A mock, expires: 2026-12-31}]\n"))
	if len(m.Problems) > 0 {
		t.Fatal(m.Problems)
	}
	for zone, over := range map[string]string{"UTC": "2027-01-01T00:00:00Z", "Pacific/Kiritimati": "2026-12-31T10:00:00Z", "America/Los_Angeles": "2027-01-01T08:00:00Z"} {
		p := gatetest.Load(t, gatetest.PolicyHead+"timezone: "+zone+"\n")
		for before, counts := range map[time.Duration]bool{time.Second: true, 0: false} {
			i := gate.NewIgnoreUse(m.Ignores[0], p, p.At(gatetest.Instant(t, over).Add(-before)))
			i.Agreed = true
			if got := i.Admits("acme-pay", "approved"); got != counts || i.Lapsed == counts {
				t.Errorf("%s, %s before the end: it counts: %v", zone, before, got)
			}
		}
	}
}

// TestIgnoreTooFar: an ignore entry that ends later than the policy allows covers no known vendor, and still covers unknown hosts.
func TestIgnoreTooFar(t *testing.T) {
	t.Parallel()
	p := gatetest.Load(t, gatetest.PolicyHead+"params: {ignore_max_term: P90D}\n")
	for last, covers := range map[string]bool{"2027-02-21": true, "2027-02-22": false} { // in 90 days, and in 91
		m := manifest.Parse("vendors.yaml", "vendors.yaml", []byte(nothingDeclared+`ignore: [{host: "*.acme.example", reason: A mock, expires: `+last+"}]\n"))
		if len(m.Problems) > 0 {
			t.Fatal(m.Problems)
		}
		i := gate.NewIgnoreUse(m.Ignores[0], p, p.At(gatetest.Instant(t, gatetest.Today)))
		i.Agreed = true
		if vendor, host := i.Admits("acme-pay", "approved"), i.Admits("", ""); vendor != covers || !host {
			t.Errorf("until %s: it covers a known vendor: %v, an unknown host: %v", last, vendor, host)
		}
	}
}

const nothingDeclared = "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"

// A record whose file name is no id gives no verdict where the code uses its vendor: no manifest could name it.
func TestUndeclaredWithoutID(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"acmex_v2", "Acmex", "acmex (1)"} {
		f := gatetest.World(t).With(gatetest.Files{"vendors.yaml": noVendors, "registry/vendors/" + name + ".yaml": tieredRecord(t, 4)})
		in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
		in.CodeScan = calls(false)
		for i := range in.CodeScan.Undeclared {
			in.CodeScan.Undeclared[i].ID = name
		}
		if got := gate.Evaluate(in); len(got.Gaps) == 0 {
			t.Errorf("%s: there is no gap, and the findings are %v", name, got.Findings)
		}
	}
}
