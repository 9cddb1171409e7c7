package manifest

import (
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Table holds the attributes of a manifest.
//
//nolint:gochecknoglobals // an immutable table, built once
var Table = sync.OnceValue(func() *attr.Table {
	return attr.New("vendorgate manifest", "The third-party API services that a repository uses.", rows())
})

func rows() []attr.Row {
	top := []attr.Row{
		{Path: "apiVersion", Type: attr.Enum, Values: []string{"vendorgate/v1"}, Required: true, Example: "vendorgate/v1", Doc: "Version of the file's schema."},
		{Path: "kind", Type: attr.Enum, Values: []string{"VendorManifest"}, Required: true, Example: "VendorManifest", Doc: "What the file is."},
		{Path: "component", Type: attr.Word, Example: "checkout-web", Doc: "Part of the system that the manifest speaks for; the repository's name if absent."},
		{Path: "owner", Type: attr.Word, Example: "team-checkout", Doc: "Team that owns every use below that names no owner of its own."},
		{Path: "registry", Type: attr.Text, Example: "acme-sec/vendor-registry@v1", Doc: "Where readers find the registry. For people only: the gate takes its registry from its own settings, never from a manifest."},
	}
	top = append(top,
		attr.Row{Path: "settings.fail_on", Type: attr.Enum, Values: []string{"note", "warning", "error"}, Example: "warning", Doc: "Lightest severity that fails the check for the uses below. It can only tighten, and takes effect once it is merged."},
		attr.Row{Path: "settings.fail_scope", Type: attr.Enum, Values: []string{"all"}, Example: "all", Doc: "Findings about unchanged uses fail the check too. It can only tighten, and takes effect once it is merged."},
	)
	top = append(top, attr.Row{
		Path: "vendors[]", Required: true, Doc: "One entry for each API service; an empty list says that the repository uses none.",
		Missing: "add `vendors:` with one item for each API service, or `vendors: []` if the repository uses none",
	})
	for _, u := range EntryRows() {
		u.Path = "vendors[]." + u.Path
		top = append(top, u)
	}
	return append(top,
		attr.Row{Path: "ignore[].host", Type: attr.Text, Example: `"*.acme.example"`, Doc: "Host, or glob of hosts, that is no vendor."},
		attr.Row{Path: "ignore[].package", Type: attr.Text, Doc: "Package, or glob of packages, that is no vendor."},
		attr.Row{Path: "ignore[].vendor", Type: attr.ID, Example: "halloway-maps", Doc: "Vendor that what was found is none of."},
		attr.Row{Path: "ignore[].path", Type: attr.Glob, Example: "docs/**", Doc: "Files that the entry is about; all files without it."},
		attr.Row{Path: "ignore[].expires", Type: attr.Date, Example: "2027-03-31", Doc: "Last day on which the entry counts."},
		attr.Row{Path: "ignore[].reason", Type: attr.Text, Required: true, Example: "first-party", Doc: "Why it is no vendor."},
	)
}

// EntryRows are the attributes of one entry of a manifest, by their paths below vendors[].
func EntryRows() []attr.Row {
	return []attr.Row{
		{Path: "id", Type: attr.ID, Required: true, Example: "calderwick-payments", Doc: "Vendor id, as in the registry.", Seed: "S0a", Controls: []string{"PCI DSS 4.0.1 12.8.1"}},
		{Path: "purpose", Type: attr.Text, Required: true, Example: "Charge customer cards at checkout", Doc: "What the vendor is used for: prose, or one of the record's scope.purposes.", Controls: []string{"GDPR 28(3)", "DORA 30(2)(a)"}},
		{Path: "description", Type: attr.Text, Doc: "More about the use."},
		{Path: "owner", Type: attr.Word, Example: "team-checkout", Doc: "Team that owns the use; required here or at the top.", Controls: []string{"SOC 2 CC9.2"}},
		{Path: "contact", Type: attr.Text, Example: `"#checkout-oncall"`, Doc: "Where the owner is reached."},
		{Path: "criticality", Type: attr.Enum, Values: []string{"tier-1", "tier-2", "tier-3", "tier-4"}, Doc: "Impact if the vendor is down; tier-1 is mission critical.", Controls: []string{"NIST CSF 2.0 GV.SC-04", "DORA 28(4)(a)"}},
		{Path: "critical_or_important_function", Type: attr.Tri, Claim: true, Doc: "Whether the use supports a critical or important function in the sense of DORA.", Controls: []string{"DORA 28(4)(a)"}},
		{Path: "environments", Type: attr.Enum, List: true, Values: vocab.Environments(), Required: true, Example: "[prod]", Doc: "Environments that call the vendor.", Controls: []string{"CCM 4.0 DSP-15"}},
		{Path: "api.id", Type: attr.ID, Example: "core", Doc: "Which of the vendor's APIs."},
		{Path: "api.version", Type: attr.Text, Example: `"2026-04"`, Doc: "Version of the API that the code pins.", Seed: "E1", Controls: []string{"OWASP API9:2023"}},
		{Path: "endpoints", Type: attr.Endpoint, List: true, Example: "[https://api.calderwick.example/v3]", Doc: "Base URLs that the code calls.", Controls: []string{"ASVS 5.0 V13.2.4"}},
		{Path: "auth_method", Type: attr.Enum, Values: vocab.AuthMethods(), Example: "oauth2-client-credentials", Doc: "How the code authenticates.", Seed: "S1b", Controls: []string{"OWASP API2:2023"}},
		{Path: "token_lifetime", Type: attr.Period, Example: "PT15M", Doc: "Lifetime of the tokens that the code obtains.", Seed: "S2c"},
		{Path: "data[]", Required: true, Doc: "Classes of data that go either way.", Missing: "add `data: [personal]` with the classes that apply, or `data: [none]`"},
		{Path: "data[].class", Type: attr.ID, Required: true, Shorthand: true, Example: "personal", Doc: "Class of data; the word none alone says that no data goes either way.", Seed: "S4a", Controls: []string{"MVSP 3.1", "CCM 4.1 DSP-05"}},
		{Path: "data[].direction", Type: attr.Enum, Values: []string{"send", "receive", "both"}, Doc: "Seen from this repository."},
		{Path: "data[].name", Type: attr.Text, Doc: "What the data is called here."},
		{Path: "data[].subjects", Type: attr.Word, List: true, Example: "[customer]", Doc: "Whose data it is."},
		{Path: "sdks", Type: attr.Purl, List: true, Example: `["pkg:npm/%40calderwick/sdk"]`, Doc: "Packages of the vendor that the code uses, without versions."},
		{Path: "secrets[].name", Type: attr.Secret, Required: true, Shorthand: true, Example: "CALDERWICK_CLIENT_KEY", Doc: "Name of a secret, never its value.", Controls: []string{"ASVS 5.0 V13.3.1"}},
		{Path: "secrets[].store", Type: attr.Word, Example: "github-environment", Doc: "Where the secret is kept."},
		{Path: "secrets[].rotated_on", Type: attr.Date, Example: "2026-10-05", Doc: "Day on which it was last rotated."},
		{Path: "secrets[].max_age", Type: attr.Period, Example: "P90D", Doc: "How old it may become.", Controls: []string{"ASVS 5.0 V13.3.4"}},
		{Path: "webhooks.receives", Type: attr.Tri, Doc: "Whether the vendor calls us."},
		{Path: "webhooks.path", Type: attr.Text, Example: "/hooks/calderwick", Doc: "Path that it calls."},
		{Path: "webhooks.verifies_signature", Type: attr.Tri, Doc: "Whether our code verifies the vendor's signature.", Controls: []string{"OWASP API10:2023"}},
		{Path: "resilience.timeout", Type: attr.Period, Example: "PT3S", Doc: "Longest wait for an answer."},
		{Path: "resilience.retries", Type: attr.Int, Example: "2", Doc: "Retries after a failure."},
		{Path: "resilience.circuit_breaker", Type: attr.Tri, Doc: "Whether repeated failures stop the calls."},
		{Path: "resilience.fallback", Type: attr.Text, Example: "queue", Doc: "What happens while the vendor is down."},
		{Path: "resilience.budget.p95_ms", Type: attr.Int, Example: "500", Doc: "Latency budget, 95th percentile, in milliseconds."},
		{Path: "resilience.budget.error_rate_pct", Type: attr.Number, Example: "1", Doc: "Budget of failed calls, in percent."},
		{Path: "regions", Type: attr.Country, List: true, Example: "[IE]", Doc: "Countries where data of this use is processed.", Controls: []string{"DORA 30(2)(b)"}},
		{Path: "exit.fallback_vendor", Type: attr.ID, Doc: "Vendor that takes over.", Seed: "R5", Controls: []string{"DORA 28(8)"}},
		{Path: "exit.abstraction", Type: attr.Text, Example: "internal/payments", Doc: "Where the code hides the vendor behind an interface of its own.", Seed: "R5"},
		{Path: "introduced", Type: attr.Date, Example: "2026-06-10", Doc: "Day on which the use began."},
		{Path: "waiver", Type: attr.Word, Example: "WVR-2026-014", Doc: "Id of a waiver; the waiver itself lives in the registry."},
	}
}
