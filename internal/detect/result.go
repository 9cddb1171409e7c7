package detect

import (
	"github.com/vendorgate/vendorgate/internal/search"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// Confidence says how sure it is that a repository uses a vendor.
type Confidence int8

// The levels. Hint never fails a check; Likely and Confirmed are uses.
const (
	None Confidence = iota
	Hint
	Likely
	Confirmed
)

// String is the level in a word.
func (c Confidence) String() string {
	return [...]string{"none", "hint", "likely", "confirmed"}[c]
}

// Kind is what a piece of evidence is.
type Kind string

// The kinds of evidence.
const (
	KindHost      Kind = "host"      // a host that answers API calls
	KindScript    Kind = "script"    // a host of browser scripts
	KindPage      Kind = "page"      // a domain of the vendor's pages
	KindEnv       Kind = "env"       // name of an environment variable that holds a credential
	KindSecret    Kind = "secret"    // name of a secret in a workflow
	KindPackage   Kind = "package"   // direct dependency
	KindImport    Kind = "import"    // statement in code
	KindAction    Kind = "action"    // step of a workflow
	KindTerraform Kind = "terraform" // provider
	KindOpenAPI   Kind = "openapi"   // server in an API description
)

// Evidence is one trace. Text, File and Context come out of the repository: hostile text, not escaped here.
type Evidence struct {
	Kind       Kind
	Confidence Confidence
	File       string
	Line, Col  int    // from 1; Col counts characters
	Text       string // the name that was found, clipped; never a path or a value, which may be secret
	Context    string // why it counts for less than its kind would: "comments", "tests"; empty if it does not
}

// Vendor is what was found of one vendor.
type Vendor struct {
	ID         string
	Confidence Confidence
	Evidence   []Evidence     // best first, at most MaxShown
	Counts     map[Kind]int   // of all traces
	Lowered    map[string]int // of the traces that count for less, by Context
}

// MaxShown is the number of places that are kept of a vendor.
const MaxShown = 5

// UnknownHost is a domain of no vendor in the catalogue that code seems to call.
type UnknownHost struct {
	Domain    string // as one registers it: example.co.uk
	Host      string // at the first place
	File      string
	Line, Col int
	Count     int
	Why       string // what speaks for an API
}

// FirstParty is a domain that an API description of the repository itself is served on.
type FirstParty struct {
	Domain string
	File   string
	Line   int
}

// Skipped is a path that was not searched, or not to its end.
type Skipped = worktree.Skipped

// Result is what a scan found. All lists are sorted: Vendors by id, UnknownHosts and FirstParty by domain, Skipped by
// path.
type Result struct {
	Vendors      []Vendor
	UnknownHosts []UnknownHost
	FirstParty   []FirstParty
	Skipped      []Skipped
	Files        int   // scanned
	Bytes        int64 // of them
}

// MaxFile is the size in bytes above which a file is not searched.
const MaxFile = search.MaxFile

// Unread begins the reason of a path that could not be read although it should be searched: what it holds is not known.
const Unread = worktree.Unread
