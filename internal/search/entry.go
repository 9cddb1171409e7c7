package search

import (
	"slices"
	"strings"
)

// Entry lists the names that identify a vendor. Entries with the same id add up.
type Entry struct {
	ID      string
	API     []string // hosts that answer API calls; *.name means all subdomains
	Brand   []string // domains of the vendor's pages
	Script  []string // hosts of browser scripts
	SDKs    []string // packages, as purls without a version
	Imports []string // language:name, if it does not follow from the name of the package
	Env     []string // globs of environment variables

	MultiBackend []string // the SDKs that can call other vendors
	Local        []string // the SDKs that call nobody
	SelfHosted   []string // the SDKs of software that anyone may run
	Resources    []string // globs of types of resources, and of permissions
	Files        []string // globs of names of files that the service reads
	Symbols      []string // language:name, names that only users of the service write
	URLs         []string // starts of URLs without a scheme, on hosts that several vendors share

	Guarded bool // a host below its domains that looks like an API is one
}

// hasOf reports whether a list of purls has one of an ecosystem.
func hasOf(purls []string, ecosystem string) bool {
	return slices.ContainsFunc(purls, func(purl string) bool { return strings.HasPrefix(purl, "pkg:"+ecosystem+"/") })
}
