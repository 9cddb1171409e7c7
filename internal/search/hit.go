package search

// Kind is the form in which a name was found.
type Kind int8

// The kinds of names.
const (
	HostName   Kind = iota // a dotted name, which may not be a host
	EnvName                // an environment variable
	Import                 // a statement in code
	Package                // a direct dependency
	Action                 // a step of a workflow
	Terraform              // a provider, a type of resource or a backend
	Server                 // a server in an API description, or a host that the tree's infrastructure serves
	Resource               // a type of resource in a template of infrastructure
	Permission             // of a service in the cloud
	Command                // a vendor's tool in a script
	File                   // a file that a service reads
	Symbol                 // a class, an adapter, an action or a key of settings
)

// Unknown is the vendor of an unknown host.
const Unknown = -1

// Hit is a name that was found in a file.
type Hit struct {
	Kind    Kind
	Vendor  int    // number in the catalogue, or Unknown
	At, End int    // offsets in the file
	Text    string // the name, if it differs from the text in the file

	Host     Strength // of a HostName: what it does for the vendor
	URL      bool     // of a HostName: it follows ://
	Target   bool     // of a HostName: no URL, but a value that may be a host to call
	Partial  bool     // of a HostName: labels on its left are unknown
	Constant bool     // of an Import: a constant that is named like a package, in a language without imports for packages
	Read     bool     // of an EnvName: code reads it by keys in its settings
	Dev      bool     // of a Package: a development dependency
	Indirect bool     // of a Package: an indirect dependency
	Hidden   bool     // of a Package: programs may use it without an import of its name

	Ecosystem    string // of a Package or an Import: the ecosystem of the package
	Derived      bool   // of an Import: it only resembles the name of the package; other packages may use it, too
	Short        bool   // of an Import: a record lists it, but other packages and the repository's own code may have the name, too
	Packaged     bool   // of a Short import: a dependency file can name a known package of the vendor
	MultiBackend bool   // of a Package or an Import: the package can call other vendors
	Local        bool   // of a Package or an Import: the package calls nobody
	Community    bool   // of a Package: it is somebody else's and only names the vendor
	SelfHosted   bool   // of a Package or an Import: the package calls software that anyone may run
}

// Found is the result for one file.
type Found struct {
	Hits    []Hit  // grouped by kind, hosts last
	Bare    int    // names outside URLs that look like hosts
	Problem string // what could not be searched
	Unread  string // why not all of its dependencies are known; empty if they are
	Broken  bool   // the reason is its syntax, which no package manager reads either
}

// MaxHits is the number of hits that are kept for a file. Only tables have more.
const MaxHits = 5000

// TooMany is the Problem of a file with more than MaxHits names.
const TooMany = "more than 5000 names; the rest was not searched"

// Strength is what a host does for its vendor.
type Strength int8

// The strengths of hosts.
const (
	NoHost     Strength = iota // not a vendor's
	BrandHost                  // serves the vendor's pages
	APIHost                    // answers API calls
	ScriptHost                 // serves browser scripts
	PathHost                   // answers API calls and serves pages; the path says which
)
