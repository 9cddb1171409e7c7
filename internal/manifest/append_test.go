package manifest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/manifest"
)

const top = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-checkout\n"

func TestAppend(t *testing.T) {
	t.Parallel()
	draft := manifest.Draft{
		ID: "halloway-maps", Seen: []string{`src/map.js:1:8: host api.halloway.example`}, Environments: []string{"prod"},
		Choice: manifest.Choice{
			Purposes: []string{"geocoding", "routing"}, Environments: []string{"dev", "prod"}, Data: []string{"personal"},
			APIVersions: []string{"2026-04"}, AuthMethods: []string{"api-key-header", "mtls"}, Endpoints: []string{"https://maps.halloway.example"},
		},
		Endpoints: []string{"https://api.halloway.example"},
		SDKs:      []string{"pkg:npm/%40halloway/maps"}, Secrets: []string{"HALLOWAY_KEY", "not: a name"},
	}
	entry := `  # src/map.js:1:8: host api.halloway.example
  - id: halloway-maps
    purpose: TODO # one of geocoding, routing
    environments: [prod]
    data: [TODO] # approved: personal; none means no data
    api: {version: "2026-04"}
    endpoints: ["https://api.halloway.example"]
    auth_method: TODO # one of api-key-header, mtls
    sdks: ["pkg:npm/%40halloway/maps"]
    secrets: [HALLOWAY_KEY]
`
	const old = "  - {id: calderwick-payments, purpose: Charge cards, environments: [prod], data: [cardholder]} # keep\n"
	const one = "{id: calderwick-payments, purpose: Charge cards, environments: [prod], data: [cardholder]}"
	const odd = `{id: a, purpose: "Charge ] \" '", environments: [prod], data: [none]}, {id: b, purpose: don't # ]` + "\n , contact: '] '' }', environments: [prod], data: [none]}"
	const flow = `  # src/map.js:1:8: host api.halloway.example
  {id: halloway-maps,
   purpose: TODO, # one of geocoding, routing
   environments: [prod],
   data: [TODO], # approved: personal; none means no data
   api: {version: "2026-04"},
   endpoints: ["https://api.halloway.example"],
   auth_method: TODO, # one of api-key-header, mtls
   sdks: ["pkg:npm/%40halloway/maps"],
   secrets: [HALLOWAY_KEY],
  }`
	shallow := strings.ReplaceAll(strings.ReplaceAll(entry, "\n  ", "\n"), "  # src", "# src")
	for _, c := range []struct{ name, before, want string }{
		{"at the end", top + "vendors:\n" + old, top + "vendors:\n" + old + entry},
		{"without a last newline", top + "vendors:\n" + strings.TrimSuffix(old, "\n"), top + "vendors:\n" + old + entry},
		{"empty", top + "vendors: [] # none yet\n", top + "vendors: # none yet\n" + entry},
		{"empty and last", top + "vendors: []", top + "vendors:\n" + entry},
		{
			"before other keys", top + "vendors:\n" + old + "\n# Ours.\nignore:\n  - {host: \"*.acme.example\", reason: Ours}\n",
			top + "vendors:\n" + old + entry + "\n# Ours.\nignore:\n  - {host: \"*.acme.example\", reason: Ours}\n",
		},
		{"not indented", top + "vendors:\n" + strings.TrimPrefix(old, "  ") + "ignore: []\n", top + "vendors:\n" + strings.TrimPrefix(old, "  ") + shallow + "ignore: []\n"},
		{
			"over many lines", top + "vendors:\n  # First.\n  - id: a\n    purpose: |\n      Charge\n\n      cards\n    environments: [prod]\n    data:\n      - cardholder\n    # its end\n",
			top + "vendors:\n  # First.\n  - id: a\n    purpose: |\n      Charge\n\n      cards\n    environments: [prod]\n    data:\n      - cardholder\n    # its end\n" + entry,
		},
		{"quoted key", top + "\"vendors\":\n" + old, top + "\"vendors\":\n" + old + entry},
		{"quoted and empty", top + "'vendors': [ ]\n", top + "'vendors':\n" + entry},
		{"indented as a whole", indented(top + "vendors:\n" + old), indented(top + "vendors:\n" + old + entry)},
		{"no value", top + "vendors:", top + "vendors:\n" + entry},
		{"null", top + "vendors: ~ # none\nignore: []\n", top + "vendors: # none\n" + entry + "ignore: []\n"},
		{"no vendors", top + "ignore: []", top + "ignore: []\nvendors:\n" + entry},
		{"a document with an end", "---\n" + top + "vendors: []\n...\n", "---\n" + top + "vendors:\n" + entry + "...\n"},
		{"byte order mark", "\ufeffvendors:\n" + old + top, "\ufeffvendors:\n" + old + entry + top},
		{
			"a bracket at the margin", top + "vendors:\n  - id: a\n    purpose: Charge\n    environments: [\nprod\n]\n    data: [none]\n# The end.\n",
			top + "vendors:\n  - id: a\n    purpose: Charge\n    environments: [\nprod\n]\n    data: [none]\n" + entry + "# The end.\n",
		},
		{
			"empty lines that belong to a text", top + "vendors:\n  - id: a\n    environments: [prod]\n    data: [none]\n    purpose: |+\n      Charge\n\n\nignore: []\n",
			top + "vendors:\n  - id: a\n    environments: [prod]\n    data: [none]\n    purpose: |+\n      Charge\n\n\n" + entry + "ignore: []\n",
		},
		{"flow", top + "vendors: [" + one + "] # keep\n", top + "vendors: [" + one + ",\n" + flow + "] # keep\n"},
		{"flow without a last newline", top + "vendors: [" + one + "]", top + "vendors: [" + one + ",\n" + flow + "]"},
		{
			"flow over many lines", top + "vendors: [ # first ]\n  " + one + " # a ] \" }\n  # b\n] # keep\nignore: []\n",
			top + "vendors: [ # first ]\n  " + one + ", # a ] \" }\n  # b\n" + flow + "\n] # keep\nignore: []\n",
		},
		{"flow with a last comma", top + "vendors:\n  [\n    " + one + ", # a\n  ]\n", top + "vendors:\n  [\n    " + one + ", # a\n" + indented(flow) + "\n  ]\n"},
		{"flow with comments only", top + "vendors: [\n  # none\n]\n", top + "vendors: [\n  # none\n" + flow + "\n]\n"},
		{"flow with brackets in texts", top + "vendors: [" + odd + "]\n", top + "vendors: [" + odd + ",\n" + flow + "]\n"},
		{
			"JSON", `{"apiVersion": "vendorgate/v1", "kind": "VendorManifest", "owner": "a", "vendors": []}`,
			`{"apiVersion": "vendorgate/v1", "kind": "VendorManifest", "owner": "a", "vendors": [` + "\n" + strings.ReplaceAll(" "+flow, "\n", "\n ") + `]}`,
		},
		{"CRLF and flow", strings.ReplaceAll(top+"vendors: ["+one+"]\n", "\n", "\r\n"), strings.ReplaceAll(top+"vendors: ["+one+",\n"+flow+"]\n", "\n", "\r\n")},
		{"CRLF", strings.ReplaceAll(top+"vendors:\n"+old, "\n", "\r\n"), strings.ReplaceAll(top+"vendors:\n"+old+entry, "\n", "\r\n")},
	} {
		got, err := manifest.Append("vendors.yaml", []byte(c.before), draft)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func indented(text string) string {
	return "  " + strings.TrimSuffix(strings.ReplaceAll(text, "\n", "\n  "), "  ")
}

// A manifest with a mistake stays as it is, and the error says where the mistake is.
func TestAppendRefuses(t *testing.T) {
	t.Parallel()
	const list = "vendors:\n  - {id: a, purpose: Charge, environments: [prod], data: [none]}\n"
	for _, c := range []struct{ before, want string }{
		{top + "vendors:\n  - {id: a}\n", "repo/vendors.yaml:5:5: \"purpose\" is missing (and 2 other mistakes)"},
		{top + strings.ReplaceAll(list, "  -", "\t-"), "repo/vendors.yaml:5:1: a tab in the indentation"},
		{top + strings.ReplaceAll(list, "- ", "- &a "), "repo/vendors.yaml:5:5: an anchor (&name)"},
		{top + list + "---\nmore: 1\n", "repo/vendors.yaml:6:1: a second document starts here"},
		{top + "vendors: [", "repo/vendors.yaml:"},
		{top + "foo: 1\n", "repo/vendors.yaml:4:1: unknown key \"foo\" (and 1 other mistake)"},
		{"{apiVersion: vendorgate/v1, kind: VendorManifest, owner: a}\n", "repo/vendors.yaml:1:1: \"vendors\" is missing"},
		{"", "repo/vendors.yaml:1:1: the file has no YAML document"},
		{top + "vendors:\n  - {id: b, purpose: Charge, environments: [prod], data: [none]}\n", "the entry is not complete: vendor \"b\" is declared twice for prod; the first is on line 5"},
	} {
		if got, err := manifest.Append("repo/vendors.yaml", []byte(c.before), manifest.Draft{ID: "b", Environments: []string{"prod"}}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %q, %v, want an error with %q", c.before, got, err, c.want)
		}
	}
}

// TestAppendAsksForOwner: an entry names an owner, or asks for one, only if the manifest has none.
func TestAppendAsksForOwner(t *testing.T) {
	t.Parallel()
	const ask = "    owner: TODO # the team that owns this use\n"
	ownerless := strings.ReplaceAll(top, "owner: ", "# owner: ") + "vendors: []\n"
	for _, c := range []struct{ before, owner, want string }{
		{top + "vendors: []\n", "", ""},
		{ownerless, "", ask},
		{ownerless, "team-maps", "    owner: team-maps\n"},
	} {
		got, err := manifest.Append("vendors.yaml", []byte(c.before), manifest.Draft{ID: "b", Owner: c.owner})
		if _, entry, _ := strings.Cut(string(got), "- id: b\n"); err != nil || !strings.Contains(entry, c.want) || strings.Contains(entry, "owner:") != (c.want != "") {
			t.Errorf("%s, owner %q: got %s, error %v, want %q", c.before, c.owner, got, err, c.want)
		}
	}
}

func FuzzAppend(f *testing.F) {
	f.Add([]byte(top + "vendors:\n  - {id: a, purpose: Charge, environments: [prod], data: [none]}\n"))
	f.Add([]byte(top + "vendors: []\n"))
	f.Add([]byte(top + "vendors: [{id: a, purpose: \"]'\", environments: [prod], data: [none]}, # ]\n  ]\nignore: []"))
	f.Add([]byte("\ufeff{apiVersion: vendorgate/v1, kind: VendorManifest, owner: a, \"vendors\": ~}"))
	f.Add([]byte("  ignore: []\r\n  vendors: null\r\n  owner: a\r\n  kind: VendorManifest\r\n  apiVersion: vendorgate/v1\r\n...\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := manifest.Append("", data, manifest.Draft{ID: "halloway-maps"})
		if err != nil {
			return
		}
		before, after := manifest.Parse("", "", data), manifest.Parse("", "", got)
		if len(after.Problems) > 0 || len(after.Uses) != len(before.Uses)+1 || len(got) < len(data)-len("null ") {
			t.Errorf("%q became %q", data, got)
		}
	})
}
