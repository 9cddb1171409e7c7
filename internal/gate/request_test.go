package gate_test

import (
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// requested returns the form to request a vendor that nobody has registered.
func requested(t *testing.T, base, purpose string) string {
	t.Helper()
	f := gatetest.World(t).Rules("request_url: "+base+"\n").Using(t, "id: acme-pay", "id: nobody", "Charge cards at checkout", purpose)
	return gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-REG-001").Request
}

func TestRequestForm(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://t.example/request?kind=vendor":          "https://t.example/request?kind=vendor",
		"https://github.com/acme/registry/issues":        "https://github.com/acme/registry/issues",
		"https://github.com/acme/registry/issues/new":    "https://github.com/acme/registry/issues/new?body=-+vendor%3A+nobody%0A-+repository%3A+acme%2Fshop%0A-+owner%3A+team-checkout%0A-+purpose%3A+Refunds%0A-+environments%3A+prod%0A-+data%3A+personal%0A&title=Vendor+request%3A+nobody",
		"https://github.com/a/b/issues/new?template=v.y": "https://github.com/a/b/issues/new?data=personal&environments=prod&owner=team-checkout&purpose=Refunds&repository=acme%2Fshop&template=v.y&title=Vendor+request%3A+nobody&vendor=nobody",
	} {
		if got := requested(t, base, "Refunds"); got != want {
			t.Errorf("%s:\n got %s\nwant %s", base, got, want)
		}
	}
}

// TestRequestFormIsBounded: a form takes the first 200 bytes of a value, and no half of a character.
func TestRequestFormIsBounded(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{strings.Repeat("x", 200): 200, strings.Repeat("x", 201): 200, strings.Repeat("é", 125): 200, strings.Repeat("€", 83): 198} {
		form, err := url.Parse(requested(t, "https://github.com/a/b/issues/new?template=v.yml", text))
		if err != nil {
			t.Fatal(err)
		}
		if got := form.Query().Get("purpose"); len(got) != want || !utf8.ValidString(got) {
			t.Errorf("%s: got %d bytes, want %d: %q", text, len(got), want, got)
		}
	}
}

// TestBuiltInRegistry: without a registry of its own, the reader is told to pass one.
func TestBuiltInRegistry(t *testing.T) {
	t.Parallel()
	in := gatetest.Input(t, gatetest.World(t), gatetest.Today, gatetest.Repository)
	built := source.New("embedded", "", fstest.MapFS{"vendors": {Mode: fs.ModeDir | 0o755}}).Trust(source.BuiltIn)
	known, err := registry.Open(built, built)
	if err != nil {
		t.Fatal(err)
	}
	in.Registry = known
	const want = "Pass the registry of your organisation with --registry; the embedded registry does not approve any vendor."
	if got := gatetest.One(t, gate.Evaluate(in), "VG-REG-001").Hint; got != want {
		t.Errorf("got hint %q, want %q", got, want)
	}
}

// TestSuggestionsStop: twenty mistyped ids get a suggestion, which is slow in a large registry.
func TestSuggestionsStop(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t)
	manifest := "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-checkout\nvendors:\n"
	for i := range 22 {
		manifest += fmt.Sprintf("  - {id: acme-pay%c, purpose: Charge, environments: [prod], data: [none]}\n", 'a'+i)
	}
	suggested := 0
	all := gatetest.Evaluate(t, f.With(gatetest.Files{"vendors.yaml": manifest}), gatetest.Today, gatetest.Repository).Findings
	for _, g := range all {
		if strings.Contains(g.Hint, `Did you mean "acme-pay"?`) {
			suggested++
		}
	}
	if len(all) != 22 || suggested != 20 {
		t.Errorf("got %d findings with %d suggestions, want 22 with 20", len(all), suggested)
	}
}
