package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"

	"github.com/vendorgate/vendorgate/internal/policy"
)

func Sentence(hint string) string {
	if hint == "" {
		return ""
	}
	if !strings.HasSuffix(hint, "?") {
		hint += "."
	}
	return strings.ToUpper(hint[:1]) + hint[1:] + " "
}

// Subject is one vendor as one manifest uses it, with all that a rule may depend on.
type Subject struct {
	manifest.Use
	Manifest   *manifest.Manifest
	Vendor     *registry.Vendor
	Policy     *policy.Policy
	Today      policy.Today
	Registry   *registry.Registry
	Repository string // owner/name; empty if nobody said
	Tier       int
	Introduced bool
	Overlaps   []overlap // with other vendors of the run

	Category         string
	Classes          []string
	EnvironmentNames []string
	pieces           []piece   // what the evidence proves; filled by evidence
	Missing          []Missing // attributes that a rule needs and nobody has established
	MissingForRule   []Missing // those of the rule that is being asked, whoever asked for them before; kept only where keeps is set

	Outcomes      []RuleOutcome // what each rule says, in their order; kept only where keeps is set
	TrackOutcomes bool
}

type Missing struct {
	Paths []string // one of them would do
	pos   diag.Pos // where the policy asks
	Want  string   // what the answer must be, in words; empty if the rule has none to give
}

// Facts are what the conditions of requirements may depend on.
func (u *Subject) Facts() policy.Facts {
	return policy.Facts{Tier: u.Tier, Category: u.Category, Classes: u.Classes, Environments: u.EnvironmentNames}
}

func (u *Subject) Attr(path string) *attr.Value { return u.Vendor.Record.Get(path) }

// Ask notes that a rule needs one of some attributes, and that none is known. VG-REG-005 reports it, once.
func (u *Subject) Ask(pos diag.Pos, paths ...string) {
	if u.TrackOutcomes {
		u.MissingForRule = append(u.MissingForRule, Missing{Paths: paths, pos: pos})
	}
	if !slices.ContainsFunc(u.Missing, func(a Missing) bool { return slices.Equal(a.Paths, paths) }) {
		u.Missing = append(u.Missing, Missing{Paths: paths, pos: pos})
	}
}

// accept notes what answer a rule wants where it has asked for an attribute in vain.
func (u *Subject) accept(path, want string) {
	if last := len(u.MissingForRule) - 1; u.TrackOutcomes && last >= 0 && u.MissingForRule[last].Paths[0] == path {
		u.MissingForRule[last].Want = want
	}
}

// Show is an attribute's value as a message quotes it.
func (u *Subject) Quote(path string) string {
	v := u.Attr(path)
	switch {
	case v.State == attr.Unknown || v.State == attr.Absent:
		return "unknown"
	case !u.mayQuote(path):
		return withheld
	case v.Items != nil:
		return "[" + strings.Join(v.Texts(), ", ") + "]"
	default:
		return v.Text
	}
}

// Seen relates a finding to an attribute of the record, or to the place where it is missed.
func (u *Subject) Seen(path, words string) diag.Related {
	v := u.Attr(path)
	if v.State == attr.Absent {
		words = "the record has no " + path
	}
	return diag.Related{Pos: v.Pos, Message: words}
}

// SetTier finds the effective tier, which the criticality that the manifest states can only make more critical.
func (u *Subject) SetTier() {
	stated := []int{u.Criticality}
	if t := u.Attr("risk.tier"); t.Known() {
		stated = append(stated, t.Int+1)
	} else {
		stated = append(stated, 1)
	}
	u.Tier = u.Policy.Tier(stated, u.Classes, u.EnvironmentNames)
}

func (u *Subject) production() bool { return slices.Contains(u.EnvironmentNames, "prod") }

// Owners names the people who answer for the vendor: those who approved it, else whom the policy names.
func (u *Subject) Owners() string {
	var out []string
	for _, a := range u.Attr("approval.approved_by").Records {
		if user := a.Get("user"); user.Known() {
			out = append(out, fmt.Sprintf("%s (%s)", user.Text, a.Get("role").Text))
		}
	}
	if len(out) > 0 {
		return strings.Join(out, ", ")
	}
	return u.Policy.Owner()
}

// Responsible names who acts on a finding of a rule or requirement; empty for the author of the change.
func (u *Subject) Responsible(rule string) string {
	r, _ := ByID(rule)
	switch {
	case r.Actor == Team:
		return u.Owner.Value
	case r.Actor == Author:
		return ""
	case r.Actor == Approvers && u.Vendor != nil:
		return u.Owners()
	default:
		return u.Policy.Owner()
	}
}

// RenewAt says where an approval is renewed or its scope changed, as the end of a sentence.
func (u *Subject) RenewAt() string {
	if u.Policy.RenewURL != "" {
		return ": " + u.Policy.RenewURL
	}
	return " in " + u.Vendor.File
}

// waiverHint says how to get a waiver.
func (u *Subject) waiverHint() string {
	if u.Policy.WaiverURL != "" {
		return " Urgent? Ask for a waiver: " + u.Policy.WaiverURL + "."
	}
	return " Urgent? Ask for a waiver."
}

// scopeHint is the next step for a use outside the approved scope.
func (u *Subject) scopeHint() string {
	return fmt.Sprintf("or ask %s for a scope change%s", u.Owners(), u.RenewAt())
}

func List(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}
