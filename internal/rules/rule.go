// Package rules implements the structural rules: those that look across fields, files or dates. Each is a Go function that judges
// a subject.Subject, which is one use of one vendor. It does not set severities or apply waivers; package gate does.
package rules

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rule is a structural rule.
type Rule struct {
	policy.RuleInfo
	Judge     func(*subject.Subject) []subject.Fault    // nil if package gate judges it: files, scans, waivers
	Deadlines func(*subject.Subject) []subject.Deadline // the last valid days that it checks; nil if it has none
	Documents func(*subject.Subject) []string           // documents and contract terms that it requires, as sentences
	Actor     Actor
	Public    Publicity
}

// Actor is who must act on a finding.
type Actor int8

// The actors.
const (
	Keeper    Actor = iota // the maintainers of the registry
	Approvers              // the people who approved the vendor
	Team                   // the team that uses the vendor
	Author                 // the author of the change
)

// Publicity is how much a finding about a private record may reveal.
type Publicity int8

// The publicities.
const (
	Reasons      Publicity = iota // the reasons, unless the policy is confidential
	SentenceOnly                  // only the sentence that each fault keeps for it
	AboutUse                      // everything, because it is about the repository's own files or a waiver
)

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

// atMost formats a limit of the policy.
func atMost(p *policy.Policy, tier int, param string) string {
	return "at most " + p.Params.Period(param, tier).Value.Words()
}
