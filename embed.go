// Package vendorgate embeds the registry in this repository: vendors and, in a fork, also its policy and waivers. It also embeds the
// workflows of a new registry.
package vendorgate

import "embed"

// Registry is this repository as a registry: vendors/ and, where a fork has added them, policy.yaml and waivers/.
//
// Go refuses a pattern that matches no file, and as released there is neither a policy nor a waiver. So one pattern matches
// them and the folder vendors, which is always there. Go embeds whole folders, so a new record needs no change here. The
// pattern also matches policy.yml and POLICY.YAML: a policy under a wrong name is refused instead of being ignored. It does
// not match action.yml, in which only a release names its image: the program in that image must be the released one.
//
//go:embed [pPvVwW]*[mMrR][lLsS]
var Registry embed.FS

// Workflows are the files of docs/workflows that a new registry starts with.
//
//go:embed docs/workflows/registry.yml docs/workflows/registry-issue-form/vendor-request.yml
var Workflows embed.FS
