package survey

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Around returns what the other files of a registry show about some of its records.
func Around(known *registry.Registry, ids ...string) (map[string]subject.Surroundings, error) {
	near, err := subject.Neighbours(known, ids)
	if err != nil {
		return nil, err //nolint:wrapcheck // it says what was attempted
	}
	var read []*registry.Vendor
	for _, id := range near {
		if v, err := known.Vendor(id); err == nil && v != nil && v.Record != nil && len(v.Problems) == 0 {
			read = append(read, v)
		}
	}
	return surroundings(known, read), nil
}

// surroundings returns what records show about each other. Both of two records that claim the same host have the defect, and so has each
// record of a cycle.
func surroundings(known *registry.Registry, read []*registry.Vendor) map[string]subject.Surroundings {
	var claimed []subject.Claim
	replaced := map[string]string{}
	for _, v := range read {
		claimed = append(claimed, subject.Claims(v)...)
		replaced[v.ID] = v.Record.Get("replaced_by").Text
	}
	shared, exist := subject.Overlaps(claimed, nil), known.IDs()
	out := map[string]subject.Surroundings{}
	for _, v := range read {
		around := subject.Surroundings{Overlaps: shared[v.ID], Replaced: map[string]string{}}
		by := v.Record.Get("replaced_by")
		if _, found := slices.BinarySearch(exist, by.Text); by.Known() && by.Text != v.ID && !found {
			around.Defects = append(around.Defects, subject.NoRecord("replaced_by", by.At()))
		}
		if trail := cycle(v.ID, replaced); len(trail) > 1 {
			around.Defects = append(around.Defects, subject.Cycle(by.Pos, append(trail, v.ID)...))
		}
		compareFiles(known, v, &around)
		out[v.ID] = around
	}
	return out
}

// cycle returns the ids from a record through its replacements back to it; nil if they do not lead back, or only after very many.
func cycle(id string, replaced map[string]string) []string {
	const most = 100
	trail := []string{id}
	for next := replaced[id]; next != "" && len(trail) < most; next = replaced[next] {
		if next == id {
			return trail
		}
		trail = append(trail, next)
	}
	return nil
}

// compareFiles compares the files of evidence with the record. A registry that is downloaded comes without them, and only such a registry
// has a revision.
func compareFiles(known *registry.Registry, v *registry.Vendor, around *subject.Surroundings) {
	if known.Tree.Revision != "" {
		return
	}
	for _, e := range v.Record.Get("evidence").Records {
		if wrong, _ := subject.EvidenceFile(known.Tree.Files, v.ID, e); wrong != nil {
			around.Defects = append(around.Defects, *wrong)
			around.Replaced[e.Get("id").Text] = fmt.Sprintf("names the file %q, which nobody can compare with the document that was reviewed", e.Get("file").Text)
		}
	}
}
