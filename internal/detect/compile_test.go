package detect_test

import (
	"strings"
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
detect: {multi_backend: [pkg:pypi/acme-sdk], env_names: [ACME_*], script_hosts: [js.acme.example], imports: ["java:com.acme", "php:Acme\\SDK", "python:acme"]}
`)
	got, err := detect.Embedded(fstest.MapFS{"vendors/acme.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	want := []detect.Entry{{
		ID: "acme", API: []string{"*.acme.example", "api.acme.example"}, Brand: []string{"acme.example"}, Script: []string{"js.acme.example"},
		SDKs: []string{"pkg:npm/%40acme/sdk", "pkg:pypi/acme-sdk"}, Imports: []string{"java:com.acme", `php:Acme\SDK`, "python:acme"}, Env: []string{"ACME_*"},
		MultiBackend: []string{"pkg:pypi/acme-sdk"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Embedded (-want +got):\n%s", diff)
	}
}

// Entries of one id add up; the later of two ids has what both claim; also the import that follows from it.
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
  b.js:1:9: confirmed import "both"
  b.js:2:9: confirmed import "said"
  b.js:3:12: confirmed host "api.shared.io"
  c.js:1:13: likely env "LONG_NAME_KEY"
`
	if diff := cmp.Diff(want, describe(result)); diff != "" {
		t.Errorf("Scan (-want +got):\n%s", diff)
	}
}

// The name of a package says how code imports it, in each ecosystem in its own way. Where others may have the same names, a
// manifest has to name the package, too.
func TestDerivedImports(t *testing.T) {
	t.Parallel()
	for purl, file := range map[string][]string{
		"pkg:npm/%40acme/sdk":                   {"a.ts", `import x from "@acme/sdk/client"`},
		"pkg:golang/github.com/acme/acme-go/v2": {"a.go", "package a\n\nimport \"github.com/acme/acme-go/v3/client\"\n"},
		"pkg:pypi/acme-sdk":                     {"a.py", "from acme_sdk import x\n"},
		"pkg:gem/acme-ruby":                     {"a.rb", "require 'acme/ruby'\n"},
		"pkg:cargo/acme-client":                 {"a.rs", "use acme_client::Client;\n"},
		"pkg:pub/acme_client":                   {"a.dart", "import 'package:acme_client/a.dart';\n"},
		"pkg:maven/com.acme/acme-java":          {"A.java", "import com.acme.Client;\n", "build.gradle", "implementation 'com.acme:acme-java:1.0'\n"},
		"pkg:composer/acme/acme-php":            {"a.php", "<?php\nuse Acme\\Client;\n", "composer.json", `{"require": {"acme/acme-php": "1"}}`},
		"pkg:nuget/Acme.net":                    {"A.cs", "using Acme.Client;\n", "a.csproj", `<Project><ItemGroup><PackageReference Include="Acme.net" /></ItemGroup></Project>`},
		"pkg:hex/acme_client":                   {"a.ex", "alias AcmeClient.Charge\n", "mix.exs", "{:acme_client, \"~> 1.0\"}\n"},
		"pkg:swift/github.com/acme/Acme":        {"a.swift", "import Acme\n", "Package.swift", `.package(url: "https://github.com/acme/Acme", from: "1.0.0")`},
	} {
		sdks := []string{purl}
		if strings.HasPrefix(purl, "pkg:swift/") {
			sdks = append(sdks, "pkg:cocoapods/Acme")
		}
		c := detect.Compile([]detect.Entry{{ID: "acme", SDKs: sdks}})
		want := detect.Confirmed
		for end := len(file); end > 0; end -= 2 {
			tree := memory{}
			for i := 0; i < end; i += 2 {
				tree[file[i]] = file[i+1]
			}
			result, err := detect.Scan(tree.fs(), c, detect.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(result.Vendors) != 1 || result.Vendors[0].Confidence != want {
				t.Errorf("Scan(%v) with %s: got %+v, want the vendor %s", tree, purl, result.Vendors, want)
			}
			want = detect.Hint // without the manifest
		}
	}
}

// No name is derived from a group that says nothing, from a community's namespace, or from a common word.
func TestNotDerived(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ id, purl, file, text string }{
		{"acme", "pkg:maven/com.cloud/pay", "A.java", "import com.cloud.Client;\n"},
		{"acme", "pkg:composer/acme/sdk", "a.php", "<?php\nuse Acme\\Client;\n"},
		{"acme", "pkg:swift/github.com/acme/io", "a.swift", "import io\n"},
		{"aws-lambda", "pkg:maven/org.springframework.cloud/spring-cloud-function-adapter-aws", "A.java", "import org.springframework.cloud.client.Discovery;\n"},
		{"aws-lambda", "pkg:maven/io.quarkus/quarkus-amazon-lambda", "A.kt", "import io.quarkus.runtime.Startup\n"},
		{"github", "pkg:maven/com.jcabi/jcabi-github", "A.java", "import com.jcabi.aspects.Tv;\n"},
		{"elastic-cloud", "pkg:maven/org.example.cloud/cloud-client", "A.java", "import org.example.cloud.Client;\n"},
		{"checkout-com", "pkg:composer/checkout/checkout-sdk-php", "a.php", "<?php\nuse Checkout\\Order;\n"},
		{"segment", "pkg:cocoapods/Analytics", "a.swift", "import Analytics\n"},
		{"segment", "pkg:nuget/Analytics", "A.cs", "using Analytics.Events;\n"},
		{"segment", "pkg:hex/segment", "a.ex", "alias Segment.Part\n"},
	} {
		c := detect.Compile([]detect.Entry{{ID: x.id, SDKs: []string{x.purl}}})
		if result, err := detect.Scan(memory{x.file: x.text}.fs(), c, detect.Options{}); err != nil || len(result.Vendors) != 0 {
			t.Errorf("Scan(%s) with %s: got %+v, %v, want nothing", x.text, x.purl, result, err)
		}
	}
	own := detect.Compile([]detect.Entry{{ID: "pay", Brand: []string{"pay.example"}, SDKs: []string{"pkg:maven/example.pay/pay-java"}}})
	tree := memory{"A.java": "import example.pay.Client;\n", "build.gradle": "implementation 'example.pay:pay-java:1.0'\n"}
	if result, err := detect.Scan(tree.fs(), own, detect.Options{}); err != nil || len(result.Vendors) != 1 || result.Vendors[0].Confidence != detect.Confirmed {
		t.Errorf("Scan(%v): got %+v, %v, want the vendor whose domain the namespace is", tree, result, err)
	}
}
