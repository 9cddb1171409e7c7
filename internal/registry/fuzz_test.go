package registry_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/corpus"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// checkPositions holds every problem to its file: its lines, its columns, and one column beyond.
func checkPositions(t *testing.T, file, text string, problems []diag.Problem) {
	t.Helper()
	text = strings.TrimSuffix(strings.TrimPrefix(text, "\ufeff"), "\n")
	var widths []int
	for line := range strings.SplitSeq(text, "\n") {
		widths = append(widths, utf8.RuneCountInString(line))
	}
	for _, p := range problems {
		if p.Pos.File != file || p.Pos.Line < 1 || p.Pos.Line > len(widths) || p.Pos.Col < 1 || p.Pos.Col > widths[p.Pos.Line-1]+1 {
			t.Errorf("%s with %.100q: position %v lies outside the file", file, text, p.Pos)
		}
		if p.Message == "" || strings.ContainsAny(p.Message+p.Hint, "\n\r\x00\x1b") || len(p.Message) > 600 {
			t.Errorf("%s with %.100q: unfit message %q, hint %q", file, text, p.Message, p.Hint)
		}
	}
}

// seeds adds the files of internal/attr/testdata, and the YAML test suite if it is there.
func seeds(f *testing.F, kind string) {
	f.Helper()
	names, err := filepath.Glob(filepath.FromSlash("../attr/testdata/*/" + kind + "-*.yaml"))
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds of kind %s: %v", kind, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
		f.Add("\ufeff" + strings.ReplaceAll(string(data), "\n", "\r\n"))
	}
	for _, text := range corpus.YAMLSeeds(f) {
		f.Add(text)
	}
}

func FuzzVendor(f *testing.F) {
	seeds(f, "vendor")
	f.Add(vendorHead + "api_version_scheme: semver\nscope: {api_versions: ['>= 2.1, < 3.0']}\n")
	f.Add(vendorHead + "api_version_scheme: date\nscope: {api_versions: ['>= 2024-06-20.acacia']}\n")
	for _, text := range bombs() {
		f.Add(text[:min(len(text), 1000)])
	}
	f.Fuzz(checkVendor)
}

// The YAML test suite breaks no promise of records and waivers.
func TestYAMLTestSuite(t *testing.T) {
	t.Parallel()
	for _, c := range corpus.YAMLCases(t) {
		checkVendor(t, c.YAML)
		checkWaiver(t, c.YAML)
	}
}

func checkVendor(t *testing.T, text string) {
	t.Helper()
	v := vendor(t, text)
	checkPositions(t, "reg/vendors/acme.yaml", text, v.Problems)
	checkPositions(t, "reg/vendors/acme.yaml", text, v.Faults)
	if v.Record == nil {
		if len(v.Problems) == 0 {
			t.Errorf("%q: neither a record nor a problem", text)
		}
		return
	}
	for _, version := range []string{"", "1", "2024-06-20", "v2.5", ">= 2.1"} {
		v.Version("", version)
		v.FindVersion("core", version)
	}
	_, _, _, _ = v.Name(), v.Reviewed(), v.Hosts(), v.AuthMethods()
	if id := v.Record.Get("id"); len(v.Problems)+len(v.Faults) == 0 && id.Text != "acme" {
		t.Errorf("%q: no problem, and the id is %q", text, id.Text)
	}
}

func FuzzWaiver(f *testing.F) {
	seeds(f, "waiver")
	f.Add(waiverHead + "approved_by: [{user: b, role: c}]\n")
	f.Fuzz(checkWaiver)
}

func checkWaiver(t *testing.T, text string) {
	t.Helper()
	r := open(t, map[string]string{"vendors/acme.yaml": vendorHead, "waivers/WVR-1.yaml": text})
	waivers, gaps := r.Waivers(nil, []string{"WVR-1"})
	if len(waivers) != 1 || len(gaps) > 0 {
		t.Fatalf("%q: got %d waivers, gaps %v", text, len(waivers), gaps)
	}
	w := waivers[0]
	checkPositions(t, "reg/waivers/WVR-1.yaml", text, w.Problems)
	if len(w.Problems) > 0 {
		return
	}
	w.Covers("VG-SCP-003")
	w.AppliesTo("acme/notify")
	if w.ID != "WVR-1" || w.Vendor.Value == "" || w.Expires.Value.IsZero() || w.Approved.Value.IsZero() || w.RequestedBy.Value == "" || len(w.Record.Get("approved_by").Records) == 0 {
		t.Errorf("%q: no problem, and a waiver without a part: %+v", text, w)
	}
}

// bombSize is the size of the largest file that is read if tests run in full.
var bombSize = effort.Size(1<<20, 1<<17)

// bombs are files that are expensive for a careless reader: those that YAML makes possible, and those that are good
// YAML and a bad record.
func bombs() map[string]string {
	fill := func(left, unit, right string) string {
		return left + strings.Repeat(unit, (bombSize-len(left)-len(right))/len(unit)) + right
	}
	count := func(left, unit string) string {
		var out strings.Builder
		out.WriteString(left)
		for i := 0; out.Len() < bombSize-len(unit)-10; i++ {
			fmt.Fprintf(&out, unit, i)
		}
		return out.String()
	}
	thousand := func(left, unit string) string { // no more than a list may have
		var out strings.Builder
		out.WriteString(left)
		for i := 0; i < 1000 && out.Len() < bombSize-len(unit)-10; i++ {
			fmt.Fprintf(&out, unit, i)
		}
		return out.String()
	}
	const top = vendorHead
	return map[string]string{
		"brackets": fill("", "[", ""), "maps": fill("", "{a: ", ""), "dashes": fill("", "- ", ""), "merge": "{{},<<}", "one key": strings.Repeat("k: 1\n", bombSize/40), "many keys": count("", "k%d: 1\n"),
		"NUL": fill("", "\x00", ""), "too big": strings.Repeat("#", 1<<20+1), "one word": fill("", "x", ""), "documents": fill("", "---\n", ""),
		"apis": count(top+"apis:\n", "- {id: a%d}\n"), "one api": fill(top+"apis:\n", "- {id: a}\n", ""), "versions": count(top+"apis:\n- id: a\n  versions:\n", "  - {id: v%d, status: current}\n"),
		"empty apis": top + "apis:\n" + strings.Repeat("- {}\n", bombSize/8), "conditions": count(top+"approval:\n  conditions:\n", "  - {id: a%d}\n"),
		"patterns":         thousand(top+"detect:\n  token_patterns:\n", "  - '(?:"+strings.Repeat("[a-zA-Z0-9]", 40)+"){1000}%d'\n"),
		"nested patterns":  thousand(top+"detect:\n  token_patterns:\n", "  - '"+strings.Repeat("(", 240)+"a"+strings.Repeat(")", 240)+"%d'\n"),
		"repeated pattern": top + "detect:\n  token_patterns: ['((a{100}){100}){100}', '(((((((((a*)*)*)*)*)*)*)*)*)*']\n",
		"constraints":      thousand(top+"api_version_scheme: semver\nscope:\n  api_versions:\n", "  - '>= 1.%d"+strings.Repeat(", >= 1", 150)+"'\n"),
		"bad constraints":  thousand(top+"api_version_scheme: date\nscope:\n  api_versions:\n", "  - '>= %d"+strings.Repeat(", >= 1", 150)+"'\n"),
		"hosts":            thousand(top+"api_hosts: [b.example]\nscope:\n  hosts:\n", "  - a%d.example\n"), "many hosts": thousand(thousand(top+"api_hosts:\n", "- '*.b%d.example'\n")+"scope:\n  hosts:\n", "  - a%d.example\n"),
		"idna hosts": thousand(top+"domains:\n", "- xn--"+strings.Repeat("a", 50)+"%d.example\n"), "purls": thousand(top+"sdks:\n", "- pkg:npm/"+strings.Repeat("%%40", 100)+"%d\n"),
		"unknown keys": count(top, "desc_ription%d: 1\n"), "aliases": count(top+"aliases:\n", "- a%d\n"), "long names": fill(top+"name: ", "x", "\n"),
	}
}

// maxWork is how many bytes reading a text may allocate: linear in its length, with room for what a small one needs.
func maxWork(text string) uint64 { return 1<<22 + 1000*uint64(len(text)) }

func TestBombs(t *testing.T) { //nolint:paralleltest // counts what the process allocates
	effort.Alone(t)
	for name, text := range bombs() {
		var v *registry.Vendor
		work := effort.Allocated(func() { v = vendor(t, text) })
		t.Logf("%-24s %4d bytes for each, %5d problems %5d faults", name, work/uint64(len(text)), len(v.Problems), len(v.Faults))
		if work > maxWork(text) {
			t.Errorf("the record %s: %d bytes allocated for %d", name, work, len(text))
		}
		good := slices.Contains([]string{"apis", "one api", "versions", "patterns", "nested patterns", "constraints", "purls"}, name)
		if !good && len(v.Problems)+len(v.Faults) == 0 {
			t.Errorf("the record %s: got no problem", name)
		}
		if len(v.Problems) > diag.MaxProblems || len(v.Faults) > diag.MaxProblems {
			t.Errorf("the record %s: got %d problems and %d faults", name, len(v.Problems), len(v.Faults))
		}
		checkPositions(t, "reg/vendors/acme.yaml", text, v.Problems)
	}
}
