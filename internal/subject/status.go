package subject

import (
	"slices"

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
