package keeper

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// briefOptions are the flags of registry brief.
type briefOptions struct {
	newOptions

	registry     string
	environments []string
	format       settings.FormatFlag[render.Brief]
}

func newRegistryBrief(r *command.Run) *cobra.Command {
	o := &briefOptions{}
	cmd := &cobra.Command{
		Use:   "brief id",
		Short: "Print the questions that a vendor must answer",
		Example: "  vendorgate registry brief stripe --tier 2 --data personal --registry ../vendor-registry\n" +
			"  vendorgate registry brief stripe --tier 2 --format markdown=brief.md --format yaml=answers.yaml",
		Long: "brief prints the questions of the policy about a vendor at its tier and with its data: as a letter to the vendor (markdown), or as\n" +
			"a file that the vendor fills in and `registry import --from brief` reads (yaml). Neither says which answers are accepted.\n" +
			"Flags that you leave out are taken from the record.",
		Args: command.OneID("registry brief", "stripe"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.id = args[0]
			return writeBrief(cmd.Context(), r.Env, o)
		},
	}
	command.RegistryFlag(cmd.Flags(), &o.registry, ".", command.RegistryHelp)
	cmd.Flags().IntVar(&o.tier, "tier", 0, "Tier of the vendor, 1 to 4. By default, the tier in the record, or 1 if it has none.")
	cmd.Flags().StringSliceVar(&o.classes, "data", nil, "Classes of data that the vendor will see, separated by commas. By default, those in the record's scope.")
	cmd.Flags().StringSliceVar(&o.environments, "environment", nil, "Environments that will call the vendor, separated by commas. By default, those in the record's scope, or all.")
	cmd.Flags().StringVar(&o.category, "category", "", "Category of the service, such as messaging. By default, the category in the record or in vendorgate's catalogue.")
	command.AddFormat(&o.format, cmd, "the brief", render.BriefFormats())
	return cmd
}

// writeBrief prints the questions for one vendor.
func writeBrief(ctx context.Context, env process.Env, o *briefOptions) error {
	outputs, err := o.format.Read(env)
	if err != nil {
		return err
	}
	if err := environmentsExist(o.environments); err != nil {
		return err
	}
	known, rules, err := command.OpenRegistry(ctx, env, o.registry)
	if err != nil {
		return err
	}
	if err := o.valid(rules); err != nil {
		return err
	}
	v, err := command.Vendor(known, o.id)
	if err != nil {
		return err
	}
	return settings.WriteOutputs(env, outputs, o.about(v, rules))
}

// environmentsExist checks the values of --environment.
func environmentsExist(names []string) error {
	for _, e := range names {
		if !slices.Contains(vocab.Environments(), e) {
			return settings.Invalid("--environment", e, vocab.Environments())
		}
	}
	return nil
}

// about takes what the flags leave out from the record.
func (o *briefOptions) about(v *registry.Vendor, rules *policy.Policy) render.Brief {
	b := render.Brief{ID: o.id, Identity: v, Policy: rules}
	stated := o.tier
	b.Profile = brief.Profile{Category: o.category, Classes: o.classes, Environments: o.environments}
	if v != nil {
		if tier := v.Record.Get("risk.tier"); tier.Known() && stated == 0 {
			stated = tier.Int + 1
		}
		if b.Profile.Category == "" {
			b.Profile.Category = v.Record.Get("category").Text
		}
		if b.Profile.Classes == nil {
			b.Profile.Classes = v.Record.Get("scope.data_classes").Texts()
		}
		if b.Profile.Environments == nil {
			b.Profile.Environments = v.Record.Get("scope.environments").Texts()
		}
	}
	b.Profile.Tier = rules.Tier([]int{max(stated, 1)}, b.Profile.Classes, b.Profile.Environments)
	b.Questions, b.Documents = brief.Questions(rules, b.Profile), brief.Documents(rules, b.Profile)
	return b
}
