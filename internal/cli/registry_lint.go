package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
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
	f.StringVar(&before, "base", "", "Directory of the registry as it was before a change: its policy judges, and changes of status are checked.")
	f.StringVar(&o.failOn, "fail-on", "error", "Lightest severity that fails the lint: error, warning, note, or off.")
	f.StringVar(&o.asOf, "as-of", "", "Day (2027-01-31) or instant (RFC 3339) to judge dates by. Without one it is now.")
	f.StringArrayVar(&o.formats, "format", nil, "Format of the report: text, json or markdown, each with =FILE to write it there; repeatable. Without one text is printed.")
	return cmd
}

// lintRegistry is one look at a registry, from bytes to exit code.
func lintRegistry(ctx context.Context, env Env, o *checkOptions, before string) (int, error) {
	s, err := o.settings(env)
	if err != nil {
		return 0, err
	}
	rep := &diag.Report{Version: env.Build.version()}
	tree := openRules(ctx, env, s, nil, rep).Tree()
	in := lint.Input{Version: env.Build.release()}
	ready := tree != nil && isRegistry(tree, rep)
	if before != "" {
		rep.Baseline = before
		if in.Base, in.Policy = readLintBase(env, before, rep); in.Policy == nil {
			ready = false
		}
	}
	if in.Policy == nil && ready {
		in.Policy = policyOf(env, tree, rep)
	}
	rep.AsOf = s.asOf(zoneOf(in.Policy))
	records := 0
	if ready {
		in.Files, in.AsOf = registry.AsData(tree, source.New("embedded", "", env.Registry)), rep.AsOf
		result := runLint(ctx, lint.New(in))
		rep.Origin, rep.Findings = tree.Origin, append(rep.Findings, result.Findings...)
		addGaps(rep, result.Gaps)
		records, rep.Revision = result.Records, tree.Digest()
		if records == 0 {
			noRegistry(rep, tree.Origin, "its vendors folder holds no record", passDirectory)
		}
	}
	if in.Policy != nil {
		rep.Policy = in.Policy.ID
	}
	forReaders(rep, in.Policy)
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("lint stopped: %w", err)
	}
	verdict := judgement{gate: gateOf(s, in.Policy, foundManifests{}, baseline{}, rep)}
	code := verdict.conclude(foundManifests{}, rep)
	rep.Counts.Vendors = records
	return write(env, s, rep, code), nil
}
