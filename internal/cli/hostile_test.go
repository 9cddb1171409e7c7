package cli_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/cli"
)

// hostileFiles are files that are cheap to write and were once dear to read, each size bytes long, by the place that they
// are put in.
func hostileFiles(size int) map[string]string {
	const (
		manifest = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: t\nvendors:\n"
		record   = "apiVersion: vendorgate/v1\nkind: Vendor\nid: larkspur-mail\nstatus: approved\n"
		policy   = "apiVersion: vendorgate/v1\nkind: Policy\nid: p\n"
		pattern  = "'((((((a{0,9}){0,9}){0,9})){0,1}){0,1})'"
	)
	fill := func(head, unit string) string {
		var out strings.Builder
		out.WriteString(head)
		for i := 0; out.Len() < size-200; i++ {
			out.WriteString(strings.ReplaceAll(unit, "%", fmt.Sprint(i)))
		}
		return out.String()
	}
	return map[string]string{
		"vendors.yaml ids":           fill(manifest, "- id: v%\n"),
		"vendors.yaml endpoints":     fill(manifest, "- {id: v%, endpoints: [https://a.example/x]}\n"),
		"vendors.yaml near":          fill(manifest, "- {id: larkspur-mai%, purpose: Pay, environments: [prod], data: [none]}\n"),
		"vendors.yaml misspelt":      fill(manifest, "- {idd: v%, purpos: x, environmens: [prod], dat: [none], oner: x}\n"),
		"vendors.yaml unknown":       fill(manifest+"- id: a\n", "  vendrs%: 1\n"),
		"vendors.yaml brackets":      fill(manifest, "["),
		"vendors.yaml one key":       fill(manifest, "k: 1\n"),
		"vendors/x apis":             fill(record+"apis:\n", "- {id: a%}\n"),
		"vendors/x conditions":       fill(record+"approval:\n  conditions:\n", "  - {idd: %, textt: 1, duee: 1, statuss: 1}\n"),
		"vendors/x patterns":         fill(record+"detect:\n  token_patterns:\n", "  - "+pattern+"\n"),
		"policy.yaml requirements":   fill(policy+"requirements:\n", "- {id: R%, attr: name, eq: x}\n"),
		"policy.yaml patterns":       fill(policy+"requirements:\n", "- {id: R%, attr: name, matches: "+pattern+"}\n"),
		"policy.yaml attributes":     fill(policy+"requirements:\n", "- {id: R%, attr: encryption.in_transt.min_tls%, eq: x}\n"),
		"policy.yaml alternatives":   fill(policy+"requirements:\n- id: RR\n  any_of:\n", "  - {attr: nme, eq: x}\n"),
		"policy.yaml classes":        fill(policy+"requirements:\n", "- {id: R%, attr: name, eq: x, when: {data_class: persnal}}\n"),
		"waivers/x repositories":     fill("apiVersion: vendorgate/v1\nkind: Waiver\nid: x\nvendor: larkspur-mail\nrepos:\n", "- acme/%\n"),
		"waivers/x rules":            fill("apiVersion: vendorgate/v1\nkind: Waiver\nid: x\nvendor: larkspur-mail\nrules:\n", "- VG-%\n"),
		"vendors.yaml nested lists":  fill(manifest, "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - -\n"),
		"vendors.yaml anchors":       fill(manifest, "- &a%\n"),
		"policy.yaml rules":          fill(policy+"rules:\n", "  R%: {severity: x}\n"),
		"vendors.yaml nested braces": fill(manifest, "{a: "),
	}
}

func (r *testRun) hostile(place, text string) *testRun {
	dirs := goodDirs()
	switch kind, _, _ := strings.Cut(place, " "); kind {
	case "vendors.yaml":
		dirs["."] = files("vendors.yaml", text)
	case "vendors/x":
		dirs["registry"]["vendors/larkspur-mail.yaml"] = &fstest.MapFile{Data: []byte(text)}
	case "waivers/x":
		dirs["registry"]["waivers/x.yaml"] = &fstest.MapFile{Data: []byte(text)}
	default:
		dirs["registry"][kind] = &fstest.MapFile{Data: []byte(text)}
	}
	return r.with(dirs)
}

// A hostile file leads to a finding or no verdict, and to a limited amount of output.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	for place, text := range hostileFiles(100_000) {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			run := newRun().hostile(place, text)
			code := run.main(t, "check", "--registry", "registry", "--repository", "acme/mailer")
			want := 4
			if strings.HasPrefix(place, "vendors.yaml") {
				want = 1
			}
			if code != want || run.stdout.Len() > 1<<20 || strings.Contains(run.stderr.String(), "internal error") {
				t.Errorf("exit code %d, want %d; %d bytes\n%.500s%.500s", code, want, run.stdout.Len(), &run.stdout, &run.stderr)
			}
		})
	}
}

// BenchmarkHostile decides files of 1 MiB. The goal is half a second and 200 MB for each.
func BenchmarkHostile(b *testing.B) {
	all := hostileFiles(1 << 20)
	for _, place := range slices.Sorted(maps.Keys(all)) {
		b.Run(strings.ReplaceAll(place, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				cli.Main(b.Context(), newRun().hostile(place, all[place]).env, []string{"check", "--registry", "registry", "--repository", "acme/mailer"})
			}
		})
	}
}
