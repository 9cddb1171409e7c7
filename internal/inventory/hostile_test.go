package inventory_test

import (
	"encoding/csv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

// saying is the sample in which every text that somebody can write says something.
func saying(text string) *inventory.Inventory {
	v := sample()
	v.Origin, v.Policy = text, text
	for i := range v.Records {
		r := &v.Records[i]
		r.ID, r.Name, r.Category, r.Owners = text, text, text, []string{text, text} // an id is the name of a file
		r.Environments, r.DataClasses, r.Repositories = []string{text}, []string{text}, []string{text}
	}
	for i := range v.Lapses {
		l := &v.Lapses[i]
		l.Name, l.What, l.Who, l.Do, l.File = text, text, text, text, text
		l.Vendor, l.Item = text, text+strconv.Itoa(i)
	}
	for i := range v.Coverage {
		v.Coverage[i].Title = text
	}
	v.Unjudged = []diag.Gap{{Target: text, Reason: text}}
	v.Arrange()
	v.Prove = func() inventory.Dossier { return proven(v, text) }
	return v
}

func hostile() []string {
	return append(sinktest.Hostile(), "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", `x;=HYPERLINK("https://evil.example","y")`, `x; "=1+1"`, "a;b;＠SUM(A1)", "＝1", "</script><script>alert(1)</script>", "</style><svg onload=alert(1)>", `" onmouseover="alert(1)`, "{{.}}",
		strings.Repeat(":", 300), strings.Repeat("a", 62)+"::error::x", strings.Repeat("é", 100), strings.Repeat("😀", 60), "END:VEVENT", "a;b,c\\n")
}

// No fold of a line of the calendar begins a command, wherever in a text it falls.
func TestFolds(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	for n := range 80 {
		text := strings.Repeat("x", n) + " ::error::y " + strings.Repeat("é", 90)
		d, err := inventory.Formats().Render("ics", saying(text), false)
		if err != nil {
			t.Fatal(err)
		}
		sinktest.CheckSilent(t, "ics", string(d.Bytes()))
		checkCalendar(t, text, string(d.Bytes()))
	}
}

// tags counts the elements of a page, and lists the values of what could load or run something.
func tags(tb testing.TB, page string) (map[string]int, []string) {
	tb.Helper()
	count, risky := map[string]int{}, []string{}
	for tokens := html.NewTokenizer(strings.NewReader(page)); ; {
		switch tokens.Next() { //nolint:exhaustive // what is no tag is text
		case html.ErrorToken:
			return count, risky
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			if len(token.Attr) == 1 && token.Attr[0] == (html.Attribute{Key: "class", Val: "whole"}) { // each word with a hyphen is in one
				continue
			}
			count[token.Data]++
			for _, a := range token.Attr {
				count[token.Data+" "+a.Key]++
				if slices.Contains([]string{"src", "href", "srcset", "action", "style", "data", "xlink:href"}, a.Key) || strings.HasPrefix(a.Key, "on") {
					risky = append(risky, a.Key+"="+a.Val)
				}
			}
		}
	}
}

// What stands in a record means nothing to a log, a browser, a spreadsheet, a calendar or GitHub.
func TestHostile(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	plain := all(t, saying("x"))
	for _, text := range hostile() {
		got := all(t, saying(text))
		for _, name := range slices.Sorted(maps.Keys(got)) {
			sinktest.CheckSilent(t, name, got[name])
		}
		wantTags, _ := tags(t, plain["report.html"]+plain["report.evidence-html"])
		gotTags, risky := tags(t, got["report.html"]+got["report.evidence-html"])
		if d := cmp.Diff(wantTags, gotTags); d != "" && text != "" { // what is empty is left out
			t.Errorf("%q makes elements (-want +got):\n%s", text, d)
		}
		for _, r := range risky {
			if !strings.HasPrefix(r, "href=#") && !strings.HasPrefix(r, "href=https://") && !strings.HasPrefix(r, "href=examples/registry/vendors/") {
				t.Errorf("%q: the page has %s", text, r)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(got)) {
			if !strings.HasSuffix(name, "csv") {
				continue
			}
			checkCells(t, text, plain[name], got[name])
		}
		for _, name := range []string{"report.markdown", "forecast.markdown"} {
			page, want := sinktest.Read(t, got[name]), sinktest.Read(t, plain[name])
			page.Tags["code"], want.Tags["code"] = 0, 0 // a URL in a next step becomes one
			if d := cmp.Diff(want.Tags, page.Tags); d != "" || page.Reference() != "" || len(page.Links) > 0 || !slices.Equal(want.Cells, page.Cells) {
				t.Errorf("%s: %q becomes mark-up: %s %q %v", name, text, d, page.Reference(), page.Links)
			}
		}
		checkCalendar(t, text, got["report.ics"])
	}
}

func checkCells(t *testing.T, text, plain, got string) {
	t.Helper()
	want, err := csv.NewReader(strings.NewReader(plain)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(got)).ReadAll()
	if err != nil || len(rows) != len(want) {
		t.Errorf("%q: %d rows of CSV, want %d: %v", text, len(rows), len(want), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			for part := range strings.SplitSeq(cell, ";") { // a spreadsheet may split the file at semicolons
				if strings.IndexAny(strings.Trim(part, " \t\"\u00a0"), "=+-@＝＋－＠") == 0 {
					t.Errorf("%q: the cell %q begins as a formula", text, part)
				}
			}
		}
	}
}

// checkCalendar reads the calendar with somebody else's reader.
func checkCalendar(t *testing.T, text, got string) {
	t.Helper()
	for line := range strings.SplitAfterSeq(got, "\n") {
		if line != "" && (!strings.HasSuffix(line, "\r\n") || len(line) > 77 && !strings.Contains(line, `\::`)) {
			t.Errorf("%q: the line %q has %d octets", text, line, len(line))
		}
	}
	read, err := ics.ParseCalendar(strings.NewReader(got))
	if err != nil {
		t.Errorf("%q: %v", text, err)
		return
	}
	seen := map[string]bool{}
	for _, e := range read.Events() {
		seen[e.Id()] = true
		if len(e.Alarms()) != 1 || len(e.Properties) != 8 {
			t.Errorf("%q: an event has %d alarms and %d properties", text, len(e.Alarms()), len(e.Properties))
		}
	}
	if n := len(sample().Lapses); len(read.Events()) != n || len(seen) != n {
		t.Errorf("%q: %d events of %d ids, want %d", text, len(read.Events()), len(seen), n)
	}
}

// An event says who, what and when, whole again after folding; its id outlives a renewal.
func TestCalendar(t *testing.T) {
	t.Parallel()
	events := func(v *inventory.Inventory) map[string]*ics.VEvent {
		read, err := ics.ParseCalendar(strings.NewReader(all(t, v)["report.ics"]))
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]*ics.VEvent{}
		for _, e := range read.Events() {
			out[e.Id()] = e
		}
		return out
	}
	v := sample()
	first := events(v)
	for i := range v.Lapses {
		v.Lapses[i].Last = v.Lapses[i].Last.Plus(scalar.Period{Years: 1})
	}
	for id := range events(v) {
		if first[id] == nil {
			t.Errorf("%s is an event of its own after the renewal", id)
		}
	}
	for _, e := range first {
		if e.GetProperty(ics.ComponentPropertySummary).Value == "The quillnest-messaging API: last day of the condition \"Rotate the keys\"" {
			got := []string{e.GetProperty(ics.ComponentPropertyDtStart).Value, e.GetProperty(ics.ComponentPropertyDtEnd).Value, e.GetProperty(ics.ComponentPropertyDtstamp).Value, e.GetProperty(ics.ComponentPropertyDescription).Value, e.Alarms()[0].GetProperty(ics.ComponentPropertyTrigger).Value}
			want := []string{
				"20261124", "20261125", "20261123T120000Z",
				"2026-11-24 is the last valid day of the condition \"Rotate the keys\" of The quillnest-messaging API (quillnest-messaging).\nWho acts: a.ferreira (security-architect)\nNext step: Close it in the record, or move its date.\nRule: VG-APR-005. Record: examples/registry/vendors/quillnest-messaging.yaml.",
				"-P30D",
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
			return
		}
	}
	t.Error("there is no event for the condition")
}
