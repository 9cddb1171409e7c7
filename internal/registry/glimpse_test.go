package registry_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// recognised is the part of an identity that a vendor is recognised by, in no order.
func recognised(i registry.Identity) map[string][]string {
	out := map[string][]string{
		"api_hosts": i.APIHosts, "domains": i.Domains, "sdks": i.SDKs, "env_names": i.EnvNames, "script_hosts": i.ScriptHosts, "imports": i.Imports,
		"resources": i.Resources, "urls": i.URLs, "files": i.Files, "symbols": i.Symbols,
	}
	for name := range out {
		out[name] = slices.Sorted(slices.Values(out[name]))
	}
	return out
}

// glimpse returns what a glimpse finds below keys.
func glimpse(data []byte) registry.Identity {
	named, _ := registry.Glimpse("x", data)
	return named
}

// Of a record that can be read, a glimpse finds what the record says. Of one that cannot be parsed, it finds at least that: the last line
// here breaks the file.
func TestGlimpseAgrees(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	names, err := filepath.Glob("../../vendors/*.yaml")
	if err != nil || len(names) < 1000 {
		t.Fatalf("%d records, %v", len(names), err)
	}
	for i, name := range names {
		if !effort.Takes(i, 4) {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want := recognised(registry.IdentityOf("x", data))
		for _, text := range []string{string(data), string(data) + "\"\n"} {
			if diff := cmp.Diff(want, recognised(glimpse([]byte(text))), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Glimpse(%s): (-record +glimpse)\n%s", name, diff)
			}
		}
	}
}

// Each attribute that a vendor is recognised by is found in each form of a list, whatever is wrong elsewhere.
func TestGlimpseFindsEverything(t *testing.T) {
	t.Parallel()
	values := map[string][]string{
		"api_hosts": {"api.zor.io", "*.eu.zor.io"}, "domains": {"zor.io"}, "sdks": {"pkg:npm/%40zor/sdk", "pkg:golang/github.com/zor/sdk"},
		"detect.env_names": {"ZOR_*", "zor_key"}, "detect.script_hosts": {"js.zor.io"}, "detect.imports": {"java:io.zor", "php:Zor\\Sdk"},
		"detect.resources": {"backend:zor", "zor_*", "zorcli *", "zor:*", "Zor::Mail::*", "files:*", "az zor *"},
		"detect.urls":      {"api.share.io/zor/", "api.share.io/v1/Zor", "share.io/zor"}, "detect.files": {".zor.yml", "Zorfile", "zor.*.json", ".zor/my config.yml"},
		"detect.symbols": {"ruby:zor_delivery", "xml:io.zor.dsn"},
	}
	read := 0
	for path, list := range values {
		key := path[strings.LastIndexByte(path, '.')+1:]
		quoted := "'" + strings.Join(list, "', '") + "'"
		forms := map[string]string{
			"in brackets": key + ": [" + quoted + "]",
			"in a block":  key + ":\n    - '" + strings.Join(list, "'\n    - '") + "'",
			"plain":       key + ":\n    - " + strings.Join(list, "\n    - "),
			"misspelt":    key[:len(key)-1] + ": [" + quoted + "]",
		}
		for form, text := range forms {
			if section, _, nested := strings.Cut(path, "."); nested {
				text = section + ":\n  " + text
			}
			text = "apiVersion: vendorgate/v1\nkind: Vendor\nid: zor\n" + text + "\n"
			for _, fault := range []string{"", "foo: 1\n", "status: suspendedd\n", "\"\n", "links: {url: https://docs.other.io/x\n", "notes: we keep files in symbols, urls, or resources here\n"} {
				got := recognised(glimpse([]byte(text + fault)))
				want := recognised(registry.Identity{})
				want[key] = slices.Sorted(slices.Values(list))
				if form == "misspelt" || form == "plain" { // a star begins an alias there, and nothing else matters
					for _, name := range list {
						if !slices.Contains(got[key], name) {
							t.Errorf("%s, %s, %q: no %q in %q", path, form, fault, name, got[key])
						}
					}
					continue
				}
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s, %s, %q: (-want +got)\n%s", path, form, fault, diff)
				}
				read++
			}
		}
	}
	if want := len(values) * 2 * 6; read != want {
		t.Errorf("%d of %d texts", read, want)
	}
}

// A URL that is written wrongly is still found.
func TestGlimpseURLs(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"https://api.share.io/zor/", "https:/api.share.io/zor/", "//api.share.io/zor/", "user@api.share.io/zor/", "api.share.io:443/zor/", "*.api.share.io/zor/", "API.share.io/zor/?x#y", "api..share.io/zor/", "api.share.io/zor/ # theirs"} {
		got := glimpse([]byte("status: suspendedd\ndetect: {urls: [\"" + url + "\"]}\n"))
		if !slices.Contains(got.URLs, "api.share.io/zor/") {
			t.Errorf("%q: got %q", url, got.URLs)
		}
	}
}

// A record that cannot be read still has the hosts, packages and names that a reader sees in it, and no others.
func TestGlimpse(t *testing.T) {
	t.Parallel()
	const sound = `apiVersion: vendorgate/v1
kind: Vendor
id: larkspur-mail
api_hosts: [api.larkspurmail.io, "*.eu.larkspurmail.io"]
domains:
  - larkspurmail.io # their pages
sdks: ["pkg:npm/%40larkspur/mail"]
detect: {env_names: [LARKSPUR_*], script_hosts: [js.larkspurmail.io], imports: ["java:io.larkspur"]}
status: suspended
links: {docs: https://docs.larkspurmail.io}
scope: {environments: [prod], data_classes: [personal]}
`
	all := recognised(glimpse([]byte(sound)))
	without := func(field string, names ...string) map[string][]string {
		out := recognised(glimpse([]byte(sound)))
		out[field] = names
		return out
	}
	change := func(from, to string) string {
		if !strings.Contains(sound, from) {
			t.Fatalf("no %q", from)
		}
		return strings.Replace(sound, from, to, 1)
	}
	utf16le := "\xff\xfe"
	for _, unit := range utf16.Encode([]rune(sound)) {
		utf16le += string([]byte{byte(unit), byte(unit >> 8)})
	}
	for _, c := range []struct {
		name, text string
		want       map[string][]string
	}{
		{"a misspelt key", change("api_hosts", "api_host"), all},
		{"a hyphen in a key", change("api_hosts", "api-hosts"), all},
		{"a key in capitals", change("sdks", "SDKS"), all},
		{"a URL for a host", change("[api.larkspurmail.io", "[https://API.larkspurmail.io:443/v1"), all},
		{"a package as its manager writes it", change("%40larkspur", "@larkspur"), all},
		{"a package as npm writes it", change("pkg:npm/%40larkspur/mail", "@larkspur/mail"), all},
		{"a version", change("larkspur/mail", "larkspur/mail@8.0.0"), all},
		{"no pkg:", change("pkg:npm/%40", "npm/@"), all},
		{"a list that is not closed", change("io, \"*", "io, *"), all},
		{"a quote that is not closed", change(`"*.eu.larkspurmail.io"`, `"*.eu.larkspurmail.io`), all},
		{"no blank behind the colon", change("api_hosts: [api.larkspurmail.io, ", "api_hosts:api.larkspurmail.io\n  "), all},
		{"tabs", change("  - larkspurmail.io", "\t-\tlarkspurmail.io"), all},
		{"a merge conflict", change("status: suspended", "<<<<<<< ours\nstatus: suspended\n=======\nstatus: approved\n>>>>>>> theirs"), all},
		{"lines that end in CR", strings.ReplaceAll(sound, "\n", "\r"), all},
		{"UTF-16", utf16le, all},
		{"JSON", `{"api_hosts" : ["api.larkspurmail.io", "*.eu.larkspurmail.io"], "domains":["larkspurmail.io"],"sdks": ["pkg:npm/%40larkspur/mail"], "status": "suspended",
			"detect": {"env_names": ["LARKSPUR_*"], "script_hosts": ["js.larkspurmail.io"], "imports": ["java:io.larkspur"]}}`, all},
		{"escapes", change("[api.larkspurmail.io", `["api\x2elarkspurmail\u002eio"`), all},
		{"an escaped key", change("api_hosts:", `"api_\U00000068osts":`), all},
		{"an escaped line break", change("[api.larkspurmail.io", "[\"api.lark\\\n  spurmail.io\""), all},
		{"an escape that is escaped", change("java:io.larkspur", `java:io\\x2elarkspur`), without("imports", `java:io\x2elarkspur`)},
		{"a pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\napi_hosts: [a.example]\n", recognised(registry.Identity{})},
		{"a comment", change("api_hosts: [", "# api_hosts: [other.example]\napi_hosts: ["), all},
		{"a star for everything", change("LARKSPUR_*", "'*'"), without("env_names")},
		{"a star for a top-level domain", change("api.larkspurmail.io", "'*.io'"), without("api_hosts", "*.eu.larkspurmail.io")},
		{"no package of any kind", change("pkg:npm/%40larkspur/mail", "larkspur"), without("sdks")},
		{"hosts of other keys", change("links: {", "links: {status: https://status.example, hosting: aws.example, "), all},
	} {
		if diff := cmp.Diff(c.want, recognised(glimpse([]byte(c.text))), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
	if n := len(glimpse([]byte("api_hosts:\n" + many("  - h%.example\n", 5000))).APIHosts); n != 4540 { // the others are too long
		t.Errorf("%d hosts of 5000", n)
	}
}

func many(line string, n int) string {
	var out strings.Builder
	for i := range n {
		out.WriteString(strings.ReplaceAll(line, "%", strings.Repeat("x", i%40)+strings.Repeat("y", i/40%40)+strings.Repeat("z", i/1600)))
	}
	return out.String()
}

// If no key says who a vendor is, hosts and packages anywhere in the file may.
func TestGlimpseGuesses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text        string
		hosts, sdks []string // guessed
	}{
		{"api_hosts: [a.acmex.dev]\nlinks: {docs: https://docs.acmex.dev/x}\n", nil, nil},
		{"env_names: [ACMEX_*]\nlinks: {docs: https://docs.acmex.dev/x}\n", nil, nil},
		{"h: &h api.acmex.dev\napi_hosts: [*h]\n", []string{"api.acmex.dev"}, nil},
		{"domains: &all_hosts [api.acmex.dev]\napi_hosts: *all_hosts\nsdks: [npm/acmex]\n", []string{"api.acmex.dev"}, nil},
		{"ahsts:\n  - API.acmex.dev:443\n  - \"*.acmex.dev\"\nparcel: \"pkg:npm/acmex\"\nand/or: acmex\nversion: \"1.2\"\n", []string{"*.acmex.dev", "api.acmex.dev"}, []string{"pkg:npm/acmex"}},
		{"package: \"pkg:npm/acmex\"\nhomes: [api.acmex.dev]\n", nil, nil}, // another word for sdks
		{"sdks:\n  - {ecosystem: npm, name: \"@acmex/sdk\"}\nrequested_by: \"@a.ferreira\"\n", nil, []string{"pkg:npm/%40acmex/sdk"}},
		{"# docs.acmex.dev\nid: acmex\n", nil, nil},
		{"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", nil, nil},
	} {
		_, guessed := registry.Glimpse("x", []byte(c.text))
		got := recognised(guessed)
		if diff := cmp.Diff(map[string][]string{"api_hosts": c.hosts, "sdks": c.sdks}, map[string][]string{"api_hosts": got["api_hosts"], "sdks": got["sdks"]}, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", c.text, diff)
		}
	}
}

// FuzzGlimpse: whatever a file holds, a glimpse of it holds only names that a record may have.
func FuzzGlimpse(f *testing.F) {
	f.Add([]byte("api_hosts: [a.example]\nsdks: [\"pkg:npm/x\"]\ndetect: {env_names: [ACME_*]}\n"))
	f.Add([]byte("\x00{\"domains\" :"))
	f.Fuzz(func(t *testing.T, data []byte) {
		i := glimpse(data)
		record := "apiVersion: vendorgate/v1\nkind: Vendor\nid: x\n"
		for key, list := range recognised(i) {
			if len(list) == 0 {
				continue
			}
			switch key {
			case "env_names", "script_hosts", "imports", "resources", "urls", "files", "symbols":
				continue // below detect
			}
			record += key + ": ['" + strings.Join(list, "', '") + "']\n"
		}
		v, err := registry.Single("x", record).Vendor("x")
		if err != nil || v == nil {
			t.Fatalf("%v", err)
		}
		for _, p := range v.Problems {
			if !strings.Contains(p.Message, "credential") && !strings.Contains(p.Message, "secret") {
				t.Errorf("%s: %s\n%s", p.Pos, p.Message, record)
			}
		}
	})
}

// A host or package that is written wrongly is still found in a record that cannot be used.
func TestGlimpseMalformed(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"api.acmex.dev\u00a0", "api.acmex.dev\u200b", "api.acmex.dev;", "api..acmex.dev", "//api.acmex.dev", "https:/api.acmex.dev", "user@api.acmex.dev", "<region>.api.acmex.dev", "**.api.acmex.dev", ".api.acmex.dev", "api*.api.acmex.dev"} {
		got := glimpse([]byte("status: suspendedd\napi_hosts: [\"" + host + "\"]\n"))
		if !slices.Contains(got.APIHosts, "api.acmex.dev") {
			t.Errorf("%q: got %q", host, got.APIHosts)
		}
	}
	for _, host := range []string{"*.*.com", "{a,b}", "com.", "..", "-.dev", "x.run.app/"} {
		if got := glimpse([]byte("api_hosts: [\"" + host + "\"]\n")); slices.Contains(got.APIHosts, "*.com") || slices.Contains(got.APIHosts, "com") {
			t.Errorf("%q: got %q", host, got.APIHosts)
		}
	}
	for _, purl := range []string{"npm:@acmex/sdk", "PKG:NPM/%40acmex/sdk", "https://www.npmjs.com/package/@acmex/sdk"} {
		if got := glimpse([]byte("sdks: [\"" + purl + "\"]\n")); !slices.Contains(got.SDKs, "pkg:npm/%40acmex/sdk") {
			t.Errorf("%q: got %q", purl, got.SDKs)
		}
	}
}
