package render

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// originOf says where something was set: a line of the policy, a preset, or "built in".
func originOf(pos diag.Pos) string {
	switch {
	case pos.File == "":
		return "built in"
	case slices.Contains(policy.Presets(), pos.File), slices.Contains(policy.Overlays(), pos.File):
		return pos.File
	default:
		return pos.String()
	}
}
