package intake

import (
	"slices"
	"strings"
)

// known are headings with the attribute that their values go to. The first heading of a table for an attribute counts.
type known struct {
	target   string
	headings []string // folded
	note     string
}

func knownHeadings() []known {
	return []known{
		{"id", []string{"id", "vendor id", "vendorgate id"}, ""},
		{"name", []string{"name", "vendor", "vendor name", "supplier", "supplier name", "service", "service name", "application", "application name", "app", "product", "product name", "third party", "tool"}, ""},
		{"aliases", []string{"alias", "aliases", "also known as", "aka"}, ""},
		{"category", []string{"category", "service category", "vendor category", "service type"}, ""},
		{"description", []string{"description", "service description"}, ""},
		{"provider.legal_name", []string{"legal name", "legal entity", "company", "company name", "provider", "provider name"}, ""},
		{"provider.parent", []string{"parent", "parent company", "ultimate parent"}, ""},
		{"provider.country", []string{"country", "country of provider", "headquarters", "hq country", "country code"}, ""},
		{"provider.identifiers.lei", []string{"lei", "lei code"}, ""},
		{"domains", []string{"domain", "domains", "website", "web site", "url", "homepage", "vendor url", "vendor website"}, ""},
		{"api_hosts", []string{"api host", "api hosts", "api domain", "api endpoint", "endpoint", "endpoints", "base url"}, ""},
		{"links.docs", []string{"documentation", "docs", "api documentation", "api docs"}, ""},
		{"links.security", []string{"security page", "security url"}, ""},
		{"links.trust_center", []string{"trust center", "trust centre", "trust page"}, ""},
		{"links.privacy", []string{"privacy policy", "privacy url"}, ""},
		{"links.terms", []string{"terms", "terms of service"}, ""},
		{"status", []string{"status", "vendor status", "approval status", "state", "lifecycle"}, "an import proposes at most in-review"},
		{"risk.tier", []string{"tier", "recorded tier", "vendor tier", "risk tier", "criticality", "criticality tier", "business criticality"}, ""},
		{"risk.inherent", []string{"inherent risk", "risk", "risk level", "risk rating"}, ""},
		{"risk.residual", []string{"residual risk"}, ""},
		{"risk.assessed_on", []string{"review date", "last review", "last reviewed", "last review date", "reviewed on", "last assessment", "last assessed", "assessment date", "risk assessment date"}, ""},
		{"x-next-review", []string{"next review", "next review date", "review due", "review due date", "next assessment", "reassessment date"}, "your own key: a review has a date once the vendor is approved"},
		{"x-owner", []string{"owner", "business owner", "vendor owner", "service owner", "relationship owner", "vendor manager", "responsible"}, "your own key: it means nothing to vendorgate"},
		{"x-contact", []string{"contact", "vendor contact", "contact email", "security contact"}, "your own key: it means nothing to vendorgate"},
		{"scope.environments", []string{"environment", "environments"}, ""},
		{"scope.data_classes", []string{"data", "data class", "data classes", "data classification", "data type", "data types", "data categories", "data shared", "data sensitivity", "classification"}, ""},
		{"scope.teams", []string{"team", "teams", "using teams"}, ""},
		{"scope.repos", []string{"repository", "repositories", "repos"}, ""},
		{"data.storage_locations", []string{"data location", "data locations", "data residency", "storage location", "hosting location", "hosting country"}, ""},
		{"data.processing_locations", []string{"processing location", "processing locations"}, ""},
		{"data.subprocessors.url", []string{"subprocessors", "subprocessor list", "sub processors"}, ""},
		{"contract.ref", []string{"contract", "contract number", "contract id", "contract reference", "agreement number"}, ""},
		{"contract.start", []string{"contract start", "contract start date", "start date", "effective date"}, ""},
		{"contract.end", []string{"contract end", "contract end date", "contract expiry", "contract expiration", "expiry date", "expiration date", "renewal date", "contract renewal date", "end date"}, ""},
		{"contract.renewal.notice", []string{"notice period", "termination notice", "renewal notice"}, ""},
	}
}

// reported are columns of registry report that say nothing that a record states itself.
func reported() []known {
	return []known{
		{Ignore, []string{"owners", "approved through", "review due"}, "an import approves nothing"},
		{Ignore, []string{"tier", "evidence fresh", "evidence stale", "evidence next", "overdue", "next lapse", "next what", "next who", "fails", "unknown"}, "registry report computes it"},
	}
}

// exported are the first columns of registry report --format csv, which tell its files from other tables.
func exported() []string {
	return []string{"id", "name", "category", "status", "tier", "owners", "approved_through", "review_due"}
}

// Guess maps the columns of a table by their headings.
func guess(header []cell) Mapping {
	own := len(header) >= len(exported())
	for i, name := range exported() {
		own = own && header[i].text == name
	}
	all := knownHeadings()
	if own {
		all = append(reported(), all...)
	}
	var out Mapping
	for _, h := range header {
		c := Column{Heading: h.text}
		if i := slices.IndexFunc(all, func(k known) bool { return slices.Contains(k.headings, fold(h.text)) }); i >= 0 {
			k := all[i]
			if before := slices.IndexFunc(out, func(c Column) bool { return c.Target == k.target && k.target != Ignore }); before < 0 {
				c.Target, c.Note = k.target, k.note
			} else {
				c.Note = strings.Join([]string{"column", out[before].Heading, "is", k.target, "already"}, " ")
			}
		}
		out = append(out, c)
	}
	return out
}
