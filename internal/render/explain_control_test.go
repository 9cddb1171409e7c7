package render_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/control"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// written lists the controls of all rows and pages, and of the built-in policies, as they are written there.
func written(t *testing.T) map[string][]control.ID {
	t.Helper()
	out := map[string][]control.ID{}
	for _, table := range []*attr.Table{record.Table(), manifest.Table(), registry.WaiverTable(), policy.Table()} {
		for _, row := range table.Rows {
			for _, text := range row.Controls {
				out[row.Path+": "+text] = []control.ID{control.Parse(text)}
				if id := control.Parse(text); id.Framework != nil && id.Framework.Name != "CRA" && id.String() != text {
					t.Errorf("%s: write %q as %q", row.Path, text, id)
				}
			}
		}
	}
	for _, id := range explain.IDs() {
		page, _ := explain.Page(id)
		out[id] = control.ParseList(explain.Controls(page))
	}
	for _, name := range append(policy.Presets(), policy.Overlays()...) {
		p, problems := rules.LoadPresets([]string{"vendorgate/standard@1", name}, "")
		if name == "vendorgate/standard@1" || len(problems) > 0 {
			p, problems = rules.LoadPresets([]string{name}, "")
		}
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		for i := range p.Requirements {
			for _, text := range p.Requirements[i].Controls {
				out[name+" "+p.Requirements[i].ID+": "+text] = []control.ID{control.Parse(text)}
			}
		}
	}
	return out
}

// Each control that we name belongs to a framework that we know, in its current edition.
func TestControlsAreKnown(t *testing.T) {
	t.Parallel()
	for place, ids := range written(t) {
		for _, id := range ids {
			if id.Framework == nil || id.Framework.Successor != "" {
				t.Errorf("%s: %q is of no framework in force", place, id)
			}
		}
	}
}

// What vendorgate accounts for is complete: each control is answered, or says why nothing answers it.
func TestControlsAreComplete(t *testing.T) {
	t.Parallel()
	var all []control.ID
	for _, ids := range written(t) {
		all = append(all, ids...)
	}
	n := 0
	for _, f := range control.Frameworks() {
		for _, number := range f.All {
			n++
			q, _ := control.Ask(f.Name + " " + number)
			answered := slices.ContainsFunc(all, q.Matches)
			if without := f.Without[number] != ""; answered == without {
				t.Errorf("%s %s: answered %v, with a reason why not %v", f.Name, number, answered, without)
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d controls are accounted for", n)
	}
	for _, name := range []string{"CCM 4.1", "CRA", "SSDF 1.1", "SP 800-161r1", "DORA register B_05.01", "DORA register B_02.02", "DORA register B_07.01", "GDPR 30(1)(d)", "GDPR 30(1)(e)"} {
		if q, _ := control.Ask(name); !slices.ContainsFunc(all, q.Matches) {
			t.Errorf("nothing answers %s", name)
		}
	}
}

func TestControlPage(t *testing.T) {
	t.Parallel()
	p, problems := rules.LoadPresets([]string{"vendorgate/standard@1"}, "")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for name, want := range map[string][]string{
		"iso 27001 a.5.21":    {"ISO 27001:2022 A.5.21 (ISO/IEC 27001, Annex A, 2022)\n", "    data.subprocessors.url ", "    VG-VUL-001 "},
		"rfc 9325":            {"Requirements of policy ", "    MIN-TLS "},
		"PCI 12.8.1":          {"  Attributes of manifests:\n    vendors[].id "},
		"DORA 28(2)":          {"DORA 28(2): no attribute or rule answers it, because it asks for a strategy"},
		"CAIQ 4.0.3 STA-07.1": {"In CCM 4.1, STA-07 is STA-08.\n", "CCM 4.1 STA-08 (", "    VG-REG-003 "},
	} {
		page, ok := render.Control(name, p)
		for _, part := range want {
			if !ok || !strings.Contains(string(page.Bytes()), part) {
				t.Errorf("%q: want %q in\n%s", name, part, page.Bytes())
			}
		}
	}
	for _, name := range []string{"ISO A.5.91", "nonsense", "", "12345", "DORA 99"} {
		if page, ok := render.Control(name, p); ok {
			t.Errorf("%q: got\n%s", name, page.Bytes())
		}
	}
	if names := render.ControlNames(p); !slices.Contains(names, "DORA 28(8)") || len(names) < 150 {
		t.Errorf("%d names", len(names))
	}
}
