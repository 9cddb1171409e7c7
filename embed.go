// Package vendorgate embeds the registry in this repository: vendors and, in a fork, also its policy and waivers. It also embeds the
// workflows of a new registry.
package vendorgate

import "embed"

// Registry is this repository as a registry: vendors/ and, where a fork has added them, policy.yaml and waivers/.
//
// Go refuses a pattern that matches no file, and as released there is neither a policy nor a waiver. So each pattern also
// matches something that is always there:
//
//   - [vw]*rs matches the folders vendors and waivers. Go embeds whole folders, so a new record needs no change here.
//   - [aApP]*.[yY]*[mM][lL] matches policy.yaml and action.yml. The latter is embedded and never read. The pattern also
//     matches policy.yml and POLICY.YAML: a policy under a wrong name is refused instead of being ignored.
//
//go:embed [vw]*rs [aApP]*.[yY]*[mM][lL]
var Registry embed.FS

// Workflows are the files of docs/workflows that a new registry starts with.
//
//go:embed docs/workflows/registry.yml docs/workflows/registry-issue-form/vendor-request.yml
var Workflows embed.FS
