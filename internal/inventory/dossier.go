package inventory

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/control"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Dossier is what a registry proves: what was asked about each vendor, what the record says, and the evidence for it.
type Dossier struct {
	Policy  PolicySource
	Vendors []VendorProof // by id; those that could not be read are in Unjudged
}

// Source is a file, with the SHA-256 of its bytes.
type Source struct{ Name, SHA256 string }

// PolicySource says which policy was applied.
type PolicySource struct {
	Source            // the policy of the registry; empty if a run names only built-in ones
	Extends  []Source // the built-in policies that it extends
	Off      []string // rules about records that it asks at no tier
	TimeZone string   // in which its days end
}

// VendorProof is what was asked about one vendor.
type VendorProof struct {
	Record   // its row in the overview
	File     Source
	Decision Decision
	Demands  []Demand // rules by id, then requirements in the policy's order
	Evidence []Paper  // in the order of the record
	Facts    Facts
}

// Decision is who decided about a vendor, and when.
type Decision struct {
	RequestedBy string
	By          []Approver
	On          scalar.Date
	DecisionRef string
}

// Approver is somebody who approved a vendor or a waiver.
type Approver struct{ User, Role, Team string }

// String returns an approver as tables show it.
func (a Approver) String() string {
	out := a.User
	if a.Role != "" {
		out += " (" + a.Role + ")"
	}
	if a.Team != "" {
		out += " for " + a.Team
	}
	return out
}

// Demand is a rule or requirement, and its outcome for a vendor.
type Demand struct {
	Rule     string
	Policy   bool // a requirement of the policy, and not a structural rule
	Title    string
	Asked    []string // what the policy accepts; none if it was not asked
	Severity string   // at the tier of the vendor; empty if it was not asked
	Controls []control.ID
	Found    []Value
	Outcome  diag.Outcome
	Why      []string // what fails, what is unknown, or why it was not asked; what comes near its last day
	Waivers  []Excuse // that cover it, in all or some repositories
	Evidence []string // ids of the papers that support what was found
}

// Value is an attribute of a record with its value.
type Value struct{ Path, Text string }

// Excuse is a waiver of a failure.
type Excuse struct {
	ID    string
	File  Source
	By    []Approver
	From  scalar.Date
	Until scalar.Date
	Use   string // name of the only use that it covers; empty if it covers all of them
	Repos []string
	Whole bool // it covers all uses in every repository that the record permits
}

// Paper is a piece of evidence.
type Paper struct {
	ID, Type                 string
	Level                    string // the assurance that it can give: no more than its type and what is recorded about it allow
	Stated                   string // what the record states, if that is more
	Counts                   bool   // it is valid today
	Address, File, SHA256    string // File is a copy in the registry, relative to it
	Access, TLP              string
	Issued, Received, Expire scalar.Date
	Supports                 []string
}

// where returns the address of a piece of evidence, or else its file in the registry.
func (e *Paper) where() string { return cmp.Or(e.Address, e.File) }

// Facts are the values of a record by the path of the attribute. An attribute that is absent or unknown has none.
type Facts map[string][]string

// One returns the only value of an attribute; empty if there is none.
func (f Facts) One(path string) string {
	if len(f[path]) != 1 {
		return ""
	}
	return f[path][0]
}

// of returns what was asked about a vendor; nil if nothing was.
func (d *Dossier) of(id string) *VendorProof {
	if at := slices.IndexFunc(d.Vendors, func(p VendorProof) bool { return p.ID == id }); at >= 0 {
		return &d.Vendors[at]
	}
	return nil
}

// Results counts the outcomes of a vendor.
func (p *VendorProof) Results() map[diag.Outcome]int {
	out := map[diag.Outcome]int{}
	for i := range p.Demands {
		out[p.Demands[i].Outcome]++
	}
	return out
}

// open counts what fails or is unknown.
func (p *VendorProof) open() int {
	results := p.Results()
	return results[diag.Failed] + results[diag.Unknown]
}

// placeless returns the inventory as its evidence shows it. Files are named by their paths in the registry, and a directory has no name, so that
// the same files give the same bytes wherever they are and however their place is written.
func (v *Inventory) placeless() *Inventory {
	out := *v
	out.Unjudged = slices.Clone(v.Unjudged)
	for i := range out.Unjudged {
		out.Unjudged[i].Target = strings.TrimPrefix(out.Unjudged[i].Target, v.Origin+"/")
	}
	if v.Local {
		out.Origin = "local directory"
	}
	return &out
}

// dossier returns what the registry proves, sorted.
func (v *Inventory) dossier() Dossier {
	if v.Prove == nil {
		return Dossier{}
	}
	d := v.Prove()
	slices.SortFunc(d.Vendors, func(a, b VendorProof) int { return cmp.Compare(a.ID, b.ID) })
	return d
}

// outcomes lists the outcomes as reports order them.
func outcomes() []diag.Outcome {
	return []diag.Outcome{diag.Failed, diag.Unknown, diag.Excused, diag.Passed, diag.NotAsked}
}
