package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// renewOptions is the command line of registry renew.
type renewOptions struct {
	id, registry, asOf, format string
}

func newRegistryRenew(r *run) *cobra.Command {
	o := &renewOptions{}
	cmd := &cobra.Command{
		Use:   "renew id",
		Short: "List what to do for the renewal of a record",
		Example: "  vendorgate registry renew larkspur-mail --registry ../vendor-registry\n" +
			"  vendorgate registry renew larkspur-mail --as-of 2027-09-01 --format markdown",
		Long: "renew lists what has expired in a record, what expires within the warn windows of the policy, and what is\n" +
			"unknown, for the widest use that the scope of the record allows. It says what to do and who has the evidence.",
		Args: oneID("registry renew", "larkspur-mail"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.id = args[0]
			return renew(cmd.Context(), r.env, o)
		},
	}
	registryFlag(cmd.Flags(), &o.registry, "Registry of the organisation, as check takes it.")
	cmd.Flags().StringVar(&o.asOf, "as-of", "", "Day (2027-01-31) or instant (RFC 3339) to judge dates by. Without one it is now.")
	cmd.Flags().StringVar(&o.format, "format", "text", "Format of the list: text or markdown.")
	return cmd
}

// renew prints the list for one record.
func renew(ctx context.Context, env Env, o *renewOptions) error {
	formats := []string{"text", "markdown"}
	if !slices.Contains(formats, o.format) {
		return usagef(nearest(o.format, formats), "unknown format %q", o.format)
	}
	var s settings
	if err := s.readAsOf(o.asOf, env); err != nil {
		return err
	}
	known, rules, err := explainers(ctx, env, o.registry)
	if err != nil {
		return err
	}
	v, err := o.record(known)
	if err != nil {
		return err
	}
	list := survey.Renew(rules, known, v, s.asOf(rules.Zone))
	if o.format == "markdown" {
		return env.Stdout.Put(renewalMarkdown(v, rules, list))
	}
	return env.Stdout.Put(renewalText(v, rules, list))
}

// record finds the record of the organisation. What vendorgate itself knows of a vendor needs no renewal.
func (o *renewOptions) record(known *registry.Registry) (*registry.Vendor, error) {
	own, err := known.Tree.List("vendors", ".yaml")
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", known.Tree.Name("vendors"), err)
	}
	if slices.Contains(own, o.id) {
		return vendor(known, o.id)
	}
	if slices.Contains(known.IDs(), o.id) {
		return nil, usagef("begin one with `vendorgate registry new "+o.id+"`", "vendorgate knows %q, and the registry has no record of it", o.id)
	}
	return nil, unknown("vendor", o.id, own)
}

// heading says what the list is about.
func heading(rules *policy.Policy, list survey.Renewal) string {
	n := map[survey.TaskState]int{}
	for _, d := range list.Tasks {
		n[d.State]++
	}
	what := "nothing to do"
	if len(list.Tasks) > 0 {
		what = fmt.Sprintf("%d overdue, %d due soon, %d unknown", n[survey.Overdue], n[survey.DueSoon], n[survey.Unknown])
	}
	return fmt.Sprintf("As of %s, for tier %d, by policy %s: %s.", list.Day, list.Tier, rules.ID, what)
}

// was is the last value of an attribute, with its date.
func was(d survey.Task) string {
	switch {
	case d.State == survey.Unknown:
		return "unknown"
	case d.State == survey.Overdue && d.Was == d.Last.String():
		return fmt.Sprintf("last day was %s (%s)", d.Was, d.When)
	case d.State == survey.Overdue:
		return fmt.Sprintf("%s; last day was %s (%s)", d.Was, d.Last, d.When)
	case d.Was == d.Last.String():
		return fmt.Sprintf("last day is %s (%s)", d.Was, d.When)
	default:
		return fmt.Sprintf("%s; last day is %s (%s)", d.Was, d.Last, d.When)
	}
}

func renewalText(v *registry.Vendor, rules *policy.Policy, list survey.Renewal) sink.Document {
	var out sink.Page
	out.Linef("%s: %s", v.ID, v.Name())
	out.Linef("%s", heading(rules, list))
	for _, d := range list.Tasks {
		out.Line()
		out.Linef("  %s: %s", d.Path, was(d))
		out.Linef("    to do: %s", d.Do)
		out.Linef("    proof: %s", d.Proof)
		out.Linef("    from:  %s", d.Who)
	}
	return out.Document()
}

func renewalMarkdown(v *registry.Vendor, rules *policy.Policy, list survey.Renewal) sink.Document {
	var out sink.Markdown
	out.Markup("## ").Text(v.Name()).Markup(" (").Code(v.ID).Markup(")\n\n").Text(heading(rules, list)).Markup("\n")
	for i, d := range list.Tasks {
		if i == 0 {
			out.Markup("\n")
		}
		out.Markup("- [ ] ").Code(d.Path).Markup(": ").Text(was(d))
		out.Markup("\n  - to do: ").Text(d.Do).Markup("\n  - proof: ").Text(d.Proof).Markup("\n  - from: ").Text(d.Who).Markup("\n")
	}
	return out.Document()
}
