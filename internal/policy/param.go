package policy

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// param is a parameter of the policy that structural rules read.
type param struct {
	name string
	kind paramKind
	doc  string
}

type paramKind int8

const (
	calendar paramKind = iota // a period in days or longer
	elapsed                   // a period
	number                    // a whole number
	decimal                   // a number with a fraction
)

func params() []param {
	return []param{
		{"approval_max_term", calendar, "Longest term of an approval."},
		{"review_cadence", calendar, "Longest time between reviews; a record may set a shorter one."},
		{"warn_before_lapse", calendar, "Warn this long before an approval expires or a review is due."},
		{"warn_before_condition", calendar, "Warn this long before a condition is due."},
		{"warn_before_sunset", calendar, "Warn this long before the sunset of an API version or a vendor."},
		{"warn_before_waiver_end", calendar, "Warn this long before a waiver expires."},
		{"grace", calendar, "Grace period: how long checks only warn about unchanged uses after a deadline has passed."},
		{"approvers_needed", number, "Number of people who must approve a vendor."},
		{"static_key_max_age", elapsed, "Maximum age of static credentials."},
		{"revocation_within", elapsed, "Maximum time until a revocation takes effect."},
		{"waiver_max_length", calendar, "Longest term of a waiver."},
		{"waiver_max_extensions", number, "Maximum number of extensions of a waiver."},
		{"ignore_max_term", calendar, "How far ahead the last day of an ignore entry for a known vendor may lie."},
		{"access_token_lifetime", elapsed, "Maximum lifetime of an access token."},
		{"warn_before_secret_end", calendar, "Warn this long before a secret reaches its maximum age."},
		{"log_retention", calendar, "Minimum retention of logs by the vendor."},
		{"log_retention_cardholder", calendar, "Minimum retention of logs by the vendor for uses with card data."},
		{"log_available", calendar, "Minimum time for which logs can be searched at once."},
		{"log_available_cardholder", calendar, "Minimum time for which logs can be searched at once, for uses with card data."},
		{"alert_within", elapsed, "Maximum time until an alert reaches you."},
		{"alert_test_max_age", calendar, "How long a test of the alerts is valid."},
		{"assessment_max_age", calendar, "How long an audit, report or questionnaire is valid, from the end of its period or from its date."},
		{"bridge_letter_max", calendar, "How much longer a bridge letter can extend a report."},
		{"evidence_max_age", calendar, "How long evidence counts that does not expire and belongs to no assessment, from its date."},
		{"pentest_max_age", calendar, "How long a penetration test is valid, from its last day."},
		{"fedramp_grace", calendar, "Grace period for unchanged uses after a FedRAMP assessment has expired."},
		{"warn_before_assessment_end", calendar, "Warn this long before an audit or a penetration test expires."},
		{"warn_before_certificate_end", calendar, "Warn this long before a certificate expires."},
		{"baa_notice_days", number, "Maximum number of days until the vendor reports a breach of health data."},
		{"subprocessor_review", calendar, "How long a review of the subprocessors is valid."},
		{"subprocessor_notice", calendar, "Minimum advance notice of changes to subprocessors."},
		{"subprocessor_grace", calendar, "Grace period for unchanged uses after a review of the subprocessors was due."},
		{"scan_interval", calendar, "Longest time between two vulnerability scans by the vendor."},
		{"patch_critical", calendar, "Maximum time to fix a critical vulnerability."},
		{"patch_high", calendar, "Maximum time to fix a high vulnerability."},
		{"patch_medium", calendar, "Maximum time to fix a medium vulnerability."},
		{"patch_kev", calendar, "Maximum time to fix a vulnerability that is known to be exploited."},
		{"warn_before_contract_end", calendar, "Warn this long before a contract ends."},
		{"warn_before_notice", calendar, "Warn this long before the last day to give notice."},
		{"incident_notice_hours", number, "Maximum number of hours until the vendor reports an incident."},
		{"uptime_pct", decimal, "Minimum uptime in the contract, in percent."},
		{"export_deadline", calendar, "Maximum time for an export of your data."},
		{"exit_transition", calendar, "Minimum time for which the vendor continues the service after notice."},
		{"exit_plan_test_max_age", calendar, "How long a test of the exit plan is valid."},
		{"pilot_window", calendar, "Longest time between the end of a pilot and the approval."},
		{"pilot_grace", calendar, "Grace period for unchanged uses after a breach drill was due."},
		{"pilot_requests", decimal, "Minimum number of requests behind the measurements of a pilot."},
		{"pilot_p95_ms", decimal, "Maximum 95th percentile of latency in a pilot, in milliseconds."},
		{"pilot_error_rate_pct", decimal, "Maximum error rate in a pilot, in percent."},
		{"pilot_attacks", number, "Minimum number of entries of the OWASP API Security Top 10 that attack tests cover; API1 and API2 must be among them."},
		{"breach_revoke_within", elapsed, "Maximum time to revoke a credential in a breach drill. One with a leaked credential is required."},
		{"breach_recover_within", elapsed, "Maximum time to recover in a breach drill. One with a leaked credential is required."},
		{"breach_drill_max_age", calendar, "How long a breach drill is valid."},
		{"probe_max_age", elapsed, "Maximum age of probe results."},
	}
}

func (p param) schema() string {
	value := `{"type": "string", "pattern": "^P"}`
	switch p.kind {
	case number:
		value = `{"type": "integer", "minimum": 0}`
	case decimal:
		value = `{"type": "number", "minimum": 0}`
	case calendar, elapsed:
	}
	return `{"oneOf": [` + value + `, {"type": "object", "additionalProperties": false, "minProperties": 1, "patternProperties": {"^x-": true, "^tier-[1-4]$": ` + value + `}}]}`
}

// Params are the parameters in force.
type Params struct {
	periods  map[string]tiers[scalar.Period]
	numbers  map[string]tiers[int]
	decimals map[string]tiers[float64]
}

// Period returns a period at a tier; its Pos is zero if the policy does not set it.
func (p *Params) Period(name string, tier int) diag.At[scalar.Period] { return p.periods[name][tier] }

// Number returns a whole number at a tier; its Pos is zero if the policy does not set it.
func (p *Params) Number(name string, tier int) diag.At[int] { return p.numbers[name][tier] }

// Decimal returns a number at a tier; its Pos is zero if the policy does not set it.
func (p *Params) Decimal(name string, tier int) diag.At[float64] { return p.decimals[name][tier] }

// read applies the parameters of a policy file.
func (p *Params) read(l *loader, r *attr.Record) {
	for _, spec := range params() {
		v := r.Get("params." + spec.name)
		switch {
		case !v.Known():
		case spec.kind == calendar:
			p.periods[spec.name] = byTier(l, v.Node, p.periods[spec.name], wholeDays)
		case spec.kind == elapsed:
			p.periods[spec.name] = byTier(l, v.Node, p.periods[spec.name], scalar.ParsePeriod)
		case spec.kind == decimal:
			p.decimals[spec.name] = byTier(l, v.Node, p.decimals[spec.name], decimalNumber)
		default:
			p.numbers[spec.name] = byTier(l, v.Node, p.numbers[spec.name], wholeNumber)
		}
	}
}

// wholeDays rejects hours, minutes and seconds.
func wholeDays(text string) (scalar.Period, error) {
	p, err := scalar.ParsePeriod(text)
	if err == nil && p.Time != 0 {
		err = fmt.Errorf("use days or longer units, such as P30D")
	}
	return p, err
}

func wholeNumber(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1000 {
		return 0, fmt.Errorf("write a whole number up to 1000")
	}
	return n, nil
}

func decimalNumber(text string) (float64, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 0 && n <= 1e6) || strings.Trim(text, "0123456789.") != "" {
		return 0, fmt.Errorf("write a number up to 1000000, in digits")
	}
	return n, nil
}

// byTier reads one value for all tiers, or a mapping with any of the keys tier-1 to tier-4.
func byTier[T any](l *loader, node *yamltree.Node, before tiers[T], parse func(string) (T, error)) tiers[T] {
	one := func(n *yamltree.Node) (diag.At[T], bool) {
		if n.Kind != yamltree.Scalar {
			l.problem(n.Pos, "expected a single value", "")
			return diag.At[T]{}, false
		}
		value, err := parse(n.Text)
		if err != nil {
			l.problem(n.Pos, fmt.Sprintf("%q is not a valid value here", FirstRunes(n.Text, 60)), FirstRunes(err.Error(), 200))
			return diag.At[T]{}, false
		}
		return diag.At[T]{Value: value, Pos: n.Pos}, true
	}
	out := before
	if node.Kind != yamltree.Map {
		if v, ok := one(node); ok {
			out = tiers[T]{{}, v, v, v, v}
		}
		return out
	}
	if len(node.Pairs) == 0 {
		l.problem(node.Pos, "no tier is named", "use the keys tier-1, tier-2, tier-3, tier-4")
	}
	for _, pair := range node.Pairs {
		tier, ok := parseTierKey(pair.Key)
		if !ok {
			l.problem(pair.KeyPos, fmt.Sprintf("unknown key %q", FirstRunes(pair.Key, 60)), "use the keys tier-1, tier-2, tier-3, tier-4")
			continue
		}
		if v, ok := one(pair.Value); ok {
			out[tier] = v
		}
	}
	return out
}

// levels reads a severity for all tiers or by tier.
func (l *loader) levels(node *yamltree.Node, before Levels) Levels {
	var start tiers[diag.Severity]
	for i, s := range before {
		start[i].Value = s
	}
	out := before
	for i, s := range byTier(l, node, start, diag.ParseSeverity) {
		out[i] = s.Value
	}
	return out
}
