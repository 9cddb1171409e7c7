package keeper

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/drafts"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// newOptions are the flags that describe a vendor.
type newOptions struct {
	id       string
	tier     int
	classes  []string
	category string
}

// createOptions are the flags of registry new.
type createOptions struct {
	newOptions
	writeOptions

	environments []string
	long         bool
}

func newRegistryNew(r *command.Run) *cobra.Command {
	o := &createOptions{writeOptions: writeOptions{names: true}}
	cmd := &cobra.Command{
		Use:   "new id...",
		Short: "Draft the records of vendors",
		Example: "  vendorgate registry new stripe --tier 2 --data personal,cardholder --registry ../vendor-registry\n" +
			"  vendorgate registry new acme-sms --category messaging --tier 3\n" +
			"  vendorgate registry new sentry posthog slack --tier 3 --data internal --environment prod",
		Long: "new writes vendors/<id>.yaml with every attribute that the policy asks for at that tier and for that data. At tiers 1 and 2,\n" +
			"or with --long, comments list the possible values and the evidence to record. At tiers 3 and 4, a record has at most 15\n" +
			"lines with what the policy asks of every vendor. The data of a vendor can put it at a higher tier than --tier, as the policy\n" +
			"says. new never overwrites a file, and writes all of its records or none.",
		Args: func(_ *cobra.Command, args []string) error { return manyIDs(args) },
		RunE: func(cmd *cobra.Command, args []string) error { return create(cmd.Context(), r.Env, o, args) },
	}
	f := cmd.Flags()
	command.RegistryFlag(f, &o.registry, ".", command.RegistryDirectoryHelp)
	f.IntVar(&o.tier, "tier", 0, "Tier of the vendor: 1 mission critical, 2 business critical, 3 business operational, 4 administrative. A vendor without a tier counts as 1.")
	f.StringSliceVar(&o.classes, "data", nil, "Classes of data that the vendor will see, separated by commas.")
	f.StringSliceVar(&o.environments, "environment", nil, "Environments that will call the vendor, separated by commas.")
	f.StringVar(&o.category, "category", "", "Category of the service, such as messaging. By default, the category in vendorgate's catalogue.")
	f.BoolVar(&o.long, "long", false, "Explain each attribute at tiers 3 and 4, too.")
	f.BoolVar(&o.dryRun, "dry-run", false, "Print the records without writing them.")
	return cmd
}

// manyIDs requires the ids of different vendors.
func manyIDs(ids []string) error {
	if len(ids) == 0 {
		return inputs.Usagef("for example, `vendorgate registry new stripe`", "registry new takes the ids of vendors")
	}
	for i, id := range ids {
		if problem := registry.CheckID(id); problem != "" {
			return inputs.Usagef(problem, "%q is not a valid vendor id", id)
		}
		if slices.Contains(ids[:i], id) {
			return inputs.Usagef("name it once", "registry new names %q twice", id)
		}
	}
	return nil
}

// create writes the drafts of records to the registry: all of them or none.
func create(ctx context.Context, env process.Env, o *createOptions, ids []string) error {
	office, err := o.office(ctx, env, "registry new")
	if err != nil {
		return err
	}
	known, rules := office.Known, office.Policy
	if err := o.valid(rules); err != nil {
		return err
	}
	if err := environmentsExist(o.environments); err != nil {
		return err
	}
	tier := o.effective(rules, o.environments)
	var edits []source.Edit
	var said []func()
	for _, id := range ids {
		if err := ensureNew(known.Tree, id); err != nil {
			return err
		}
		draft, err := o.draft(known, rules, id)
		if err != nil {
			return err
		}
		text := draft.Bytes()
		if tier > 2 && !o.long {
			text = draft.Short()
		}
		edits = append(edits, source.Edit{Name: known.Tree.Name("vendors/" + id + ".yaml"), After: append([]byte(attr.EditorLine("vendor")), text...)})
		said = append(said, func() { o.say(env, known, draft, tier) })
	}
	if err := o.write(env, edits); err != nil || o.dryRun {
		return err
	}
	for _, say := range said {
		say()
	}
	return nil
}

// say says what is left to do for a draft.
func (o *createOptions) say(env process.Env, known *registry.Registry, draft drafts.Record, tier int) {
	if draft.Identity == nil {
		env.Say(sink.Linef("vendorgate: %q is not in the catalogue of known vendors; add its name and what identifies it in code, such as api_hosts", draft.ID))
		if near := diag.Nearest(draft.ID, known.IDs()); near != "" {
			env.Hint(fmt.Sprintf("did you mean %q? if so, delete %s", near, known.Tree.Name("vendors/"+draft.ID+".yaml")))
		}
	}
	short := tier > 2 && !o.long
	if left := draft.LeftOut(); short && left > 0 {
		env.Say(sink.Linef("vendorgate: the short form has no room for %s; `vendorgate registry renew %s%s` lists all that the policy asks, and --long writes it", diag.Count(left, "attribute"), draft.ID, command.OnRegistry(o.registry)))
	}
	env.Say(sink.Linef("vendorgate: fill in %s for a tier-%d use, then run `vendorgate registry approve %s --by USER --role ROLE%s`", diag.Count(draft.Open(short), "attribute"), tier, draft.ID, command.OnRegistry(o.registry)))
}

// valid checks the flags against the policy.
func (o *newOptions) valid(rules *policy.Policy) error {
	if o.tier < 0 || o.tier > 4 {
		return inputs.Usagef("use one of 1, 2, 3, 4; 1 is the most critical", "invalid value %d for --tier", o.tier)
	}
	if err := classesExist(rules, o.classes); err != nil {
		return err
	}
	if o.category != "" && !slices.Contains(vocab.Categories(), o.category) {
		return settings.Invalid("--category", o.category, vocab.Categories())
	}
	return nil
}

// classesExist checks the values of --data.
func classesExist(rules *policy.Policy, classes []string) error {
	for i, class := range classes {
		if _, ok := rules.ClassTier(class); !ok {
			return settings.Invalid("--data", class, rules.Classes())
		}
		if slices.Contains(classes[:i], class) {
			return inputs.Usagef("name it once", "--data names %q twice", class)
		}
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

// draft collects the questions about a vendor.
func (o *createOptions) draft(known *registry.Registry, rules *policy.Policy, id string) (drafts.Record, error) {
	identity, err := command.Vendor(known, id)
	if err != nil {
		return drafts.Record{}, err
	}
	profile := brief.Profile{Tier: o.effective(rules, o.environments), Category: o.category, Classes: o.classes}
	if identity != nil && profile.Category == "" {
		profile.Category = identity.Record.Get("category").Text
	}
	d := drafts.Record{ID: id, Identity: identity, Category: o.category, Tier: o.tier, Classes: o.classes, Environs: o.environments}
	for _, ask := range brief.Asks(rules, profile) {
		want := cmp.Or(ask.Wants, "an answer")
		if ask.Given != "" {
			want += ", " + ask.Given
		}
		why := fmt.Sprintf("%s (%s at tier %d): %s.", ask.By, ask.Severity, profile.Tier, want)
		i := slices.IndexFunc(d.Wanted, func(w drafts.Wanted) bool { return w.Path == ask.Path })
		if i < 0 {
			i = len(d.Wanted)
			d.Wanted = append(d.Wanted, drafts.Wanted{Path: ask.Path})
		}
		d.Wanted[i].Always = d.Wanted[i].Always || ask.Given == "" && !ask.Judged
		if !slices.Contains(d.Wanted[i].Why, why) {
			d.Wanted[i].Why = append(d.Wanted[i].Why, why)
		}
	}
	d.Terms = []string{approvalTerms(rules, profile.Tier)}
	return d, nil
}

// approvalTerms describes what the policy requires of an approval.
func approvalTerms(rules *policy.Policy, tier int) string {
	t := rules.Terms(tier)
	out := fmt.Sprintf("An approval for tier %d needs %s, is valid for at most %s and is reviewed every %s (policy %s).", tier, diag.Count(t.Approvers, "approver"), t.Longest.Words(), t.Cadence.Words(), rules.ID)
	if len(t.Roles) > 0 {
		out += " Roles that can approve: " + strings.Join(t.Roles, ", ") + "."
	}
	return out
}
