package policy

import (
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Table holds the attributes of a policy.
//
//nolint:gochecknoglobals // an immutable table, built once
var Table = sync.OnceValue(func() *attr.Table {
	rows := []attr.Row{
		{Path: "apiVersion", Type: attr.Enum, Values: []string{"vendorgate/v1"}, Required: true, Example: "vendorgate/v1", Doc: "Version of the file's schema."},
		{Path: "kind", Type: attr.Enum, Values: []string{"Policy"}, Required: true, Example: "Policy", Doc: "What the file is."},
		{Path: "id", Type: attr.ID, Required: true, Example: "acme-default", Doc: "Id of the policy, as reports name it."},
		{Path: "extends", Type: attr.Raw, Schema: extendsSchema, Doc: "Preset that this policy changes, or a list of one with overlays after it: " + strings.Join(Presets(), ", ") + "; overlays: " + strings.Join(Overlays(), ", ") + "; the first if absent."},
		{Path: "required_version", Type: attr.Text, Example: `">= 0.1"`, Doc: "Versions of vendorgate that may apply this policy, as constraints on dotted versions."},
		{Path: "timezone", Type: attr.Zone, Example: "Europe/Dublin", Doc: "IANA zone in which a day ends; UTC if absent."},
		{Path: "registry_max_age", Type: attr.Period, Example: "P7D", Doc: "How old the last commit of a registry in a repository may be; older ones give no verdict."},
		{Path: "fail_on", Type: attr.Enum, Values: failOnSeverities(), Example: "error", Doc: "Lightest severity that fails a check, whatever the run asks for; a run may be stricter."},
		{Path: "fail_scope", Type: attr.Enum, Values: []string{"all"}, Example: "all", Doc: "Findings about unchanged uses can fail a check too, whatever the run asks for."},
		{Path: "missing_manifest", Type: attr.Enum, Values: []string{"fail"}, Example: "fail", Doc: "A repository without a manifest fails, whatever the run asks for."},
		{Path: "confidential", Type: attr.Tri, Example: "true", Doc: "A check says whether a vendor may be used and whom to ask, and never why; the registry's own commands tell all."},
		{Path: "contact", Type: attr.Text, Example: `"#vendor-security"`, Doc: "Whom a developer asks."},
		{Path: "request_url", Type: attr.URL, Doc: "Where a new vendor is requested."},
		{Path: "renew_url", Type: attr.URL, Doc: "Where an approval is renewed or its scope changed."},
		{Path: "waiver_url", Type: attr.URL, Doc: "Where a waiver is requested."},
		{Path: "approvers.*", Type: attr.Word, List: true, Example: "[a.ferreira]", Doc: "Users that may approve in a role; without any, every user and role counts.", Controls: []string{"SOC 2 CC9.2", "AC-5"}},
		{Path: "data_classes.*.tier", Type: attr.Enum, Values: []string{"1", "2", "3", "4"}, Required: true, Example: "2", Doc: "A class of data besides the built-in ones, and the most lenient tier of its uses."},
		{Path: "stack", Type: attr.Word, List: true, Example: "[splunk]", Doc: "Targets of logs and alerts that the organisation uses; any will do if absent.", Seed: "S3d", Controls: []string{"SI-4"}},
		{Path: "adequate_countries", Type: attr.Country, List: true, Example: "[IE, DE]", Doc: "Countries where personal data may be without a transfer mechanism.", Seed: "S4a", Controls: []string{"GDPR 44-46"}},
		{Path: "assurance.*", Type: attr.Raw, Schema: assuranceSchema, Doc: "How well an attribute, or all below a name, must be proven: " + strings.Join(vocab.Assurances(), ", ") + "; one for all or by tier.", Seed: "S4b", Controls: []string{"CCM 4.1 A&A-02", "DORA 28(5)"}},
		{Path: "severity_limit", Type: attr.Enum, Values: []string{"note", "warning"}, Doc: "Nothing that the presets below ask weighs more than this."},
		{Path: "rules.*.severity", Type: attr.Raw, Schema: levelsSchema, Doc: "Severity of a rule or requirement, one for all or by tier."},
		{Path: "rules.*.tiers", Type: attr.Enum, List: true, Values: []string{"1", "2", "3", "4"}, Example: "[1, 2]", Doc: "Tiers at which the rule is asked at all."},
	}
	for _, p := range params() {
		rows = append(rows, attr.Row{Path: "params." + p.name, Type: attr.Raw, Schema: p.schema(), Doc: p.doc})
	}
	for _, r := range requirementRows() {
		r.Path = "requirements[]." + r.Path
		rows = append(rows, r)
	}
	rows = append(rows, CaseRows()...)
	return attr.New("vendorgate policy", "What an organisation requires of its vendors, and how much each requirement weighs.", rows)
})

const levelsSchema = `{"oneOf": [
	{"enum": ["off", "note", "warning", "error"]},
	{"type": "object", "additionalProperties": false, "minProperties": 1,
	 "patternProperties": {"^tier-[1-4]$": {"enum": ["off", "note", "warning", "error"]}}}]}`

const extendsSchema = `{"oneOf": [{"type": "string"}, {"type": "array", "minItems": 1, "items": {"type": "string"}}]}`

const assuranceSchema = `{"oneOf": [
	{"enum": ["asserted", "documented", "attested", "audited", "tested"]},
	{"type": "object", "additionalProperties": false, "minProperties": 1,
	 "patternProperties": {"^tier-[1-4]$": {"enum": ["asserted", "documented", "attested", "audited", "tested"]}}}]}`

const (
	listSchema   = `{"type": "array", "minItems": 1, "items": {"type": ["string", "number", "boolean"]}}`
	valueSchema  = `{"type": ["string", "number", "boolean"]}`
	periodSchema = `{"type": "string", "pattern": "^P"}`
	whenSchema   = `{"type": ["string", "number", "array", "object"]}`
)

func requirementRows() []attr.Row {
	condition := []attr.Row{
		{Path: "attr", Type: attr.Text, Example: "encryption.in_transit.min_tls", Doc: "Attribute of the record that is asked for."},
		{Path: "eq", Type: attr.Raw, Schema: valueSchema, Doc: "The attribute is this value."},
		{Path: "ne", Type: attr.Raw, Schema: valueSchema, Doc: "The attribute is another value."},
		{Path: "in", Type: attr.Raw, Schema: listSchema, Doc: "The attribute is one of these values."},
		{Path: "not_in", Type: attr.Raw, Schema: listSchema, Doc: "The attribute is none of these values."},
		{Path: "contains", Type: attr.Raw, Schema: whenSchema, Doc: "The list holds this value, or all of these."},
		{Path: "subset_of", Type: attr.Raw, Schema: listSchema, Doc: "The list holds nothing but these values."},
		{Path: "lte", Type: attr.Raw, Schema: valueSchema, Doc: "The attribute is this or less: a number, a period, a date, an ordered choice."},
		{Path: "gte", Type: attr.Raw, Schema: valueSchema, Doc: "The attribute is this or more."},
		{Path: "matches", Type: attr.Raw, Schema: `{"type": "string", "format": "regex"}`, Doc: "The text matches this RE2 expression; of a list, every item does."},
		{Path: "present", Type: attr.Raw, Schema: `{"const": true}`, Doc: "The attribute is known, whatever it is."},
		{Path: "within", Type: attr.Raw, Schema: periodSchema, Doc: "The date lies at most this far in the past."},
		{Path: "valid_for", Type: attr.Raw, Schema: periodSchema, Doc: "The date lies at least this far in the future."},
	}
	rows := []attr.Row{{Path: "id", Type: attr.Word, Required: true, Example: "MFA-ENFORCED", Doc: "Id of the requirement, in capitals; one that the preset has is changed by the keys given."}}
	rows = append(rows, condition...)
	for _, c := range condition {
		c.Path = "any_of[]." + c.Path
		rows = append(rows, c)
	}
	return append(rows,
		attr.Row{Path: "when.tier", Type: attr.Raw, Schema: whenSchema, Doc: "Only for these effective tiers: a value, a list, or {lte: 2}."},
		attr.Row{Path: "when.data_class", Type: attr.Raw, Schema: whenSchema, Doc: "Only for uses with one of these classes of data."},
		attr.Row{Path: "when.category", Type: attr.Raw, Schema: whenSchema, Doc: "Only for vendors of these categories: " + strings.Join(vocab.Categories(), ", ") + "."},
		attr.Row{Path: "when.environment", Type: attr.Raw, Schema: whenSchema, Doc: "Only for uses in one of these environments."},
		attr.Row{Path: "severity", Type: attr.Raw, Schema: levelsSchema, Doc: "What it weighs; error if absent."},
		attr.Row{Path: "message", Type: attr.Text, Doc: "What a developer reads; may hold {vendor}, {name}, {tier}, {value}, {attribute}, {category}, {owner}."},
		attr.Row{Path: "fix", Type: attr.Text, Doc: "What to do next; may hold the same."},
		attr.Row{Path: "docs", Type: attr.URL, Doc: "Where it is explained."},
		attr.Row{Path: "controls", Type: attr.Text, List: true, Example: `["MVSP 4.2"]`, Doc: "Controls of standards that it serves."},
	)
}

func CaseRows() []attr.Row {
	return []attr.Row{
		{Path: "tests[].name", Type: attr.Text, Required: true, Example: "no second factor at tier 1", Doc: "What the case shows; no other case has this name."},
		{Path: "tests[].as_of", Type: attr.Date, Required: true, Example: "2027-01-01", Doc: "Day on which the case is judged."},
		{Path: "tests[].record", Type: attr.Raw, Schema: `{"type": "object"}`, Doc: "Record of a vendor, whole or in part: what is not written is not known, but for the status, which is approved."},
		{Path: "tests[].vendor", Type: attr.ID, Example: "calderwick-payments", Doc: "In place of a record: a vendor of the registry."},
		{Path: "tests[].use", Type: attr.Raw, Schema: `{"type": "object"}`, Doc: "How the vendor is used: tier, repository, and the attributes of an entry of a manifest; in production and without data if they are absent."},
		{Path: "tests[].expect.pass", Type: attr.Word, List: true, Example: "[MFA-ENFORCED]", Doc: "Rules and requirements that find nothing."},
		{Path: "tests[].expect.fail", Type: attr.Word, List: true, Example: "[MFA-ENFORCED]", Doc: "Rules and requirements that find something, whatever it weighs."},
		{Path: "tests[].expect.unknown", Type: attr.Word, List: true, Example: "[MFA-ENFORCED]", Doc: "Rules and requirements that ask for what the record does not say."},
		{Path: "tests[].expect.not_asked", Type: attr.Word, List: true, Example: "[MFA-ENFORCED]", Doc: "Rules and requirements that such a use is not asked."},
	}
}
