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
		ID: "halloway-maps", Seen: []string{`src/map.js:1:8: host api.halloway.example`}, Purpose: "geocoding", Environments: []string{"prod"}, Data: []string{"personal"},
		APIVersion: "2026-04", Endpoints: []string{"https://api.halloway.example"}, AuthMethod: "api-key-header",
		SDKs: []string{"pkg:npm/%40halloway/maps"}, Secrets: []string{"HALLOWAY_KEY", "not: a name"},
	}
	entry := `  # src/map.js:1:8: host api.halloway.example
  - id: halloway-maps
    purpose: geocoding
    environments: [prod] # ? where you call it: dev, test, sandbox, staging, prod
    data: [personal] # ? what you send or receive, such as personal, cardholder; [none] for no data
    api: {version: "2026-04"} # ? the version that the code pins
    endpoints: ["https://api.halloway.example"]
    auth_method: api-key-header
    sdks: ["pkg:npm/%40halloway/maps"]
    secrets: [HALLOWAY_KEY]
`
	const old = "  - {id: calderwick-payments, purpose: Charge cards, environments: [prod], data: [cardholder]} # keep\n"
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
		{"CRLF", strings.ReplaceAll(top+"vendors:\n"+old, "\n", "\r\n"), strings.ReplaceAll(top+"vendors:\n"+old+entry, "\n", "\r\n")},
	} {
		got, err := manifest.Append([]byte(c.before), draft)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// What cannot be extended line by line stays as it is.
func TestAppendRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, want string }{
		{top + "vendors: [{id: a, purpose: Charge, environments: [prod], data: [none]}]\n", "cannot be extended"},
		{top + "vendors: [\n]\n", "cannot be extended"},
		{top + "\"vendors\":\n  - {id: a, purpose: Charge, environments: [prod], data: [none]}\n", "no line"},
		{"{apiVersion: vendorgate/v1, kind: VendorManifest, vendors: []}\n", "no line"},
		{top + "vendors:\n  - {id: a}\n", "mistakes"},
	} {
		if got, err := manifest.Append([]byte(c.before), manifest.Draft{ID: "b"}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %q, %v, want an error with %q", c.before, got, err, c.want)
		}
	}
}

func FuzzAppend(f *testing.F) {
	f.Add([]byte(top + "vendors:\n  - {id: a, purpose: Charge, environments: [prod], data: [none]}\n"))
	f.Add([]byte(top + "vendors: []\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := manifest.Append(data, manifest.Draft{ID: "halloway-maps"})
		if err != nil {
			return
		}
		before, after := manifest.Parse("", "", data), manifest.Parse("", "", got)
		if len(after.Problems) > 0 || len(after.Uses) != len(before.Uses)+1 || len(got) < len(data)-len("[]") {
			t.Errorf("%q became %q", data, got)
		}
	})
}
