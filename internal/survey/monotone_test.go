package survey_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// notFacts are claims that say nothing good or bad by themselves, and why a verdict may get better without them.
var notFacts = map[string]string{
	"contract.governing_timezone": "it says when the last day of the contract ends, and the policy's zone says so without it",
	"evidence[].issued":           "it counts instead of the day on which you received the document; an older day is what the document says",
	"assessments[].expires":       "a certificate needs its last day, and other documents are valid for a year without one; an earlier day is what the document says",
}

// notMissed are claims that a rule reads and that no situation misses, and why.
var notMissed = map[string]string{
	"risk.critical_or_important_function":               "the manifest says it, too",
	"authentication.client_credential.max_age":          either,
	"authentication.client_credential.overlap_rotation": either,
	"authentication.client_credential.ip_allowlist":     either,
	"authentication.secret_scanning_partner":            either,
	"vulnerability_management.disclosure.policy_url":    either,
	"vulnerability_management.disclosure.bug_bounty":    either,
	"exit.export.api":             either,
	"rate_limiting.customer_caps": "only of vendors that are billed by the call",
	"data.stores_customer_data":   "without it, the rules assume that data is stored",
	"contract.governing_timezone": notFacts["contract.governing_timezone"],
}

const either = "another claim will do"

// said is what the rules find in a record, with the severities, and whether the record contradicts itself; nil if nobody judges it.
func said(s *situation, p *policy.Policy, tree *yamltree.Node) (out map[string]diag.Severity, contradicts bool) {
	id := s.manifest.Uses[0].ID.Value
	u := gate.NewSubject(p, registry.SingleAt(id, recordFile, tree), s.day, gatetest.Checkout, &s.manifest)
	if u == nil {
		return nil, false
	}
	out = map[string]diag.Severity{}
	judged := gate.Judge(u)
	for _, m := range u.Missing {
		out["missing "+strings.Join(m.Paths, " or ")] = gate.UnknownSeverity(u, m)
	}
	for _, f := range judged {
		switch f.Rule {
		case rules.RecordContradicts:
			contradicts = true
		case rules.VagueClaims, rules.NotEstablished: // a vague text is no fact; what is missing stands there
			continue
		default:
			key := f.Rule + " " + f.Message
			out[key] = max(out[key], f.Severity)
		}
	}
	return out, contradicts
}

// gone returns the most severe of the findings before that are milder or missing after.
func gone(before, after map[string]diag.Severity) (worst diag.Severity, what string) {
	for key, severity := range before {
		if after[key] < severity && (severity > worst || severity == worst && key < what) {
			worst, what = severity, key
		}
	}
	return worst, what
}

// worse says what got worse from one record to another: what appeared weighs more than what went. It is empty if nothing did.
func worse(before, after map[string]diag.Severity) string {
	if before == nil || after == nil {
		return ""
	}
	went, _ := gone(before, after)
	if came, what := gone(after, before); came > went {
		return fmt.Sprintf("%s %q", came, what)
	}
	return ""
}

// monotone reports whether the attribute of a row is one fact, and one that counts for the vendor. An item of a list is a fact as a whole,
// without its required attributes. What a scope does not limit is permitted, so its facts are the items of its lists.
func monotone(row *attr.Row) bool {
	return (row.Kind == attr.Claimed || row.Kind == attr.Scope && !row.List) && !row.Required && notFacts[row.Path] == ""
}

// essentials is the index of the preset that asks least.
const essentials = 0

// presets are the policies under which records are compared.
func presets(t *testing.T) (out []*policy.Policy) {
	t.Helper()
	for _, name := range []string{"essentials", "standard", "strict"} {
		out = append(out, gatetest.Load(t, gatetest.Extends("vendorgate/"+name+"@1")+gatetest.AcmeApprovers))
	}
	return out
}

// Whatever a claim says, leaving it out does not make the verdict better.
func TestLessIsNotBetter(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	all, tried := situations(t), 0
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		if !monotone(row) || !effort.Takes(i, oneIn) {
			continue
		}
		for j := range all {
			s := &all[j]
			if !s.concerns(row) {
				continue
			}
			without := clone(withItem(s.tree, row))
			put(without, "", row.Path, nil)
			for k, p := range append(presets(t), s.policy) {
				if k == essentials && row.Path == "authentication.methods" {
					continue // it does not ask how clients authenticate, and warns of a record that allows nothing but forbidden ways
				}
				after, _ := said(s, p, without)
				for _, mutant := range mutants(without, row) {
					tried++
					with, contradicts := said(s, p, mutant)
					if contradicts && row.Type == attr.Date { // days in the wrong order are no facts
						continue
					}
					if less := worse(after, with); less != "" {
						t.Errorf("%s, policy %d: without %s there is no %s, which there is with %s", s.name, k, row.Path, less, yamlOf(mutant))
					}
				}
			}
		}
	}
	if tried < 500 {
		t.Errorf("%d values tried; the test has lost its way", tried)
	}
}

// What a rule reads, it misses: without a claim that is good, a rule finds something, or something more severe, in at least one situation.
// Otherwise a claim that is bad, or that nobody can make, is better left out.
func TestClaimsAreMissed(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	all, tried := situations(t), 0
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		_, structural := rules.ByID(row.JudgedBy[0])
		only := len(row.JudgedBy) == 1 && slices.Contains([]string{rules.RecordContradicts, rules.VagueClaims}, row.JudgedBy[0])
		if row.Kind != attr.Claimed || row.Required || !structural || only || !effort.Takes(i, oneIn) {
			continue
		}
		tried++
		missed := slices.ContainsFunc(all, func(s situation) bool {
			without := clone(s.tree)
			if !put(without, "", row.Path, nil) {
				return false
			}
			before, _ := said(&s, s.policy, s.tree)
			after, _ := said(&s, s.policy, without)
			return worse(before, after) != ""
		})
		if why := notMissed[row.Path]; missed == (why != "") {
			t.Errorf("%s is judged by %q; missed without it: %v, known not to be: %q", row.Path, row.JudgedBy, missed, why)
		}
	}
	if tried < 15 {
		t.Errorf("%d claims tried; the test has lost its way", tried)
	}
}

// Adding a fact of a good record never makes the verdict worse, in whatever order.
func TestMoreIsNotWorse(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	for i, s := range situations(t) {
		if !effort.Takes(i, oneIn) && s.name != "good" || !slices.Contains([]string{"good", "static keys", "user tokens", "health data", "data abroad", "opt-out", "no limits"}, s.name) {
			continue
		}
		for k, p := range append(presets(t), s.policy) {
			order := rand.New(rand.NewPCG(uint64(k), uint64(len(s.name))))
			for range effort.Size(3, 1) {
				more(t, &s, k, p, order)
			}
		}
	}
}

// more builds the record of a situation, one claim after the other in a random order.
func more(t *testing.T, s *situation, k int, p *policy.Policy, order *rand.Rand) {
	t.Helper()
	var facts []string // paths of claims, and of lists of mappings
	bare := clone(s.tree)
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		path, _, inList := strings.Cut(row.Path, "[].")
		if row.Kind == attr.Claimed && at(s.tree, path) != nil && !slices.Contains(facts, path) && (inList || !row.Required) {
			facts = append(facts, path)
			put(bare, "", path, nil)
		}
	}
	order.Shuffle(len(facts), func(i, j int) { facts[i], facts[j] = facts[j], facts[i] })
	before, _ := said(s, p, bare)
	for _, path := range facts {
		put(bare, "", path, at(s.tree, path))
		after, _ := said(s, p, bare)
		if more := worse(before, after); more != "" {
			t.Errorf("%s, policy %d: with %s there is %s", s.name, k, path, more)
		}
		before = after
	}
	if len(facts) < 20 {
		t.Errorf("%s: %d facts; the test has lost its way", s.name, len(facts))
	}
}

// at returns what is at a path below a mapping; nil if there is nothing.
func at(n *yamltree.Node, path string) *yamltree.Node {
	name, rest, below := strings.Cut(path, ".")
	i := slices.IndexFunc(n.Pairs, func(p yamltree.Pair) bool { return p.Key == name })
	switch {
	case i < 0:
		return nil
	case !below:
		return n.Pairs[i].Value
	default:
		return at(n.Pairs[i].Value, rest)
	}
}

// Of what a scope permits, less is never better: removing an item from a list does not clear a finding.
func TestNarrowerIsNotBetter(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	tried := 0
	for i, s := range situations(t) {
		if !effort.Takes(i, oneIn) {
			continue
		}
		for i := range record.Table().Rows {
			row := &record.Table().Rows[i]
			list := at(s.tree, row.Path)
			if row.Kind != attr.Scope || !row.List || list == nil {
				continue
			}
			for drop := range list.Items {
				narrow := clone(s.tree)
				kept := slices.Delete(slices.Clone(list.Items), drop, drop+1)
				put(narrow, "", row.Path, &yamltree.Node{Kind: yamltree.List, Items: kept})
				for k, p := range append(presets(t), s.policy) {
					tried++
					before, _ := said(&s, p, narrow)
					after, _ := said(&s, p, s.tree)
					if less := worse(before, after); less != "" {
						t.Errorf("%s, policy %d: with only %s in %s there is no %s", s.name, k, yamlOf(&yamltree.Node{Kind: yamltree.List, Items: kept}), row.Path, less)
					}
				}
			}
		}
	}
	if tried < 100 {
		t.Errorf("%d lists tried; the test has lost its way", tried)
	}
}

// Where a row says that a rule notices the omission of an exposure, the rule does.
func TestOmissionsAreNoticed(t *testing.T) {
	t.Parallel()
	all, noticed := situations(t), 0
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		rule := row.Omission
		if rule == "" || strings.Contains(rule, rules.ProbesMissing) { // which is about what a probe observes
			continue
		}
		if row.Kind != attr.Exposure || row.Required {
			t.Errorf("%s is %s, required %v, so nobody has to notice its omission", row.Path, row.Kind, row.Required)
		}
		found := slices.ContainsFunc(all, func(s situation) bool {
			without := clone(s.tree)
			return put(without, "", row.Path, nil) && weights(&s, without)[rule] > weights(&s, s.tree)[rule]
		})
		if !found {
			t.Errorf("%s: %s does not notice the omission", row.Path, rule)
		}
		noticed++
	}
	if noticed == 0 {
		t.Error("no row names who notices an omission")
	}
}
