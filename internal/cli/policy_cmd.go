package cli

import (
	"github.com/spf13/cobra"
)

// newPolicy groups the commands for those who write a policy.
func newPolicy(r *run) *cobra.Command {
	return group(&cobra.Command{
		Use:     "policy",
		Short:   "Show and test the policy of a registry",
		Example: "  vendorgate policy show --registry ../vendor-registry\n  vendorgate policy test --registry ../vendor-registry --require-coverage",
	}, newPolicyShow(r), newPolicyTest(r))
}
