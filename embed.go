// Package vendorgate carries the registry that stands in this repository: vendors, and in a fork also its policy and
// waivers.
package vendorgate

import "embed"

// Registry holds vendors/, and policy.yaml and waivers/ where a fork has added them. The patterns are written so that
// they match something whether or not those exist; action.yml comes along and is not read.
//
//go:embed [vw]*rs [ap]*.y*ml
var Registry embed.FS
