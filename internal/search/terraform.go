package search

import (
	"bytes"
	"regexp"
	"strings"
)

// providerSource and providerBlock match the names of providers in Terraform.
func providerSource() *regexp.Regexp { return regexp.MustCompile(`\bsource"?\s*[=:]\s*"([\w.\-/]+)"`) }

func providerBlock() *regexp.Regexp { return regexp.MustCompile(`(?m)^\s*provider\s+"([\w\-]+)"\s*\{`) }

// providerInJSON matches the first provider of a configuration in JSON.
func providerInJSON() *regexp.Regexp {
	return regexp.MustCompile(`"provider"[ \t]*:[ \t\r\n]*\[?[ \t\r\n]*\{[ \t\r\n]*"([\w\-]+)"`)
}

// terraform finds providers. A vendor's provider has the vendor's id as its name, or is one of its packages.
func (f *finder) terraform() {
	add := func(m []int) {
		if vendor, ok := f.c.providerOf(strings.ToLower(string(f.data[m[2]:m[3]]))); ok {
			f.add(Hit{Kind: Terraform, Vendor: vendor, At: m[2], End: m[3]})
		}
	}
	required := bytes.Index(f.data, []byte("required_providers"))
	for _, m := range providerSource().FindAllSubmatchIndex(f.data, -1) {
		if required >= 0 && m[0] > required && bytes.IndexByte(f.data[m[0]:m[3]], '.') < 0 { // ./x is a module
			add(m)
		}
	}
	if strings.HasSuffix(f.name, ".json") {
		for _, m := range providerInJSON().FindAllSubmatchIndex(f.data, -1) {
			add(m)
		}
	}
	for _, m := range providerBlock().FindAllSubmatchIndex(f.data, -1) {
		add(m)
	}
}
