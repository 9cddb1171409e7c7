package keeper

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/settings"
)

// newRegistryLint returns the command that checks a whole registry. Its report has the formats of check.
func newRegistryLint(r *command.Run) *cobra.Command {
	o := &settings.Check{Dir: ".", MissingManifest: "fail", FailScope: "all"}
	before, every := "", false
	cmd := &cobra.Command{
		Use:   "lint [dir]",
		Short: "Check a registry's files and the references between them",
		Long: "lint checks the policy, records and waivers of a registry, and the references between them. It judges every record that\n" +
			"permits use as check would judge a repository that used everything that the scope allows. With --base, it also checks\n" +
			"changes of status.",
		Example: "  vendorgate registry lint ../vendor-registry\n" +
			"  vendorgate registry lint --base ../vendor-registry-before --format json=lint.json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return inputs.Usagef("pass the directory of one registry", "registry lint takes one directory; unexpected argument %q", args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if cmd.Flags().Changed("registry") {
					return inputs.Usagef("leave out one of them", "registry lint takes a directory or --registry, not both: %q and %q", args[0], o.Registry)
				}
				o.Registry = args[0]
			}
			code, err := lintRegistry(cmd.Context(), r.Env, o, before, every, false)
			r.Code = code
			return err
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	command.RegistryFlag(f, &o.Registry, ".", command.RegistryHelp)
	f.StringVar(&o.Policy, "policy", "", "Policy for a registry that has no policy.yaml, as in check.")
	f.StringVar(&before, "base", "", "Directory of the registry before a change. Changes of status are then checked, and its policy also decides who may approve.")
	f.BoolVar(&every, "all", false, "With --base, report what fails in any record as an error. By default, it is a warning in records that the change leaves as they were.")
	f.StringVar(&o.FailOn, "fail-on", "error", "Lowest severity that fails the command: error, warning, note, or off.")
	f.StringVar(&o.AsOf, "as-of", "", command.AsOfHelp+" In GitHub Actions, the policy must allow it.")
	command.AddFormat(&o.Format, cmd, "the report", report.Formats())
	command.QuietFlag(cmd, &o.Quiet)
	return cmd
}

// newRegistryEvidence groups the commands for documents that prove what records say.
func newRegistryEvidence(r *command.Run) *cobra.Command {
	return command.Group(&cobra.Command{
		Use:     "evidence",
		Short:   "Verify the documents that a registry keeps",
		Example: "  vendorgate registry evidence verify ../vendor-registry",
	}, newEvidenceVerify(r))
}

// newEvidenceVerify returns the command that recomputes the hashes of files of evidence. Its report has the formats of check.
func newEvidenceVerify(r *command.Run) *cobra.Command {
	o := &settings.Check{Dir: ".", MissingManifest: "fail", FailScope: "all", FailOn: "error"}
	cmd := &cobra.Command{
		Use:   "verify [dir]",
		Short: "Compare files of evidence with the hashes in the records",
		Long: "verify recomputes the hash of each file that a piece of evidence names (file) in the registry's folder evidence. It\n" +
			"reports files that are missing or differ from the hash (sha256), and warns about files that no evidence names.\n" +
			"registry lint checks the same among other things.",
		Example: "  vendorgate registry evidence verify ../vendor-registry",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return inputs.Usagef("pass the directory of one registry", "registry evidence verify takes one directory; unexpected argument %q", args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Registry = "."
			if len(args) == 1 {
				o.Registry = args[0]
			}
			code, err := lintRegistry(cmd.Context(), r.Env, o, "", false, true)
			r.Code = code
			return err
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	command.AddFormat(&o.Format, cmd, "the report", report.Formats())
	command.QuietFlag(cmd, &o.Quiet)
	return cmd
}

// lintRegistry checks a registry, from options to exit code.
func lintRegistry(ctx context.Context, env process.Env, o *settings.Check, before string, every, evidence bool) (int, error) {
	s, err := o.Read(env)
	if err != nil {
		return 0, err
	}
	s.Check.EveryRecord, s.Check.EvidenceOnly = every, evidence
	data, err := s.Request.ReadRegistry(ctx, before)
	if err != nil {
		return 0, err
	}
	rep, err := check.Registry(ctx, data, s.Check)
	if err != nil {
		return 0, err
	}
	_, code := command.WriteReport(env, s.Outputs, rep, o.Quiet)
	return code, nil
}
