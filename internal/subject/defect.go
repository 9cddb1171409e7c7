package subject

import (
	"cmp"
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
	own, other Claim
}

// Other returns the id of the other vendor.
func (o Overlap) Other() string { return o.other.vendor }

// Defect returns the overlap as a problem of the record.
func (o Overlap) Defect() Defect {
	return Defect{
		Pos: o.own.pos, Key: "shared:" + o.other.vendor, Message: fmt.Sprintf("%s also belongs to %q", o.own.what, o.other.vendor), Hint: "remove it from one of the two records",
		Related: []diag.Related{{Pos: o.other.pos, Message: fmt.Sprintf("%s in the record of %q", o.other.what, o.other.vendor)}},
	}
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
// linear in the number of hosts and packages. One of the two vendors has the overlap: that with the higher rank, such as one that a
// change touches, or else the later one; both if rank is nil.
func Overlaps(all []Claim, rank func(vendor string) int) map[string][]Overlap {
	byText := map[string][]Claim{} // host patterns and packages
	for _, c := range all {
		byText[c.text] = append(byText[c.text], c)
	}
	out := map[string][]Overlap{}
	met := map[[2]string]bool{}
	add := func(a, b Claim) {
		if len(out[a.vendor]) < maxOverlaps && !met[[2]string{a.vendor, b.vendor}] {
			met[[2]string{a.vendor, b.vendor}] = true
			out[a.vendor] = append(out[a.vendor], Overlap{a, b})
		}
	}
	meet := func(a, b Claim) {
		switch {
		case a.vendor == b.vendor:
			return
		case rank == nil:
			add(b, a)
		case cmp.Or(cmp.Compare(rank(a.vendor), rank(b.vendor)), cmp.Compare(a.vendor, b.vendor)) < 0:
			a, b = b, a
		}
		add(a, b)
	}
	for _, text := range slices.Sorted(maps.Keys(byText)) {
		for _, a := range byText[text] {
			for _, above := range append(wildcardsAbove(text), text) {
				rivals := byText[above]
				for _, b := range rivals[:min(len(rivals), maxOverlaps)] {
					meet(a, b)
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
