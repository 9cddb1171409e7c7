package cli

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/settings"
)

func newCheck(r *command.Run) *cobra.Command {
	o, verbose := &settings.Check{}, false
	cmd := &cobra.Command{
		Use:   "check [dir | manifest]",
		Short: "Check the vendors that a repository uses against the registry",
		Long: "check reads the vendors that a repository declares in vendors.yaml, searches the code for undeclared ones, and checks\n" +
			"them against the registry and its policy.\n\n" +
			"Exit codes: 0 pass, 1 findings, 2 usage error, 3 nothing to check, 4 no verdict.",
		Example: "  vendorgate check --registry ../vendor-registry\n  vendorgate check services/checkout --registry ../vendor-registry --format json=report.json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return inputs.Usagef("pass one directory; --manifest selects manifests in it", "check takes one directory or manifest; unexpected argument %q", args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Dir = "."
			if len(args) == 1 {
				o.Dir = args[0]
			}
			if dir, err := r.Env.IsDir(o.Dir); err == nil && !dir && slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(o.Dir)) { // a manifest stands for itself in its directory
				o.Manifests = append(o.Manifests, filepath.Base(o.Dir))
				o.Dir = filepath.Dir(o.Dir)
			}
			switch {
			case verbose && o.Quiet:
				return inputs.Usagef("leave out one of them", "-q and -v contradict each other")
			case verbose:
				o.Format.Formats = report.Full()
			}
			_, code, err := checkAndWrite(cmd.Context(), r.Env, o)
			r.Code = code
			return err
		},
	}
	checkFlags(o, cmd)
	command.QuietFlag(cmd, &o.Quiet)
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "Show every finding about an unchanged use with what to do, instead of one line per vendor.")
	return cmd
}

func checkFlags(o *settings.Check, cmd *cobra.Command) {
	f := cmd.Flags()
	f.SortFlags = false
	command.RegistryFlag(f, &o.Registry, "", command.RegistryHelp+command.EmbeddedByDefault)
	f.StringVar(&o.RegistryToken, "registry-token", "", ci.TokenHelp+", unless --registry-api-url is set.")
	f.StringVar(&o.RegistryAPI, "registry-api-url", "", ci.APIHelp)
	f.StringVar(&o.Policy, "policy", "", "Policy for a registry that has no policy.yaml: a preset, such as "+policy.Presets()[0]+", and overlays, separated by commas.")
	f.StringArrayVar(&o.Manifests, "manifest", nil, "Path or glob of manifests, inside the checked directory; repeatable. By default, manifests are found by name.")
	f.StringVar(&o.MissingManifest, "missing-manifest", "fail", "What to do if there is no manifest: fail, pass, or when-used (pass unless the code uses a vendor).")
	f.StringVar(&o.Base, "base", "", "Directory or manifest as it was before the change, or a branch, tag or commit of the checkout, of which the merge base with HEAD counts. By default, outside jobs of GitHub Actions and GitLab CI/CD, the default branch.")
	f.StringVar(&o.FailScope, "fail-scope", "all", "Which findings can fail the check: all, or changed (only those about new or changed uses).")
	f.StringVar(&o.Scan, "scan", "auto", "Whether to search the code for undeclared vendors: auto, on (no verdict if files are missing from the checkout or above a limit), or off.")
	f.StringVar(&o.FailOn, "fail-on", "error", "Lowest severity that fails the check: error, warning, note, or off.")
	f.StringVar(&o.AsOf, "as-of", "", command.AsOfHelp+" In GitHub Actions, the policy must allow it.")
	command.AddFormat(&o.Format, cmd, "the report", report.Short())
	f.StringVar(&o.Proxy, "proxy", "", "URL of a proxy for all requests, such as http://proxy.example:3128. Proxies from environment variables are not used.")
	f.StringVar(&o.CAFile, "ca-file", "", "PEM file with certificates to trust in addition to the built-in roots. Certificates from environment variables are not used.")
	f.StringVar(&o.Repository, "repository", "", "The repository's name as owner/name, for approvals and waivers that are limited to some repositories. By default, that of the remote upstream or origin. "+ci.RepositoryHelp)
}

// checkAndWrite runs one check, from options to exit code. It returns an error for wrong settings and for a run that was
// stopped; all other errors are part of the report.
func checkAndWrite(ctx context.Context, env process.Env, o *settings.Check) (check.Report, int, error) {
	s, err := o.Read(env)
	if err != nil {
		return check.Report{}, 0, err
	}
	collected, err := inputs.Collect(ctx, s.Request)
	if err != nil {
		return check.Report{}, 0, err
	}
	if s.Check.Repository == "" {
		s.Check.Repository = collected.Repository
	}
	s.Check.Shown = append(s.Check.Shown, collected.Settings...)
	show, done := env.Progress()
	s.Check.Progress = show
	rep, err := check.Run(ctx, check.Inputs{Collected: collected, Settings: s.Check})
	done()
	if err != nil {
		return check.Report{}, 0, err
	}
	rep, code := command.WriteReport(env, s.Outputs, rep, o.Quiet)
	return rep, code, nil
}
