package brief

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/vocab"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// Paper is a document or a term of the contract that a rule wants besides answers.
type Document struct {
	By   AskedBy
	Want string
}

// Papers lists what the rules in force want to see for such a use: documents, agreements and terms of the contract.
func Documents(p *policy.Policy, profile Profile) []Document {
	u := &rules.Subject{Policy: p, Tier: profile.Tier, Classes: profile.Classes}
	var out []Document
	add := func(rule, format string, args ...any) {
		if severity := p.Rule(rule).Levels[profile.Tier]; severity != diag.Off {
			out = append(out, Document{AskedBy{rule, severity}, fmt.Sprintf(format, args...)})
		}
	}
	limited := func(rule, param, format string) {
		if limit, set := u.Limit(param); set {
			add(rule, format, limit.Value.Words())
		}
	}
	limited("VG-AUD-001", "assessment_max_age", "The report or certificate of an independent audit that covers the service ("+strings.Join(vocab.IndependentAssessments(), ", ")+"), not older than %s.")
	limited("VG-AUD-002", "pentest_max_age", "The summary of a penetration test of the service by somebody independent, not older than %s.")
	add("VG-AUD-003", "Links to the documentation of the API and of its authentication, and to a security page or trust centre.")
	add("VG-AUD-004", "The auditor's opinion, and the number of findings that are open, by severity, with the day of each fix.")
	if u.Sends("cardholder") != "" {
		add("VG-CMP-001", "The PCI DSS attestation of compliance (AOC) that covers the service, and the matrix of responsibilities (PCI DSS 12.8.5).")
	}
	if u.Sends("health") != "" {
		add("VG-CMP-002", "A signed business associate agreement that reports a breach within %d days.", p.Params.Number("baa_notice_days", profile.Tier).Value)
	}
	if u.Sends("personal", "personal-special") != "" {
		add("VG-CMP-003", "A signed data processing agreement (GDPR 28).")
	}
	add("VG-CON-001", "A signed contract, with its start, end and term of notice.")
	terms(u, add, limited)
	add("VG-VUL-002", "A policy for reporting vulnerabilities, a security.txt, or a bug bounty.")
	add("VG-PIL-002", "Consent in writing to a pilot that attacks the service in a sandbox.")
	return out
}

// terms are what the contract must say.
func terms(u *rules.Subject, add func(rule, format string, args ...any), limited func(rule, param, format string)) {
	p := u.Policy
	if uptime := p.Params.Decimal("uptime_pct", u.Tier); uptime.Pos.File != "" {
		add("VG-CON-002", "In the contract: an uptime of at least %v %%.", uptime.Value)
	}
	if hours := p.Params.Number("incident_notice_hours", u.Tier); hours.Pos.File != "" {
		add("VG-CON-002", "In the contract: notice of a security incident within %d hours.", hours.Value)
	}
	add("VG-CON-002", "In the contract: the hours within which an incident of the highest severity is resolved, and that security incidents count as downtime.")
	add("VG-VUL-001", "In the contract: vulnerability scanning, and the times within which vulnerabilities are fixed.")
	limited("VG-DAT-001", "subprocessor_notice", "In the contract or on a page: notice of new sub-processors at least %s before.")
	add("VG-EXT-001", "In the contract: the time within which our data is returned or deleted at the end.")
	limited("VG-EXT-001", "exit_transition", "In the contract: service for at least %s after notice.")
}
