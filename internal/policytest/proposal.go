package policytest

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Proposals finds cases that close coverage gaps.
type Proposals struct {
	policy  *policy.Policy
	known   *registry.Registry
	day     scalar.Date
	general []proposal
}

// proposal is a case without name and expectations, with its judgement.
type proposal struct {
	body      string
	judgement judgement
}

// Propose prepares proposals from empty records, records with values for one requirement, and vendors of the registry, all judged
// as of day.
func Propose(p *policy.Policy, known *registry.Registry, day scalar.Date) *Proposals {
	s := &Proposals{policy: p, known: known, day: day}
	for tier := 1; tier <= 4; tier++ {
		s.try(fmt.Sprintf("  record: {}\n  use: {tier: %d}\n", tier))
		for _, class := range p.Classes() {
			s.try(fmt.Sprintf("  record: {}\n  use: {tier: %d, data: [%s]}\n", tier, class))
		}
	}
	for _, body := range violatingCases(day) {
		s.try(body)
	}
	const enough = 50 // records of a large registry
	own, _ := known.Tree.List("vendors", ".yaml")
	for _, id := range own[:min(len(own), enough)] {
		s.try(fmt.Sprintf("  vendor: %s\n", id))
		if v, err := known.Vendor(id); err == nil && v != nil && v.Record != nil && len(v.Record.Get("scope.data_classes").Items) > 0 {
			s.try(fmt.Sprintf("  vendor: %s\n  use: {data: %s}\n", id, yamltree.FlowList(v.Record.Get("scope.data_classes").Texts())))
		}
	}
	for _, id := range known.IDs() {
		if !slices.Contains(own, id) {
			s.try(fmt.Sprintf("  vendor: %s\n", id))
			break
		}
	}
	return s
}

// try adds a proposal if it is a valid case.
func (s *Proposals) try(body string) {
	if p, ok := s.judged(body); ok {
		s.general = append(s.general, p)
	}
}

func (s *Proposals) judged(body string) (proposal, bool) {
	text := "apiVersion: vendorgate/v1\nkind: PolicyTest\ntests:\n" + s.caseText("x", body, "pass", gate.Unregistered)
	cases, problems := Cases(s.policy, TestTable(), "", []byte(text), s.known)
	if len(problems) > 0 {
		return proposal{}, false
	}
	return proposal{body, judge(s.policy, &cases[0])}, true
}

func (s *Proposals) caseText(name, body, outcome, id string) string {
	return fmt.Sprintf("- name: %s\n  as_of: %s\n%s  expect: {%s: [%s]}\n", name, s.day, body, outcome, id)
}

// Case returns a case in YAML that closes a gap. found is false if the case is only a template to complete.
func (s *Proposals) Case(gap CoverageGap) (text string, found bool) {
	name := gap.ID + " " + map[policy.Outcome]string{policy.Holds: "passes", policy.Fails: "fails", policy.IsUnknown: "is unknown"}[gap.Want]
	for _, p := range s.general {
		if got, _ := p.judgement.outcome(gap.ID); got == gap.Want {
			return s.caseText(name, p.body, gap.Want.String(), gap.ID), true
		}
	}
	for _, body := range s.about(gap.ID) {
		if p, ok := s.judged(body); ok {
			if got, _ := p.judgement.outcome(gap.ID); got == gap.Want {
				return s.caseText(name, body, gap.Want.String(), gap.ID), true
			}
		}
	}
	return s.caseText(name, "  record: {} # add what makes it "+gap.Want.String()+"\n", gap.Want.String(), gap.ID), false
}

// about returns cases with example values for the attributes of one requirement.
func (s *Proposals) about(id string) []string {
	i := slices.IndexFunc(s.policy.Requirements, func(q policy.Requirement) bool { return q.ID == id })
	if i < 0 {
		return nil
	}
	q := &s.policy.Requirements[i]
	stated := [][]yamltree.Assignment{nil}
	if category := q.When.Category; !category.Not && len(category.Words) > 0 {
		stated[0] = []yamltree.Assignment{{Path: "category", Value: category.Words[0]}}
	}
	const enough = 400
	for j := range q.Branches {
		var longer [][]yamltree.Assignment
		path, values := q.Branches[j].Values(s.day)
		for _, before := range stated {
			for _, value := range values {
				if len(longer) < enough {
					longer = append(longer, append(slices.Clone(before), yamltree.Assignment{Path: path, Value: value}))
				}
			}
		}
		stated = longer
	}
	var out []string
	for _, record := range stated {
		out = append(out, fmt.Sprintf("  record: %s\n  use: {%s}\n", yamltree.FlowMap(record), q.Admitted()))
	}
	return out
}
