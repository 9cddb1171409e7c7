package check

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// manifestPlaces returns findings about manifests in places that the policy does not allow.
func (in Inputs) manifestPlaces() remarks {
	rules := in.Trusted.Policy
	if rules == nil || len(rules.Places) == 0 {
		return remarks{}
	}
	var out []diag.Problem
	for _, m := range in.Declared.Manifests {
		at := in.Head.InRepository(m.Path)
		if manifest.InPlace(rules.PlaceGlobs(), at) {
			continue
		}
		out = append(out, diag.Problem{
			Pos: diag.Pos{File: m.File, Line: 1, Col: 1}, Message: fmt.Sprintf("the policy does not allow a manifest at %q", at),
			Hint: "move its entries to a manifest at " + strings.Join(rules.PlaceGlobs(), " or "),
		})
	}
	findings := gate.Misplaced(out)
	for i := range findings {
		findings[i].Related = append(findings[i].Related, diag.Related{Pos: rules.PlacesPos(), Message: "the policy sets these places"})
	}
	return remarks{findings: findings}
}
