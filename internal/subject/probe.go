package subject

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// ProbeSeries is what a probe of a host observed over time.
type ProbeSeries struct {
	Last    registry.Probe
	Fresh   bool        // the last result is recent, and not from the future
	Failing bool        // it failed in its last run and in one of the two before it: a single failure may be a network problem
	Claim   *attr.Value // that it is about; nil if the record makes none
}

// Probes returns the results of each probe of each host, in their order; why explains why there are none.
func (u *Subject) Probes() (out []ProbeSeries, why string) {
	all, err := u.Registry.Probes(u.ID.Value)
	switch {
	case errors.Is(err, registry.ErrNewer):
		return nil, fmt.Sprintf("the probe results for %q are written for a newer version of vendorgate", u.ID.Value)
	case err != nil:
		return nil, fmt.Sprintf("the probe results for %q could not be read", u.ID.Value)
	case len(all) == 0:
		return nil, fmt.Sprintf("there are no probe results for %q", u.ID.Value)
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b registry.Probe) int { return b.At.Compare(a.At) })
	var series [][]registry.Probe
	for _, p := range all {
		i := slices.IndexFunc(series, func(s []registry.Probe) bool {
			return s[0].ID == p.ID && s[0].Host == p.Host && s[0].Claim == p.Claim
		})
		if i < 0 {
			series = append(series, []registry.Probe{p})
			continue
		}
		series[i] = append(series[i], p)
	}
	slices.SortStableFunc(series, func(a, b []registry.Probe) int {
		return strings.Compare(a[0].ID+"\x00"+a[0].Host, b[0].ID+"\x00"+b[0].Host)
	})
	for _, s := range series {
		out = append(out, ProbeSeries{Last: s[0], Fresh: u.freshProbe(s[0]), Failing: failing(s), Claim: u.probed(s[0])})
	}
	return out, ""
}

// failing reports whether a probe failed in its last run and in one of the two before it.
func failing(s []registry.Probe) bool {
	failed := 0
	for _, p := range s[:min(len(s), 3)] {
		if p.Outcome == "fail" {
			failed++
		}
	}
	return s[0].Outcome == "fail" && failed >= 2
}

// freshProbe reports whether a result is recent, and not from the future.
func (u *Subject) freshProbe(p registry.Probe) bool {
	limit, set := u.Limit("probe_max_age")
	if !set {
		return true
	}
	day := scalar.DateOf(p.At, time.UTC)
	end := p.At.AddDate(0, 0, day.DaysUntil(day.Plus(limit.Value))).Add(limit.Value.Time)
	return !u.Today.Instant.After(end) && !p.At.After(u.Today.Instant)
}

// probed returns the claim that a probe is about; nil if the record makes none.
func (u *Subject) probed(p registry.Probe) *attr.Value {
	slot, row, ok := record.Table().Lookup(p.Claim)
	if !ok || row == nil {
		return nil
	}
	if v := u.Vendor.Record.At(slot); v.Known() && v.Text != "unknown" {
		return v
	}
	return nil
}
