package cli

import (
	"cmp"
	"context"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/bom"
	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// sbomOptions are the flags of sbom.
type sbomOptions struct {
	check  settings.Check
	format settings.FormatFlag[*bom.Bill]
}

func newSBOM(r *command.Run) *cobra.Command {
	o := &sbomOptions{check: settings.Check{MissingManifest: "pass", FailScope: "all", FailOn: "error"}}
	cmd := &cobra.Command{
		Use:   "sbom [dir]",
		Short: "Write the vendors that a repository uses as a CycloneDX bill of materials",
		Long: "sbom writes a service for each vendor that the manifests declare, and for each that the code uses without a declaration,\n" +
			"with its data flows, the SDKs that call it, and what a check finds about it. Findings do not fail the command.",
		Example: "  vendorgate sbom --registry ../vendor-registry --format cyclonedx-1.7=vendors.cdx.json\n" +
			"  vendorgate sbom services/checkout --registry ../vendor-registry --format cyclonedx-1.6",
		Args: command.OneDirectory(&o.check.Dir),
		RunE: func(cmd *cobra.Command, _ []string) error { return writeSBOM(cmd.Context(), r, o) },
	}
	f := cmd.Flags()
	command.RegistryFlag(f, &o.check.Registry, "", command.RegistryHelp+command.EmbeddedByDefault)
	f.StringVar(&o.check.RegistryToken, "registry-token", "", ci.TokenHelp+".")
	f.StringArrayVar(&o.check.Manifests, "manifest", nil, "Path or glob of manifests, inside the directory; repeatable. By default, manifests are found by name.")
	f.StringVar(&o.check.Scan, "scan", "auto", "Whether to search the code for undeclared vendors: auto, on, or off.")
	f.StringVar(&o.check.AsOf, "as-of", "", command.AsOfHelp)
	f.StringVar(&o.check.Repository, "repository", "", "Name of the repository as owner/name. By default, that of the remote upstream or origin, or the name of the directory.")
	command.AddFormat(&o.format, cmd, "the bill of materials", bom.Formats())
	return cmd
}

// writeSBOM checks the repository and describes what was found. If anything could not be read, the bill says that it is incomplete, and there is
// no verdict.
func writeSBOM(ctx context.Context, r *command.Run, o *sbomOptions) error {
	outputs, err := o.format.Read(r.Env)
	if err != nil {
		return err
	}
	o.check.Format = settings.FormatFlag[*diag.Report]{Formats: report.Formats()}
	s, err := o.check.Read(r.Env)
	if err != nil {
		return err
	}
	collected, err := inputs.Collect(ctx, s.Request)
	if err != nil {
		return err
	}
	rep, err := check.Run(ctx, check.Inputs{Collected: collected, Settings: s.Check})
	if err != nil {
		return err
	}
	bill := &bom.Bill{Name: repositoryName(r.Env, o.check, collected.Repository), Manifests: collected.Declared.Manifests, Vendor: recordsOf(collected), Title: titleOf(collected.Trusted.Policy), Report: &rep.Report}
	if err := settings.WriteOutputs(r.Env, outputs, bill); err != nil {
		return err
	}
	for _, gap := range rep.Gaps {
		r.Env.Say(sink.Linef("vendorgate: not described: %s: %s", gap.Target, gap.Reason))
		r.Code = command.ExitNoVerdict
	}
	r.Env.Say(sink.Linef("vendorgate: %s; %s", diag.Count(len(rep.Vendors), "vendor"), bill.Completeness()))
	return nil
}

// recordsOf returns a function that finds records.
func recordsOf(c inputs.Collected) func(id string) *registry.Vendor {
	return func(id string) *registry.Vendor {
		if c.Trusted.Registry == nil {
			return nil
		}
		v, err := c.Trusted.Registry.Vendor(id)
		if err != nil {
			return nil
		}
		return v
	}
}

// titleOf returns a function that says what a rule or requirement wants.
func titleOf(p *policy.Policy) func(id string) string {
	return func(id string) string {
		if r, ok := rules.ByID(id); ok {
			return "No finding: " + r.Title
		}
		for i := range p.Requirements {
			if q := &p.Requirements[i]; q.ID == id {
				return q.Asks()
			}
		}
		return id
	}
}

// repositoryName returns the name that was given, that of a remote, or that of the directory.
func repositoryName(env process.Env, o settings.Check, found string) string {
	if name := cmp.Or(o.Repository, found); name != "" {
		return name
	}
	return path.Base(filepath.ToSlash(env.Abs(o.Dir)))
}
