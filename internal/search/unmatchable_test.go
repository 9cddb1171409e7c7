package search_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/search"
)

func TestUnmatchable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		judge      func(string) (string, string)
		text, want string
	}{
		{search.EnvNameFault, "ACME_*", ""},
		{search.EnvNameFault, "*_ACME_KEY", ""},
		{search.EnvNameFault, "ACME*", ""},
		{search.EnvNameFault, "ACME_API_KEY", ""},
		{search.EnvNameFault, "ACME_*_KEY", ""},
		{search.EnvNameFault, "acme_*", "only names in upper case, with underscores, are searched for; write ACME_*"},
		{search.EnvNameFault, "ACME-API-KEY", "only names in upper case, with underscores, are searched for; write ACME_API_KEY"},
		{search.EnvNameFault, "*ACME*", "only one star is supported; write one star, as in ACME_*"},
		{search.EnvNameFault, "**", "only one star is supported; write one star, as in ACME_*"},
		{search.EnvNameFault, "*é_key*", "only one star is supported; write one star, as in _KEY_*"},
		{search.EnvNameFault, "acmekey", "only names in upper case, with underscores, are searched for; write ACMEKEY_*"},
		{search.EnvNameFault, "ACME_[AB]", "names of environment variables have letters, digits and underscores; write a name, or one with a star, as in ACME_*"},
		{search.EnvNameFault, "ACMEKEY", "only names with an underscore are searched for; write ACMEKEY_*"},
		{search.ImportFault, "python:acme", ""},
		{search.ImportFault, "pyhton:acme", `imports of "pyhton" are not searched for; did you mean "python"?`},
		{search.ImportFault, "cobol:acme", `imports of "cobol" are not searched for; use one of csharp, dart, elixir, go, java, js, php, python, ruby, rust, swift`},
		{search.ImportFault, "acme", "it names no language; write language:name, as in python:acme"},
		{search.PackageFault, "pkg:npm/acme", ""},
		{search.PackageFault, "pkg:nmp/acme", `packages of type "nmp" are not searched for; did you mean "npm"?`},
		{search.ResourceFault, "acme_*", ""},
		{search.ResourceFault, "ACME::Pay::*", ""},
		{search.ResourceFault, "acme pay *", ""},
		{search.ResourceFault, "acme_topic", ""},
		{search.ResourceFault, "acme*", "a star follows a whole word; write acme_*"},
		{search.ResourceFault, "acme_*_x", "only a star at the end is supported; write acme_*"},
		{search.ResourceFault, "*acme*", "only a star at the end is supported; write acme_*"},
		{search.ResourceFault, "*", "a star follows a whole word; write acme_*"},
		{search.URLFault, "www.acme.io/pay/", ""},
		{search.URLFault, "www.acme.io", "it has no path; write the start of a path after it, or list the host in api_hosts"},
		{search.URLFault, "*.acme.io/pay", "only a plain host is supported; write a host without a scheme, port or star"},
		{search.FileFault, ".acme.yml", ""},
		{search.FileFault, ".acme/config.yml", ""},
		{search.FileFault, "acme*.json", ""},
		{search.FileFault, "config/*/acme.yml", "only the last part of a path may have a star; write acme.yml"},
		{search.FileFault, "*.json", "it matches the files of other tools; write the part of the name that only this service uses"},
		{search.FileFault, "/acme.yml", "names of files have no leading or trailing slash; write acme.yml"},
		{search.SymbolFault, "xml:com.acme.pay", ""},
		{search.SymbolFault, "ruby:acme_delivery", ""},
		{search.SymbolFault, "ruby:acme delivery", "a symbol is one name, with dots, hyphens and underscores"},
		{search.SymbolFault, "acme", "it names no language; write language:name, as in ruby:acme_delivery"},
		{search.SymbolFault, "rubi:acme", `symbols of "rubi" are not searched for; did you mean "ruby"?`},
		{search.HostFault, "*.acme.io", ""},
		{search.HostFault, "api.acme.example", ""},
		{search.HostFault, "api.acme.co.uk", ""},
		{search.HostFault, "api.acme.con", `there is no top-level domain "con"; did you mean "com"?`},
		{search.HostFault, "api.acme.nonsense", `there is no top-level domain "nonsense"; correct the name; common ones are com, net, org, io, dev, app, ai, co, cloud, eu, uk, de, fr`},
	} {
		got, hint := c.judge(c.text)
		if hint != "" {
			got += "; " + hint
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
		words := strings.Fields(hint)
		if strings.HasSuffix(hint, "_*") || strings.HasSuffix(hint, "_KEY") {
			if again, _ := c.judge(words[len(words)-1]); again != "" {
				t.Errorf("%q: the hint %q: %s", c.text, hint, again)
			}
		}
	}
}

// Every entry of the records inside vendorgate can match something.
func TestMatchable(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../../vendors/*.yaml")
	if err != nil || len(names) < 1000 {
		t.Fatalf("%d records, %v", len(names), err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		i := registry.IdentityOf("x", data)
		for _, c := range []struct {
			judge func(string) (string, string)
			list  []string
		}{{search.EnvNameFault, i.EnvNames}, {search.ImportFault, i.Imports}, {search.PackageFault, i.SDKs}, {search.HostFault, i.APIHosts}, {search.HostFault, i.Domains}, {search.HostFault, i.ScriptHosts}, {search.ResourceFault, i.Resources}, {search.URLFault, i.URLs}, {search.FileFault, i.Files}, {search.SymbolFault, i.Symbols}} {
			for _, text := range c.list {
				if problem, hint := c.judge(text); problem != "" {
					t.Errorf("%s: %q: %s; %s", name, text, problem, hint)
				}
			}
		}
	}
}
