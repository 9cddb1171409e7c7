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
		{Path: "apiVersion", Type: attr.Enum, Values: []string{"vendorgate/v1"}, Required: true, Example: "vendorgate/v1", Doc: "Schema version of the file."},
		{Path: "kind", Type: attr.Enum, Values: []string{"VendorManifest"}, Required: true, Example: "VendorManifest", Doc: "Type of the file."},
		{Path: "component", Type: attr.Word, Example: "checkout-web", Doc: "Part of the system that the manifest covers. Without one, the repository's name."},
		{Path: "owner", Type: attr.Word, Example: "team-checkout", Doc: "Team that owns all uses below without an owner of their own."},
		{Path: "registry", Type: attr.Text, Example: "acme-sec/vendor-registry@v1", Doc: "Where people can find the registry. The check ignores it and uses the registry from its own settings."},
	}
	top = append(top,
		attr.Row{Path: "settings.fail_on", Type: attr.Enum, Values: []string{"note", "warning", "error"}, Example: "warning", Doc: "Lowest severity that fails the check for the uses below. It can only make the check stricter, and takes effect after merge."},
		attr.Row{Path: "settings.fail_scope", Type: attr.Enum, Values: []string{"all"}, Example: "all", Doc: "Makes findings about unchanged uses fail the check, too. It can only make the check stricter, and takes effect after merge."},
	)
	top = append(top, attr.Row{
		Path: "exclude_manifests", Type: attr.Glob, List: true, Example: "[testdata/**]",
		Doc: "Manifests that are not the repository's own, such as fixtures of tests. Only counts in the manifest at the root, and takes effect after merge.",
	})
	top = append(top, FirstPartyRow())
	top = append(top, attr.Row{
		Path: "vendors[]", Required: true, Doc: "One entry per use of an API service. An empty list means that the repository uses none.",
		Missing: "add `vendors:` with one item for each API service, or `vendors: []` if the repository uses none",
	})
	for _, u := range EntryRows() {
		u.Path = "vendors[]." + u.Path
		top = append(top, u)
	}
	return append(top,
		attr.Row{Path: "ignore[].host", Type: attr.Text, Example: `"*.acme.example"`, Doc: "Host, or glob of hosts below a domain, that does not belong to a vendor."},
		attr.Row{Path: "ignore[].package", Type: attr.Text, Doc: "Package, or glob of packages, that does not belong to a vendor. A glob needs at least one letter or digit."},
		attr.Row{Path: "ignore[].vendor", Type: attr.ID, Example: "halloway-maps", Doc: "Vendor that the code matches but does not use."},
		attr.Row{Path: "ignore[].path", Type: attr.Glob, Example: "docs/**", Doc: "Files that the entry applies to. Without it, all files."},
		attr.Row{Path: "ignore[].expires", Type: attr.Date, Example: "2027-03-31", Doc: "Last day on which the entry is valid. An entry that covers a known vendor needs one, no further ahead than the policy allows."},
		attr.Row{Path: "ignore[].reason", Type: attr.Text, Required: true, Example: "first-party", Doc: "Why the match is not a use of a vendor."},
	)
}

// EntryRows returns the attributes of one entry of a manifest, by their paths below vendors[].
func EntryRows() []attr.Row {
	return []attr.Row{
		{Path: "id", Type: attr.ID, Required: true, Example: "calderwick-payments", Doc: "The vendor's id in the registry.", Seed: "S0a", Controls: []string{"PCI DSS 4.0.1 12.8.1"}},
		{Path: "purpose", Type: attr.Text, Required: true, Example: "Charge customer cards at checkout", Doc: "What the vendor is used for: free text, or one of the record's scope.purposes.", Controls: []string{"GDPR 28(3)", "DORA 30(2)(a)"}},
		{Path: "description", Type: attr.Text, Doc: "More about the use."},
		{Path: "owner", Type: attr.Word, Example: "team-checkout", Doc: "Team that owns the use. Required here or at the top.", Controls: []string{"SOC 2 CC9.2"}},
		{Path: "contact", Type: attr.Text, Example: `"#checkout-oncall"`, Doc: "How to reach the owner."},
		{Path: "criticality", Type: attr.Enum, Values: []string{"tier-1", "tier-2", "tier-3", "tier-4"}, Doc: "Impact if the vendor is down; tier-1 is mission critical.", Controls: []string{"NIST CSF 2.0 GV.SC-04", "DORA 28(4)(a)"}},
		{Path: "critical_or_important_function", Type: attr.Tri, Claim: true, Doc: "Whether the use supports a critical or important function, as DORA defines it.", Controls: []string{"DORA 28(4)(a)"}},
		{Path: "environments", Type: attr.Enum, List: true, Open: true, Values: vocab.Environments(), Required: true, Filled: true, Example: "[prod]", Doc: "Environments that call the vendor.", Controls: []string{"CCM 4.1 DSP-15"}},
		{Path: "api.id", Type: attr.ID, Example: "core", Doc: "Id of the API that the code uses."},
		{Path: "api.version", Type: attr.Text, Open: true, Example: `"2026-04"`, Doc: "Version of the API that the code pins.", Seed: "E1", Controls: []string{"OWASP API9:2023"}},
		{Path: "endpoints", Type: attr.Endpoint, List: true, Open: true, Filled: true, Example: "[https://api.calderwick.example/v3]", Doc: "Base URLs that the code calls.", Controls: []string{"ASVS 5.0 V13.2.4"}},
		{Path: "auth_method", Type: attr.Enum, Open: true, Values: vocab.AuthMethods(), Example: "oauth2-client-credentials", Doc: "How the code authenticates.", Seed: "S1b", Controls: []string{"OWASP API2:2023"}},
		{Path: "token_lifetime", Type: attr.Period, Example: "PT15M", Doc: "Lifetime of the tokens that the code obtains.", Seed: "S2c"},
		{Path: "data[]", Required: true, Filled: true, Doc: "Data classes that are exchanged.", Missing: "add `data: [personal]` with the classes that apply, or `data: [none]`"},
		{Path: "data[].class", Type: attr.ID, Open: true, Required: true, Shorthand: true, Usual: append(vocab.ClassNames(), attr.NoneWord), Example: "personal", Doc: "Data class. The single word none means that no data is exchanged.", Seed: "S4a", Controls: []string{"MVSP 3.1", "CCM 4.1 DSP-05"}},
		{Path: "data[].direction", Type: attr.Enum, Values: []string{"send", "receive", "both"}, Doc: "Direction of the data, seen from this repository."},
		{Path: "data[].name", Type: attr.Text, Doc: "What the data is called in this repository."},
		{Path: "data[].subjects", Type: attr.Word, List: true, Example: "[customer]", Doc: "Groups of people that the data is about."},
		{Path: "sdks", Type: attr.Purl, List: true, Example: `["pkg:npm/%40calderwick/sdk"]`, Doc: "Packages of the vendor that the code uses, without versions."},
		{Path: "secrets[].name", Type: attr.Secret, Required: true, Shorthand: true, Example: "CALDERWICK_CLIENT_KEY", Doc: "Name of a secret, never its value.", Controls: []string{"ASVS 5.0 V13.3.1"}},
		{Path: "secrets[].store", Type: attr.Word, Example: "github-environment", Doc: "Where the secret is kept."},
		{Path: "secrets[].rotated_on", Type: attr.Date, Example: "2026-10-05", Doc: "Date on which it was last rotated."},
		{Path: "secrets[].max_age", Type: attr.Period, Example: "P90D", Doc: "Maximum age of the secret.", Controls: []string{"ASVS 5.0 V13.3.4"}},
		{Path: "webhooks.receives", Type: attr.Tri, Doc: "Whether the vendor sends webhooks."},
		{Path: "webhooks.path", Type: attr.Text, Example: "/hooks/calderwick", Doc: "Path that the vendor calls."},
		{Path: "webhooks.verifies_signature", Type: attr.Tri, Doc: "Whether the code verifies the vendor's signature.", Controls: []string{"OWASP API10:2023"}},
		{Path: "resilience.timeout", Type: attr.Period, Example: "PT3S", Doc: "Timeout of a request."},
		{Path: "resilience.retries", Type: attr.Int, Example: "2", Doc: "Number of retries after a failure."},
		{Path: "resilience.circuit_breaker", Type: attr.Tri, Doc: "Whether there is a circuit breaker."},
		{Path: "resilience.fallback", Type: attr.Text, Example: "queue", Doc: "What happens while the vendor is down."},
		{Path: "resilience.budget.p95_ms", Type: attr.Int, Example: "500", Doc: "Latency budget (95th percentile) in milliseconds."},
		{Path: "resilience.budget.error_rate_pct", Type: attr.Number, Example: "1", Doc: "Error budget in percent of calls."},
		{Path: "regions", Type: attr.Region, List: true, Filled: true, Example: "[IE]", Doc: "Countries where the data of this use is processed, or groups of countries such as EU.", Controls: []string{"DORA 30(2)(b)"}},
		{Path: "exit.fallback_vendor", Type: attr.ID, Doc: "Vendor to switch to.", Seed: "R5", Controls: []string{"DORA 28(8)"}},
		{Path: "exit.abstraction", Type: attr.Text, Example: "internal/payments", Doc: "Where the code hides the vendor behind its own interface.", Seed: "R5"},
		{Path: "use", Type: attr.ID, Example: "reporting", Doc: "Name of this use. Needed if the manifest has several entries for the vendor and their environments do not tell them apart."},
		{Path: "not_in_code", Type: attr.Text, Example: "Called by a stored procedure", Doc: "Why the code shows no trace of the vendor. Without it, the check reports a vendor that it does not find as a note."},
		{Path: "introduced", Type: attr.Date, Example: "2026-06-10", Doc: "Date on which the use began."},
		{Path: "waiver", Type: attr.Word, Example: "WVR-2026-014", Doc: "Id of a waiver in the registry."},
	}
}
