package brief

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/vocab"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// acceptable says what answer the structural rules want of an attribute at a tier; empty where any will do.
func acceptable(p *policy.Policy, path string, tier int) string {
	within := func(param string) string { return "at most " + p.Params.Period(param, tier).Value.Words() }
	const credential = "authentication.client_credential."
	switch path {
	case "authentication.methods":
		return "one of " + strings.Join(vocab.ModernAuth(), ", ") + "; or one of " + strings.Join(vocab.StaticAuth(), ", ") + " with limits on the keys"
	case "authentication.sender_constrained":
		return "mtls or dpop"
	case "authentication.scopes.granularity":
		return "coarse or fine"
	case "authentication.revocation.supported", credential + "per_environment":
		return "true"
	case "authentication.revocation.max_propagation":
		return within("revocation_within")
	case credential + "max_age":
		return within("static_key_max_age") + ", or keys that can be replaced without an outage"
	case credential + "overlap_rotation":
		return "true, or keys that end after " + p.Params.Period("static_key_max_age", tier).Value.Words()
	case credential + "ip_allowlist":
		return "true, or keys that scanners recognise"
	case "authentication.secret_scanning_partner":
		return "true, or keys that are limited to IP addresses"
	case "encryption.in_transit.min_tls":
		return "1.2 or 1.3"
	case "encryption.in_transit.plaintext_http":
		return "closed or refuse"
	case "data.storage_locations", "data.processing_locations":
		return "countries as ISO 3166-1 codes; for personal data outside " + shortened(p.Adequate) + " a transfer mechanism besides"
	case "data.retention.default":
		return "a period; not unlimited"
	case "data.deletion.on_termination":
		return "a period; not never"
	case "data.used_for_training":
		return "false, or an opt-out that is proven"
	case "exit.export.formats":
		return "one or more, such as json or csv; or an export by API"
	case "logging.export.targets":
		if len(p.Stack) > 0 {
			return "one of " + strings.Join(p.Stack, ", ")
		}
		return "one or more"
	case "rate_limiting.limits":
		return "one or more, of which one is per client, key, account or user"
	case "rate_limiting.on_exceed.status":
		return "429"
	case "vulnerability_management.scanning.cadence":
		return "at least every " + p.Params.Period("scan_interval", tier).Value.Words()
	default:
		return ""
	}
}

// shortened is a list of which a reader needs the beginning only.
func shortened(words []string) string {
	const most = 5
	if len(words) <= most {
		return rules.List(words)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(words[:most], ", "), len(words)-most)
}
