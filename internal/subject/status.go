package subject

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Blocked reports whether a status forbids every use, so that no other rule needs to run.
func Blocked(status string) bool {
	return slices.Contains([]string{"proposed", "in-review", "suspended", "denied", "retired"}, status)
}

// Strictness compares statuses: of two vendors, the one with the higher number is judged more strictly. No status is one, too.
func Strictness(status string) int {
	return slices.Index([]string{"approved", "conditional", "deprecated", "pilot", "", "proposed", "in-review", "retired", "denied", "suspended"}, status)
}

// WaivableStatus reports whether a waiver may cover a use that the status forbids: never for a suspended, denied or retired vendor.
func WaivableStatus(status string) bool {
	return !slices.Contains([]string{"suspended", "denied", "retired"}, status)
}

// Vetted reports whether a status says that the organisation has approved the vendor.
func Vetted(status *attr.Value) bool {
	return slices.Contains([]string{"approved", "conditional", "deprecated"}, status.Text)
}

// Approved reports whether the vendor is approved, so that a pilot, a contract and an exit plan must exist.
func (u *Subject) Approved() bool {
	status := u.Attr("status").Text
	return status == "approved" || status == "conditional"
}

// StatusInWords describes the status, its date and its reason, such as: has been denied since 2026-05-01: unsafe.
func (u *Subject) StatusInWords() string {
	out := "is " + u.Attr("status").Text
	if since := u.Attr("status_since"); since.Known() {
		out = "has been " + u.Attr("status").Text + " since " + since.Text
	}
	return out + u.Reason()
}

// Replacement returns the vendor to use instead, if its own record permits the same use today; empty if there is none.
func (u *Subject) Replacement() string {
	if by := u.Attr("replaced_by"); by.Known() && u.Permitted(by.Text) {
		return by.Text
	}
	return ""
}

// UseReplacement says which vendor to use instead, as a sentence with a space before it; empty if there is none.
func (u *Subject) UseReplacement() string {
	if by := u.Replacement(); by != "" {
		return fmt.Sprintf(" Use %s instead.", by)
	}
	return ""
}

// Permitted reports whether the record of another vendor permits the same use today: it is approved, for as long as the policy allows, and
// its scope has the data, environments, repository and team. A hint must not name a vendor that the next check refuses.
func (u *Subject) Permitted(id string) bool {
	if u.Registry == nil {
		return false
	}
	v, err := u.Registry.Vendor(id)
	if err != nil || v == nil || v.Record == nil || len(v.Problems) > 0 {
		return false
	}
	other := &Subject{
		Use: u.Use, Vendor: v, Policy: u.Policy, Today: u.Today, Registry: u.Registry, Repository: u.Repository,
		Classes: u.Classes, EnvironmentNames: u.EnvironmentNames,
	}
	other.SetTier()
	_, reviewed := other.LastReview()
	_, review := other.ReviewDue()
	repos, teams := other.Attr("scope.repos"), other.Attr("scope.teams")
	lacks := func(path string) func(string) bool {
		return func(word string) bool { return !other.Attr(path).Has(word) }
	}
	return other.Approved() && len(other.ApprovalDefects()) == 0 && !other.LastDay(other.Attr("approval.expires").Day, "warn_before_lapse").Past &&
		reviewed.Known() && !review.Past &&
		!slices.ContainsFunc(u.Classes, lacks("scope.data_classes")) && !slices.ContainsFunc(u.EnvironmentNames, lacks("scope.environments")) &&
		(!repos.Known() || registry.NamesRepository(repos, u.Repository)) && (!teams.Known() || registry.NamesTeam(teams, u.Owner.Value))
}

// DecisionTracked names the document that tracks the decision, as a sentence with a space before it; empty if there is none.
func (u *Subject) DecisionTracked() string {
	if ref := u.Attr("approval.decision_ref"); ref.Known() && !u.Private() {
		return " " + ref.Text + " tracks the decision."
	}
	return ""
}

// Rotation says which secrets to rotate, as a continuation of a sentence; empty if the use names none.
func (u *Subject) Rotation() string {
	if len(u.Secrets) == 0 {
		return ""
	}
	return ", rotate " + strings.Join(u.Secrets, ", ")
}

// PilotClasses are the data classes that a pilot permits.
func PilotClasses() []string { return []string{"public", "synthetic"} }
