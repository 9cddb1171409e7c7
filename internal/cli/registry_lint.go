package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/report"
)

// newRegistryLint looks at a whole registry, and prints what it finds as check does.
func newRegistryLint(r *run) *cobra.Command {
	o := &checkOptions{dir: ".", missingManifest: "fail", failScope: "all"}
	before := ""
	cmd := &cobra.Command{
		Use:   "lint [dir]",
		Short: "Check every record, waiver and policy of a registry, and all of them together",
		Example: "  vendorgate registry lint ../vendor-registry\n" +
			"  vendorgate registry lint --base ../vendor-registry-before --format json=lint.json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("give the directory of one registry", "lint takes one directory, and %q is a second", args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if cmd.Flags().Changed("registry") {
					return usagef("leave one of them out", "lint takes a directory or --registry, and has %q and %q", args[0], o.registry)
				}
				o.registry = args[0]
			}
			code, err := lintRegistry(cmd.Context(), r.env, o, before)
			r.code = code
			return err
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.registry, "registry", ".", "Registry to look at: a directory, or a repository as owner/repo[@ref][//path].")
	f.StringVar(&o.policy, "policy", "", "Policy for a registry that has no policy.yaml, as check takes it.")
	f.StringVar(&before, "base", "", "Directory of the registry as it was before a change: its policy judges, and changes of status are checked.")
	f.StringVar(&o.failOn, "fail-on", "error", "Lightest severity that fails the lint: error, warning, note, or off.")
	f.StringVar(&o.asOf, "as-of", "", "Day (2027-01-31) or instant (RFC 3339) to judge dates by. Without one it is now.")
	o.format.add(cmd, "the report", report.Formats())
	return cmd
}

// lintRegistry is one look at a registry, from bytes to exit code.
func lintRegistry(ctx context.Context, env Env, o *checkOptions, before string) (int, error) {
	s, err := o.settings(env)
	if err != nil {
		return 0, err
	}
	data, err := s.request.ReadRegistry(ctx, before)
	if err != nil {
		return 0, err
	}
	rep, err := check.Registry(ctx, data, s.check)
	if err != nil {
		return 0, err
	}
	_, code := writeReport(env, s.outputs, rep)
	return code, nil
}
