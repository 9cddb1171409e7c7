// Package vendorgate carries the registry that stands in this repository: vendors, and in a fork also its policy and
// waivers.
package vendorgate

import "embed"

// Registry holds vendors/, and policy.yaml and waivers/ where a fork has added them. The patterns are written so that
// they match something whether or not those exist; action.yml comes along and is not read. A policy under a name that
// is nearly right comes along too, so that it is refused and not forgotten.
//
//go:embed [vw]*rs [aApP]*.[yY]*[mM][lL]
var Registry embed.FS
