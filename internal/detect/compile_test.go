package detect_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/detect"
)

// What is looked for is what a record says, and what its packages' names tell.
func TestEntryOf(t *testing.T) {
	t.Parallel()
	text := record("acme", `domains: [acme.example]
api_hosts: ["*.acme.example", api.acme.example]
sdks: ["pkg:npm/%40acme/sdk", pkg:golang/github.com/acme/acme-go/v2, pkg:pypi/acme-sdk, pkg:maven/com.acme/acme-java, pkg:maven/com.cloud/pay, pkg:composer/acme/acme-php, pkg:nuget/Acme.net, pkg:gem/acme-ruby]
detect: {env_names: [ACME_*], script_hosts: [js.acme.example], imports: ["java:com.acme", "php:Acme\\SDK", "python:acme"]}
`)
	got, err := detect.Embedded(fstest.MapFS{"vendors/acme.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	want := []detect.Entry{{
		ID: "acme", API: []string{"*.acme.example", "api.acme.example"}, Brand: []string{"acme.example"}, Script: []string{"js.acme.example"},
		Packages: []string{
			"composer/acme/acme-php", "gem/acme-ruby", "golang/github.com/acme/acme-go", "maven/com.acme/acme-java", "maven/com.cloud/pay", "npm/@acme/sdk",
			"nuget/acme.net", "pypi/acme-sdk",
		},
		Imports: []string{
			"+csharp:acme", "+go:github.com/acme/acme-go", "+js:@acme/sdk", "+php:acme", "+python:acme_sdk", "+ruby:acme", "+ruby:acme-ruby", "+ruby:acme/ruby",
			"java:com.acme", `php:acme\sdk`, "python:acme",
		},
		Env: []string{"ACME_*"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Embedded (-want +got):\n%s", diff)
	}
}

// Entries of one id add up; the later of two ids has what both claim; a derived name that two would have is nobody's.
func TestCompile(t *testing.T) {
	t.Parallel()
	c := detect.Compile([]detect.Entry{
		{ID: "a", API: []string{"api.a.io", "api.shared.io"}, Imports: []string{"+js:both", "+js:said"}, Env: []string{"A_*", "LONG_*"}},
		{ID: "b", API: []string{"api.b.io", "api.shared.io"}, Imports: []string{"+js:both", "js:said"}, Env: []string{"LONG_NAME_*"}},
		{ID: "a", API: []string{"gateway.internal.corporation"}, Packages: []string{"npm/a"}},
	})
	tree := memory{
		"a.js":         "x('https://api.a.io'); x('https://api.b.io')\nx('https://gateway.internal.corporation/v1')\n",
		"b.js":         "import 'both'\nimport 'said'\nx('https://api.shared.io')\n",
		"c.js":         "process.env.LONG_NAME_KEY; process.env.LONG_KEY; process.env.LONG_NAMED_KEY\n",
		"package.json": `{"dependencies": {"a": "1"}}`,
	}
	result, err := detect.Scan(tree.fs(), c, detect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := `a confirmed
  a.js:1:12: confirmed host "api.a.io"
  a.js:2:12: confirmed host "gateway.internal.corporation"
  c.js:1:40: likely env "LONG_KEY"
  c.js:1:62: likely env "LONG_NAMED_KEY"
  package.json:1:20: likely package "a"
b confirmed
  a.js:1:35: confirmed host "api.b.io"
  b.js:2:9: confirmed import "said"
  b.js:3:12: confirmed host "api.shared.io"
  c.js:1:13: likely env "LONG_NAME_KEY"
`
	if diff := cmp.Diff(want, describe(result)); diff != "" {
		t.Errorf("Scan (-want +got):\n%s", diff)
	}
}
