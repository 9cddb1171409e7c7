package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about probes.
const (
	ProbeContradicts = "VG-PRB-001"
	ProbesMissing    = "VG-PRB-002"
)

func probeRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: ProbeContradicts, Title: "a probe contradicts the record", Levels: tiered("EEEE"), Waivable: true, Optional: true},
			Judge:    probeContradicts, Public: SentenceOnly,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ProbesMissing, Title: "probe results are missing or old, or a probe fails", Levels: tiered("WW--"), Waivable: true, Optional: true},
			Judge:    probesMissing, Public: SentenceOnly,
		},
	}
}

// probeContradicts implements VG-PRB-001: a recent probe contradicts a claim of the record.
func probeContradicts(u *subject.Subject) []subject.Fault {
	series, _ := probes(u)
	var out []subject.Fault
	for _, s := range series {
		if !freshProbe(u, s[0]) || !failing(s) {
			continue
		}
		claim := claimOf(u, s[0])
		if claim == nil {
			continue
		}
		out = append(out, subject.Fault{
			Pos: u.ID.Pos, Key: s[0].ID + ":" + s[0].Host, Related: []diag.Related{{Pos: claim.Pos, Message: "in the record"}, {Pos: s[0].Pos, Message: "the probe result"}},
			Message: fmt.Sprintf("the record says that %s of %q is %s, but on %s a probe of %s observed %s", s[0].Claim, u.ID.Value, u.Quote(s[0].Claim), s[0].At.UTC().Format(time.DateOnly), s[0].Host, s[0].Observed),
			Private: u.About("a probe contradicts the record of %q"),
			Hint:    u.OwnerMust("correct the record, or ask the vendor to fix the service."),
		})
	}
	return out
}

// probesMissing implements VG-PRB-002: there are no results, they are old, or a probe fails that no claim is about.
func probesMissing(u *subject.Subject) []subject.Fault {
	series, why := probes(u)
	w := u.Shortfalls(ProbesMissing)
	limit, _ := u.Limit("probe_max_age")
	file := diag.Related{Pos: diag.Pos{File: u.Registry.Tree.Name(registry.ProbeFile(u.ID.Value))}, Message: "the probe results"}
	if why != "" {
		w.Reasons, w.Related = []string{why}, []diag.Related{file}
		return u.InPrivate("there are no probe results for %q that can be read", w.FaultSaying(why, recordProbes(u)))
	}
	for _, s := range series {
		what := s[0].ID + " of " + s[0].Host
		switch {
		case !freshProbe(u, s[0]):
			w.Reasons = append(w.Reasons, fmt.Sprintf("the result of %s is older than %s", what, limit.Value.Words()))
		case failing(s) && claimOf(u, s[0]) == nil:
			w.Reasons = append(w.Reasons, fmt.Sprintf("%s fails: %s", what, s[0].Observed))
		default:
			continue
		}
		w.Related = append(w.Related, diag.Related{Pos: s[0].Pos, Message: "the result"})
	}
	return u.InPrivate("probes of %q are out of date or fail", w.Fault(u.About("probes of %q are out of date or fail"), recordProbes(u)))
}

// recordProbes says how results come to be. vendorgate calls no vendor itself: it reads what the organisation's own probes observed.
func recordProbes(u *subject.Subject) string {
	return u.OwnerMust("probe the vendor, mend what fails and add the results to %s.", u.Registry.Tree.Name(registry.ProbeFile(u.ID.Value)))
}

// probes returns the results of each probe of each host, latest first; why explains why there are none.
func probes(u *subject.Subject) (series [][]registry.Probe, why string) {
	all, err := u.Registry.Probes(u.ID.Value)
	switch {
	case err != nil:
		return nil, fmt.Sprintf("the probe results for %q could not be read", u.ID.Value)
	case len(all) == 0:
		return nil, fmt.Sprintf("there are no probe results for %q", u.ID.Value)
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b registry.Probe) int { return b.At.Compare(a.At) })
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
	return series, ""
}

// failing reports whether a probe failed in its last run and in one of the two before it. A single failure may be a network
// problem.
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
func freshProbe(u *subject.Subject, p registry.Probe) bool {
	limit, set := u.Limit("probe_max_age")
	if !set {
		return true
	}
	day := scalar.DateOf(p.At, time.UTC)
	end := p.At.AddDate(0, 0, day.DaysUntil(day.Plus(limit.Value))).Add(limit.Value.Time)
	return !u.Today.Instant.After(end) && !p.At.After(u.Today.Instant)
}

// claimOf returns the claim that a probe is about; nil if the record makes none.
func claimOf(u *subject.Subject, p registry.Probe) *attr.Value {
	slot, row, ok := record.Table().Lookup(p.Claim)
	if !ok || row == nil {
		return nil
	}
	if v := u.Vendor.Record.At(slot); v.Known() && v.Text != "unknown" {
		return v
	}
	return nil
}
