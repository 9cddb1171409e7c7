// Package keeper defines the commands for the keepers of a registry: registry and policy. It turns flags into values, and what other
// packages return into output and exit codes.
package keeper

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
)

// NewPolicy groups the commands about a policy.
func NewPolicy(r *command.Run) *cobra.Command {
	return command.Group(&cobra.Command{
		Use:     "policy",
		Short:   "Show, compare and test a registry's policy",
		Example: "  vendorgate policy show --registry ../vendor-registry\n  vendorgate policy test --registry ../vendor-registry --require-coverage",
	}, newPolicyDiff(r), newPolicyShow(r), newPolicyTest(r))
}

// NewRegistry groups the commands for the maintainers of a registry.
func NewRegistry(r *command.Run) *cobra.Command {
	return command.Group(&cobra.Command{
		Use:   "registry",
		Short: "Maintain a registry's records, waivers and policy",
		// These commands read thousands of records and keep most of them, so collecting garbage often is wasted work.
		PersistentPreRun: func(*cobra.Command, []string) { debug.SetGCPercent(400) },
		Example: "  vendorgate registry init vendor-registry --name acme --approver security-architect=a.ferreira\n" +
			"  vendorgate registry new stripe --tier 2 --data personal --registry ../vendor-registry\n  vendorgate registry fmt ../vendor-registry",
	}, newRegistryApprove(r), newRegistryBrief(r), newRegistryEvidence(r), newRegistryExport(r), newRegistryFmt(r), newRegistryForecast(r), newRegistryImport(r), newRegistryInit(r), newRegistryLint(r), newRegistryNew(r), newRegistryRenew(r), newRegistryReport(r), newRegistrySuspend(r))
}
