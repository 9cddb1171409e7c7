package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func newExplain(r *run) *cobra.Command {
	var directory string
	cmd := &cobra.Command{
		Use:   "explain [rule|vendor|attribute]",
		Short: "Explain a rule, what the registry knows of a vendor, or an attribute",
		Example: "  vendorgate explain VG-APR-002\n  vendorgate explain calderwick-payments --registry ../vendor-registry\n" +
			"  vendorgate explain encryption.in_transit.min_tls",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("", "explain takes one name, and %q is a second", args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			known, p, err := trustedRegistry(cmd.Context(), r.env, directory)
			if err != nil {
				return err
			}
			page := render.Overview(p)
			if len(args) == 1 {
				if page, err = pageOf(args[0], known, p); err != nil {
					return err
				}
			}
			return r.env.Stdout.Put(page)
		},
	}
	cmd.Flags().StringVar(&directory, "registry", "", "Registry of the organisation, as check takes it.")
	return cmd
}

// pageOf finds the page of a name: of a rule, a requirement, an attribute or a vendor, in this order.
func pageOf(name string, known *registry.Registry, p *policy.Policy) (sink.Document, error) {
	if page, ok := explain.Page(strings.ToUpper(name)); ok {
		return sink.Lines(explain.Text(page)), nil
	}
	if i := slices.IndexFunc(p.Requirements, func(q policy.Requirement) bool { return q.ID == name }); i >= 0 {
		return render.Requirement(&p.Requirements[i], p), nil
	}
	if _, row, ok := record.Table().Lookup(name); ok && row != nil && strings.Contains(name, ".") {
		return render.Attribute(name, row), nil
	}
	if v, err := vendor(known, name); err != nil || v != nil {
		if err != nil {
			return sink.Document{}, err
		}
		return render.Vendor(v), nil
	}
	choices := append(explain.IDs(), known.IDs()...)
	for _, q := range p.Requirements {
		choices = append(choices, q.ID)
	}
	choices = append(choices, record.Table().Paths()...)
	hint := "`vendorgate explain` lists the rules"
	if near := diag.Nearest(name, choices); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return sink.Document{}, usagef(hint, "there is no rule, vendor or attribute %q", name)
}
