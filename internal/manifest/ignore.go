package manifest

import (
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Ignore is an entry that says that a match in the source tree is not a use of a vendor. All of its conditions must
// apply.
type Ignore struct {
	Pos     diag.Pos
	Vendor  string // id; empty for any, and for hosts of no vendor
	Host    string // or a glob of hosts; empty for any
	Package string // or a glob of packages; empty for any
	Path    string // glob of files, below the manifest's folder; empty for all
	Reason  string
	Own     bool                 // it is a host of first_party, and covers no known vendor
	Expires diag.At[scalar.Date] // last day on which it counts; zero for ever, which known vendors do not allow
}

// Same reports whether two entries say the same, whatever their reasons.
func (i *Ignore) Same(other *Ignore) bool {
	return i.Vendor == other.Vendor && i.Host == other.Host && i.Package == other.Package && i.Path == other.Path && i.Own == other.Own && i.Expires.Value == other.Expires.Value
}

// What names what the entry covers, without its files.
func (i *Ignore) What() string {
	return strings.Join(slices.DeleteFunc([]string{i.Vendor, i.Host, i.Package}, func(s string) bool { return s == "" }), " ")
}

// validGlob reports whether a text is a valid glob, or none.
func validGlob(text string) bool { return doublestar.ValidatePattern(text) }

// Covers reports whether the entry applies to a match: its package, or else its host or other name, its vendor or none,
// and its file, below the manifest's folder.
func (i *Ignore) Covers(vendor string, isPackage bool, name, file string) bool {
	switch {
	case i.Own && vendor != "",
		i.Vendor != "" && i.Vendor != vendor,
		i.Path != "" && !doublestar.MatchUnvalidated(i.Path, file) && !doublestar.MatchUnvalidated(i.Path+"/**", file),
		i.Package != "" && (!isPackage || !doublestar.MatchUnvalidated(i.Package, name)),
		i.Host != "" && (isPackage || !sameHost(i.Host, strings.ToLower(name))):
		return false
	}
	return true
}

// sameHost compares a host with a glob: *.name matches all hosts below a name.
func sameHost(glob, host string) bool {
	glob = strings.ToLower(glob)
	return glob == host || scalar.HostMatches(glob, host) || strings.ContainsAny(glob, "*?{[") && doublestar.MatchUnvalidated(glob, host)
}
