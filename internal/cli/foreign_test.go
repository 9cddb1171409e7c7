package cli_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// foreign is a file of another tool that has the name of a manifest.
const foreign = "vendors:\n  - name: Quarry Instruments\n    pci: \"0x1234\"\n"

// A change cannot make another tool's file of a manifest that the base has, whether or not it is checked out.
func TestManifestReplacedByForeignFile(t *testing.T) {
	t.Parallel()
	for _, checkedOut := range []bool{true, false} {
		w := newWorld()
		w.head["vendors.yaml"] = foreign
		w.inputs["missing-manifest"] = "pass"
		w.start(t)
		if !checkedOut {
			w.workspace = fstest.MapFS{}
		}
		if code := w.run(t); code != 1 || !strings.Contains(w.output, "VG-MAN-001") {
			t.Errorf("checked out %v: exit code %d, want 1\n%s", checkedOut, code, w.output)
		}
	}
}

// Many files of other tools cost no request each: the tree of the base says that they are what they were.
func TestManyForeignFiles(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.head, w.base = map[string]string{"README": "x"}, map[string]string{"README": "x"}
	for i := range 90 {
		w.head[fmt.Sprintf("%d/vendors.yaml", i)], w.base[fmt.Sprintf("%d/vendors.yaml", i)] = foreign, foreign
	}
	w.inputs["missing-manifest"] = "pass"
	w.start(t)
	if code := w.run(t); code != 0 || !strings.Contains(w.output, "and 85 more: not a vendorgate manifest") {
		t.Errorf("exit code %d, want 0\n%s", code, w.output)
	}
	if api, _ := w.calls(0); api > 7 {
		t.Errorf("%d calls of the API", api)
	}
}

// What the root manifest leaves out is read on the default branch. A change can only take it back.
func TestExcludeManifestsAtBase(t *testing.T) {
	t.Parallel()
	const leavesOut = "exclude_manifests: [testdata/**]\n"
	unvetted := strings.Replace(goodManifest, "larkspur-mail", "halloway-maps", 1)
	for name, c := range map[string]struct {
		base, head string
		code       int
		said       string
	}{
		"both":    {goodManifest + leavesOut, goodManifest + leavesOut, 0, "exclude_manifests leaves out 1 manifest: testdata/vendors.yaml"},
		"head":    {goodManifest, goodManifest + leavesOut, 1, "the change edits exclude_manifests: that takes effect after merge"},
		"base":    {goodManifest + leavesOut, goodManifest, 1, "halloway-maps"},
		"neither": {goodManifest, goodManifest, 1, "halloway-maps"},
	} {
		w := newWorld()
		w.base["vendors.yaml"], w.head["vendors.yaml"], w.head["testdata/vendors.yaml"] = c.base, c.head, unvetted
		w.start(t)
		if code := w.run(t); code != c.code || !strings.Contains(w.output, c.said) {
			t.Errorf("%s: exit code %d, want %d, with %q\n%s", name, code, c.code, c.said, w.output)
		}
	}
}

// On the default branch, what the root manifest leaves out counts at once.
func TestExcludeManifestsOnDefaultBranch(t *testing.T) {
	t.Parallel()
	w := newWorld().about("schedule")
	w.head["vendors.yaml"] = goodManifest + "exclude_manifests: [testdata/**]\n"
	w.head["testdata/vendors.yaml"] = strings.Replace(goodManifest, "larkspur-mail", "halloway-maps", 1)
	w.start(t)
	if code := w.run(t); code != 0 || !strings.Contains(w.output, "exclude_manifests leaves out 1 manifest") {
		t.Errorf("exit code %d, want 0\n%s", code, w.output)
	}
}
