// Package rules implements the structural rules: those that look across fields, files or dates. Each is a Go function that judges
// a Subject, which is one use of one vendor. It does not set severities or apply waivers; package gate does.
package rules

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rule is a structural rule.
type Rule struct {
	policy.RuleInfo
	Judge     func(*Subject) []Fault                      // nil if package gate judges it: files, scans, waivers
	Deadlines func(*Subject) []Deadline                   // the last valid days that it checks; nil if it has none
	Questions func(p *policy.Policy, tier int) []Question // the answers that it accepts; nil if Judge says it all
	Documents func(*Subject) []string                     // documents and contract terms that it requires, as sentences
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
	Reasons   Publicity = iota // the reasons, unless the policy is confidential
	TitleOnly                  // only the title of the rule
	AboutUse                   // everything, because it is about the repository's own files or a waiver
)

// Question is an attribute that a rule judges, and the answers that it accepts.
type Question struct {
	Path     string
	Accepted string // as text
	Optional bool   // an unknown answer is fine, but a known one is judged
}

// Accepted describes the answers that the rules accept for an attribute at a tier; empty if any will do.
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

// Fault is a problem that a rule finds in one use, before package gate sets its severity.
type Fault struct {
	MaxSeverity diag.Severity // highest severity, whatever the policy says; Off means no limit
	Pos         diag.Pos      // in the manifest
	Manifest    string        // file of the manifest whose settings apply, if Pos is elsewhere
	Related     []diag.Related
	Message     string
	Hint        string
	Request     string // URL of a form to request the vendor
	Paste       string // lines to paste into a file
	Key         string // tells apart the faults of one rule in one use

	Lapsed     bool // a last day has passed, so a grace period may apply
	Day        LastDay
	Grace      string // parameter with its own grace period
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

// ByID returns a structural rule.
func ByID(id string) (Rule, bool) {
	for _, r := range All() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// LoadPolicy calls policy.Load with the structural rules. Places where no manifest can be are problems, too.
func LoadPolicy(file string, data []byte, version string) (*policy.Policy, []diag.Problem) {
	p, problems := policy.Load(file, data, version, infos())
	if p == nil {
		return nil, problems
	}
	for _, place := range p.Places {
		if problem, hint := manifest.PlaceProblem(place.Value); problem != "" {
			problems = append(problems, diag.Problem{Pos: place.Pos, Message: fmt.Sprintf("manifest_paths: no manifest can be at %q: %s", policy.FirstRunes(place.Value, 60), problem), Hint: hint})
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return p, nil
}

// LoadPresets returns the policy that consists of a preset and overlays, as policy.LoadPresets.
func LoadPresets(names []string, version string) (*policy.Policy, []diag.Problem) {
	return policy.LoadPresets(names, version, infos())
}

// infos returns what the policy needs to know of each rule.
func infos() []policy.RuleInfo {
	var out []policy.RuleInfo
	for _, r := range All() {
		out = append(out, r.RuleInfo)
	}
	return out
}
