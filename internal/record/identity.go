package record

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

func identity() []attr.Row {
	const versions = "its changelog, or its list of versions"
	rows := []attr.Row{
		{
			Path: "apiVersion", Type: attr.Enum, Values: []string{"vendorgate/v1"}, Required: true, Example: "vendorgate/v1",
			Doc:  "Schema version of the file.",
			Seed: "S1f", JudgedBy: []string{Reading},
		},
		{
			Path: "kind", Type: attr.Enum, Values: []string{"Vendor"}, Required: true, Example: "Vendor",
			Doc:  "Type of the file.",
			Seed: "S1f", JudgedBy: []string{Reading},
		},
		{
			Path: "id", Type: attr.ID, Required: true, Example: "calderwick-payments",
			Doc:  "Id of the service. The file has the same name.",
			Seed: "S0a", Controls: []string{"CCM 4.1 STA-08", "PCI DSS 4.0.1 12.8.1", "NIST CSF 2.0 GV.SC-04", "OWASP API9:2023", "SP 800-161r1 SR-13", "NIS2 21(2)(d)", "DORA 28(3)", "GDPR 30(1)(d)"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "name", Type: attr.Text, Example: "Calderwick Payments API",
			Doc:  "Display name.",
			Seed: "S0a", JudgedBy: []string{"VG-REG-004", Exports, Wording},
		},
		{
			Path: "aliases", Type: attr.Text, List: true,
			Doc:  "Other names, including those of acquired companies.",
			Seed: "S0a", JudgedBy: []string{Information},
		},
		{
			Path: "category", Type: attr.Enum, Values: vocab.Categories(), Example: "payments",
			Doc:  "What the service is for. Findings suggest alternatives from the same category.",
			Seed: "S0a", Controls: []string{"PCI DSS 4.0.1 12.8.1"}, JudgedBy: []string{"VG-RTE-001", Exports, Wording},
		},
		{
			Path: "description", Type: attr.Text,
			Doc:  "What the service does.",
			Seed: "S0a", Controls: []string{"PCI DSS 4.0.1 12.8.1", "DORA 30(2)(a)"}, JudgedBy: []string{"VG-REG-004"},
		},
		{
			Path: "provider.id", Type: attr.ID,
			Doc:  "Id of the company.",
			Seed: "S0c", Controls: []string{"DORA 29(1)(b)"}, JudgedBy: []string{Information},
		},
		{
			Path: "provider.legal_name", Type: attr.Text,
			Doc:  "Registered name of the company.",
			Seed: "S0c", Controls: []string{"DORA register B_05.01.0050", "GDPR 30(1)(d)"}, JudgedBy: []string{Information},
		},
		{
			Path: "provider.parent", Type: attr.Text,
			Doc:  "Parent company.",
			Seed: "S0c", Controls: []string{"DORA 29(1)(b)"}, JudgedBy: []string{Information},
		},
		{
			Path: "provider.country", Type: attr.Country, Example: "IE",
			Doc:  "Where the company is registered.",
			Seed: "S4a", Controls: []string{"DORA 30(2)(b)", "DORA 29(2)", "GDPR 30(1)(e)"}, JudgedBy: []string{Information},
		},
		{
			Path: "provider.identifiers.lei", Type: attr.LEI,
			Doc:  "Legal entity identifier.",
			Seed: "S0c", Controls: []string{"DORA register B_05.01.0010", "DORA 28(3)"}, JudgedBy: []string{"VG-CMP-004"},
		},
		{
			Path: "provider.identifiers.euid", Type: attr.Text,
			Doc:  "European unique identifier.",
			Seed: "S0c", Controls: []string{"DORA register B_05.01.0010"}, JudgedBy: []string{"VG-CMP-004"},
		},
		{
			Path: "provider.identifiers.duns", Type: attr.Text,
			Doc:  "D-U-N-S number.",
			Seed: "S0c", JudgedBy: []string{Information},
		},
		{
			Path: "provider.identifiers.vat", Type: attr.Text,
			Doc:  "VAT number.",
			Seed: "S0c", Controls: []string{"DORA register B_05.01.0030"}, JudgedBy: []string{Information},
		},
		{
			Path: "provider.website", Type: attr.URL, Example: "https://calderwick.example",
			Doc:  "Website of the company.",
			Seed: "R1", JudgedBy: []string{Information},
		},
		{
			Path: "domains", Type: attr.Host, List: true, Example: "[calderwick.example]",
			Doc:  "Domains of the vendor.",
			Seed: "S0a", Controls: []string{"ASVS 5.0 V13.2.4", "NIST SP 800-53 SA-9(2)"}, JudgedBy: []string{Detection},
		},
		{
			Path: "api_hosts", Type: attr.Host, List: true, Example: "[api.calderwick.example]",
			Doc:  "Hosts that answer API calls.",
			Seed: "S0a", Controls: []string{"ASVS 5.0 V13.2.4", "NIST SP 800-53 SA-9(2)"}, JudgedBy: []string{"VG-REG-003", "VG-SCP-004", Detection},
		},
		{
			Path: "api_version_scheme", Type: attr.Enum, Values: []string{"opaque", "semver", "date"}, Example: "date",
			Doc:  "How API versions are compared: opaque only for equality, semver as dotted numbers, date as YYYY-MM-DD with an optional .label. Constraints such as >= need semver or date.",
			Seed: "E1", JudgedBy: []string{"VG-SCP-003", Reading},
		},
		{
			Path: "apis[].id", Type: attr.ID, Required: true, Example: "core",
			Doc:      "Id of an API of the service.",
			Question: "Which APIs belong to the service, at which addresses, and where can we find their descriptions (OpenAPI, AsyncAPI, GraphQL or gRPC)?",
			Seed:     "S2b", Evidence: versions, JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-CMP-001", "VG-REG-003", "VG-SCP-003"},
		},
		{
			Path: "apis[].base_url", Type: attr.Endpoint,
			Doc:  "Base URL of the API.",
			Seed: "S2b", Controls: []string{"CCM 4.1 AIS-08"}, Evidence: versions, JudgedBy: []string{Information},
		},
		{
			Path: "apis[].spec.type", Type: attr.Enum, Values: []string{"openapi", "asyncapi", "graphql", "grpc"},
			Doc:  "Language of the API description.",
			Seed: "S2b", Controls: []string{"CCM 4.1 AIS-08"}, Evidence: versions, JudgedBy: []string{Information},
		},
		{
			Path: "apis[].spec.url", Type: attr.URL,
			Doc:  "URL of the API description.",
			Seed: "S2b", Controls: []string{"CCM 4.1 AIS-08"}, Evidence: versions, JudgedBy: []string{Information},
		},
		{
			Path: "apis[].versions[].id", Type: attr.Text, Required: true, Example: `"2026-04"`,
			Doc:      "Version, as clients write it.",
			Question: "Which versions of the API do you support, until when does each of them work, and how long in advance do you announce the end of one?",
			Seed:     "E1", Controls: []string{"OWASP API9:2023"}, Evidence: versions, JudgedBy: []string{"VG-REG-003", "VG-SCP-003"},
		},
		{
			Path: "apis[].versions[].status", Type: attr.Enum, Values: []string{"current", "supported", "deprecated", "retired"}, Required: true, Example: "current",
			Doc:  "Life-cycle status of the version.",
			Kind: attr.Exposure, Seed: "E1", Controls: []string{"RFC 9745"}, Evidence: versions, JudgedBy: []string{"VG-SCP-003"},
		},
		{
			Path: "apis[].versions[].sunset", Type: attr.Date, Example: "2027-02-28",
			Doc:  "Last day on which the version works.",
			Kind: attr.Exposure, Seed: "E1", Controls: []string{"RFC 8594"}, Evidence: versions, JudgedBy: []string{"VG-SCP-003"},
		},
		{
			Path: "sdks", Type: attr.Purl, List: true, Example: "[pkg:pypi/calderwick]",
			Doc:  "Packages that call the service, as purls without versions.",
			Seed: "S0a", JudgedBy: []string{"VG-REG-003", Detection},
		},
		{
			Path: "detect.env_names", Type: attr.Glob, List: true, Example: "[CALDERWICK_*]",
			Doc:  "Names of environment variables with the vendor's credentials.",
			Seed: "S0a", Controls: []string{"ASVS 5.0 V13.3.1"}, JudgedBy: []string{Detection},
		},
		{
			Path: "detect.script_hosts", Type: attr.Host, List: true, Example: "[js.calderwick.example]",
			Doc:  "Hosts of the vendor's browser scripts, pixels and widgets.",
			Seed: "S0a", Controls: []string{"PCI DSS 4.0.1 6.4.3"}, JudgedBy: []string{Detection},
		},
		{
			Path: "detect.imports", Type: attr.Text, List: true, Example: `["java:example.calderwick"]`,
			Doc:  "What code imports, as language:name, if it differs from the package name.",
			Seed: "S0a", JudgedBy: []string{Detection},
		},
		{
			Path: "detect.multi_backend", Type: attr.Purl, List: true, Example: "[pkg:pypi/calderwick]",
			Doc:  "Packages in sdks that can also call other vendors' services, if the code sets a different base URL.",
			Seed: "S0a", JudgedBy: []string{"VG-REG-003", Detection},
		},
		{
			Path: "detect.local", Type: attr.Purl, List: true, Example: "[pkg:pypi/calderwick-format]",
			Doc:  "Packages in sdks that only compute, and never call the service.",
			Seed: "S0a", JudgedBy: []string{"VG-REG-003", Detection},
		},
		{
			Path: "detect.self_hosted", Type: attr.Purl, List: true, Example: "[pkg:pypi/calderwick-search]",
			Doc:  "Packages in sdks that are clients of software that anyone may run. They are no proof that the service is used.",
			Seed: "S0a", JudgedBy: []string{"VG-REG-003", Detection},
		},
		{
			Path: "detect.resources", Type: attr.Glob, List: true, Example: "[calderwick_*]",
			Doc:  "Types of Terraform or CloudFormation resources, backends, permissions and commands that stand for the service, as in `aws_sns_*`, `AWS::SNS::*`, `backend:s3`, `sns:*` and `aws sns *`.",
			Seed: "S0a", JudgedBy: []string{Detection},
		},
		{
			Path: "detect.urls", Type: attr.Text, List: true, Example: "[www.calderwick.example/ledger/]",
			Doc:  "Starts of URLs, without a scheme, of APIs on a host that several services share.",
			Seed: "S0a", JudgedBy: []string{Detection},
		},
		{
			Path: "detect.files", Type: attr.Glob, List: true, Example: "[.calderwick.yml]",
			Doc:  "Names of the files in a repository that the service reads, as in `.mergify.yml` and `.circleci/config.yml`.",
			Seed: "S0a", JudgedBy: []string{Detection},
		},
		{
			Path: "detect.symbols", Type: attr.Text, List: true, Example: `["ruby:calderwick_delivery"]`,
			Doc:  "Names that only users of the service write, as language:name: classes, adapters, actions, keys of settings.",
			Seed: "S0a", JudgedBy: []string{Detection},
		},
		{
			Path: "detect.token_patterns", Type: attr.Regexp, List: true,
			Doc:  "Regular expressions that match the vendor's credentials.",
			Seed: "S0a", Controls: []string{"ASVS 5.0 V13.3.1"}, JudgedBy: []string{Information},
		},
	}
	for _, link := range []struct {
		name, doc string
		judgedBy  []string
	}{
		{"docs", "URL of the API documentation.", []string{"VG-AUD-003"}},
		{"auth_docs", "URL of the authentication documentation.", []string{"VG-AUD-003", Wording}},
		{"security", "URL of the security page.", []string{"VG-AUD-003"}},
		{"trust_center", "URL of the trust centre.", []string{"VG-AUD-003"}},
		{"privacy", "URL of the privacy policy.", []string{Information}},
		{"terms", "URL of the terms of service.", []string{Information}},
		{"changelog", "URL of the changelog of the API.", []string{Wording}},
		{"sla", "URL of the service level agreement.", []string{Information}},
		{"limits", "URL of the rate limit documentation.", []string{Information}},
	} {
		rows = append(rows, attr.Row{
			Path: "links." + link.name, Type: attr.URL,
			Doc:  link.doc,
			Seed: "R1", Controls: []string{"NIST SP 800-53 SA-4(2)"}, JudgedBy: link.judgedBy,
		})
	}
	return group{"Identity", attr.Identity, anyProof, TheVendor}.of(rows)
}
