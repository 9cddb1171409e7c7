// Package egress writes the hosts of approved vendors as an allow list for proxies and network policies. It does not decide which vendors
// are on it; package survey does.
package egress

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// List is an allow list, and what its readers should know about it.
type List struct {
	Version, Origin, Policy string
	Day                     scalar.Date // on which the approvals were compared
	Environments, Data      []string    // every vendor is approved for all of these; empty for any
	Vendors                 []Vendor    // by id
	LeftOut                 []Vendor    // vendors whose status permits no use, by id
	Unread                  []diag.Gap  // records that could not be read, so that their vendors are missing
}

// Vendor is a vendor with its hosts.
type Vendor struct {
	ID, Status string
	Hosts      []string    // names, or *.name for all names below one
	Through    scalar.Date // last day of the decision; zero if it has none
	Lapsed     string      // why the decision does not count, such as an approval that ended; empty if it does
}

// about says what a reader of the list should know about a vendor.
func (v *Vendor) about() string {
	switch {
	case v.Lapsed != "":
		return v.ID + ": LAPSED: " + v.Lapsed
	case v.Through.IsZero():
		return v.ID + ": " + v.Status
	default:
		return fmt.Sprintf("%s: %s through %s", v.ID, v.Status, v.Through)
	}
}

// entry is a host, and the vendors that it belongs to.
type entry struct {
	host string
	of   []Vendor
}

// about joins what is known about the vendors of a host.
func (e *entry) about() string {
	var out []string
	for i := range e.of {
		out = append(out, e.of[i].about())
	}
	return strings.Join(out, "; ")
}

// entries lists the hosts in the order of their domains, each once.
func (l *List) entries() []entry {
	at := map[string]int{}
	var out []entry
	for _, v := range l.Vendors {
		for _, host := range v.Hosts {
			i, found := at[host]
			if !found {
				i, at[host] = len(out), len(out)
				out = append(out, entry{host: host})
			}
			out[i].of = append(out[i].of, v)
		}
	}
	slices.SortFunc(out, func(a, b entry) int {
		return cmp.Or(cmp.Compare(byDomain(a.host), byDomain(b.host)), cmp.Compare(a.host, b.host))
	})
	return out
}

// byDomain is a host with its labels in reverse, so that the hosts of a domain are next to each other.
func byDomain(host string) string {
	labels := strings.Split(host, ".")
	slices.Reverse(labels)
	return strings.Join(labels, ".")
}

// Cautions says where the list differs from what its reader may expect: approved vendors without hosts, and hosts of vendors that are left out
// but which the list permits because they belong to another vendor, too.
func (l *List) Cautions() []string {
	var out []string
	for i := range l.Vendors {
		if len(l.Vendors[i].Hosts) == 0 {
			out = append(out, "the record of "+l.Vendors[i].ID+" names no hosts")
		}
	}
	permitted := l.entries()
	for _, v := range l.LeftOut {
		for _, host := range v.Hosts {
			for _, e := range permitted {
				if covers(e.host, host) || covers(host, e.host) {
					out = append(out, fmt.Sprintf("%s of %s permits %s of %s (%s)", e.host, e.of[0].ID, host, v.ID, v.Status))
				}
			}
		}
	}
	return out
}

// covers reports whether a name or pattern permits all that another one does.
func covers(wide, host string) bool {
	if below, wild := strings.CutPrefix(host, "*."); wild {
		return wide == host || strings.HasPrefix(wide, "*.") && scalar.HostMatches(wide, "x."+below)
	}
	return scalar.HostMatches(wide, host)
}

// head is what a file says about itself, as comments.
func (l *List) head() []sink.Line {
	out := []sink.Line{
		sink.Linef("Hosts of %s, written by vendorgate %s on %s.", diag.Count(len(l.Vendors), "approved vendor"), l.Version, l.Day),
		sink.Linef("Registry %s, policy %s.", l.Origin, l.Policy),
	}
	if len(l.Environments)+len(l.Data) > 0 {
		out = append(out, sink.Linef("Only vendors that are approved for %s.", strings.Join(append(slices.Clone(l.Environments), l.Data...), " and ")))
	}
	var left []string
	for i := range l.LeftOut {
		left = append(left, l.LeftOut[i].ID+" ("+l.LeftOut[i].Status+")")
	}
	if len(left) > 0 {
		out = append(out, sink.Linef("Left out: %s.", strings.Join(left, ", ")))
	}
	for _, text := range l.Cautions() {
		out = append(out, sink.Linef("Beware: %s.", text))
	}
	for _, gap := range l.Unread {
		out = append(out, sink.Linef("Not read: %s: %s.", gap.Target, gap.Reason))
	}
	return out
}

// Summary says what the list contains, in one line.
func Summary(l *List) sink.Line {
	lapsed := 0
	for _, v := range l.Vendors {
		if v.Lapsed != "" {
			lapsed++
		}
	}
	return sink.Linef("%s of %s, of which %d lapsed; %d left out; policy %s", diag.Count(len(l.entries()), "host"), diag.Count(len(l.Vendors), "vendor"), lapsed, len(l.LeftOut), l.Policy)
}
