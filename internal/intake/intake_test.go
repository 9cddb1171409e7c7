package intake_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/intake"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// desk returns a desk of a registry with some records, without the catalogue.
func desk(tb testing.TB, records map[string]string) *intake.Desk {
	tb.Helper()
	files := fstest.MapFS{"vendors/.keep": {}}
	for id, text := range records {
		files["vendors/"+id+".yaml"] = &fstest.MapFile{Data: []byte("apiVersion: vendorgate/v1\nkind: Vendor\nid: " + id + "\n" + text)}
	}
	own, known := source.New("r", "", files), source.New("embedded", "", fstest.MapFS{"vendors/.keep": {}})
	var identities []registry.Identity
	for _, tree := range []*source.Tree{own, known} {
		all, err := registry.Identities(tree)
		if err != nil {
			tb.Fatal(err)
		}
		identities = append(identities, all...)
	}
	return &intake.Desk{Files: registry.AsData(own, known), Known: identities, Classes: []string{"internal", "personal"}, Today: scalar.NewDate(2026, 11, 23)}
}

// said returns what was made of a table: the facts of each draft, and what was left out.
func said(in intake.Intake) string {
	var out strings.Builder
	for _, d := range in.Drafts {
		fmt.Fprintf(&out, "%s:", d.ID)
		for _, f := range d.Facts {
			fmt.Fprintf(&out, " %s=%s", f.Path, f.Value)
		}
		out.WriteString("\n")
	}
	for _, l := range in.Left {
		fmt.Fprintf(&out, "- %d:%d %q %s\n", l.Pos.Line, l.Pos.Col, l.Text, l.Why)
	}
	return strings.TrimSpace(out.String())
}

// A cell says what it can only mean, or it is left out.
func TestCells(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	for _, c := range []struct{ heading, cell, want string }{
		{"Contract end", "2027-03-04", "contract.end=2027-03-04"},
		{"Contract end", "2027-03-04T00:00:00Z", "contract.end=2027-03-04"},
		{"Contract end", "4 March 2027", "contract.end=2027-03-04"},
		{"Contract end", "\"March 4, 2027\"", "contract.end=2027-03-04"},
		{"Contract end", "31.12.2027", "contract.end=2027-12-31"},
		{"Contract end", "12/31/2027", "contract.end=2027-12-31"},
		{"Contract end", "04/04/2027", "contract.end=2027-04-04"},
		{"Contract end", "03/04/2027", "- confused"},
		{"Contract end", "03/04/27", "- it is not a date"},
		{"Contract end", "31/13/2027", "- it is not a date"},
		{"Contract end", "2027-02-30", "- it is not a date"},
		{"Contract end", "2027-03-04T14:00:00Z", "- it is not a date"},
		{"Contract end", "-", ""},
		{"Review date", "2027-03-04", "- in the future"},
		{"Next review", "2027-03-04", "x-next-review=2027-03-04"},
		{"Notice period", "90 days", "contract.renewal.notice=P90D"},
		{"Notice period", "p3m", "contract.renewal.notice=P3M"},
		{"Notice period", "soon", "- not a valid value"},
		{"Tier", "Tier 2", "risk.tier=2"},
		{"Tier", "T3", "risk.tier=3"},
		{"Tier", "5", "- not a tier"},
		{"Criticality", "high", "- not a tier"},
		{"Inherent risk", "High", "risk.inherent=high"},
		{"Website", "https://www.Acme.example/about?x=1", "domains=[acme.example]"},
		{"Website", "acme.example; acme.test", "domains=[acme.example, acme.test]"},
		{"Website", "localhost", "- not a valid value"},
		{"Data", "Personal/internal", "- class of data"},
		{"Data", "Personal | internal; personal", "scope.data_classes=[personal, internal]"},
		{"Country", "ie", "provider.country=IE"},
		{"Country", "Ireland", "- not a valid value"},
		{"Status", "Under review", "status=in-review"},
		{"Status", "Denied", "status=denied"},
		{"Status", "approved", "status=approved"},
		{"Status", "Live", "status=approved"},
		{"Status", "Approved with conditions", "status=conditional"},
		{"Status", "Not reviewed", ""},
		{"Status", "Gold", "- not a known status"},
		{"Owner", "'@acme/security", `x-owner="@acme/security"`},
		{"Owner", "@acme/security", `x-owner="@acme/security"`},
		{"Owner", "@SUM(A1)", "- formula"},
		{"Owner", "=HYPERLINK(1)", "- formula"},
		{"Owner", "\"a;=1\"", "- formula"},
		{"Owner", "a\u202eb", "- invisible character"},
		{"Colour", "red", "- maps to no attribute"},
	} {
		in, _, err := d.CSV("f", []byte("Name,"+c.heading+"\nAcme,"+c.cell+"\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.TrimPrefix(said(in), "acme: name=Acme")
		if why, left := strings.CutPrefix(c.want, "- "); left && (len(in.Left) != 1 || !strings.Contains(in.Left[0].Why, why)) || !left && strings.TrimSpace(got) != c.want {
			t.Errorf("%s %q: got %q, want %q", c.heading, c.cell, got, c.want)
		}
	}
}

// The row of headings says what separates cells, whatever the names below hold.
func TestSeparator(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	for name, text := range map[string]string{
		"semicolons in a name":  "Name,Domain\nLarkspur; Mail; Ltd; Dublin,larkspur.example\n",
		"a comma in quotes":     "\"Name\";Domain;\"Notes, if any\"\n\"Larkspur, Mail, Ltd\";larkspur.example;x\n",
		"tabs, commas in names": "Name\tDomain\nLarkspur, Mail, Ltd\tlarkspur.example\n",
	} {
		in, _, err := d.CSV("f", []byte(text), nil)
		if err != nil || len(in.Drafts) != 1 || !strings.Contains(said(in), "domains=[larkspur.example]") {
			t.Errorf("%s: %v, %s", name, err, said(in))
		}
	}
}

// A vendor is recognised by what only it has.
func TestRecognised(t *testing.T) {
	t.Parallel()
	d := desk(t, map[string]string{
		"larkspur-mail": "name: Larkspur Mail API\naliases: [Lark]\ndomains: [larkspur.example]\n",
		"larkspur-fax":  "name: Larkspur Fax\ndomains: [larkspur.example]\n",
		"twin-a":        "name: Twin\n", "twin-b": "aliases: [Twin]\n",
	})
	for _, c := range []struct{ name, site, want string }{
		{"Larkspur Mail, Inc.", "", "larkspur-mail"},
		{"LARK", "", "larkspur-mail"},
		{"larkspur-fax", "", "larkspur-fax"},
		{"Larkspur Fax", "www.larkspur.example", "larkspur-fax"},
		{"Larkspur Mail", "https://eu.larkspur.example/", "larkspur-mail"},
		{"Larkspur", "larkspur.example", "is that of several vendors"},
		{"Twin", "", "is that of several vendors"},
		{"Twin", "larkspur.example", "but its domain is that of"},
		{"Notlarkspur", "notlarkspur.example", "notlarkspur"},
		{"", "api.acme.example", "acme"},
		{"Café Société", "", "caf-soci-t"},
		{"日本", "", "no id can be made"},
	} {
		in, _, err := d.CSV("f", []byte("Name,Website\n\""+c.name+"\","+c.site+"\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := said(in); !strings.Contains(got, c.want) {
			t.Errorf("%q at %q: got %q, want %q", c.name, c.site, got, c.want)
		}
	}
}

// The id of a question is that of one edition: the same id asks for something else in the other.
func TestEditions(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	for edition, want := range map[string]string{
		intake.CAIQ403: "encryption.at_rest.encrypted=true access.mfa.supported=true exit.export.api=true data.tenant_isolation=logical logging.tamper_protection=true vulnerability_management.scanning.cadence=monthly",
		intake.CAIQ41:  "encryption.at_rest.encrypted=true access.mfa.supported=true exit.export.api=true data.tenant_isolation=logical logging.tamper_protection=true vulnerability_management.scanning.cadence=monthly",
	} {
		ids := map[string][]string{
			intake.CAIQ403: {"CEK-03.1", "IAM-14.1", "IPY-02.1", "IVS-06.1", "LOG-09.1", "TVM-07.1"},
			intake.CAIQ41:  {"CEK-03.1", "IAM-13.1", "IPY-02.1", "I&S-06.1", "LOG-10.1", "TVM-03.1"},
		}
		for other, list := range ids {
			var text strings.Builder
			text.WriteString("Question ID,Question,CSP CAIQ Answer\n")
			for _, id := range list {
				fmt.Fprintf(&text, "%s,q,Yes\n", id)
			}
			in, _, err := d.CAIQ("f", []byte(text.String()), intake.Questionnaire{ID: "acme", Edition: edition})
			if other != edition {
				if err == nil {
					t.Errorf("%s as %s was read", other, edition)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimPrefix(said(in), "acme: "); got != want {
				t.Error(cmp.Diff(want, got))
			}
		}
	}
}

// A mapping that was written reads as the same one.
func TestMapping(t *testing.T) {
	t.Parallel()
	m := intake.Mapping{{Heading: "Vendor: \"the\" name", Target: "name"}, {Heading: "No", Target: intake.Ignore}, {Heading: "Criticality", Target: "risk.tier", Words: map[string]string{"very high": "1"}}, {Heading: "Own", Target: "x-own", Note: "yours"}}
	got, problems := intake.ParseMapping("m.yaml", m.Bytes())
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, m.Bytes())
	}
	m[3].Note = ""
	if diff := cmp.Diff(m, got); diff != "" {
		t.Error(diff)
	}
	for text, want := range map[string]string{
		"":                                 "no YAML document",
		"columns: {a: b}\n":                "there is no such attribute",
		"columns: {a: risk}\n":             "there is no such attribute",
		"columns: {a: evidence}\n":         "a cell cannot hold a mapping",
		"columns: {a: approval.expires}\n": "an import approves nothing",
		"columns: {a: kind}\n":             "every record has the same",
		"columns: {a: x-A b}\n":            "other characters",
		"colums: {a: name}\n":              "is not expected here",
		"values: {a: {b: c}}\n":            "no column of this mapping",
	} {
		_, problems := intake.ParseMapping("m.yaml", []byte(text))
		if !strings.Contains(fmt.Sprint(problems), want) {
			t.Errorf("%q: got %v, want %q", text, problems, want)
		}
	}
}

// Every draft of any table is a record that reads, in order, and that permits nothing.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("Name,Website,Owner,Status,Tier,Data,Contract end\nAcme,acme.example,a,approved,1,personal,2027-01-02\n"))
	f.Add([]byte("\uFEFFsep=;\nid;status\nx;=1\n"))
	f.Add([]byte("name\tdata\n\"a\nb\"\tinternal; personal\n"))
	f.Add([]byte("name,x\n'=a,\"\"\"\n"))
	d := desk(f, map[string]string{"acme": "name: Acme\nstatus: in-review\n"})
	f.Fuzz(func(t *testing.T, data []byte) {
		in, mapping, err := d.CSV("f", data, nil)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f:") {
				t.Errorf("no place: %v", err)
			}
			return
		}
		if again, problems := intake.ParseMapping("m", mapping.Bytes()); len(problems) > 0 && !slices.ContainsFunc(mapping, odd) {
			t.Errorf("%v %v\n%s", again, problems, mapping.Bytes())
		}
		lines := bytes.Count(data, []byte("\n")) + 2
		for _, l := range in.Left {
			if l.Pos.Line < 1 || l.Pos.Line > lines || l.Pos.Col < 1 {
				t.Errorf("%v is outside of the file", l.Pos)
			}
		}
		drafted(t, d, in)
	})
}

// odd reports whether a heading is one that a mapping cannot have: two that are the same, or characters that no YAML file has.
func odd(c intake.Column) bool {
	return strings.TrimFunc(c.Heading, func(r rune) bool { return r >= ' ' && r < 0x7f }) != "" || len(c.Heading) > 100
}

// FuzzCycloneDX does the same for a bill of materials.
func FuzzCycloneDX(f *testing.F) {
	f.Add([]byte(`{"bomFormat":"CycloneDX","specVersion":"1.6","services":[{"name":"Acme","provider":{"name":"A","url":["https://acme.example"]},"endpoints":["https://api.acme.example"],"authenticated":false,"data":[{"classification":"personal"}],"services":[{"name":"b"}]}]}`))
	f.Add([]byte(`{"services":[[[[[`))
	f.Add([]byte(`{"a":{},"a":1}`))
	d := desk(f, nil)
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := d.CycloneDX("f", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f:") {
				t.Errorf("no place: %v", err)
			}
			return
		}
		drafted(t, d, in)
	})
}

// FuzzBrief does the same for answers.
func FuzzBrief(f *testing.F) {
	f.Add([]byte("apiVersion: vendorgate/v1\nkind: Vendor\nid: acme\nstatus: approved\naccess: {mfa: {enforced: true}}\nevidence: [{id: a, type: documentation, assurance: tested, url: \"https://a.example\", supports: [access.*]}]\n"))
	f.Add([]byte("kind: Vendor\nid: b\nrate_limiting: {limits: [{scope: client, quota: 1, window: PT1S}]}\ndata: {retention: {default: none}}\n"))
	d := desk(f, map[string]string{"acme": "name: Acme\nstatus: in-review\n"})
	f.Fuzz(func(t *testing.T, data []byte) {
		if in, err := d.Brief("f", data, ""); err == nil {
			drafted(t, d, in)
		}
	})
}

// drafted checks the records of an intake.
func drafted(t *testing.T, d *intake.Desk, in intake.Intake) {
	t.Helper()
	for _, draft := range in.Drafts {
		change, _, err := d.Apply(draft, true)
		if err != nil {
			t.Fatal(err)
		}
		if change.After == nil {
			continue
		}
		v := d.Files.Vendor(draft.ID, change.After)
		if len(v.Problems) > 0 {
			t.Errorf("%v\n%s", v.Problems, change.After)
			continue
		}
		if status := v.Record.Get("status").Text; slices.Contains([]string{"approved", "conditional", "pilot", "deprecated"}, status) || v.Record.Get("approval.expires").Known() {
			t.Errorf("%s is %s\n%s", draft.ID, status, change.After)
		}
	}
}
