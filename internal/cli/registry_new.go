package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// newOptions are the flags of registry new.
type newOptions struct {
	id       string
	registry string
	tier     int
	classes  []string
	category string
}

func newRegistryNew(r *run) *cobra.Command {
	o := &newOptions{}
	cmd := &cobra.Command{
		Use:   "new id",
		Short: "Draft the record of a vendor",
		Example: "  vendorgate registry new stripe --tier 2 --data personal,cardholder --registry ../vendor-registry\n" +
			"  vendorgate registry new acme-sms --category messaging --tier 3",
		Long: "new writes vendors/<id>.yaml with every attribute that the policy asks for at that tier and for that data. Comments list\n" +
			"the possible values and the evidence to record. new never overwrites a file.",
		Args: oneID("registry new", "stripe"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.id = args[0]
			return create(cmd.Context(), r.env, o)
		},
	}
	registryFlag(cmd.Flags(), &o.registry, ".", registryDirectoryHelp)
	cmd.Flags().IntVar(&o.tier, "tier", 0, "Tier of the vendor: 1 mission critical, 2 business critical, 3 business operational, 4 administrative. A vendor without a tier counts as 1.")
	cmd.Flags().StringSliceVar(&o.classes, "data", nil, "Classes of data that the vendor will see, separated by commas.")
	cmd.Flags().StringVar(&o.category, "category", "", "Category of the service, such as messaging. By default, the category in vendorgate's catalogue.")
	return cmd
}

// oneID requires the id of one vendor as the argument.
func oneID(command, example string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return inputs.Usagef("for example, `vendorgate "+command+" "+example+"`", "%s takes the id of one vendor", command)
		}
		if problem := registry.CheckID(args[0]); problem != "" {
			return inputs.Usagef(problem, "%q is not a valid vendor id", args[0])
		}
		return nil
	}
}

// create writes the draft of a record to the registry.
func create(ctx context.Context, env process.Env, o *newOptions) error {
	if err := writable(env, "registry new", o.registry); err != nil {
		return err
	}
	known, rules, err := trustedRegistry(ctx, env, o.registry)
	if err != nil {
		return err
	}
	if err := o.valid(rules); err != nil {
		return err
	}
	if err := ensureNew(known.Tree, o.id); err != nil {
		return err
	}
	draft, err := o.draft(known, rules)
	if err != nil {
		return err
	}
	near := diag.Nearest(o.id, known.IDs())
	name := known.Tree.Name("vendors/" + o.id + ".yaml")
	if err := env.WriteFile(filepath.FromSlash(name), draft.Bytes()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := env.Stdout.Print(sink.Text(name)); err != nil {
		return err
	}
	if draft.Identity == nil && near != "" {
		env.Say(sink.Linef("vendorgate: %q is not in the catalogue of known vendors", o.id))
		env.Hint(fmt.Sprintf("did you mean %q? if so, delete %s", near, name))
	}
	tier := o.effective(rules, nil)
	env.Say(sink.Linef("vendorgate: fill in %s for a tier-%d use, then run `vendorgate registry renew %s --registry %s`", diag.Count(len(draft.Wanted), "attribute"), tier, o.id, o.registry))
	return nil
}

// valid checks the flags against the policy.
func (o *newOptions) valid(rules *policy.Policy) error {
	if o.tier < 0 || o.tier > 4 {
		return inputs.Usagef("use one of 1, 2, 3, 4; 1 is the most critical", "invalid value %d for --tier", o.tier)
	}
	for i, class := range o.classes {
		if _, ok := rules.ClassTier(class); !ok {
			return settings.Invalid("--data", class, rules.Classes())
		}
		if slices.Contains(o.classes[:i], class) {
			return inputs.Usagef("name it once", "--data names %q twice", class)
		}
	}
	if o.category != "" && !slices.Contains(vocab.Categories(), o.category) {
		return settings.Invalid("--category", o.category, vocab.Categories())
	}
	return nil
}

// effective returns the effective tier. A vendor without a tier counts as most critical.
func (o *newOptions) effective(rules *policy.Policy, environments []string) int {
	return rules.Tier([]int{max(o.tier, 1)}, o.classes, environments)
}

// ensureNew returns an error if there is already a record, or a file that looks like one.
func ensureNew(tree *source.Tree, id string) error {
	entries, err := fs.ReadDir(tree.Files, "vendors")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read %s: %w", tree.Name("vendors"), err)
	}
	for _, e := range entries {
		ending := path.Ext(e.Name())
		if strings.EqualFold(e.Name(), id+ending) && (strings.EqualFold(ending, ".yaml") || strings.EqualFold(ending, ".yml")) {
			return inputs.Usagef("edit it, or choose another id", "%s already exists", tree.Name("vendors/"+e.Name()))
		}
	}
	return nil
}

// draft collects the questions about the vendor.
func (o *newOptions) draft(known *registry.Registry, rules *policy.Policy) (registry.Draft, error) {
	identity, err := vendor(known, o.id)
	if err != nil {
		return registry.Draft{}, err
	}
	profile := brief.Profile{Tier: o.effective(rules, nil), Category: o.category, Classes: o.classes}
	if identity != nil && profile.Category == "" {
		profile.Category = identity.Record.Get("category").Text
	}
	d := registry.Draft{ID: o.id, Identity: identity, Category: o.category, Tier: o.tier, Classes: o.classes}
	for _, ask := range brief.Asks(rules, profile) {
		want := cmp.Or(ask.Wants, "an answer")
		if ask.Given != "" {
			want += ", " + ask.Given
		}
		why := fmt.Sprintf("%s (%s at tier %d): %s.", ask.By, ask.Severity, profile.Tier, want)
		i := slices.IndexFunc(d.Wanted, func(w registry.Wanted) bool { return w.Path == ask.Path })
		if i < 0 {
			i = len(d.Wanted)
			d.Wanted = append(d.Wanted, registry.Wanted{Path: ask.Path})
		}
		if !slices.Contains(d.Wanted[i].Why, why) {
			d.Wanted[i].Why = append(d.Wanted[i].Why, why)
		}
	}
	d.Terms = []string{approvalTerms(rules.Terms(profile.Tier), profile.Tier, rules.ID)}
	return d, nil
}

// approvalTerms describes what the policy requires of an approval.
func approvalTerms(t policy.Terms, tier int, id string) string {
	out := fmt.Sprintf("An approval for tier %d needs %s, is valid for at most %s and is reviewed every %s (policy %s).", tier, diag.Count(t.Approvers, "approver"), t.Longest.Words(), t.Cadence.Words(), id)
	if len(t.Roles) > 0 {
		out += " Roles that can approve: " + strings.Join(t.Roles, ", ") + "."
	}
	return out
}
