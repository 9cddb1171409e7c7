package policy

import (
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Table holds the attributes of a policy.
//
//nolint:gochecknoglobals // an immutable table, built once
var Table = sync.OnceValue(func() *attr.Table {
	rows := []attr.Row{
		{Path: "apiVersion", Type: attr.Enum, Values: []string{"vendorgate/v1"}, Required: true, Example: "vendorgate/v1", Doc: "Version of the file's schema."},
		{Path: "kind", Type: attr.Enum, Values: []string{"Policy"}, Required: true, Example: "Policy", Doc: "What the file is."},
		{Path: "id", Type: attr.ID, Required: true, Example: "acme-default", Doc: "Id of the policy, as shown in reports."},
		{Path: "extends", Type: attr.Raw, Schema: extendsSchema, Doc: "Preset that this policy extends, or a list of a preset and overlays. Presets: " + strings.Join(Presets(), ", ") + ". Overlays: " + strings.Join(Overlays(), ", ") + ". The default is the first preset."},
		{Path: "required_version", Type: attr.Text, Example: `">= 0.1"`, Doc: "Versions of vendorgate that may apply this policy, as version constraints."},
		{Path: "timezone", Type: attr.Zone, Example: "Europe/Dublin", Doc: "IANA time zone in which a day ends. The default is UTC."},
		{Path: "registry_max_age", Type: attr.Period, Example: "P7D", Doc: "Maximum age of the last commit of a registry in a repository. If it is older, there is no verdict."},
		{Path: "fail_on", Type: attr.Enum, Values: failOnSeverities(), Example: "error", Doc: "Lowest severity that fails a check. A run can be stricter, but never less strict."},
		{Path: "fail_scope", Type: attr.Enum, Values: []string{"all"}, Example: "all", Doc: "With all, findings about unchanged uses fail a check too. A run cannot change this."},
		{Path: "missing_manifest", Type: attr.Enum, Values: []string{"fail"}, Example: "fail", Doc: "With fail, a repository without a manifest fails. A run cannot change this."},
		{Path: "scan", Type: attr.Enum, Values: []string{"required"}, Example: "required", Doc: "With required, there is no verdict unless the code is searched for undeclared vendors. A run cannot change this."},
		{Path: "comment", Type: attr.Enum, Values: []string{"on-warning", "always"}, Example: "on-warning", Doc: "When the action comments on a pull request that passes: on-warning, also about warnings and about findings that a grace period or a waiver covers, or always. A run can comment more often, or never."},
		{Path: "allow_as_of", Type: attr.Tri, Example: "true", Doc: "Whether a check or lint in GitHub Actions may set as-of. By default, it uses the current time. Elsewhere, and for reports and forecasts, which decide nothing, as-of needs no permission."},
		{Path: "trusted_branches", Type: attr.Glob, List: true, Example: "[release/*]", Doc: "Branches that only reviewed changes reach, such as those for backports, as names or globs. A change that goes into one of them is compared with it instead of with the default branch."},
		{Path: "manifest_paths", Type: attr.Glob, List: true, Example: `[vendors.yaml, "services/*/vendors.yaml"]`, Doc: "Where a repository may have manifests, as globs. A manifest in another place is an error. If absent, manifests may be anywhere."},
		manifest.FirstPartyRow(),
		{Path: "ignore.vendors", Type: attr.Enum, Values: ignoreSettings(), Example: "forbid", Doc: "Whether ignore entries of manifests can cover known vendors: allow, which is the default, or forbid."},
		{Path: "ignore.hosts", Type: attr.Enum, Values: ignoreSettings(), Example: "forbid", Doc: "Whether ignore entries of manifests can cover hosts of unknown vendors: allow, which is the default, or forbid."},
		{Path: "confidential", Type: attr.Tri, Example: "true", Doc: "Whether a check hides the reasons and shows only whether a vendor may be used and whom to ask. The registry commands still show everything."},
		{Path: "contact", Type: attr.Text, Example: `"#vendor-security"`, Doc: "Whom developers should ask, such as a channel or an address."},
		{Path: "request_url", Type: attr.URL, Doc: "URL to request a new vendor."},
		{Path: "renew_url", Type: attr.URL, Doc: "URL to renew an approval or change its scope."},
		{Path: "waiver_url", Type: attr.URL, Doc: "URL to request a waiver."},
		{Path: "approvers.*", Type: attr.Word, List: true, Example: "[a.ferreira]", Doc: "Users and teams (\"@org/team\") who may approve in a role. Without any, every user may approve in every role. An approval for a team names the team; vendorgate does not check that the user is a member.", Controls: []string{"SOC 2 CC9.2", "NIST SP 800-53 AC-5"}},
		{Path: "data_classes.*.tier", Type: attr.Enum, Values: []string{"1", "2", "3", "4"}, Required: true, Example: "2", Doc: "Defines a data class. The least critical tier that a use of this data can have. A built-in class can only become stricter."},
		{Path: "stack", Type: attr.Word, List: true, Example: "[splunk]", Doc: "Tools that receive your logs and alerts. If absent, any tool is accepted.", Seed: "S3d", Controls: []string{"NIST SP 800-53 SI-4"}},
		{Path: "country_groups.*", Type: attr.Region, List: true, Example: "[DK, FI, IS, NO, SE]", Doc: "Names a group of countries, in capital letters, that can stand wherever countries are listed. Its items are countries, EU or EEA, which need no definition."},
		{Path: "adequate_countries", Type: attr.Region, List: true, Example: "[EEA, CH]", Doc: "Countries where personal data may be without a transfer mechanism, or groups of countries.", Seed: "S4a", Controls: []string{"GDPR 44-46"}},
		{Path: "adequate_countries_checked", Type: attr.Date, Example: "2026-11-23", Doc: "Day on which adequate_countries was compared with its source. `registry lint` notes when that was more than a year ago.", Seed: "S4a", Controls: []string{"GDPR 44-46"}},
		{Path: "adequate_countries_source", Type: attr.URL, Doc: "Where adequate_countries comes from.", Seed: "S4a", Controls: []string{"GDPR 44-46"}},
		{Path: "assurance.*", Type: attr.Raw, Schema: assuranceSchema, Doc: "Required assurance of an attribute, or of all attributes below a name: " + strings.Join(vocab.Assurances(), ", ") + ". One value, or one for each tier.", Seed: "S4b", Controls: []string{"CCM 4.1 A&A-02", "DORA 28(5)"}},
		{Path: "severity_limit", Type: attr.Enum, Values: []string{"note", "warning"}, Doc: "Maximum severity of everything in the presets that this policy extends."},
		{Path: "rules.*.severity", Type: attr.Raw, Schema: levelsSchema, Doc: "Severity of a rule or requirement: one value, or one for each tier."},
		{Path: "rules.*.tiers", Type: attr.Enum, List: true, Values: []string{"1", "2", "3", "4"}, Example: "[1, 2]", Doc: "Tiers at which the rule is on."},
	}
	for _, p := range params() {
		rows = append(rows, attr.Row{Path: "params." + p.name, Type: attr.Raw, Schema: p.schema(), Doc: p.doc})
	}
	for _, r := range requirementRows() {
		r.Path = "requirements[]." + r.Path
		rows = append(rows, r)
	}
	rows = append(rows, CaseRows()...)
	return attr.New("vendorgate policy", "What an organisation requires of its vendors, and the severity of each requirement.", rows)
})

const levelsSchema = `{"oneOf": [
	{"enum": ["off", "note", "warning", "error"]},
	{"type": "object", "additionalProperties": false, "minProperties": 1,
	 "patternProperties": {"^x-": true, "^tier-[1-4]$": {"enum": ["off", "note", "warning", "error"]}}}]}`

const extendsSchema = `{"oneOf": [{"type": "string"}, {"type": "array", "minItems": 1, "items": {"type": "string"}}]}`

const assuranceSchema = `{"oneOf": [
	{"enum": ["asserted", "documented", "attested", "audited", "tested"]},
	{"type": "object", "additionalProperties": false, "minProperties": 1,
	 "patternProperties": {"^x-": true, "^tier-[1-4]$": {"enum": ["asserted", "documented", "attested", "audited", "tested"]}}}]}`

const (
	listSchema   = `{"type": "array", "minItems": 1, "items": {"type": ["string", "number", "boolean"]}}`
	valueSchema  = `{"type": ["string", "number", "boolean"]}`
	periodSchema = `{"type": "string", "pattern": "^P"}`
	itemsSchema  = `{"type": "object", "required": ["list"], "properties": {"list": {"type": "string"}, "where": {"type": "object"}, "attr": {"type": "string"}}}`
	whenSchema   = `{"type": ["string", "number", "array", "object"]}`
)

func requirementRows() []attr.Row {
	condition := []attr.Row{
		{Path: "attr", Type: attr.Text, Example: "encryption.in_transit.min_tls", Doc: "Attribute of the record that the condition is about."},
		{Path: "any", Type: attr.Raw, Schema: itemsSchema, Example: listExample(""), Doc: "In place of attr: an item of this list, of those that match where, meets the condition. attr is an attribute of the item, or valid_until of an assessment; without attr, it is enough that there is such an item."},
		{Path: "all", Type: attr.Raw, Schema: itemsSchema, Example: "{list: assessments, attr: findings_open.critical, eq: 0}", Doc: "In place of attr: every item of this list, of those that match where, meets the condition."},
	}
	condition = append(condition, operatorRows()...)
	rows := []attr.Row{{Path: "id", Type: attr.Word, Required: true, Example: "MFA-ENFORCED", Doc: "Id of the requirement, in capital letters. With the id of a requirement in the preset, the keys override that requirement."}}
	rows = append(rows, condition...)
	for _, c := range condition {
		c.Path = "any_of[]." + c.Path
		rows = append(rows, c)
	}
	return append(rows,
		attr.Row{Path: "when.tier", Type: attr.Raw, Schema: whenSchema, Doc: "Applies only at these effective tiers: a value, a list, or {lte: 2}."},
		attr.Row{Path: "when.data_class", Type: attr.Raw, Schema: whenSchema, Doc: "Applies only to uses with one of these data classes."},
		attr.Row{Path: "when.category", Type: attr.Raw, Schema: whenSchema, Doc: "Applies only to vendors of these categories: " + strings.Join(vocab.Categories(), ", ") + "."},
		attr.Row{Path: "when.environment", Type: attr.Raw, Schema: whenSchema, Doc: "Applies only to uses in one of these environments."},
		attr.Row{Path: "severity", Type: attr.Raw, Schema: levelsSchema, Doc: "Severity. The default is error."},
		attr.Row{Path: "message", Type: attr.Text, Doc: "Message of the finding. Placeholders: {vendor}, {name}, {tier}, {value}, {attribute}, {category}, {owner}."},
		attr.Row{Path: "fix", Type: attr.Text, Doc: "Hint of the finding: what to do next. It can use the same placeholders."},
		attr.Row{Path: "docs", Type: attr.URL, Doc: "URL of the documentation."},
		attr.Row{Path: "controls", Type: attr.Text, List: true, Example: `["MVSP 4.2"]`, Doc: "Controls of standards that the requirement implements."},
	)
}

// operatorRows returns the rows of the operators.
func operatorRows() []attr.Row {
	return []attr.Row{
		{Path: "eq", Type: attr.Raw, Schema: valueSchema, Doc: "The attribute equals this value."},
		{Path: "ne", Type: attr.Raw, Schema: valueSchema, Doc: "The attribute does not equal this value."},
		{Path: "in", Type: attr.Raw, Schema: listSchema, Doc: "The attribute is one of these values."},
		{Path: "not_in", Type: attr.Raw, Schema: listSchema, Doc: "The attribute is none of these values."},
		{Path: "contains", Type: attr.Raw, Schema: whenSchema, Doc: "The list contains this value, or all of these values."},
		{Path: "subset_of", Type: attr.Raw, Schema: listSchema, Doc: "The list contains only these values."},
		{Path: "lte", Type: attr.Raw, Schema: valueSchema, Doc: "The attribute is at most this value: a number, period, date or ordered enumeration."},
		{Path: "gte", Type: attr.Raw, Schema: valueSchema, Doc: "The attribute is at least this value."},
		{Path: "matches", Type: attr.Raw, Schema: `{"type": "string", "format": "regex"}`, Doc: "The text, or every item of a list, matches this RE2 regular expression."},
		{Path: "present", Type: attr.Raw, Schema: `{"const": true}`, Doc: "The attribute is known, with any value."},
		{Path: "within", Type: attr.Raw, Schema: periodSchema, Doc: "The date is at most this long ago."},
		{Path: "valid_for", Type: attr.Raw, Schema: periodSchema, Doc: "The date is at least this far in the future."},
	}
}

// listTable holds the attributes of a condition on the items of a list.
//
//nolint:gochecknoglobals // an immutable table, built once
var listTable = sync.OnceValue(func() *attr.Table {
	return attr.New("condition on a list", "", append([]attr.Row{
		{Path: "list", Type: attr.Text, Required: true, Example: Assessments},
		{Path: "where", Type: attr.Raw},
		{Path: "attr", Type: attr.Text, Example: ValidUntil},
	}, operatorRows()...))
})

// listExample returns a condition on a list as users write it, below its key if there is one.
func listExample(key string) string {
	const example = "{list: assessments, where: {type: {in: [soc2-type2, iso27001]}}, attr: valid_until, valid_for: P0D}"
	if key == "" {
		return example
	}
	return key + ": " + example
}

// CaseRows returns the rows of a test case.
func CaseRows() []attr.Row {
	return []attr.Row{
		{Path: "tests[].name", Type: attr.Text, Required: true, Example: "no second factor at tier 1", Doc: "Name of the case. Names must be unique."},
		{Path: "tests[].as_of", Type: attr.Date, Required: true, Example: "2027-01-01", Doc: "Date on which the case is judged."},
		{Path: "tests[].record", Type: attr.Raw, Schema: `{"type": "object"}`, Doc: "Vendor record, complete or partial. Attributes that are absent are unknown, except for the status, which is approved."},
		{Path: "tests[].vendor", Type: attr.ID, Example: "calderwick-payments", Doc: "Vendor of the registry to use instead of a record."},
		{Path: "tests[].use", Type: attr.Raw, Schema: `{"type": "object"}`, Doc: "Use of the vendor: tier, repository, and the attributes of a manifest entry. The default is in production and without data."},
		{Path: "tests[].expect.pass", Type: attr.Word, List: true, Example: "[MFA-ENFORCED]", Doc: "Rules and requirements that must pass."},
		{Path: "tests[].expect.fail", Type: attr.Word, List: true, Example: "[MFA-ENFORCED]", Doc: "Rules and requirements that must fail, with any severity."},
		{Path: "tests[].expect.unknown", Type: attr.Word, List: true, Example: "[MFA-ENFORCED]", Doc: "Rules and requirements whose outcome must be unknown because the record lacks an attribute."},
		{Path: "tests[].expect.not_asked", Type: attr.Word, List: true, Example: "[MFA-ENFORCED]", Doc: "Rules and requirements that must not apply to the use."},
	}
}
