package gate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// TestFindingsArePinned holds everything that a reader sees of a finding to a golden file, and requires at least one finding of
// every rule.
func TestFindingsArePinned(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	var pinned []string
	for _, s := range slices.Concat(worlds(t), examples(t)) {
		out.WriteString("# " + s.name + "\n")
		for _, f := range s.findings(t) {
			pinned = append(pinned, f.Rule)
			out.WriteString(shown(f))
		}
	}
	misplaced := []diag.Problem{{Pos: diag.Pos{File: ".github/vendors.yaml", Line: 1, Col: 1}, Message: "not read here", Hint: "move it"}}
	out.WriteString("# misplaced\n")
	for _, f := range gate.Misplaced(misplaced) {
		pinned = append(pinned, f.Rule)
		out.WriteString(shown(f))
	}
	for _, r := range rules.All() {
		if !slices.Contains(pinned, r.ID) {
			t.Errorf("no finding of %s is pinned", r.ID)
		}
	}
	golden(t, "findings.out", out.String())
}

// shown formats a finding for the golden file.
func shown(f diag.Finding) string {
	var out strings.Builder
	age := "unchanged"
	if f.Introduced {
		age = "introduced"
	}
	if f.Everywhere {
		age += ", counts in every scope"
	}
	fmt.Fprintf(&out, "%s %s %s (%s)\n  %s\n", f.Severity, f.Rule, f.Pos, age, f.Message)
	for _, line := range [][2]string{{"hint", f.Hint}, {"owner", f.Owner}, {"request", f.Request}, {"waiver", strings.TrimSpace(f.Waiver + " " + f.WaivedUntil)}} {
		if line[1] != "" {
			fmt.Fprintf(&out, "  %s: %s\n", line[0], line[1])
		}
	}
	for _, r := range f.Related {
		place := r.Pos.String()
		if strings.HasPrefix(r.Pos.File, "vendorgate/") {
			place = r.Pos.File // a preset, whose lines move with every parameter that it gains
		}
		fmt.Fprintf(&out, "  related: %s %s\n", place, r.Message)
	}
	for line := range strings.Lines(f.Paste) {
		out.WriteString("  paste: " + line)
	}
	fmt.Fprintf(&out, "  key: %q\n", f.Key)
	return out.String()
}
