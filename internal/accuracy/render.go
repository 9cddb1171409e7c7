package main

import (
	"github.com/vendorgate/vendorgate/internal/sink"
)

// render returns a table with a line for each repository and each set. With details, it lists what is missed or wrong.
func render(all []result, details bool) sink.Document {
	var out sink.Page
	out.Linef("%-28s %-9s %5s %6s %9s %9s %5s %6s", "repository", "set", "uses", "recall", "reported", "precision", "sure", "hosts")
	line := func(name, set string, t total) {
		out.Linef("%-28s %-9s %5d %6.2f %9.2f %9.2f %5d %6.2f", name, set, t.found+t.missed, t.recall(), t.reported(), t.precision(), t.sure, t.hostPrecision())
	}
	sets := map[string]*total{"tuned": {}, "held-out": {}}
	for _, r := range all {
		var one total
		one.add(r)
		line(r.name, r.set, one)
		sets[r.set].add(r)
		if !details {
			continue
		}
		for _, group := range []struct {
			what  string
			lines []string
		}{{"missed", r.missed}, {"wrong", r.wrong}, {"unknown host of nobody", r.strangeHosts}} {
			for _, text := range group.lines {
				out.Linef("  %s: %s", group.what, text)
			}
		}
	}
	for _, set := range []string{"tuned", "held-out"} {
		if t := *sets[set]; t != (total{}) {
			line("all", set, t)
		}
	}
	out.Linef("reported counts vendors whose host is reported as unknown; sure is the number of wrong vendors at confirmed; hosts is the precision of unknown hosts")
	return out.Document()
}
