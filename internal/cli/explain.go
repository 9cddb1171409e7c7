package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/survey"
)

func newExplain(r *command.Run) *cobra.Command {
	var directory, day string
	cmd := &cobra.Command{
		Use:   "explain [rule|requirement|attribute|vendor|control]",
		Short: "Explain a rule, a requirement, an attribute, a vendor or a control of a standard",
		Long: "explain prints what a rule checks and how to fix its findings, what a requirement of the policy asks, what an attribute\n" +
			"of a record means, whether a vendor may be used, for what and until when, and what its record says, or which attributes, rules\n" +
			"and requirements help to show a control of a standard or a law. Without an argument, it lists the rules and requirements.",
		Example: "  vendorgate explain VG-APR-002\n  vendorgate explain calderwick-payments --registry ../vendor-registry\n" +
			"  vendorgate explain encryption.in_transit.min_tls\n  vendorgate explain \"ISO 27001 A.5.21\"",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return inputs.Usagef("pass one name", "explain takes one name; unexpected argument %q", args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			asOf, err := settings.ReadAsOf(day, r.Env)
			if err != nil {
				return err
			}
			known, p, err := command.OpenRegistry(cmd.Context(), r.Env, directory)
			if err != nil {
				return err
			}
			page := render.Overview(p)
			if len(args) == 1 {
				if page, err = pageOf(cmd.Root(), args[0], known, p, asOf); err != nil {
					return err
				}
			}
			return r.Env.Stdout.Put(page)
		},
	}
	command.RegistryFlag(cmd.Flags(), &directory, "", command.RegistryHelp+command.EmbeddedByDefault)
	cmd.Flags().StringVar(&day, "as-of", "", command.AsOfHelp)
	return cmd
}

// pageOf returns the page about a rule, a requirement, an attribute, a vendor, a group of attributes or rules, a key of another file or a control,
// in this order.
func pageOf(root *cobra.Command, name string, known *registry.Registry, p *policy.Policy, asOf check.AsOf) (sink.Document, error) {
	if page, ok := explain.Page(strings.ToUpper(name)); ok {
		return render.Rule(strings.ToUpper(name), explain.Text(page), p), nil
	}
	if i := slices.IndexFunc(p.Requirements, func(q policy.Requirement) bool { return q.ID == name }); i >= 0 {
		return render.Requirement(&p.Requirements[i], p), nil
	}
	if page, ok := render.PresetRequirement(name, p); ok {
		return page, nil
	}
	row := record.Attribute(name)
	if row != nil && strings.Contains(name, ".") {
		return render.Attribute(name, row), nil
	}
	if spelled := record.Spelled(name); spelled != name {
		return render.Attribute(spelled, record.Attribute(spelled)), nil
	}
	if v, err := command.Vendor(known, name); err != nil || v != nil {
		if err != nil {
			return sink.Document{}, err
		}
		around, err := survey.Around(known, v.ID)
		if err != nil {
			return sink.Document{}, err
		}
		return render.Vendor(v, survey.PermitOf(p, known, v, around[v.ID], asOf.In(p))), nil
	}
	if row != nil { // a name without dots may also be the ID of a vendor
		return render.Attribute(name, row), nil
	}
	for _, find := range []func(string) (sink.Document, bool){render.Group, render.Family, render.Key} {
		if page, ok := find(name); ok {
			return page, nil
		}
	}
	if page, ok := render.Control(name, p); ok {
		return page, nil
	}
	hint := render.NearestTopic(name, known, p)
	if c, rest, err := root.Find([]string{name}); err == nil && c != root && len(rest) == 0 {
		hint = fmt.Sprintf("it is a command; run `vendorgate help %s`", name)
	}
	return sink.Document{}, inputs.Usagef(hint, "unknown rule, requirement, attribute, vendor or control %q", name)
}
