package inventory

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// bar is a drawing of parts of a whole, which is full long.
type bar struct {
	Label string
	Parts []part
}

type part struct {
	Class, Label string
	From, Width  int
}

// full is the length of a bar.
const full = 1000

type barRow struct {
	Name string
	N    int
	Bar  bar
}

// drawn makes a bar of counts, each with its class and word, of a whole.
func drawn(whole int, classes, words []string, counts []int) bar {
	var out bar
	var label []string
	at := 0
	for i, n := range counts {
		if n == 0 {
			continue
		}
		label = append(label, fmt.Sprintf("%d %s", n, words[i]))
		from, to := at*full/max(1, whole), (at+n)*full/max(1, whole)
		out.Parts = append(out.Parts, part{classes[i], label[len(label)-1], from, max(1, to-from)})
		at += n
	}
	if out.Label = strings.Join(label, ", "); out.Label == "" {
		out.Label = "none"
	}
	return out
}

// group joins kinds of lapses that the same people look after.
type group struct {
	Class, Name string
	kinds       []Kind
}

func groups() []group {
	return []group{
		{"one", "decisions", []Kind{Approval, Review, Condition, Sunset, Pilot}},
		{"two", "contracts", []Kind{Contract, Notice}},
		{"three", "evidence", []Kind{Assessment, Certificate, Pentest, Document, Exercise, Subprocessor, Requirement}},
		{"four", "waivers", []Kind{Waiver}},
	}
}

// months draws what is overdue, the twelve months to come with the rest of this one, and all that is later.
func months(v *Inventory) []barRow {
	f := v.Forecast(v.Day.DaysUntil(v.Day.Plus(scalar.Period{Months: 12})), Month, 0)
	ahead := 0
	rows := [][]Lapse{f.Overdue}
	names := []string{"overdue"}
	for _, p := range f.Periods {
		names, rows = append(names, p.Name), append(rows, p.Lapses)
		ahead += len(p.Lapses)
	}
	names, rows = append(names, "later"), append(rows, v.Lapses[len(f.Overdue)+ahead:])
	most := 0
	for _, lapses := range rows[:len(rows)-1] { // a bar for all later years would make the others small
		most = max(most, len(lapses))
	}
	var out []barRow
	for i, lapses := range rows {
		out = append(out, barRow{names[i], len(lapses), lapseBar(max(most, len(lapses)), lapses)})
	}
	out[len(out)-1].Bar.Parts = nil
	return out
}

func lapseBar(whole int, lapses []Lapse) bar {
	all := groups()
	classes, words, counts := make([]string, len(all)), make([]string, len(all)), make([]int, len(all))
	for i, g := range all {
		classes[i], words[i] = g.Class, g.Name
		for _, l := range lapses {
			if slices.Contains(g.kinds, l.Kind) {
				counts[i]++
			}
		}
	}
	return drawn(whole, classes, words, counts)
}

func coverageBar(c Coverage) bar {
	return drawn(c.Pass+c.Unknown+c.Fail+c.NotAsked, []string{"pass", "open", "fail", "none"}, []string{"pass", "unknown", "fail", "not asked"},
		[]int{c.Pass, c.Unknown, c.Fail, c.NotAsked})
}

// share is how many of 1000 records that are asked pass.
func share(c Coverage) int { return c.Pass * full / max(1, c.Pass+c.Unknown+c.Fail) }

func tallies(v *Inventory) []tallyTable {
	rows := func(counts []Count, class func(string) string) []barRow {
		var out []barRow
		for _, c := range counts {
			out = append(out, barRow{c.Word, c.N, drawn(len(v.Records), []string{class(c.Word)}, []string{c.Word}, []int{c.N})})
		}
		return slices.DeleteFunc(out, func(r barRow) bool { return r.N == 0 && !strings.HasPrefix(r.Name, "tier ") || r.Name == "tier -" && r.N == 0 })
	}
	fills := map[string]string{"good": "pass", "warn": "open", "bad": "fail"}
	tiers := rows(v.Tiers(), func(string) string { return "one" })
	for i := range tiers {
		if tiers[i].Name == "tier -" {
			tiers[i].Name = "not said"
		}
	}
	return []tallyTable{
		{"tiers", "Tiers", "1 is mission critical, 4 administrative.", tiers},
		{"statuses", "Status", "As the records have it.", rows(v.Statuses(), func(s string) string { return fills[statusClass(s)] })},
	}
}
