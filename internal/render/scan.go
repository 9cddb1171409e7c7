// Package render turns what the commands for the keepers of a registry found out into documents: scans, briefs, renewals, policies
// and their tests, pages of explain. It finds nothing out itself.
package render

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// Scan is what a search of a tree for vendors came back with, and what the manifests say.
type Scan struct {
	*detect.Result
	Declared map[string]diag.Pos // vendors by id
	Names    map[string]string   // of vendors, where they are not their ids
	Name     func(string) string // how a file is shown
	Ignored  []diag.Ignored      // what was left out because of ignore entries
}

// Declarations are where manifests declare vendors first, by id.
func Declarations(manifests []manifest.Manifest) map[string]diag.Pos {
	out := map[string]diag.Pos{}
	for _, m := range manifests {
		for _, u := range m.Uses {
			if _, ok := out[u.ID.Value]; !ok {
				out[u.ID.Value] = u.ID.Pos
			}
		}
	}
	return out
}

// unused are declared vendors of which nothing was found, by id.
func (f Scan) unused() []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(f.Declared)) {
		if !slices.ContainsFunc(f.Vendors, func(v detect.Vendor) bool { return v.ID == id }) {
			out = append(out, id)
		}
	}
	return out
}

// Summary is the last line of a scan.
func (f Scan) Summary() string {
	byLevel := map[detect.Confidence]int{}
	undeclared := 0
	for _, v := range f.Vendors {
		byLevel[v.Confidence]++
		if _, ok := f.Declared[v.ID]; !ok && v.Confidence >= detect.Likely {
			undeclared++
		}
	}
	ignored := ""
	if n := diag.CountIgnored(f.Ignored); n > 0 {
		ignored = fmt.Sprintf("; %d ignored", n)
	}
	return fmt.Sprintf("%d confirmed, %d likely, %s; %d of them used and undeclared, %d declared and not found; %s%s; %s searched, %d not",
		byLevel[detect.Confirmed], byLevel[detect.Likely], diag.Count(byLevel[detect.Hint], "hint"), undeclared, len(f.unused()),
		diag.Count(len(f.UnknownHosts), "unknown host"), ignored, diag.Count(f.Files, "file"), len(f.Skipped))
}

// counts are the numbers of traces in words: "3 host, 1 import; 2 lowered in tests".
func counts(v detect.Vendor) string {
	var kinds, lowered []string
	for _, kind := range slices.Sorted(maps.Keys(v.Counts)) {
		kinds = append(kinds, fmt.Sprintf("%d %s", v.Counts[kind], kind))
	}
	for _, context := range slices.Sorted(maps.Keys(v.Lowered)) {
		lowered = append(lowered, fmt.Sprintf("%d in %s", v.Lowered[context], context))
	}
	out := strings.Join(kinds, ", ")
	if len(lowered) > 0 {
		out += "; of these count for less: " + strings.Join(lowered, ", ")
	}
	return out
}
