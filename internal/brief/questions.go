package brief

import (
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Profile describes a use that is not declared yet.
type Profile struct {
	Tier         int // effective, 1 to 4
	Category     string
	Classes      []string
	Environments []string // all environments if empty
}

// Ask is an attribute that a rule or requirement asks for.
type Ask struct {
	Path     string
	Or       []string // attributes that would do instead
	By       string   // id of the rule or requirement
	Severity diag.Severity
	Wants    string // accepted answers, in a requirement with the attribute; empty if any will do
	OfRule   string // what the first rule that judges the attribute accepts, if a requirement asks for it; empty if any will do
	Given    string // condition, such as: if the service raises alerts; empty if every vendor must answer
	Judged   bool   // judged if it is known, but not required
}

// Asks lists what the policy asks for a use: attributes that it judges if they are known, attributes that VG-REG-005 reports for an
// empty record, and attributes that it needs in certain situations. If several rules ask for an attribute, each is listed.
func Asks(p *policy.Policy, profile Profile) []Ask {
	plain := missedIn(p, profile, "", "")
	out := slices.Clone(plain)
	for _, s := range situations() {
		for _, ask := range missedIn(p, profile, s.record, s.given) {
			if !slices.ContainsFunc(plain, func(a Ask) bool { return a.By == ask.By && a.Path == ask.Path }) {
				out = append(out, ask)
			}
		}
	}
	return out
}

// situation is an answer that leads to further questions.
type situation struct{ given, record string }

func situations() []situation {
	return []situation{
		{"if all authentication methods are static keys", "authentication: {methods: [api-key-header]}"},
		{"if the service offers OAuth 2.0 or OpenID Connect", "authentication: {methods: [oauth2-authorization-code-pkce]}"},
		{"if the service raises alerts", "threat_detection: {anomaly_alerts: {supported: true}}"},
		{"if the service blocks malicious requests", "threat_detection: {automated_blocking: {supported: true}}"},
		{"if customers can export their data", "exit: {export: {formats: [json]}}"},
	}
}

// missedIn judges a record that is empty except for some attributes, and lists the attributes that the rules need.
func missedIn(p *policy.Policy, profile Profile, record, given string) []Ask {
	environments := profile.Environments
	if len(environments) == 0 {
		environments = vocab.Environments()
	}
	const id, head = "x", "apiVersion: vendorgate/v1\nkind: Vendor\nid: x\nstatus: approved\n"
	u := gate.HypotheticalUse(p, registry.Single(id, head+record+"\n"), id, time.Time{}, profile.Classes, environments)
	u.Tier, u.Category, u.TrackOutcomes = profile.Tier, profile.Category, true
	gate.Judge(u)
	var out []Ask
	for _, v := range u.Outcomes {
		for _, a := range v.Missing {
			ask := Ask{By: v.ID, Severity: p.Severities(v.ID)[u.Tier], Given: given}
			of := slices.IndexFunc(p.Requirements, func(q policy.Requirement) bool { return q.ID == v.ID })
			for i, path := range a.Paths {
				ask.Path, ask.Or = path, slices.Delete(slices.Clone(a.Paths), i, i+1)
				if ask.Wants = accepted(u.Outcomes, v.ID, path); of >= 0 {
					ask.Wants, ask.OfRule = p.Requirements[of].Asks(), ask.Wants
				}
				out = append(out, ask)
			}
		}
		for _, c := range v.Criteria {
			if c.Optional && c.Unknown != "" {
				out = append(out, Ask{Path: c.Paths[0], By: v.ID, Severity: p.Severities(v.ID)[u.Tier], Wants: c.Want, Given: given, Judged: true})
			}
		}
	}
	return out
}

// accepted returns the answers that a rule accepts for an attribute or, if that says none, the first rule that does.
func accepted(all []subject.RuleOutcome, rule, path string) string {
	out := ""
	for _, o := range all {
		for _, c := range o.Criteria {
			if slices.Contains(c.Paths, path) && (o.ID == rule || out == "") {
				out = c.Want
			}
		}
	}
	return out
}
