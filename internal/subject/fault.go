package subject

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// Fault is a problem that a rule finds in one use, before package gate sets its severity.
type Fault struct {
	MaxSeverity diag.Severity // highest severity, whatever the policy says; Off means no limit
	MinSeverity diag.Severity // lowest severity
	Tier        int           // whose severity applies unless the rule is off there; 0 for that of the use
	Unknown     bool          // the manifest does not state what the rule needs
	Pos         diag.Pos      // in the manifest
	Manifest    string        // file of the manifest whose settings apply, if Pos is elsewhere
	Related     []diag.Related
	Message     string
	Private     string // what may be said instead of the message if the record is private: true in every case, without a detail of the record
	Hint        string
	Urgent      string // what to do at once, which is said even if the policy hides all reasons; a sentence
	Team        bool   // the team that uses the vendor must act, whatever the rule says
	Keeper      bool   // likewise the owner of the policy
	Request     string // URL of a form to request the vendor
	Paste       string // lines to paste into a file
	Key         string // tells apart the faults of one rule in one use

	Lapsed     bool // a last day has passed, so a grace period may apply
	Day        LastDay
	Grace      string // parameter with its own grace period
	Everywhere bool
	Firm       bool // no waiver covers it, whatever the rule says
}

// Soon reports whether a fault only says that a last day comes near.
func (f *Fault) Soon() bool { return !f.Lapsed && f.Day.Near && f.MaxSeverity == diag.Warning }

// WithLimit limits the severity of faults, and sets a key that tells them apart from other faults of their rule.
func WithLimit(most diag.Severity, key string, faults []Fault) []Fault {
	for i := range faults {
		faults[i].MaxSeverity, faults[i].Key = most, key
	}
	return faults
}

// InPrivate sets what may be said of faults if the record is private. format has one %q for the vendor.
func (u *Subject) InPrivate(format string, faults []Fault) []Fault {
	for i := range faults {
		faults[i].Private = u.About(format)
	}
	return faults
}

// ForTeam makes the team that uses the vendor responsible for faults.
func ForTeam(faults []Fault) []Fault {
	for i := range faults {
		faults[i].Team = true
	}
	return faults
}

// AtTier gives faults the severity of another tier than that of the use.
func AtTier(tier int, faults []Fault) []Fault {
	for i := range faults {
		faults[i].Tier = tier
	}
	return faults
}

// DueSoon returns a warning for the first deadline that is near, or nil. what begins the message.
func (u *Subject) DueSoon(due []Deadline, key, what, hint string) []Fault {
	for _, d := range due {
		if d.Near {
			return []Fault{{
				MaxSeverity: diag.Warning, Key: key, Pos: u.ID.Pos, Day: d.LastDay, Related: []diag.Related{{Pos: d.At.Pos, Message: "in the record"}},
				Message: fmt.Sprintf("%s is due by %s (%s)", what, d.Date, d.Ago()), Hint: hint,
			}}
		}
	}
	return nil
}

// RelatedTo returns the position of an attribute, or the position where it is missing, as a related position of a finding.
func (u *Subject) RelatedTo(path, words string) diag.Related {
	v := u.Attr(path)
	if v.State == attr.Absent {
		words = "the record has no " + path
	}
	return diag.Related{Pos: v.Pos, Message: words}
}
