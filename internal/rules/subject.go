package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Sentence turns a hint into a sentence with a space after it; empty stays empty.
func Sentence(hint string) string {
	if hint == "" {
		return ""
	}
	if !strings.HasSuffix(hint, "?") {
		hint += "."
	}
	return strings.ToUpper(hint[:1]) + hint[1:] + " "
}

// Subject is one use of a vendor by a manifest, with everything that a rule may depend on.
type Subject struct {
	manifest.Use
	Manifest   *manifest.Manifest
	Vendor     *registry.Vendor
	Policy     *policy.Policy
	Today      policy.Today
	Registry   *registry.Registry
	Repository string // owner/name; empty if unknown
	Tier       int
	Introduced bool
	Overlaps   []overlap // with other vendors of the run

	Category         string
	Classes          []string
	EnvironmentNames []string
	pieces           []piece   // cache of evidence
	Missing          []Missing // attributes that a rule needs and the record does not have
	MissingForRule   []Missing // those that the current rule needs, also if another one needed them before; only if TrackOutcomes is set

	Outcomes      []RuleOutcome // the outcome of each rule, in order; only if TrackOutcomes is set
	TrackOutcomes bool
}

// Missing is one or more attributes that a rule needs and the record does not have.
type Missing struct {
	Paths []string // any one of them would do
	pos   diag.Pos // where the policy asks for it
	Want  string   // the accepted answers as text; empty if the rule does not say
}

// Facts returns what the conditions of requirements can depend on.
func (u *Subject) Facts() policy.Facts {
	return policy.Facts{Tier: u.Tier, Category: u.Category, Classes: u.Classes, Environments: u.EnvironmentNames}
}

// Attr returns an attribute of the record. Get returns one of the manifest entry.
func (u *Subject) Attr(path string) *attr.Value { return u.Vendor.Record.Get(path) }

// Ask notes that a rule needs one of several attributes and that none is known. VG-REG-005 reports each once.
func (u *Subject) Ask(pos diag.Pos, paths ...string) {
	if u.TrackOutcomes {
		u.MissingForRule = append(u.MissingForRule, Missing{Paths: paths, pos: pos})
	}
	if !slices.ContainsFunc(u.Missing, func(a Missing) bool { return slices.Equal(a.Paths, paths) }) {
		u.Missing = append(u.Missing, Missing{Paths: paths, pos: pos})
	}
}

// accept notes which answers a rule accepts for the attribute that it has just asked for.
func (u *Subject) accept(path, want string) {
	if last := len(u.MissingForRule) - 1; u.TrackOutcomes && last >= 0 && u.MissingForRule[last].Paths[0] == path {
		u.MissingForRule[last].Want = want
	}
}

// Quote returns the value of an attribute for a message.
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

// relatedTo returns the position of an attribute, or the position where it is missing, as a related position of a finding.
func (u *Subject) relatedTo(path, words string) diag.Related {
	v := u.Attr(path)
	if v.State == attr.Absent {
		words = "the record has no " + path
	}
	return diag.Related{Pos: v.Pos, Message: words}
}

// SetTier sets the effective tier. The criticality in the manifest can only make it more critical.
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

// Owners names the people who approved the vendor, or the owner of the policy if nobody did.
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

// Responsible names who must act on a finding of a rule or requirement; empty for the author of the change.
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

// RenewAt says where to renew an approval or change its scope, as the end of a sentence.
func (u *Subject) RenewAt() string {
	if u.Policy.RenewURL != "" {
		return ": " + u.Policy.RenewURL
	}
	return " in " + u.Vendor.File
}

// waiverHint says how to get a waiver.
func (u *Subject) waiverHint() string {
	if u.Policy.WaiverURL != "" {
		return " If it is urgent, ask for a waiver: " + u.Policy.WaiverURL + "."
	}
	return " If it is urgent, ask for a waiver."
}

// scopeHint ends the hint for a use outside the approved scope.
func (u *Subject) scopeHint() string {
	return fmt.Sprintf("or ask %s for a scope change%s", u.Owners(), u.RenewAt())
}

// List joins words with commas; none if there are no words.
func List(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}
