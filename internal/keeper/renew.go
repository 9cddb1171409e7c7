package keeper

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/decision"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// renewOptions are the flags of registry renew.
type renewOptions struct {
	writeOptions
	settings.Approval

	write, all bool
	within     string
	format     settings.FormatFlag[render.Renewals]
}

func newRegistryRenew(r *command.Run) *cobra.Command {
	o := &renewOptions{}
	cmd := &cobra.Command{
		Use:   "renew id | --all",
		Short: "List what to do to renew a record, or renew it",
		Example: "  vendorgate registry renew larkspur-mail --registry ../vendor-registry\n" +
			"  vendorgate registry renew larkspur-mail --as-of 2027-09-01 --format markdown\n" +
			"  vendorgate registry renew larkspur-mail --write --by a.ferreira --role security-architect --registry ../vendor-registry\n" +
			"  vendorgate registry renew --all --within P60D --write --registry ../vendor-registry",
		Long: "renew lists what is not valid or overdue in a record, what is due within the warning periods of the policy, what would be in\n" +
			"the way of a renewal today, and what is unknown, as if one repository used everything that the scope allows. It says what to\n" +
			"do and who has the evidence, and includes the vendor's waivers.\n\n" +
			"With --write, it approves the vendor again from today, if a check of the record would pass, and otherwise lists what is\n" +
			"missing (exit code 1). Without --by, the approvers stay, and have to approve the change.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(cmd, args); err != nil {
				return err
			}
			if o.write {
				return renewAndWrite(cmd.Context(), r, o, args)
			}
			return renew(cmd.Context(), r, o, args)
		},
	}
	f := cmd.Flags()
	o.flags(f)
	f.Lookup("registry").Usage = command.RegistryHelp
	f.Lookup("as-of").Usage = command.AsOfHelp
	f.BoolVar(&o.write, "write", false, "Renew the approval.")
	f.BoolVar(&o.all, "all", false, "All vendors whose approval or review has ended or ends soon.")
	f.StringVar(&o.within, "within", "P60D", "With --all, how soon, as an ISO 8601 period.")
	approvalFlags(f, &o.Approval)
	command.AddFormat(&o.format, cmd, "the list", render.RenewalFormats())
	return cmd
}

// check checks which flags and arguments fit together.
func (o *renewOptions) check(cmd *cobra.Command, args []string) error {
	given := func(names ...string) string {
		for _, name := range names {
			if cmd.Flags().Changed(name) {
				return name
			}
		}
		return ""
	}
	switch unused := given("dry-run", "by", "role", "team", "until", "decision-ref"); {
	case o.all && len(args) > 0:
		return inputs.Usagef("leave out one of them", "registry renew takes the id of one vendor or --all, not both: %q", args[0])
	case !o.write && unused != "":
		return inputs.Usagef("add --write, or leave it out", "--%s needs --write", unused)
	case o.write && given("format") != "":
		return inputs.Usagef("leave out one of them", "--write prints what changes, so it takes no --format")
	case !o.all && given("within") != "":
		return inputs.Usagef("add --all, or leave it out", "--within needs --all")
	case o.all:
		return nil
	}
	return command.OneID("registry renew", "larkspur-mail")(cmd, args)
}

// renew prints the lists for records.
func renew(ctx context.Context, r *command.Run, o *renewOptions, ids []string) error {
	outputs, err := o.format.Read(r.Env)
	if err != nil {
		return err
	}
	office, err := openOffice(ctx, r.Env, o.registry, o.asOf)
	if err != nil {
		return err
	}
	var within scalar.Period
	if o.all {
		if ids, within, err = due(r, o, office); err != nil {
			return err
		}
	}
	around, err := survey.Around(office.Known, ids...)
	if err != nil {
		return err
	}
	var lists render.Renewals
	for _, id := range ids {
		v, err := ownRecord(office.Known, o.registry, id)
		if err != nil {
			return err
		}
		lists = append(lists, render.Renewal{Vendor: v, Policy: office.Policy, List: office.Renewal(v, around[id], within)})
	}
	return settings.WriteOutputs(r.Env, outputs, lists)
}

// due lists the vendors of --all, and how soon they are due.
func due(r *command.Run, o *renewOptions, office decision.Office) ([]string, scalar.Period, error) {
	within, err := scalar.ParsePeriod(o.within)
	if err != nil {
		return nil, within, inputs.Usagef(err.Error(), "--within %q is not a period", o.within)
	}
	lapses, all, err := office.Due(within)
	if err != nil {
		return nil, within, fmt.Errorf("registry renew: %w", err)
	}
	var ids []string
	for _, l := range lapses {
		ids = append(ids, l.Vendor)
		ends := []string{"ends", "ended"}
		if l.Kind == inventory.Review {
			ends = []string{"is due", "was due"}
		}
		if l.Past {
			ends = ends[1:]
		}
		r.Env.Say(sink.Linef("vendorgate: %s: %s %s on %s (%s)", l.Vendor, l.What, ends[0], l.Last, diag.Ahead(l.Days)))
	}
	ids = slices.Compact(ids)
	for _, gap := range all.Unjudged {
		r.Env.Say(sink.Linef("vendorgate: not evaluated: %s: %s", gap.Target, gap.Reason))
		r.Code = command.ExitNoVerdict
	}
	r.Env.Say(sink.Linef("vendorgate: %s of %s to renew by %s", diag.Count(len(ids), "vendor"), registered(all), office.Today.Day.Plus(within)))
	return ids, within, nil
}

func registered(all inventory.Inventory) string { return diag.Count(len(all.Records), "record") }

// renewAndWrite renews the approval of vendors. Those that a check would fail stay as they are.
func renewAndWrite(ctx context.Context, r *command.Run, o *renewOptions, ids []string) error {
	office, err := o.office(ctx, r.Env, "registry renew --write")
	if err != nil {
		return err
	}
	approval, err := o.Read(office.Policy, office.Today.Day)
	if err != nil {
		return err
	}
	if o.all {
		if ids, _, err = due(r, o, office); err != nil {
			return err
		}
	}
	var all, passed []decision.Outcome
	for _, id := range ids {
		out, err := office.Renew(id, approval)
		switch {
		case err != nil && o.all: // a pilot, for example, which has reviews and no approval
			command.SayError(r.Env, o.decisionError(office, id, err))
			r.Code = max(r.Code, command.ExitFindings)
		case err != nil:
			return o.decisionError(office, id, err)
		default:
			all = append(all, out)
		}
	}
	office.Lint(all)
	for _, out := range all {
		if !out.Blocked() {
			passed = append(passed, out)
			continue
		}
		r.Code = max(r.Code, command.ExitFindings)
		if err := refuse(r, "renewed", out.Vendor.ID, out); err != nil {
			return err
		}
	}
	if err := o.writeOptions.write(r.Env, editsOf(office, passed...)); err != nil {
		return err
	}
	var people []string
	for _, out := range passed {
		sayRest(r, out)
		r.Env.Say(sink.Linef("vendorgate: %s", o.granted("renewed", out.Vendor.ID, out)))
		people = append(people, out.Approvers()...)
	}
	if slices.Sort(people); len(people) > 0 {
		r.Env.Say(sink.Linef("vendorgate: %s", whoOpens(slices.Compact(people))))
	}
	return nil
}

// ownRecord returns the organisation's record of a vendor. dir is the registry. Records in the embedded catalogue do not count.
func ownRecord(known *registry.Registry, dir, id string) (*registry.Vendor, error) {
	v, _, err := known.Own(id)
	switch {
	case err == nil && len(v.Problems) > 0:
		p := v.Problems[0]
		return nil, command.FileError{Pos: p.Pos, Message: p.Message, Hint: p.Hint}
	case !errors.Is(err, fs.ErrNotExist):
		return v, err
	case slices.Contains(known.IDs(), id):
		return nil, inputs.Usagef("create one with `vendorgate registry new "+id+command.OnRegistry(dir)+"`", "the registry has no record of %q", id)
	}
	own, err := known.Tree.List("vendors", ".yaml")
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", known.Tree.Name("vendors"), err)
	}
	if diag.Nearest(id, own) == "" {
		return nil, inputs.Usagef("create one with `vendorgate registry new "+id+command.OnRegistry(dir)+"`", "the registry has no record of %q", id)
	}
	return nil, command.Unknown("vendor", id, own)
}
