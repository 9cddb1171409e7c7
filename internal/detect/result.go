package detect

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/search"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// Confidence is how certain it is that a repository uses a vendor.
type Confidence int8

// The levels. Hint never fails a check; Likely and Confirmed are uses.
const (
	None Confidence = iota
	Hint
	Likely
	Confirmed
)

// String returns the level as a word.
func (c Confidence) String() string {
	return [...]string{"none", "hint", "likely", "confirmed"}[c]
}

// Kind is what a sighting is.
type Kind string

// The kinds of sightings.
const (
	KindHost      Kind = "host"      // a host that answers API calls
	KindScript    Kind = "script"    // a host of browser scripts
	KindPage      Kind = "page"      // a domain of the vendor's pages
	KindEnv       Kind = "env"       // name of an environment variable that holds a credential
	KindSecret    Kind = "secret"    // name of a secret in a workflow
	KindPackage   Kind = "package"   // direct dependency
	KindImport    Kind = "import"    // statement in code
	KindAction    Kind = "action"    // step of a workflow
	KindTerraform Kind = "terraform" // provider, type of resource or backend
	KindOpenAPI   Kind = "openapi"   // server in an API description

	KindResource   Kind = "resource"   // type of resource in a template of infrastructure
	KindPermission Kind = "permission" // of a service in the cloud
	KindCommand    Kind = "command"    // tool of the vendor in a script

	KindFile   Kind = "file"   // file that the service reads
	KindSymbol Kind = "symbol" // class, adapter, action or key of settings
)

// Sighting is one place that suggests that the repository uses a vendor. Text, File and Context come from the repository and are
// not escaped here.
type Sighting struct {
	Kind       Kind
	Confidence Confidence
	File       string
	Line, Col  int    // from 1; Col counts characters
	Text       string // the name that was found, clipped; never a path or a value, which may be secret
	Context    string // why it has a lower confidence than others of its kind, such as "comments" or "tests"; may be empty
}

// Vendor is the result for one vendor.
type Vendor struct {
	ID         string
	Confidence Confidence
	Sightings  []Sighting     // best first, at most MaxShown
	Names      []Sighting     // the first of the most certain places of each host, package and credential, at most MaxNames, by kind and name
	Counts     map[Kind]int   // of all sightings
	Lowered    map[string]int // of the sightings with a lower confidence, by Context
	Files      []string       // with a likely or confirmed sighting, in the order of the tree; all files if none has one
}

// Hints returns how many vendors have only hints, and where: "3 hints (2 in tests, 1 in docs)". It is empty if none has.
func Hints(vendors []Vendor) string {
	all, classes := 0, map[string]int{}
	for _, v := range vendors {
		if v.Confidence == Hint {
			all++
			classes[v.Sightings[0].Context]++
		}
	}
	if all == 0 {
		return ""
	}
	names := slices.SortedFunc(maps.Keys(classes), func(a, b string) int {
		return cmp.Or(cmp.Compare(classes[b], classes[a]), cmp.Compare(a, b))
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%d in %s", classes[name], name)
	}
	return fmt.Sprintf("%s (%s)", diag.Count(all, "hint"), strings.Join(names, ", "))
}

// MaxShown is the number of sightings that are kept for a vendor.
const MaxShown = 5

// MaxNames is the number of names that are kept for a vendor.
const MaxNames = 200

// UnknownHost is a domain that code seems to call and that belongs to no vendor in the catalogue.
type UnknownHost struct {
	Domain    string // the registrable domain, such as example.co.uk
	Host      string // the first host that was found
	File      string
	Line, Col int
	Count     int
	Why       string        // why it looks like an API
	Others    []UnknownHost // the first of each other file
}

// FirstParty is a domain of the repository's owner, according to its API description, its infrastructure, or what it lets call it.
type FirstParty struct {
	Domain string
	File   string
	Line   int
}

// Skipped is a path that was not searched, or not completely.
type Skipped = worktree.Skipped

// Result is what a scan found. All lists are sorted: Vendors and Undeclared by id, UnknownHosts and FirstParty by domain, Skipped by
// path.
type Result struct {
	Vendors      []Vendor
	Undeclared   []Vendor // what the files say in which the vendor is not declared
	UnknownHosts []UnknownHost
	FirstParty   []FirstParty
	Skipped      []Skipped
	Files        int   // scanned
	Bytes        int64 // of the scanned files
}

// Options of a scan. The zero value has the defaults.
type Options struct {
	Strict bool // report vendors with only hints as likely

	Listed   func() (worktree.Listing, error) // the files of the tree; nil to list them now
	Exclude  func(file string) bool           // reports whether to leave a file out; nil for none
	Declared func(vendor, file string) bool   // reports whether a manifest declares a vendor for a file; nil if there is none
	Progress func(done, total int)            // called concurrently for each file; may be nil
	Before   func(file string) Earlier        // returns a file as it was before a change; nil if there is none
	// Ignore reports whether to ignore a name of a vendor in a file. An empty vendor means an unknown host. Ignore is called
	// concurrently. Nil ignores nothing.
	Ignore func(vendor string, kind Kind, name, file string) bool
}

// Earlier is a file before a change.
type Earlier struct {
	Changed bool   // the change touched it
	There   bool   // it existed
	Data    []byte // if it was changed and existed
}

// MaxFile is the size in bytes above which a file is not searched.
const MaxFile = search.MaxFile

// Binary is the reason for not searching a file that is not text.
const Binary = search.Binary

// Cut reports whether a path was not searched, or not completely, because of a limit on a single file. Other reasons, such as a
// binary file or a link, mean that there is no text to search.
func Cut(s Skipped) bool { return s.Reason == search.TooLarge || s.Reason == search.TooMany }

// Uninstalled starts the reason of a dependency file that could not be read and that no package manager installs here.
const Uninstalled = "not read: "

// Unread starts the reason of a path that should be searched but could not be read.
const Unread = worktree.Unread
