package search

import (
	"bytes"
	"regexp"
	"strings"
)

// providerSource and providerBlock match the names of providers in Terraform.
func providerSource() *regexp.Regexp { return regexp.MustCompile(`\bsource\s*=\s*"([\w.\-/]+)"`) }

func providerBlock() *regexp.Regexp { return regexp.MustCompile(`(?m)^\s*provider\s+"([\w\-]+)"\s*\{`) }

// terraform finds providers. A vendor's provider has the vendor's id as its name, or is one of its packages.
func (f *finder) terraform() {
	add := func(m []int) {
		name := strings.ToLower(string(f.data[m[2]:m[3]]))
		found, ok := f.c.packageOf("terraform", name)
		vendor := int(found.vendor)
		if parts := strings.Split(name, "/"); !ok && len(parts) <= 3 {
			vendor, ok = f.c.idOf(parts[len(parts)-1])
		}
		if ok {
			f.add(Hit{Kind: Terraform, Vendor: vendor, At: m[2], End: m[3]})
		}
	}
	required := bytes.Index(f.data, []byte("required_providers"))
	for _, m := range providerSource().FindAllSubmatchIndex(f.data, -1) {
		if required >= 0 && m[0] > required && bytes.IndexByte(f.data[m[0]:m[3]], '.') < 0 { // ./x is a module
			add(m)
		}
	}
	for _, m := range providerBlock().FindAllSubmatchIndex(f.data, -1) {
		add(m)
	}
}
