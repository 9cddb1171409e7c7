package detect_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/detect"
)

// A vendor is recognised by the names in its record.
func TestEntryOf(t *testing.T) {
	t.Parallel()
	text := record("acme", `domains: [acme.example]
api_hosts: ["*.acme.example", api.acme.example]
sdks: ["pkg:npm/%40acme/sdk", pkg:pypi/acme-sdk]
detect: {env_names: [ACME_*], script_hosts: [js.acme.example], imports: ["java:com.acme", "php:Acme\\SDK", "python:acme"]}
`)
	got, err := detect.Embedded(fstest.MapFS{"vendors/acme.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	want := []detect.Entry{{
		ID: "acme", API: []string{"*.acme.example", "api.acme.example"}, Brand: []string{"acme.example"}, Script: []string{"js.acme.example"},
		SDKs: []string{"pkg:npm/%40acme/sdk", "pkg:pypi/acme-sdk"}, Imports: []string{"java:com.acme", `php:Acme\SDK`, "python:acme"}, Env: []string{"ACME_*"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Embedded (-want +got):\n%s", diff)
	}
}

// Entries of one id add up; the later of two ids has what both claim; a derived name that two would have is nobody's.
func TestCompile(t *testing.T) {
	t.Parallel()
	c := detect.Compile([]detect.Entry{
		{ID: "a", API: []string{"api.a.io", "api.shared.io"}, SDKs: []string{"pkg:npm/both", "pkg:npm/said"}, Env: []string{"A_*", "LONG_*"}},
		{ID: "b", API: []string{"api.b.io", "api.shared.io"}, SDKs: []string{"pkg:npm/both"}, Imports: []string{"js:said"}, Env: []string{"LONG_NAME_*"}},
		{ID: "a", API: []string{"gateway.internal.corporation"}, SDKs: []string{"pkg:npm/a"}},
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

// The name of a package says how code imports it, in each ecosystem in its own way.
func TestDerivedImports(t *testing.T) {
	t.Parallel()
	for purl, file := range map[string][2]string{
		"pkg:npm/%40acme/sdk":                   {"a.ts", `import x from "@acme/sdk/client"`},
		"pkg:golang/github.com/acme/acme-go/v2": {"a.go", "package a\n\nimport \"github.com/acme/acme-go/v3/client\"\n"},
		"pkg:pypi/acme-sdk":                     {"a.py", "from acme_sdk import x\n"},
		"pkg:maven/com.acme/acme-java":          {"A.java", "import com.acme.Client;\n"},
		"pkg:composer/acme/acme-php":            {"a.php", "<?php\nuse Acme\\Client;\n"},
		"pkg:nuget/Acme.net":                    {"A.cs", "using Acme.Client;\n"},
		"pkg:gem/acme-ruby":                     {"a.rb", "require 'acme/ruby'\n"},
		"pkg:cargo/acme-client":                 {"a.rs", "use acme_client::Client;\n"},
		"pkg:hex/acme_client":                   {"a.ex", "alias AcmeClient.Charge\n"},
		"pkg:pub/acme_client":                   {"a.dart", "import 'package:acme_client/a.dart';\n"},
		"pkg:cocoapods/Acme":                    {"a.swift", "import Acme\n"},
	} {
		c := detect.Compile([]detect.Entry{{ID: "acme", SDKs: []string{purl}}})
		result, err := detect.Scan(memory{file[0]: file[1]}.fs(), c, detect.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Vendors) != 1 || result.Vendors[0].Confidence != detect.Confirmed {
			t.Errorf("Scan(%s) with %s: got %+v, want the vendor confirmed", file[1], purl, result.Vendors)
		}
	}
	for purl, file := range map[string][2]string{ // a group that says nothing; a vendor's name that is not the package's
		"pkg:maven/com.cloud/pay":      {"A.java", "import com.cloud.Client;\n"},
		"pkg:composer/acme/sdk":        {"a.php", "<?php\nuse Acme\\Client;\n"},
		"pkg:swift/github.com/acme/io": {"a.swift", "import io\n"},
	} {
		c := detect.Compile([]detect.Entry{{ID: "acme", SDKs: []string{purl}}})
		if result, err := detect.Scan(memory{file[0]: file[1]}.fs(), c, detect.Options{}); err != nil || len(result.Vendors) != 0 {
			t.Errorf("Scan(%s) with %s: got %+v, %v, want nothing", file[1], purl, result, err)
		}
	}
}
