// Package rules holds the structural rules: those that look across fields, files or dates. Each is one Go function that judges
// a Subject, one use of one vendor. The package grades nothing and applies no waivers; that is the work of package gate.
package rules

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"

	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rule is a structural rule: everything that is known of it.
type Rule struct {
	policy.RuleInfo
	Judge     func(*Subject) []Fault                      // nil where package gate judges: files, traces, waivers
	Deadlines func(*Subject) []Deadline                   // the last valid days that it watches; nil if it has none
	Questions func(p *policy.Policy, tier int) []Question // what it accepts as answers; nil if Judge says it all
	Documents func(*Subject) []string                     // papers and terms of the contract that it wants to see, as sentences
	Actor     Actor
	Public    Publicity
}

// Actor is who acts on a finding.
type Actor int8

// The actors.
const (
	Keeper    Actor = iota // whoever keeps the registry
	Approvers              // the people who approved the vendor
	Team                   // the team that uses the vendor
	Author                 // the author of the change
)

// Publicity is what may be said of a finding to readers of a repository where the record is not public.
type Publicity int8

// The publicities.
const (
	Reasons   Publicity = iota // what is wrong; not under a confidential policy
	TitleOnly                  // that the rule found something
	AboutUse                   // everything: it speaks of the repository's own files, or of a waiver
)

// Question is an attribute that a rule judges, and the answers that it accepts.
type Question struct {
	Path     string
	Accepted string // in words
	Optional bool   // nobody misses an answer, but one that is known is judged
}

// Accepted says which answers the rules want for an attribute at a tier; empty where any will do.
func Accepted(p *policy.Policy, path string, tier int) string {
	for _, r := range All() {
		if r.Questions == nil {
			continue
		}
		for _, q := range r.Questions(p, tier) {
			if q.Path == path {
				return q.Accepted
			}
		}
	}
	return ""
}

// Fault is what a rule finds in one use, before it is graded.
type Fault struct {
	MaxSeverity diag.Severity // heaviest it may weigh whatever the policy says; Off means no limit
	Pos         diag.Pos      // in the manifest
	Related     []diag.Related
	Message     string
	Hint        string
	Request     string // URL of a form that asks for the vendor
	Paste       string // lines that are ready to be put into a file
	Key         string // tells apart the faults of one rule in one use

	Lapsed     bool // it is past a day, which lies late days back: grace may soften it
	Day        LastDay
	Grace      string // parameter with a grace of its own, besides the policy's
	Everywhere bool
}

// All lists the structural rules by id.
func All() []Rule {
	return slices.Concat(
		approvalRules(), auditRules(), authenticationRules(), complianceRules(), contractRules(), dataRules(), detectionRules(), encryptionRules(), exitRules(), consoleRules(), logRules(), manifestRules(), pilotRules(), probeRules(), registryRules(), rateRules(), scopeRules(), vulnerabilityRules(), waiverRules(),
	)
}

// tiered reads a severity for each of the four tiers: E error, W warning, N note, - off.
func tiered(letters string) (out policy.Levels) {
	for i, c := range letters {
		switch c {
		case 'E':
			out[i+1] = diag.Error
		case 'W':
			out[i+1] = diag.Warning
		case 'N':
			out[i+1] = diag.Note
		}
	}
	return out
}

// RuleByID finds a structural rule.
func ByID(id string) (Rule, bool) {
	for _, r := range All() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// LoadPolicy reads a policy about the structural rules, as policy.Load does.
func LoadPolicy(file string, data []byte, version string) (*policy.Policy, []diag.Problem) {
	var infos []policy.RuleInfo
	for _, r := range All() {
		infos = append(infos, r.RuleInfo)
	}
	return policy.Load(file, data, version, infos)
}
