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
}

// hasMultiBackend reports whether a package of an ecosystem can be turned towards another vendor.
func (e *Entry) hasMultiBackend(ecosystem string) bool {
	return slices.ContainsFunc(e.MultiBackend, func(purl string) bool { return strings.HasPrefix(purl, "pkg:"+ecosystem+"/") })
}
