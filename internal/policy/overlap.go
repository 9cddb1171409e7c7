package policy

import (
	"maps"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// overlap is a host or package of one record that another record of the run claims as well.
type overlap struct {
	what  string
	pos   diag.Pos
	other string
}

// overlaps finds, for each vendor, the first host or package that it shares with each other vendor. It looks every host
// and package up once, so that a run with many vendors stays as fast as its records are long.
func overlaps(vendors []*registry.Vendor) map[string][]overlap {
	type claim struct {
		vendor, what string
		pos          diag.Pos
	}
	claims := map[string][]claim{} // by host pattern or package
	for _, v := range vendors {
		for _, list := range []struct{ path, word string }{{"api_hosts", "host "}, {"sdks", "package "}} {
			for _, item := range v.Record.Get(list.path).Items {
				claims[item.Text] = append(claims[item.Text], claim{v.ID, list.word + item.Text, item.Pos})
			}
		}
	}
	out := map[string][]overlap{}
	met := map[[2]string]bool{}
	meet := func(a, b claim) {
		if a.vendor != b.vendor && !met[[2]string{a.vendor, b.vendor}] {
			met[[2]string{a.vendor, b.vendor}] = true
			out[a.vendor] = append(out[a.vendor], overlap{a.what, a.pos, b.vendor})
		}
	}
	for _, text := range slices.Sorted(maps.Keys(claims)) {
		for _, a := range claims[text] {
			for _, above := range append(wildcardsAbove(text), text) {
				for _, b := range claims[above] {
					meet(a, b)
					meet(b, a)
				}
			}
		}
	}
	return out
}

// wildcardsAbove lists the patterns that match a host or that hold a narrower pattern: *.b.c and *.c for a.b.c.
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
