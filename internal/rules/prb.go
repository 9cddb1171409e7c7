package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
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
	series, why := u.Probes()
	about := slices.DeleteFunc(series, func(s subject.ProbeSeries) bool { return !s.Fresh || s.Claim == nil })
	if why == "" && len(about) == 0 {
		why = "no recent probe is about a claim of the record"
	}
	u.WantsOf("no probe that contradicts the record", why)
	var out []subject.Fault
	for _, s := range about {
		if !s.Failing {
			continue
		}
		out = append(out, subject.Fault{
			Pos: u.ID.Pos, Key: s.Last.ID + ":" + s.Last.Host, Related: []diag.Related{{Pos: s.Claim.Pos, Message: "in the record"}, {Pos: s.Last.Pos, Message: "the probe result"}},
			Message: fmt.Sprintf("the record says that %s of %q is %s, but on %s a probe of %s observed %s", s.Last.Claim, u.ID.Value, u.Quote(s.Last.Claim), s.Last.At.UTC().Format(time.DateOnly), s.Last.Host, s.Last.Observed),
			Private: u.About("a probe contradicts the record of %q"),
			Hint:    u.OwnerMust("correct the record, or ask the vendor to fix the service."),
		})
	}
	return out
}

// probesMissing implements VG-PRB-002: there are no results, they are old, or a probe fails that no claim is about.
func probesMissing(u *subject.Subject) []subject.Fault {
	series, why := u.Probes()
	w := u.Shortfalls(ProbesMissing)
	limit, _ := u.Limit("probe_max_age")
	u.WantsOf("probe results"+strings.Join(u.LimitedTerm("probe_max_age", " that are at most %s old"), "")+", none of which fails", "")
	file := diag.Related{Pos: diag.Pos{File: u.Registry.Tree.Name(registry.ProbeFile(u.ID.Value))}, Message: "the probe results"}
	if why != "" {
		w.Reasons, w.Related = []string{why}, []diag.Related{file}
		return u.InPrivate("there are no probe results for %q that can be read", w.FaultSaying(why, recordProbes(u)))
	}
	for _, s := range series {
		what := s.Last.ID + " of " + s.Last.Host
		switch {
		case !s.Fresh:
			w.Reasons = append(w.Reasons, fmt.Sprintf("the result of %s is older than %s", what, limit.Value.Words()))
		case s.Failing && s.Claim == nil:
			w.Reasons = append(w.Reasons, fmt.Sprintf("%s fails: %s", what, s.Last.Observed))
		default:
			continue
		}
		w.Related = append(w.Related, diag.Related{Pos: s.Last.Pos, Message: "the result"})
	}
	return u.InPrivate("probes of %q are out of date or fail", w.Fault(u.About("probes of %q are out of date or fail"), recordProbes(u)))
}

// recordProbes says how results come to be. vendorgate calls no vendor itself: it reads what the organisation's own probes observed.
func recordProbes(u *subject.Subject) string {
	return u.OwnerMust("probe the vendor, mend what fails and add the results to %s.", u.Registry.Tree.Name(registry.ProbeFile(u.ID.Value)))
}
