package control_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/control"
)

// A control has one spelling, whatever way a row or a policy writes it.
func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ISO/IEC 27001:2022 A.5.22": "ISO 27001:2022 A.5.22", "ISO 27001:2022 A.8.2": "ISO 27001:2022 A.8.2", "iso27001 Annex A.5.19": "ISO 27001:2022 A.5.19",
		"PCI DSS 4.0.1 12.8.1": "PCI DSS 4.0.1 12.8.1", "45 CFR 164.504(e)": "HIPAA 164.504(e)", "HIPAA § 164.308(b)": "HIPAA 164.308(b)",
		"AC-6": "NIST SP 800-53 AC-6", "NIST SP 800-53 SA-9(2)": "NIST SP 800-53 SA-9(2)", "SP 800-161r1 SR-13": "SP 800-161r1 SR-13",
		"MVSP 3.0 control 3.1": "MVSP 3.1", "MVSP 2.7": "MVSP 2.7", "OWASP API9:2023": "OWASP API9:2023", "ASVS 5.0 V13.2.4": "ASVS 5.0 V13.2.4",
		"DORA 30(3)(a)": "DORA 30(3)(a)", "DORA Article 28(8)": "DORA 28(8)", "DORA register B_05.01.0010": "DORA register B_05.01.0010",
		"CCM v4.1 A&A-02": "CCM 4.1 A&A-02", "CCM 4.1 I&S-06": "CCM 4.1 I&S-06", "SOC 2 CC9.2": "SOC 2 CC9.2", "SOC 2": "SOC 2", "RFC 9700 2.2.2": "RFC 9700 2.2.2",
		"CRA Annex I Part II (5)": "CRA I Part II (5)", "SSDF 1.1 RV.1.3": "SSDF 1.1 RV.1.3", "NIST CSF 2.0 GV.SC-07": "NIST CSF 2.0 GV.SC-07", "GDPR 44-46": "GDPR 44-46",
		"ISO/IEC 17021-1": "ISO/IEC 17021-1", "Our own rule 7": "Our own rule 7", "": "",
	} {
		if got := control.Parse(text).String(); got != want {
			t.Errorf("Parse(%q): got %q, want %q", text, got, want)
		}
		if again := control.Parse(want).String(); again != want {
			t.Errorf("Parse(%q): got %q, want the same", want, again)
		}
	}
}

func TestParseList(t *testing.T) {
	t.Parallel()
	var got []string
	for _, id := range control.ParseList("DORA 28(3), 28(8), 30(2); ISO/IEC 27001:2022 A.5.22; OWASP API9:2023, API10:2023; SOC 2 CC9.2.") {
		got = append(got, id.String())
	}
	want := []string{"DORA 28(3)", "DORA 28(8)", "DORA 30(2)", "ISO 27001:2022 A.5.22", "OWASP API9:2023", "OWASP API10:2023", "SOC 2 CC9.2"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// People write a control in many ways, with or without its framework, and may ask for a group.
func TestAsk(t *testing.T) {
	t.Parallel()
	var all []control.ID
	for _, text := range []string{
		"ISO 27001:2022 A.5.2", "ISO 27001:2022 A.5.21", "DORA 28(8)", "DORA 28(10)", "DORA 2(8)", "DORA register B_05.01.0010", "PCI DSS 4.0.1 12.8.2", "CCM 4.1 STA-08", "CCM 4.1 STA-11",
		"NIST SP 800-53 SR-6", "SP 800-161r1 SR-6", "HIPAA 164.308(b)(1)", "NIS2 21(2)(d)", "Our own rule 7",
	} {
		all = append(all, control.Parse(text))
	}
	for text, want := range map[string][]string{
		"ISO A.5.21": {"ISO 27001:2022 A.5.21"}, "A.5.21": {"ISO 27001:2022 A.5.21"}, "iso 27001 a.5.21": {"ISO 27001:2022 A.5.21"}, "iso 5.21": {"ISO 27001:2022 A.5.21"},
		"ISO/IEC 27001:2022 Annex A 5.21": {"ISO 27001:2022 A.5.21"}, "iso": {"ISO 27001:2022 A.5.2", "ISO 27001:2022 A.5.21"},
		"PCI 12.8.2": {"PCI DSS 4.0.1 12.8.2"}, "pci-dss req. 12.8": {"PCI DSS 4.0.1 12.8.2"}, "DORA 28(8)": {"DORA 28(8)"}, "dora art 28 (8)": {"DORA 28(8)"}, "DORA 28": {"DORA 28(8)", "DORA 28(10)"},
		"DORA B_05.01": {"DORA register B_05.01.0010"}, "b_05.01.0010": {"DORA register B_05.01.0010"}, "SR-6": {"NIST SP 800-53 SR-6", "SP 800-161r1 SR-6"}, "800-161 sr-6": {"SP 800-161r1 SR-6"},
		"CCM STA-8": {"CCM 4.1 STA-08"}, "CAIQ v4.1 sta-08": {"CCM 4.1 STA-08"}, "CCM 4.0 STA-07": {"CCM 4.1 STA-08"}, "CCM v4.0.3 STA-07": {"CCM 4.1 STA-08"}, "CAIQ 4.0.3 STA-09": {"CCM 4.1 STA-11"},
		"hipaa 164.308(b)": {"HIPAA 164.308(b)(1)"}, "NIS 2 Art. 21(2)(d)": {"NIS2 21(2)(d)"}, "our own rule 7": {"Our own rule 7"}, "GDPR 5": nil, "28(9)": nil,
	} {
		q, ok := control.Ask(text)
		q, _ = q.Current()
		var got []string
		for _, id := range all {
			if q.Matches(id) {
				got = append(got, id.String())
			}
		}
		if d := cmp.Diff(want, got); d != "" || !ok {
			t.Errorf("%q (%v): %s", text, ok, d)
		}
	}
	for _, text := range []string{"", "acme-pay", "exit.plan"} {
		if _, ok := control.Ask(text); ok {
			t.Errorf("%q is taken for a control", text)
		}
	}
}

// A question of CAIQ belongs to its control, and an earlier edition says where a control went.
func TestQuestionsAndEditions(t *testing.T) {
	t.Parallel()
	q, _ := control.Ask("CAIQ 4.0.3 STA-07.1")
	q, note := q.Current()
	shorter, ok := q.OfQuestion()
	if !ok || !shorter.Matches(control.Parse("CCM 4.1 STA-08")) || q.Matches(control.Parse("CCM 4.1 STA-08")) {
		t.Errorf("the question does not belong to its control: %v", ok)
	}
	if q, _ = control.Ask("ISO A.5.91"); func() bool { _, ok := q.OfQuestion(); return ok }() {
		t.Error("a number that does not exist is taken for a question")
	}
	if want := "In CCM 4.1, STA-07 is STA-08."; note != want {
		t.Errorf("got %q, want %q", note, want)
	}
	if q, _ = control.Ask("CCM 4.0 DSP-19"); !func() bool { now, _ := q.Current(); return now.Matches(control.Parse("CCM 4.1 DSP-19")) }() {
		t.Error("a control that kept its number is gone")
	}
}

// What vendorgate cannot answer says why, and belongs to the controls that it accounts for.
func TestUnanswered(t *testing.T) {
	t.Parallel()
	q, _ := control.Ask("DORA 28(7)")
	if got := q.Unanswered(); len(got) != 4 || got[0].String() != "DORA 28(7)(a)" || got[0].Why == "" {
		t.Errorf("got %v", got)
	}
	for _, f := range control.Frameworks() {
		if f.Edition == "" || f.Title == "" {
			t.Errorf("%s has no title or edition", f.Name)
		}
		for number := range f.Without {
			if !slices.Contains(f.All, number) {
				t.Errorf("%s %s is not among the controls that are accounted for", f.Name, number)
			}
		}
		if f.Successor != "" && !slices.ContainsFunc(control.Frameworks(), func(g *control.Framework) bool { return g.Name == f.Successor }) {
			t.Errorf("%s: no framework %s", f.Name, f.Successor)
		}
	}
}

// Numbers are ordered as people count, and what belongs to no framework comes last.
func TestCompare(t *testing.T) {
	t.Parallel()
	var got []control.ID
	for _, text := range []string{"Our own rule", "ISO A.5.21", "DORA 28(10)", "DORA 28(8)", "ISO A.5.3", "DORA 28"} {
		got = append(got, control.Parse(text))
	}
	slices.SortFunc(got, control.Compare)
	var names []string
	for _, id := range got {
		names = append(names, id.String())
	}
	if d := cmp.Diff([]string{"DORA 28", "DORA 28(8)", "DORA 28(10)", "ISO 27001:2022 A.5.3", "ISO 27001:2022 A.5.21", "Our own rule"}, names); d != "" {
		t.Error(d)
	}
}
