package subject

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Defect is a problem of a record, worded for the maintainers of the registry.
type Defect struct {
	Pos                diag.Pos // in the record
	Key, Message, Hint string
	Related            []diag.Related
}

// Overlap is a host or package that two records claim.
type Overlap struct {
	what  string
	pos   diag.Pos
	Other string
}

// Defect returns the overlap as a problem of the record.
func (o Overlap) Defect() Defect {
	return Defect{Pos: o.pos, Key: "shared:" + o.Other, Message: fmt.Sprintf("%s also belongs to %q", o.what, o.Other), Hint: "remove it from one of the two records"}
}

// Claim is a host or package that a record claims.
type Claim struct {
	vendor, text, what string
	pos                diag.Pos
}

// Claims lists the hosts and packages that belong to a vendor.
func Claims(v *registry.Vendor) []Claim {
	var out []Claim
	for _, list := range []struct{ path, word string }{{"api_hosts", "host "}, {"sdks", "package "}} {
		for _, item := range v.Record.Get(list.path).Items {
			out = append(out, Claim{v.ID, item.Text, list.word + item.Text, item.Pos})
		}
	}
	return out
}

// maxOverlaps is how many overlaps a record reports.
const maxOverlaps = 5

// Overlaps finds, for each vendor, the first host or package that it shares with each other vendor. Its time is
// linear in the number of hosts and packages.
func Overlaps(all []Claim) map[string][]Overlap {
	byText := map[string][]Claim{} // host patterns and packages
	for _, c := range all {
		byText[c.text] = append(byText[c.text], c)
	}
	out := map[string][]Overlap{}
	met := map[[2]string]bool{}
	meet := func(a, b Claim) {
		if a.vendor != b.vendor && len(out[a.vendor]) < maxOverlaps && !met[[2]string{a.vendor, b.vendor}] {
			met[[2]string{a.vendor, b.vendor}] = true
			out[a.vendor] = append(out[a.vendor], Overlap{a.what, a.pos, b.vendor})
		}
	}
	for _, text := range slices.Sorted(maps.Keys(byText)) {
		for _, a := range byText[text] {
			for _, above := range append(wildcardsAbove(text), text) {
				rivals := byText[above]
				for _, b := range rivals[:min(len(rivals), maxOverlaps)] {
					meet(a, b)
					meet(b, a)
				}
			}
		}
	}
	return out
}

// wildcardsAbove lists the patterns that match a host or contain a narrower pattern: *.b.c and *.c for a.b.c.
func wildcardsAbove(host string) []string {
	var out []string
	if strings.HasPrefix(host, "pkg:") {
		return nil
	}
	rest := strings.TrimPrefix(host, "*.")
	for {
		_, parent, more := strings.Cut(rest, ".")
		if !more {
			return out
		}
		out = append(out, "*."+parent)
		rest = parent
	}
}
