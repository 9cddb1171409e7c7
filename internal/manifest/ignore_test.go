package manifest_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/manifest"
)

// What an entry states must all apply.
func TestIgnoreCovers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		title              string
		ignore             manifest.Ignore
		vendor, name, file string
		isPackage, want    bool
	}{
		{"a host", manifest.Ignore{Host: "api.acme.example"}, "", "API.acme.example", "a.go", false, true},
		{"another host", manifest.Ignore{Host: "api.acme.example"}, "", "xapi.acme.example", "a.go", false, false},
		{"hosts below a name", manifest.Ignore{Host: "*.acme.example"}, "stripe", "a.b.acme.example", "a.go", false, true},
		{"not the name itself", manifest.Ignore{Host: "*.acme.example"}, "", "acme.example", "a.go", false, false},
		{"a glob of hosts", manifest.Ignore{Host: "acme-*.example.test"}, "", "acme-7.example.test", "a.go", false, true},
		{"a host is no package", manifest.Ignore{Host: "stripe"}, "stripe", "stripe", "go.mod", true, false},
		{"a package", manifest.Ignore{Package: "stripe"}, "stripe", "stripe", "package.json", true, true},
		{"a glob of packages", manifest.Ignore{Package: "@stripe/*"}, "stripe", "@stripe/stripe-js", "package.json", true, true},
		{"a package is no host", manifest.Ignore{Package: "stripe"}, "stripe", "stripe", "a.go", false, false},
		{"a vendor", manifest.Ignore{Vendor: "stripe"}, "stripe", "whatever", "a.go", false, true},
		{"another vendor", manifest.Ignore{Vendor: "stripe"}, "twilio", "whatever", "a.go", false, false},
		{"a vendor is not nobody", manifest.Ignore{Vendor: "stripe"}, "", "whatever", "a.go", false, false},
		{"a vendor in some files", manifest.Ignore{Vendor: "stripe", Path: "docs/**"}, "stripe", "x", "docs/a/b.md", false, true},
		{"and not in others", manifest.Ignore{Vendor: "stripe", Path: "docs/**"}, "stripe", "x", "src/docs/b.md", false, false},
	} {
		if got := c.ignore.Covers(c.vendor, c.isPackage, c.name, c.file); got != c.want {
			t.Errorf("%s: got %v, want %v", c.title, got, c.want)
		}
	}
}

// A pattern of files means what it would mean in .gitignore, and one that can match nothing is a problem.
func TestIgnorePaths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, file, hint string }{
		{"src", "src/a/b.go", ""},
		{"src/", "src/a.go", ""},
		{"./src/**", "src/a.go", ""},
		{"/src/*.go", "src/a.go", ""},
		{"./", "any/file.go", ""},
		{".", "any/file.go", ""},
		{"src/a.go", "src/a.go", ""},
		{"../src/**", "", "move the entry to a manifest above that folder"},
		{`src\a.go`, "", "write `src/a.go`"},
		{"src/./a.go", "", "write `src/a.go`"},
		{"src//a.js", "", "write `src/a.js`"},
		{"//src/a.go", "src/a.go", ""},
		{"a/../b", "", "write `b`"},
		{"!src/**", "", "list the files or folders that are meant"},
		{`..\a`, "", "write a path below the manifest's folder, such as `src/**`"},
	} {
		text := "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\nignore:\n  - {vendor: stripe, path: '" + c.path + "', reason: mock, expires: 2027-03-31}\n"
		m := manifest.Parse("vendors.yaml", "vendors.yaml", []byte(text))
		switch {
		case c.file == "" && (len(m.Problems) != 1 || len(m.Ignores) != 0 || m.Problems[0].Pos.Line != 5 || m.Problems[0].Hint != c.hint):
			t.Errorf("%q: got problems %v and entries %v, want one problem on line 5", c.path, m.Problems, m.Ignores)
		case c.file != "" && (len(m.Problems) != 0 || len(m.Ignores) != 1 || !m.Ignores[0].Covers("stripe", false, "x", c.file)):
			t.Errorf("%q does not cover %s: problems %v", c.path, c.file, m.Problems)
		}
	}
}

// A pattern that covers what anyone can register or publish is a problem, and its entry does not count.
func TestIgnoreTooBroad(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ entry, message string }{
		{`{host: "*", reason: x}`, `ignore host "*" covers domains that anyone can register`},
		{`{host: "*.com", reason: x}`, `ignore host "*.com" covers domains that anyone can register`},
		{`{vendor: stripe, host: "*.co.uk", reason: x}`, `ignore host "*.co.uk" covers domains that anyone can register`},
		{`{host: "*.github.io", reason: x}`, `ignore host "*.github.io" covers domains that anyone can register`},
		{`{host: "https://api.x.com/v1", reason: x}`, `ignore host "https://api.x.com/v1" matches no host: it is a URL`},
		{`{host: "*.x.com:443", reason: x}`, `ignore host "*.x.com:443" matches no host: hosts are compared without a port`},
		{`{host: api.x.com/x, reason: x}`, `ignore host "api.x.com/x" matches no host: a host has no path`},
		{`{host: .x.com, reason: x}`, `ignore host ".x.com" matches no host: it begins with a dot`},
		{`{host: x.com., reason: x}`, `ignore host "x.com." matches no host: it ends with a dot`},
		{`{host: " x.com", reason: x}`, `ignore host " x.com" matches no host: a host has no spaces`},
		{`{package: "github.com/**", reason: x}`, `ignore package "github.com/**" covers every package`},
		{`{package: "github.com/acme/**", reason: x}`, ""},
		{`{package: "go.acme.example/**", reason: x}`, ""},
		{`{package: "*", reason: x}`, `ignore package "*" covers every package`},
		{`{package: "@*/*", reason: x}`, `ignore package "@*/*" covers every package`},
		{`{host: "*.acme.co.uk", reason: x}`, ""},
		{`{package: "@acme/*", reason: x}`, ""},
	} {
		text := "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\nignore:\n  - " + c.entry + "\n"
		m := manifest.Parse("vendors.yaml", "vendors.yaml", []byte(text))
		switch {
		case c.message == "" && (len(m.Problems) != 0 || len(m.Ignores) != 1):
			t.Errorf("%s: got problems %v", c.entry, m.Problems)
		case c.message != "" && (len(m.Problems) != 1 || len(m.Ignores) != 0 || m.Problems[0].Message != c.message || m.Problems[0].Pos.Line != 5 || m.Problems[0].Pos.Col < 12):
			t.Errorf("%s: got problems %v and %d entries, want %q on line 5", c.entry, m.Problems, len(m.Ignores), c.message)
		}
	}
}

// What a hint says to write is accepted.
func TestIgnoreHostHints(t *testing.T) {
	t.Parallel()
	parse := func(host string) manifest.Manifest {
		return manifest.Parse("vendors.yaml", "vendors.yaml", []byte("apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\nignore:\n  - {host: '"+host+"', reason: x}\n"))
	}
	const other = "write a host, such as `api.acme.example`, or `*.acme.example` for all below a domain"
	for host, want := range map[string]string{
		"https://api.x.com/v1": "write `api.x.com`", "*.x.com:443": "write `*.x.com`", ".x.com": "write `*.x.com`", "..x.com.": "write `*.x.com`", "x.com.": "write `x.com`", "api..x.com": "write `api.x.com`",
		"x@y.com": "write `y.com`", ".com": other, "https://": other, "..": other, "/": other, "bücher.example": "write its punycode form, as in `xn--bcher-kva.example`", "x;y.com": "write `xy.com`",
		strings.Repeat("a", 64) + ".com": other, strings.Repeat("a.", 130) + "com": other,
	} {
		m := parse(host)
		if len(m.Problems) != 1 || m.Problems[0].Hint != want {
			t.Errorf("%q: got %v, want the hint %q", host, m.Problems, want)
			continue
		}
		_, after, _ := strings.Cut(want, "`")
		if written, _, _ := strings.Cut(after, "`"); len(parse(written).Problems) != 0 {
			t.Errorf("%q: the hint %q: %v", host, want, parse(written).Problems)
		}
	}
	for _, host := range []string{"api.x.com", "*.x.com", "a_b.x.com", "api-{a,b}.x.com", "[ab].x.com", "localhost", "STRIPE_KEY"} {
		if m := parse(host); len(m.Problems) != 0 {
			t.Errorf("%q: %v", host, m.Problems)
		}
	}
}
