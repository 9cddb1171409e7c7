package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// factsDay is set by a scheduled workflow only: a test must not fail because time passes.
var factsDay = flag.String("facts-day", "", "fail for platform facts that were last checked more than 180 days before this day")

const (
	factsPage   = "../../docs/github-facts.md"
	maxFactsAge = 180 // days
)

// fact is a row of docs/github-facts.md.
type fact struct {
	line    int
	text    string
	checked time.Time
}

var (
	factRow    = regexp.MustCompile(`^\| (.+) \| (.+) \| (.+) \| (\S+) \|$`)
	factSource = regexp.MustCompile(`\]\(https://[^)\s]+\)`)
)

// facts reads the tables of a page. Every row must have a source and a day.
func facts(page string) ([]fact, error) {
	var out []fact
	for i, line := range strings.Split(page, "\n") {
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "| fact |") || strings.HasPrefix(line, "|---") {
			continue
		}
		m := factRow.FindStringSubmatch(line)
		if m == nil || !factSource.MatchString(m[3]) {
			return nil, fmt.Errorf("line %d: the row does not have four columns, with a source in the third", i+1)
		}
		day, err := time.Parse(time.DateOnly, m[4])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		out = append(out, fact{i + 1, m[1], day})
	}
	return out, nil
}

// stale returns the facts that were last checked too long before a day, or after it.
func stale(all []fact, day time.Time) []fact {
	var out []fact
	for _, f := range all {
		if age := day.Sub(f.checked); age > maxFactsAge*24*time.Hour || age < 0 {
			out = append(out, f)
		}
	}
	return out
}

// Every fact has a source and a day. The scheduled workflow .github/workflows/facts.yml also looks how old the days are.
func TestPlatformFacts(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(factsPage)
	if err != nil {
		t.Fatal(err)
	}
	all, err := facts(string(data))
	if err != nil || len(all) < 15 {
		t.Fatalf("%d facts: %v", len(all), err)
	}
	if *factsDay == "" {
		return
	}
	day, err := time.Parse(time.DateOnly, *factsDay)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range stale(all, day) {
		fmt.Printf("::warning file=docs/github-facts.md,line=%d::last checked on %s; read the source again\n", f.line, f.checked.Format(time.DateOnly))
		t.Errorf("docs/github-facts.md:%d: last checked on %s: %s", f.line, f.checked.Format(time.DateOnly), f.text)
	}
}

func TestStaleFacts(t *testing.T) {
	t.Parallel()
	const head = "| fact | where it matters | source | checked |\n|---|---|---|---|\n"
	row := func(day string) string { return head + "| a | b | [c](https://d.example) | " + day + " |\n" }
	for _, c := range []struct {
		day, today string
		want       int
	}{
		{"2026-12-01", "2026-12-01", 0},
		{"2026-12-01", "2027-05-30", 0}, // 180 days
		{"2026-12-01", "2027-05-31", 1},
		{"2026-12-02", "2026-12-01", 1}, // nobody checked it yet
	} {
		all, err := facts(row(c.day))
		today, err2 := time.Parse(time.DateOnly, c.today)
		if got := stale(all, today); err != nil || err2 != nil || len(got) != c.want {
			t.Errorf("checked on %s, on %s: got %d stale facts, want %d (%v, %v)", c.day, c.today, len(got), c.want, err, err2)
		}
	}
	for _, page := range []string{row("2026-13-01"), row("today"), head + "| a | b | no source | 2026-12-01 |\n", head + "| a | 2026-12-01 |\n", head + "| a | b | [c](http://d.example) | 2026-12-01 |\n"} {
		if got, err := facts(page); err == nil {
			t.Errorf("%q: got %+v, want an error", page, got)
		}
	}
}
