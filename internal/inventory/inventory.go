// Package inventory renders what is known about a whole registry: an overview, a calendar and a forecast.
// It runs no rules and reads no records: package survey fills in an Inventory, and the documents depend on nothing else.
//
// # Why
//
// Package report renders the findings of one repository, so it does not fit here. Package rules needs the kinds of lapses, so this
// package is below it.
package inventory

import (
	"cmp"
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Inventory is everything that a report on a registry depends on.
type Inventory struct {
	Version  string      // of vendorgate
	Origin   string      // of the registry: a directory, a repository
	Revision string      // of the registry: a commit or a digest
	Policy   string      // id of the policy in force
	AsOf     time.Time   // the instant of the report
	Day      scalar.Date // its day in the time zone of the policy
	Records  []Record    // by id, including those that could not be judged
	Lapses   []Lapse     // by last day
	Coverage []Coverage  // rules by id, then requirements in the order of the policy
	Unjudged []diag.Gap  // records and waivers that could not be read
}

// Statuses besides those that a record can have.
const (
	Unreviewed = "unreviewed" // the record has no decision
	NotJudged  = "not judged" // it could not be read
)

// Record is one line of the inventory.
type Record struct {
	ID, Name, Category string
	Status             string
	Tier               int         // effective tier of the widest use that the scope allows, 1 to 4; 0 if unknown
	Owners             []string    // approvers, such as: a.ferreira (security-architect)
	Through            scalar.Date // last day of the approval; zero if there is none
	Review             scalar.Date // last day for the next review; zero if there is none
	Evidence           Evidence
}

// Evidence counts the evidence of a record that the policy requires and that can expire.
type Evidence struct {
	Fresh, Stale int
	Next         scalar.Date // earliest last day of fresh evidence; zero if there is none
}

// Kind is the kind of a lapse.
type Kind string

// The kinds of lapses.
const (
	Approval     Kind = "approval"
	Review       Kind = "review"
	Condition    Kind = "condition"
	Sunset       Kind = "sunset" // of a vendor or of a version of an API
	Pilot        Kind = "pilot"
	Contract     Kind = "contract"
	Notice       Kind = "notice" // last day to give notice for a contract that renews automatically
	Assessment   Kind = "assessment"
	Certificate  Kind = "certificate"
	Pentest      Kind = "pentest"
	Document     Kind = "evidence"
	Exercise     Kind = "exercise" // a drill or test of the organisation
	Subprocessor Kind = "sub-processors"
	Fix          Kind = "fix"         // of findings that an assessment left open
	Secret       Kind = "secret"      // of the organisation
	Requirement  Kind = "requirement" // of the policy, about a date in the record
	Waiver       Kind = "waiver"
)

// Kinds lists the kinds, decisions first.
func Kinds() []Kind {
	return []Kind{Approval, Review, Condition, Sunset, Pilot, Contract, Notice, Assessment, Certificate, Pentest, Document, Exercise, Subprocessor, Fix, Secret, Requirement, Waiver}
}

// evidence reports whether a kind is evidence that can expire.
func (k Kind) evidence() bool {
	return slices.Contains([]Kind{Assessment, Certificate, Pentest, Document, Exercise, Subprocessor}, k)
}

// Lapse is a last valid day: something expires or is due.
type Lapse struct {
	Vendor string // its id
	Name   string // its name
	Kind   Kind
	Rule   string      // rule or requirement that checks it
	Item   string      // which of several: the id of a condition, of evidence, of a waiver; may be empty
	What   string      // what expires or is due, as the subject of a sentence
	Last   scalar.Date // last valid day
	Past   bool        // that day is over
	Days   int         // calendar days until it; negative when it is over
	Warn   int         // length of the warn window in days
	Who    string      // who must act
	Do     string      // what to do, as a sentence
	File   string      // where it is recorded
}

// Coverage counts the outcomes of one rule or requirement.
type Coverage struct {
	Rule, Title                   string
	Pass, Fail, Unknown, NotAsked int
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

// Window is a group of lapses by how soon they come.
type Window struct {
	Title  string
	Lapses []Lapse
}

// Windows groups the lapses that are overdue, and due within 30, 60 and 90 days.
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
