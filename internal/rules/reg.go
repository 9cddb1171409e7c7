package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about the record.
const (
	Unregistered      = "VG-REG-001"
	Undeclared        = "VG-REG-002"
	RecordContradicts = "VG-REG-003"
	VagueClaims       = "VG-REG-004"
	NotEstablished    = "VG-REG-005"
	UnprovenClaims    = "VG-REG-006"
	Unreadable        = "VG-REG-007"
	UnknownHost       = "VG-REG-008"
)

func registryRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: Unregistered, Title: "the vendor is not in the registry", Levels: tiered("EEEE")},
			Public:   AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: Undeclared, Title: "the code uses a vendor that no manifest declares", Levels: tiered("EEWW"), Waivable: true, Varies: "An error at every tier if the use would fail if it were declared."},
			Actor:    Author,
		},
		{
			RuleInfo: policy.RuleInfo{ID: RecordContradicts, Title: "the record contradicts itself or another record", Levels: tiered("EEEE")},
			Judge:    recordContradicts, Public: SentenceOnly,
		},
		{
			RuleInfo: policy.RuleInfo{ID: VagueClaims, Title: "the record makes a claim that cannot be measured", Levels: tiered("EEEE"), Waivable: true, Optional: true},
			Judge:    vagueClaims, Public: SentenceOnly,
		},
		{
			RuleInfo: policy.RuleInfo{ID: NotEstablished, Title: "the record lacks information that the policy asks for", Levels: tiered("EEWN"), Waivable: true, Varies: "An attribute that a requirement asks for has at least the severity of the requirement, unless the policy sets that of this rule and does not raise it."},
		},
		{
			RuleInfo: policy.RuleInfo{ID: UnprovenClaims, Title: "a claim lacks the evidence that the policy requires", Levels: tiered("EW--"), Waivable: true, Optional: true},
			Judge:    unprovenClaims, Deadlines: evidenceEnds,
		},
		{
			RuleInfo: policy.RuleInfo{ID: Unreadable, Title: "the registry or the policy could not be read", Levels: tiered("EEEE"), Fixed: true},
			Public:   AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: UnknownHost, Title: "the code calls a host of an unknown vendor", Levels: tiered("WWWW"), Varies: "A call that is not new is a warning at most."},
			Actor:    Author,
		},
	}
}

// recordContradicts implements VG-REG-003.
func recordContradicts(u *subject.Subject) []subject.Fault {
	u.WantsOf("no contradiction in the record, and no host or package that another record claims", "")
	var out []subject.Fault
	for _, d := range append(u.Contradictions(), u.Wrong()...) {
		out = append(out, subject.Fault{
			Pos: u.ID.Pos, Related: append([]diag.Related{{Pos: d.Pos, Message: "in the record"}}, d.Related...), Key: d.Key,
			Message: fmt.Sprintf("the record of %q: %s", u.ID.Value, d.Message), Private: u.About("the record of %q needs a correction"),
			Hint: strings.TrimSpace(u.OwnerMust("correct the record.") + " " + subject.Sentence(d.Hint)),
		})
	}
	return out
}

// evidenceEnds returns, for each entry of assurance in the policy, the first day on which a claim loses the assurance that it
// needs.
func evidenceEnds(u *subject.Subject) []subject.Deadline {
	var out []subject.Deadline
	for _, a := range u.Policy.Assurance {
		var first []subject.Deadline
		for _, path := range a.Paths {
			if !u.Attr(path).Known() || !needsProof(u, a.Pattern, path) || a.Need[u.Tier].Value == policy.Asserted {
				continue
			}
			if end := u.ProofEnd(UnprovenClaims, path, a.Need[u.Tier].Value); len(end) > 0 && (len(first) == 0 || end[0].Date.Before(first[0].Date)) {
				first = end
			}
		}
		for _, d := range first {
			same := func(o subject.Deadline) bool { return o.Item == d.Item }
			if slices.ContainsFunc(out, func(o subject.Deadline) bool { return o.Path == d.Path && o.Date == d.Date }) {
				continue
			}
			if slices.ContainsFunc(out, same) { // a weaker assurance may end on a later day
				d.Item += ":" + fmt.Sprint(a.Need[u.Tier].Value)
			}
			if !slices.ContainsFunc(out, same) {
				out = append(out, d)
			}
		}
	}
	return out
}

// needsProof reports whether the policy wants a claim to be proven: the policy names it, or a rule or requirement judges it. Anything else
// would be better left out of the record.
func needsProof(u *subject.Subject, pattern, path string) bool {
	row := record.Attribute(path)
	return row != nil && row.Kind == attr.Claimed && (pattern == path || slices.ContainsFunc(row.JudgedBy, otherRule) || required(u, path))
}

// otherRule reports whether an id is that of a structural rule that looks at more than evidence, contradictions and words.
func otherRule(id string) bool {
	_, structural := ByID(id)
	return structural && id != UnprovenClaims && id != RecordContradicts && id != VagueClaims
}

// required reports whether a requirement of the policy reads an attribute for the use.
func required(u *subject.Subject, path string) bool {
	return slices.ContainsFunc(u.Policy.Requirements, func(q policy.Requirement) bool {
		return q.Levels[u.Tier] != diag.Off && q.Admits(u.Facts()) && slices.ContainsFunc(q.Branches, func(b policy.Branch) bool { return b.Path == path })
	})
}

// asksWithProof reports whether nothing but the wish for a proof asks for a claim.
func asksWithProof(u *subject.Subject, path string) bool {
	return !required(u, path) && !slices.ContainsFunc(record.Attribute(path).JudgedBy, func(id string) bool { return otherRule(id) && u.InForce(id) })
}

// unprovenClaims implements VG-REG-006. VG-REG-005 reports claims that are unknown.
func unprovenClaims(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(UnprovenClaims)
	var doubts []string
	unproven := false // there are claims to prove, and they are unknown
	for _, a := range u.Policy.Assurance {
		need, have := a.Need[u.Tier], policy.Tested
		for _, path := range a.Paths {
			if !needsProof(u, a.Pattern, path) {
				continue
			}
			if v := u.Attr(path); !v.Known() {
				unproven = unproven || need.Value > policy.Asserted && v.State != attr.NotApplicable
				if v.State != attr.NotApplicable && need.Value > policy.Asserted && asksWithProof(u, path) {
					u.Ask(need.Pos, path)
				}
				continue
			}
			if need.Value > policy.Asserted {
				u.WantsOf("evidence for "+a.Pattern+": at least "+need.Value.String(), "")
			}
			if p := u.Proof(path); p < need.Value {
				have = min(have, p)
				w.Related = append(w.Related, u.RelatedTo(path, "the claim"))
				doubts = append(doubts, u.Doubts(path, need.Value)...)
			}
		}
		if have < need.Value {
			w.Reasons = append(w.Reasons, fmt.Sprintf("%s %s, but this use requires %s", strings.TrimSuffix(a.Pattern, ".*"), subject.Shown(have), subject.EvidenceOf(need.Value)))
			w.Related = append(w.Related, diag.Related{Pos: need.Pos, Message: "the policy requires this assurance"})
		}
	}
	switch {
	case u.Asks():
	case unproven:
		u.WantsOf("evidence for the claims that the policy wants proven", "those claims are unknown")
	default:
		return u.NotAsked("the policy wants no proof of what the record says")
	}
	w.AddOnce(doubts)
	return w.Fault(u.About("claims in the record of %q lack evidence"), u.OwnerMust("attach evidence for them (evidence[].supports)."))
}

// vagueClaims implements VG-REG-004: free text must not make a claim that an attribute could measure.
func vagueClaims(u *subject.Subject) []subject.Fault {
	statements := slices.DeleteFunc(subject.Statements(u.Vendor.Record), func(s subject.Statement) bool { return !s.Known() })
	if len(statements) == 0 {
		return u.NotAsked("the record has no free text")
	}
	u.WantsOf("free text without claims that an attribute can measure", "")
	var out []subject.Fault
	for _, s := range statements {
		if phrase, measure := s.Vague(); phrase != "" {
			out = append(out, subject.Fault{
				Pos: u.ID.Pos, Key: s.Path, Related: []diag.Related{{Pos: s.Pos, Message: "in the record"}},
				Message: fmt.Sprintf("%s of %q makes a claim that cannot be measured: %q", s.Path, u.ID.Value, phrase), Private: u.About("the record of %q makes a claim that cannot be measured"),
				Hint: u.OwnerMust("replace it with a measurable attribute, such as `%s`.", measure),
			})
		}
	}
	return out
}
