package registry_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	vendorgate "github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// whole is the identity of a record that is parsed whole, and whether it can be.
func whole(id string, data []byte) (registry.Identity, bool) {
	r := registry.Single(id, string(data))
	v, err := r.Vendor(id)
	if err != nil || v == nil {
		panic("a registry of one record has none")
	}
	return v.Identity(), v.Record != nil
}

func sameIdentity(t *testing.T, name string, data []byte) {
	t.Helper()
	want, ok := whole("x", data)
	if !ok {
		return // what is wrong with the file is reported to whoever reads it whole
	}
	if diff := cmp.Diff(want, registry.IdentityOf("x", data), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("IdentityOf(%s): not what the whole record says (-whole +scanned):\n%s\n%s", name, diff, data)
	}
}

// The identity of each record is that of the record read whole.
func TestIdentityOf(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	names, err := filepath.Glob("../../vendors/*.yaml")
	more, err2 := filepath.Glob("../../examples/registry/vendors/*.yaml")
	if err != nil || err2 != nil || len(names) < 1000 || len(more) == 0 {
		t.Fatalf("%d and %d records, %v, %v", len(names), len(more), err, err2)
	}
	parsed := 0
	for _, name := range append(names, more...) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sameIdentity(t, name, data)
		if !registry.Scans(data) {
			parsed++
		}
	}
	if parsed > len(names)/50 {
		t.Errorf("%d of %d records are parsed whole for their identity, which is too slow", parsed, len(names))
	}
}

// identityForms are what a scan for the identity could take for something else than the strict parser does.
func identityForms() map[string]string {
	return map[string]string{
		"comments":                  "# a file\nname: A # the name\n\n# more\ndomains: # ours\n  # first\n  - a.example # one\n\n  - b.example\n# end\n",
		"no indentation":            "domains:\n- a.example\n- b.example\nsdks: [pkg:npm/a, \"pkg:npm/%40a/b\"]\n",
		"quotes":                    "name: \"A: B\"\naliases: ['C, D', \"E\\\\F\", G]\ncategory: 'payments'\n",
		"escapes":                   "name: \"A\\tB\"\naliases: ['it''s']\n",
		"a long text":               "name: A\n  B\ndomains: [a.example]\n",
		"a long item":               "aliases:\n  - A\n    B\n  - C\n",
		"a list over lines":         "domains: [a.example,\n  b.example]\nname: A\n",
		"a list of lists":           "domains: [[a.example]]\nname: A\n",
		"a text that looks like it": "description: \"one\nname: B\n\"\nname: A\n",
		"the same in single quotes": "description: 'one\nname: B\n'\nname: A\n",
		"the same in braces":        "risk: {tier: 1,\nname: B\n}\nname: A\n",
		"the same further in":       "evidence:\n  - note: \"one\nname: B\n\"\nname: A\n",
		"a block of text":           "description: |\n  name: B\n  \"open\n    [ open\nname: A\n",
		"a block in a list":         "notes:\n  - text: >-\n      'open\n      # no comment\n    date: 2026-01-01\nname: A\n",
		"a block on its own line":   "description:\n  |\n \"open\nname: A\n",
		"a block with a width":      "description: |1\n  \"open\nname: A\n",
		"apostrophes":               "description: the vendor's \"own\" words\nnotes:\n  - it's [odd] > all\nname: A\n",
		"twice":                     "name: A\nname: B\ndomains: [a.example]\n",
		"an item that is empty":     "domains:\n  - \n  - a.example\nname: A\n",
		"an empty item":             "domains: [a.example, , b.example]\naliases: [,A]\nname: A\n",
		"a dash alone":              "domains:\n  -\n    a.example\n  - b.example\nname: A\n",
		"an item twice":             "domains: [b.example, a.example, b.example]\nname: A\n",
		"a tag":                     "name: !!str A\ndomains: [a.example]\n",
		"an anchor":                 "description: &a \"one\nname: B\"\nname: A\n",
		"an alias":                  "name: &n A\naliases: [*n]\n",
		"null":                      "name: null\naliases: [~, Null, A]\ndomains:\nstatus: NULL\n",
		"two documents":             "name: A\n---\nname: B\n",
		"a document's start":        "---\nname: A\n...\n",
		"line ends":                 "name: A\r\ndomains: [a.example]\r\n",
		"tabs":                      "name: A\ndescription:\n\tname: B\n",
		"a byte order mark":         "\uFEFFname: A\ndomains: [a.example]\n",
		"no colon":                  "name A\ndomains: [a.example]\n",
		"a colon inside":            "name: A:B\naliases: [C:D, E]\n",
		"a hash inside":             "name: A#B\naliases: [C#, 'D #E']\n",
		"words that are not hosts":  "domains: [A.example, a_b.example, localhost, 1.2.3.4, xn--bcher-kva.example, a-.example, '*.com']\n",
		"words that are not purls":  "sdks: [pkg:pypi/A_b, pkg:npm/, pkg:npm/a@1, pkg:swift/a, pkg:golang/Github.com/a, npm/a, pkg:npm/a//b, pkg:npm/./b]\n",
		"a wrong category":          "category: payment\nstatus: Approved\nname: A\n",
		"a secret":                  "name: sk_live_0123456789abcdef\ndetect: {env_names: [ghp_0123456789012345678901234567890123]}\n",
		"nothing in brackets":       "domains: []\naliases: [ ]\nname: A\n",
		"packages for many":         "sdks: [pkg:npm/a]\ndetect:\n  multi_backend: [pkg:npm/a, \"pkg:npm/%40a/b\"]\n  env_names: [A_*]\n",
		"the rest of detect":        "sdks: [pkg:npm/a]\ndetect:\n  local: [pkg:npm/a]\n  self_hosted:\n    - pkg:npm/a\n  resources: [aws_a_*, \"AWS::A::*\", \"a:*\"]\n  urls: [www.a.example/b/, \"www.a.example/c?d\"]\n",
		"files and symbols":         "detect:\n  files: [.abc.yml, \"a*.json\", .a/config.yml, .inf, .nano, .5abc, .12345, .ab]\n  symbols:\n    - xml:com.a.b\n    - \"ruby:a_b\"\n",
		"detect in braces":          "detect: {env_names: [A_*, B_KEY], imports: [\"java:a.b\"]}\nname: A\n",
		"detect in blocks":          "detect:\n  token_patterns:\n    - 'sk_[a-z]+'\n    - \"x\"\n  env_names: [A_*]\n  imports:\n  - js:a\n  - \"php:A\\\\B\"\nname: A\n",
		"detect that is no mapping": "detect: [A]\nname: A\n",
		"letters":                   "name: Zásilkovna Ürün\naliases: [Efí, 日本]\n",
		"invisible letters":         "name: A\u200bB\naliases: [\u00adC]\n",
		"a list":                    "- name: A\n",
		"nothing":                   "",
	}
}

func TestIdentityOfForms(t *testing.T) {
	t.Parallel()
	for name, text := range identityForms() {
		sameIdentity(t, name, []byte(text))
	}
}

func FuzzIdentityOf(f *testing.F) {
	for _, glob := range []string{"../../vendors/*y.yaml", "../../examples/registry/vendors/*.yaml"} {
		names, err := filepath.Glob(glob)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	for _, text := range identityForms() {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { sameIdentity(t, "fuzzed", data) })
}

// Reading who all vendors are must not be felt when a scan starts.
func BenchmarkIdentities(b *testing.B) {
	tree := source.New("embedded", "", vendorgate.Registry)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := registry.Identities(tree); err != nil {
			b.Fatal(err)
		}
	}
}

// The identity that is scanned is the one of the whole record, with what it inherits.
func TestScanIdentities(t *testing.T) {
	t.Parallel()
	const head = "apiVersion: vendorgate/v1\nkind: Vendor\nstatus: approved\nid: "
	own := fstest.MapFS{
		"vendors/stripe.yaml":  {Data: []byte(head + "stripe\napi_hosts: [pay.acme.example]\n")},
		"vendors/openai.yaml":  {Data: []byte(head + "openai\nname: Ours\ndetect:\n  imports: [\"js:acme-openai\"]\n")},
		"vendors/twilio.yaml":  {Data: []byte(head + "twilio\n")},
		"vendors/acme-in.yaml": {Data: []byte(head + "acme-in\ndomains: [acme.example]\n")},
	}
	r, err := registry.Open(source.New("r", "", own).Trust(source.Apart), source.New("embedded", "", vendorgate.Registry).Trust(source.BuiltIn))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	all := func(string, []byte) bool { return true }
	err = r.ScanIdentities([]string{"acme-in", "openai", "stripe", "twilio"}, all, func(id string, got *registry.Identity) {
		v, err := r.Vendor(id)
		if err != nil || got == nil {
			t.Fatalf("%s: %v, %v", id, got, err)
		}
		seen++
		if diff := cmp.Diff(v.Identity(), *got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-record +scan):\n%s", id, diff)
		}
	})
	if err != nil || seen != 4 {
		t.Errorf("%d identities, %v", seen, err)
	}
}

// Keys of the organisation's own identify nobody, and a record for a later version of vendorgate is still recognised.
func TestIdentityOfOwnKeys(t *testing.T) {
	t.Parallel()
	const plain = "apiVersion: vendorgate/v1\nkind: Vendor\nid: x\nname: X\napi_hosts:\n  - api.x.example\n"
	for name, text := range map[string]string{
		"a block":     plain + "x-old:\n  name: Y\n  api_hosts:\n    - api.y.example\n",
		"a list":      plain + "x-hosts:\n  - api.y.example\n",
		"in a block":  plain + "detect:\n  x-env_names: [Y_KEY]\n",
		"first":       "x-name: Y\n" + plain,
		"a later one": "apiVersion: vendorgate/v2\nstate: fine\n" + plain[len("apiVersion: vendorgate/v1\n"):],
	} {
		sameIdentity(t, name, []byte(text))
		if diff := cmp.Diff(registry.IdentityOf("x", []byte(plain)), registry.IdentityOf("x", []byte(text)), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: without, with:\n%s", name, diff)
		}
	}
}
