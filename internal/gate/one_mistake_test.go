package gate_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// mistakes are the ways to write a pair of a manifest so that its value cannot be read.
func mistakes() map[string]func(key, value string) string {
	return map[string]func(key, value string) string{
		"a mapping":  func(key, _ string) string { return key + ": {odd: [1]}" },
		"a list":     func(key, _ string) string { return key + ": [[1]]" },
		"odd":        func(key, _ string) string { return key + ": odd !?" },
		"empty":      func(key, _ string) string { return key + ": " },
		"blank":      func(key, _ string) string { return key + ": \"\"" },
		"half typed": func(key, value string) string { return key[:len(key)-1] + ": " + value },
		"swapped":    func(key, value string) string { return key[:1] + key[2:3] + key[1:2] + key[3:] + ": " + value },
		"upper case": func(key, value string) string { return strings.ToUpper(key) + ": " + value },
		"odd space":  func(key, value string) string { return key + ":\u00a0" + value },
		"twice":      func(key, value string) string { return key + ": " + value + ", " + key + ": " + value },
	}
}

// One mistake in an entry is one finding: what could not be read is not also missing, whatever the record and the policy ask.
func TestOneMistakeIsOneFinding(t *testing.T) {
	t.Parallel()
	tree, problems := yamltree.Parse("vendors.yaml", []byte(gatetest.CalderwickManifest))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	entry := tree.Pairs[len(tree.Pairs)-1].Value.Items[0]
	for _, preset := range []string{"essentials", "strict"} {
		world := gatetest.Full(t)
		world["registry/policy.yaml"] = gatetest.Extends("vendorgate/"+preset+"@1") + gatetest.AcmeApprovers
		before := gatetest.Findings(t, withEntry(t, world, flow(entry, nil, nil)), gatetest.Today, gatetest.Checkout)
		tried := 0
		for _, pair := range pairs(entry) {
			for name, mistake := range mistakes() {
				if len(pair.Key) < 4 && (name == "half typed" || name == "swapped") {
					continue // too short to be recognised
				}
				f := withEntry(t, world, flow(entry, pair, mistake))
				if m := manifest.Parse("vendors.yaml", "vendors.yaml", []byte(f["vendors.yaml"])); len(m.Problems) == 0 {
					continue // a free text
				}
				tried++
				var fresh []string
				for _, line := range gatetest.Findings(t, f, gatetest.Today, gatetest.Checkout) {
					if !slices.ContainsFunc(before, func(b string) bool { return undated(b) == undated(line) }) {
						fresh = append(fresh, line)
					}
				}
				if len(fresh) != 1 || !strings.HasPrefix(fresh[0], "error VG-MAN-001 ") {
					t.Errorf("%s, %s %s: got\n  %s\nwant one finding of VG-MAN-001", preset, pair.Key, name, strings.Join(fresh, "\n  "))
				}
			}
		}
		if tried < 4*len(manifest.EntryRows()) {
			t.Errorf("%s: only %d mistakes were tried", preset, tried)
		}
	}
}

// undated removes the position from a line of Findings.
func undated(line string) string {
	fields := strings.SplitN(line, " ", 4)
	return fields[0] + " " + fields[1] + " " + fields[3]
}

// withEntry replaces the entry of the manifest.
func withEntry(t *testing.T, f gatetest.Files, entry string) gatetest.Files {
	t.Helper()
	head, _, ok := strings.Cut(gatetest.CalderwickManifest, "vendors:\n")
	if !ok {
		t.Fatal("the manifest has no vendors")
	}
	out := gatetest.Files{}
	for name, text := range f {
		out[name] = text
	}
	out["vendors.yaml"] = head + "vendors:\n  - " + entry + "\n"
	return out
}

// pairs lists the pairs of a tree.
func pairs(n *yamltree.Node) []*yamltree.Pair {
	var out []*yamltree.Pair
	for i := range n.Pairs {
		out = append(append(out, &n.Pairs[i]), pairs(n.Pairs[i].Value)...)
	}
	for _, item := range n.Items {
		out = append(out, pairs(item)...)
	}
	return out
}

// flow writes a tree in flow style, with a mistake in one of its pairs.
func flow(n *yamltree.Node, wrong *yamltree.Pair, mistake func(key, value string) string) string {
	var parts []string
	for i := range n.Pairs {
		p := &n.Pairs[i]
		if value := flow(p.Value, wrong, mistake); p == wrong {
			parts = append(parts, mistake(p.Key, value))
		} else {
			parts = append(parts, p.Key+": "+value)
		}
	}
	for _, item := range n.Items {
		parts = append(parts, flow(item, wrong, mistake))
	}
	switch {
	case n.Kind == yamltree.Map:
		return fmt.Sprintf("{%s}", strings.Join(parts, ", "))
	case n.Kind == yamltree.List:
		return fmt.Sprintf("[%s]", strings.Join(parts, ", "))
	case n.Quoted:
		return strconv.Quote(n.Text)
	default:
		return n.Text
	}
}

// A key in another place than where it belongs is not missing there.
func TestMisplacedKeyIsNotMissing(t *testing.T) {
	t.Parallel()
	for wrong, want := range map[string]string{
		"version: \"2026-04\"":     `error VG-MAN-001 vendors.yaml:13:5 unknown key "version" in vendors[]: move it to vendors[].api`,
		"api_version: \"2026-04\"": `error VG-MAN-001 vendors.yaml:13:5 unknown key "api_version" in vendors[]: move it to vendors[].api, as "version"`,
		"api-version: \"2026-04\"": `error VG-MAN-001 vendors.yaml:13:5 unknown key "api-version" in vendors[]: move it to vendors[].api, as "version"`,
	} {
		f := gatetest.Full(t).Using(t, "api: {id: core, version: \"2026-04\"}", wrong)
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Checkout)
		lines := gatetest.Lines(r)
		for i := range lines {
			lines[i] += ": " + r.Findings[i].Hint
		}
		gatetest.Diff(t, wrong, []string{want}, lines)
	}
}
