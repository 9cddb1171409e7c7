package rules_test

import (
	_ "embed"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

var update = flag.Bool("update", false, "rewrite testdata/quillnest.out")

// TestGoodRecord: no finding, under the standard and under everything stricter.
func TestGoodRecord(t *testing.T) {
	t.Parallel()
	for _, presets := range [][]string{
		{"vendorgate/essentials@1"},
		{"vendorgate/standard@1"},
		{"vendorgate/strict@1"},
		{"vendorgate/rollout@1"},
		{"vendorgate/standard@1", "vendorgate/fintech-eu@1", "vendorgate/health-us@1"},
	} {
		f := gatetest.Full(t).With(gatetest.Files{"registry/policy.yaml": gatetest.Extends(presets...) + gatetest.AcmeApprovers})
		gatetest.Diff(t, strings.Join(presets, " "), []string{}, gatetest.Findings(t, f, gatetest.Today, gatetest.Checkout))
	}
	gatetest.Diff(t, "in tier 2", []string{}, gatetest.Findings(t, gatetest.Second(t), gatetest.Today, gatetest.Checkout))
}

// TestGoodRecordOnItsOldVersion: the version that is about to end is announced all the same.
func TestGoodRecordOnItsOldVersion(t *testing.T) {
	t.Parallel()
	f := gatetest.Full(t).Using(t, `version: "2026-04"`, `version: "2024-02"`)
	got := gatetest.Findings(t, f, gatetest.Today, gatetest.Checkout)
	if len(got) != 1 || !strings.Contains(got[0], "VG-SCP-003") || !strings.Contains(got[0], "in 97 days") {
		t.Errorf("got %q, want VG-SCP-003 with 97 days", got)
	}
}

// TestProblemRecord: all that is wrong with the other record.
func TestProblemRecord(t *testing.T) {
	t.Parallel()
	f := gatetest.Files{
		"vendors.yaml": gatetest.QuillnestManifest, "registry/vendors/quillnest-messaging.yaml": gatetest.Quillnest,
		"registry/policy.yaml": gatetest.Extends("vendorgate/standard@1") + gatetest.AcmeApprovers,
	}
	got := strings.Join(gatetest.Findings(t, f, gatetest.Today, "acme/notify"), "\n") + "\n"
	const golden = "testdata/quillnest.out"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	gatetest.Diff(t, golden, strings.Split(string(want), "\n"), strings.Split(got, "\n"))
}

// check holds the findings of one evaluation to a list of "severity RULE part of the message", joined by |.
func check(t *testing.T, why string, f gatetest.Files, asOf, want string) {
	t.Helper()
	got := gatetest.Findings(t, f, asOf, gatetest.Checkout)
	var wanted []string
	if want != "" {
		wanted = strings.Split(want, "|")
	}
	slices.Sort(got)
	ok := len(got) == len(wanted)
	for i := range min(len(got), len(wanted)) {
		words := strings.SplitN(wanted[i], " ", 3)
		ok = ok && strings.HasPrefix(got[i], words[0]+" "+words[1]+" ") && (len(words) < 3 || strings.Contains(got[i], words[2]))
	}
	if !ok {
		t.Errorf("%s on %s:\n got %q\nwant %q", why, asOf, got, wanted)
	}
}
