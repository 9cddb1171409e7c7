// Package render renders the results of commands that have no package of their own: scans, briefs, renewals, policies, policy
// tests and pages of explain. It does not evaluate anything.
package render

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// Scan is the result of a search for vendors, with what the manifests declare.
type Scan struct {
	*detect.Result
	Declared map[string]diag.Pos // where vendors are declared, by id
	Names    map[string]string   // names of vendors by id, if they differ from it
	Name     func(string) string // returns the path of a file as reports show it
	Ignored  []diag.Ignored      // what ignore entries cover
}

// Declarations returns the first declaration of each vendor, by id.
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

// unused returns the ids of declared vendors that were not found.
func (f Scan) unused() []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(f.Declared)) {
		if !slices.ContainsFunc(f.Vendors, func(v detect.Vendor) bool { return v.ID == id }) {
			out = append(out, id)
		}
	}
	return out
}

// outside returns a vendor as code uses it for which no manifest declares it. It is nil if there is no such code.
func (f Scan) outside(id string) *detect.Vendor {
	for i := range f.Undeclared {
		if v := &f.Undeclared[i]; v.ID == id && v.Confidence >= detect.Likely {
			return v
		}
	}
	return nil
}

// declared reports whether a manifest declares a vendor for all code that uses it.
func (f Scan) declared(id string) bool {
	_, ok := f.Declared[id]
	return ok && f.outside(id) == nil
}

// Summary returns the last line of a scan.
func (f Scan) Summary() string {
	byLevel := map[detect.Confidence]int{}
	undeclared := 0
	for _, v := range f.Vendors {
		byLevel[v.Confidence]++
		if v.Confidence >= detect.Likely && f.outside(v.ID) != nil {
			undeclared++
		}
	}
	ignored := ""
	if n := diag.CountIgnored(f.Ignored); n > 0 {
		ignored = fmt.Sprintf("; %d ignored", n)
	}
	hints := cmp.Or(detect.Hints(f.Vendors), "0 hints")
	return fmt.Sprintf("%d confirmed, %d likely, %s; %d used but undeclared, %d declared but not found; %s%s; %s searched, %d skipped",
		byLevel[detect.Confirmed], byLevel[detect.Likely], hints, undeclared, len(f.unused()),
		diag.Count(len(f.UnknownHosts), "unknown host"), ignored, diag.Count(f.Files, "file"), len(f.Skipped))
}

// counts returns the numbers of sightings in words: "3 host, 1 import; lower confidence: 2 in test".
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
		out += "; lower confidence: " + strings.Join(lowered, ", ")
	}
	return out
}
