package subject

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
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

// Replacement names the vendor to use instead, as a sentence with a space before it; empty if there is none.
func (u *Subject) Replacement() string {
	if by := u.Attr("replaced_by"); by.Known() {
		return fmt.Sprintf(" Use %s instead.", by.Text)
	}
	return ""
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
