// Package vendorgate embeds the registry in this repository: vendors and, in a fork, also its policy and waivers.
package vendorgate

import "embed"

// Registry contains vendors/ and, if a fork has added them, policy.yaml and waivers/. Go refuses a pattern that matches
// nothing, so the first pattern matches vendors and waivers together, and the second matches policy.yaml or, without one,
// action.yml, which is not read. It also matches a policy with a wrong name, such as Policy.yml, so that vendorgate can
// report it instead of ignoring it.
//
//go:embed [vw]*rs [aApP]*.[yY]*[mM][lL]
var Registry embed.FS
