// Package inventory renders a whole registry as documents: an overview, a calendar, a forecast. It does not evaluate
// rules or read records; package survey fills in an Inventory.
//
// # Why
//
// It is separate from package report, which is about the findings of one repository. Commands and rules both need the
// model, so it is in a layer below them.
package inventory

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Inventory is everything that a report on a registry depends on.
type Inventory struct {
	Version  string      // of vendorgate
	Origin   string      // of the registry: a directory, a repository
	Local    bool        // the registry is a directory, whose name says where it is and not what it is
	Files    string      // what the address of a file of the registry begins with: a folder, or the URL of a commit; empty if unknown
	Revision string      // of the registry: a commit or a digest
	Policy   string      // id of the policy in force
	AsOf     time.Time   // the instant that days were compared with
	Day      scalar.Date // on which it falls in the policy's zone
	Records  []Record    // by id; also those that were not judged
	Lapses   []Lapse     // by last day
	Coverage []Coverage  // of the rules by id, then of the requirements in the policy's order
	Unjudged []diag.Gap  // records and waivers that could not be read
	Notes    []Note      // what its keepers should know

	Prove func() Dossier // what the records prove; it takes as long as all the rest, so it is only called by the formats that need it
}

// Note is something that no rule finds, and that becomes a problem later.
type Note struct{ Message, Hint string }

// Statuses of a record besides those that a record can have.
const (
	Unreviewed = "unreviewed" // an identity without a decision
	NotJudged  = "not judged" // it could not be read
)

// Record is one line of the inventory.
type Record struct {
	ID, Name, Category string
	Status             string
	Tier               int         // effective one of the widest use that the scope allows, 1 to 4; 0 if unknown
	Recorded           int         // tier that the record states (risk.tier); 0 if it states none
	Owners             []string    // who approved it, as: a.ferreira (security-architect)
	Through            scalar.Date // last day of the approval; zero if there is none
	Review             scalar.Date // last day for the next review; zero if there is none
	Evidence           Evidence

	Environments, DataClasses, Repositories []string // that the scope permits
}

// usable are the statuses that permit a use.
func usable() []string { return []string{"approved", "conditional", "pilot", "deprecated"} }

// lapsed says what is over of an approval: approval, review; empty if nothing is, or if the status permits no use.
func (v *Inventory) lapsed(r *Record) string {
	over := func(d scalar.Date) bool { return !d.IsZero() && d.Before(v.Day) }
	switch {
	case !slices.Contains(usable(), r.Status):
		return ""
	case over(r.Through):
		return "expired"
	case r.Through.IsZero() && r.Status != "pilot":
		return "no valid approval"
	case over(r.Review):
		return "review overdue"
	default:
		return ""
	}
}

// standing says what a reader must know beside the status of a record; empty if there is nothing. p may be nil.
func (v *Inventory) standing(r *Record, p *VendorProof) string {
	var parts []string
	if over := v.lapsed(r); over != "" {
		parts = append(parts, over)
	}
	if p != nil {
		results := p.Results()
		for _, o := range []diag.Outcome{diag.Failed, diag.Unknown, diag.Excused} {
			if n := results[o]; n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", n, resultWord(o)))
			}
		}
	}
	return strings.Join(parts, ", ")
}

// overdue counts what is over of a record, besides its waivers.
func (v *Inventory) overdue(id string) int {
	n := 0
	for i := range v.Lapses {
		if l := &v.Lapses[i]; l.Vendor == id && l.Past && l.Kind != Waiver {
			n++
		}
	}
	return n
}

// Evidence says how recent a record's evidence is, for what the policy requires and what ages.
type Evidence struct {
	Fresh, Stale int
	Next         scalar.Date // first last day of what is fresh; zero if nothing is
}

// Kind is the type of an expiry.
type Kind string

// The kinds of expiries.
const (
	Approval     Kind = "approval"
	Review       Kind = "review"
	Condition    Kind = "condition"
	Sunset       Kind = "sunset" // of a vendor or of a version of an API
	Pilot        Kind = "pilot"
	Contract     Kind = "contract"
	Notice       Kind = "notice" // last day to leave a contract that renews itself
	Assessment   Kind = "assessment"
	Certificate  Kind = "certificate"
	Pentest      Kind = "pentest"
	Document     Kind = "evidence"
	Exercise     Kind = "exercise" // a drill or test of our own
	Subprocessor Kind = "sub-processors"
	Fix          Kind = "fix"         // of findings that an assessment left open
	Secret       Kind = "secret"      // of our own
	Requirement  Kind = "requirement" // of the policy, on a date of the record
	Waiver       Kind = "waiver"
)

// Kinds lists the kinds, decisions first.
func Kinds() []Kind {
	return []Kind{Approval, Review, Condition, Sunset, Pilot, Contract, Notice, Assessment, Certificate, Pentest, Document, Exercise, Subprocessor, Fix, Secret, Requirement, Waiver}
}

// evidence reports whether a kind is evidence that ages.
func (k Kind) evidence() bool {
	return slices.Contains([]Kind{Assessment, Certificate, Pentest, Document, Exercise, Subprocessor}, k)
}

// Lapse is a last valid day that the policy requires.
type Lapse struct {
	Vendor string // its id
	Name   string // its name
	Kind   Kind
	Rule   string      // rule or requirement that asks for it
	Item   string      // which of several: the id of a condition, of evidence, of a waiver; may be empty
	What   string      // what lapses, in words, as the subject of a sentence
	Last   scalar.Date // last valid day
	Past   bool        // that day is over
	Days   int         // calendar days until it; negative when it is over
	Warn   int         // days before it on which the policy announces it
	Who    string      // who acts
	Do     string      // what to do, as a sentence
	File   string      // where it is recorded
}

// Coverage counts the results of all records for one rule or requirement.
type Coverage struct {
	Rule, Title                   string
	Pass, Fail, Unknown, NotAsked int
	FailIn, UnknownIn             []string // ids of the records behind the counts
}

// shownIDs is how many records a cell or line names.
const shownIDs = 10

// Where names the records behind the counts that are not good, as: fails in a, b; unknown in c. It is empty if there are none.
func (c Coverage) Where() string {
	var out []string
	for _, part := range []struct {
		word string
		ids  []string
	}{{"fails in ", c.FailIn}, {"unknown in ", c.UnknownIn}} {
		if n := len(part.ids); n > shownIDs {
			out = append(out, fmt.Sprintf("%s%s and %d more", part.word, strings.Join(part.ids[:shownIDs], ", "), n-shownIDs))
		} else if n > 0 {
			out = append(out, part.word+strings.Join(part.ids, ", "))
		}
	}
	return strings.Join(out, "; ")
}

// Arrange sorts everything and counts the evidence of each record.
func (v *Inventory) Arrange() {
	slices.SortFunc(v.Records, func(a, b Record) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(v.Lapses, func(a, b Lapse) int {
		return cmp.Or(a.Last.Compare(b.Last), cmp.Compare(a.Vendor, b.Vendor), cmp.Compare(slices.Index(Kinds(), a.Kind), slices.Index(Kinds(), b.Kind)),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Item, b.Item))
	})
	slices.SortFunc(v.Unjudged, func(a, b diag.Gap) int { return cmp.Compare(a.Target, b.Target) })
	rows := map[string]*Record{}
	for i := range v.Records {
		v.Records[i].Evidence = Evidence{}
		rows[v.Records[i].ID] = &v.Records[i]
	}
	for _, l := range v.Lapses {
		row := rows[l.Vendor]
		switch {
		case row == nil || !l.Kind.evidence():
		case l.Past:
			row.Evidence.Stale++
		default:
			if row.Evidence.Fresh++; row.Evidence.Next.IsZero() {
				row.Evidence.Next = l.Last
			}
		}
	}
}

// Window is a group of expiries by how soon they come.
type Window struct {
	Title  string
	Lapses []Lapse
}

// Windows returns the past expiries, and those within 30, 60 and 90 days. Each expiry is in one window.
func (v *Inventory) Windows() []Window {
	out := []Window{{Title: "Overdue"}, {Title: "Within 30 days"}, {Title: "In 31 to 60 days"}, {Title: "In 61 to 90 days"}}
	for _, l := range v.Lapses {
		i := 0
		switch {
		case l.Past:
		case l.Days <= 30:
			i = 1
		case l.Days <= 60:
			i = 2
		case l.Days <= 90:
			i = 3
		default:
			continue
		}
		out[i].Lapses = append(out[i].Lapses, l)
	}
	return out
}
