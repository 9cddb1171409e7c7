package inventory

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// bar draws parts of a whole, which is full long.
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
		label = append(label, fmt.Sprintf("%s: %d", words[i], n))
		from, to := at*full/max(1, whole), (at+n)*full/max(1, whole)
		out.Parts = append(out.Parts, part{classes[i], label[len(label)-1], from, max(1, to-from)})
		at += n
	}
	if out.Label = strings.Join(label, ", "); out.Label == "" {
		out.Label = "none"
	}
	return out
}

// group joins kinds of expiries that the same people look after.
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

// months draws what is overdue, the rest of this month and the next twelve, and everything later.
func months(v *Inventory) []barRow {
	f := v.Forecast(yearOf(v), Month, CliffOver)
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
	out[len(out)-1].Bar = bar{}
	return out
}

// yearOf returns the number of days in the coming year.
func yearOf(v *Inventory) int { return v.Day.DaysUntil(v.Day.Plus(scalar.Period{Months: 12})) }

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

// share returns how many of 1000 records that are asked pass.
func share(c Coverage) int { return c.Pass * full / max(1, c.Pass+c.Unknown+c.Fail) }

// tallyTable counts the records by one of their attributes.
type tallyTable struct {
	ID, Title, Caption string
	Rows               []barRow
}

func tallies(v *Inventory) []tallyTable {
	rows := func(counts []count, class func(string) string) []barRow {
		var out []barRow
		for _, c := range counts {
			out = append(out, barRow{c.word, c.n, drawn(len(v.Records), []string{class(c.word)}, []string{c.word}, []int{c.n})})
		}
		return slices.DeleteFunc(out, func(r barRow) bool { return r.N == 0 && !strings.HasPrefix(r.Name, "tier ") })
	}
	fills := map[string]string{"good": "pass", "warn": "open", "bad": "fail"}
	return []tallyTable{
		{"tiers", "Tiers", "1 is mission critical, 4 administrative.", rows(v.tiers(), func(string) string { return "one" })},
		{"statuses", "Status", "Status in the record. An approval or review that is over makes the status not valid.", rows(v.statuses(), func(s string) string { return fills[statusClass(s)] })},
	}
}

// count is how many records have a word.
type count struct {
	word string
	n    int
}

// tally counts the words of records. The words are listed as they are given.
func tally(records []Record, words []string, of func(Record) string) []count {
	out := make([]count, len(words))
	for i, w := range words {
		out[i].word = w
		for _, r := range records {
			if of(r) == w {
				out[i].n++
			}
		}
	}
	return out
}

// lapsedSuffix marks a status whose approval or review is over.
const lapsedSuffix = ", not valid"

// statuses counts the records of each status, in the order of the life cycle. Those whose approval is over come after the others.
func (v *Inventory) statuses() []count {
	var all []string
	for _, status := range []string{"approved", "conditional", "pilot", "in-review", "proposed", "deprecated", "suspended", "denied", "retired", Unreviewed, NotJudged} {
		if all = append(all, status); slices.Contains(usable(), status) {
			all = append(all, status+lapsedSuffix)
		}
	}
	return tally(v.Records, all, func(r Record) string {
		if v.lapsed(&r) != "" {
			return r.Status + lapsedSuffix
		}
		return r.Status
	})
}

// tiers counts the records of each tier.
func (v *Inventory) tiers() []count {
	return tally(v.Records, []string{"tier 1", "tier 2", "tier 3", "tier 4", "no tier"}, func(r Record) string {
		if r.Tier == 0 {
			return "no tier"
		}
		return "tier " + tier(r.Tier)
	})
}

func statusClass(status string) string {
	switch status {
	case "approved":
		return "good"
	case "conditional", "pilot", "in-review", "proposed", "deprecated", Unreviewed:
		return "warn"
	default:
		return "bad"
	}
}
