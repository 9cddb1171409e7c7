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

// tiers is a value for each effective tier; index 0 is unused.
type tiers[T any] [5]diag.At[T]

// Levels is a severity for each effective tier.
type Levels [5]diag.Severity

func EveryTier(s diag.Severity) Levels { return Levels{0, s, s, s, s} }

// param is one number of the policy that structural rules read.
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
		{"warn_before_lapse", calendar, "How long before an approval or a review ends it is announced."},
		{"warn_before_condition", calendar, "How long before a condition is due it is announced."},
		{"warn_before_sunset", calendar, "How long before the sunset of a version or vendor it is announced."},
		{"warn_before_waiver_end", calendar, "How long before a waiver ends it is announced."},
		{"grace", calendar, "How long after a lapse an unchanged use is only warned about."},
		{"approvers_needed", number, "How many people approve a vendor."},
		{"static_key_max_age", elapsed, "Age that static credentials may reach."},
		{"revocation_within", elapsed, "Time that a revocation may take."},
		{"waiver_max_length", calendar, "Longest term of a waiver."},
		{"waiver_max_extensions", number, "How often a waiver may be extended."},
		{"access_token_lifetime", elapsed, "Longest life of an access token."},
		{"warn_before_secret_end", calendar, "How long before a secret of ours is too old it is announced."},
		{"log_retention", calendar, "How long the vendor keeps its logs at least."},
		{"log_retention_cardholder", calendar, "The same for uses with card data."},
		{"alert_within", elapsed, "Time in which an alert reaches us."},
		{"alert_test_max_age", calendar, "How long a test of the alerts counts."},
		{"assessment_max_age", calendar, "How long an audit, a report or a questionnaire counts, from the end of its period or from its day."},
		{"bridge_letter_max", calendar, "How much longer a bridge letter can make a report count."},
		{"pentest_max_age", calendar, "How long a penetration test counts, from its last day."},
		{"fedramp_grace", calendar, "Grace of unchanged uses after a FedRAMP assessment has lapsed."},
		{"warn_before_assessment_end", calendar, "How long before an audit or a test ends to count it is announced."},
		{"warn_before_certificate_end", calendar, "The same for certificates."},
		{"baa_notice_days", number, "Days within which a breach of health data must be reported to us."},
		{"subprocessor_review", calendar, "How long a review of the vendor's own processors counts."},
		{"subprocessor_notice", calendar, "How long before a change of its processors the vendor tells us."},
		{"subprocessor_grace", calendar, "Grace of unchanged uses after that review has lapsed."},
		{"scan_interval", calendar, "Longest time between two scans of the vendor."},
		{"patch_critical", calendar, "How soon a critical vulnerability is fixed."},
		{"patch_high", calendar, "How soon a high one is fixed."},
		{"patch_medium", calendar, "How soon a medium one is fixed."},
		{"patch_kev", calendar, "How soon one that is known to be exploited is fixed."},
		{"warn_before_contract_end", calendar, "How long before a contract ends it is announced."},
		{"warn_before_notice", calendar, "How long before the last day of notice it is announced."},
		{"incident_notice_hours", number, "Hours within which the vendor tells us of an incident."},
		{"uptime_pct", decimal, "Percentage of time that the contract promises at least."},
		{"export_deadline", calendar, "Time that an export of our data may take."},
		{"exit_transition", calendar, "Time for which the vendor goes on serving us after notice."},
		{"exit_plan_test_max_age", calendar, "How long a test of the plan for leaving counts."},
		{"pilot_window", calendar, "How long before the approval a pilot may have ended."},
		{"pilot_grace", calendar, "Grace of unchanged uses after a breach drill has lapsed."},
		{"pilot_p95_ms", decimal, "Latency that 95 of 100 answers of a pilot keep, in milliseconds."},
		{"pilot_error_rate_pct", decimal, "Share of requests of a pilot that may fail, in percent."},
		{"breach_revoke_within", elapsed, "Time in which a drill revokes a credential."},
		{"breach_recover_within", elapsed, "Time in which a drill recovers."},
		{"breach_drill_max_age", calendar, "How long a breach drill counts."},
		{"probe_max_age", elapsed, "Age that the results of probes may reach."},
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
	return `{"oneOf": [` + value + `, {"type": "object", "additionalProperties": false, "minProperties": 1, "patternProperties": {"^tier-[1-4]$": ` + value + `}}]}`
}

// Params are the numbers in force.
type Params struct {
	periods  map[string]tiers[scalar.Period]
	numbers  map[string]tiers[int]
	decimals map[string]tiers[float64]
}

func (p *Params) Period(name string, tier int) diag.At[scalar.Period] { return p.periods[name][tier] }

func (p *Params) Number(name string, tier int) diag.At[int] { return p.numbers[name][tier] }

func (p *Params) Decimal(name string, tier int) diag.At[float64] { return p.decimals[name][tier] }

// read takes over the params that a policy writes.
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

// wholeDays refuses hours, which the calendar would leave out.
func wholeDays(text string) (scalar.Period, error) {
	p, err := scalar.ParsePeriod(text)
	if err == nil && p.Time != 0 {
		err = fmt.Errorf("write it in days or longer, such as P30D")
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

// byTier reads one value for all tiers, or a mapping from tier-1 to tier-4 of which any may be absent.
func byTier[T any](l *loader, node *yamltree.Node, before tiers[T], parse func(string) (T, error)) tiers[T] {
	one := func(n *yamltree.Node) (diag.At[T], bool) {
		if n.Kind != yamltree.Scalar {
			l.problem(n.Pos, "a single value is expected here", "")
			return diag.At[T]{}, false
		}
		value, err := parse(n.Text)
		if err != nil {
			l.problem(n.Pos, fmt.Sprintf("%q is not a value of this parameter", FirstRunes(n.Text, 60)), FirstRunes(err.Error(), 200))
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
		l.problem(node.Pos, "no tier is named", "the keys here are tier-1, tier-2, tier-3, tier-4")
	}
	for _, pair := range node.Pairs {
		tier, ok := parseTierKey(pair.Key)
		if !ok {
			l.problem(pair.KeyPos, fmt.Sprintf("unknown key %q", FirstRunes(pair.Key, 60)), "the keys here are tier-1, tier-2, tier-3, tier-4")
			continue
		}
		if v, ok := one(pair.Value); ok {
			out[tier] = v
		}
	}
	return out
}

func parseTierKey(key string) (int, bool) {
	n, ok := strings.CutPrefix(key, "tier-")
	if !ok || len(n) != 1 || n[0] < '1' || n[0] > '4' {
		return 0, false
	}
	return int(n[0] - '0'), true
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
