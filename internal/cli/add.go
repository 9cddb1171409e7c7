package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// addOptions are the flags of add.
type addOptions struct {
	id       string
	dir      string
	registry string
	manifest string
	owner    string
	use      string
}

func newAdd(r *command.Run) *cobra.Command {
	o := &addOptions{}
	cmd := &cobra.Command{
		Use: "add id [dir]", Short: "Add a vendor to vendors.yaml",
		Long: "add writes an entry for a vendor into the manifest that covers the code that uses it: the endpoints,\n" +
			"packages and secrets that the code shows, and TODO where only you know the answer, with what the vendor's record allows. A check\n" +
			"refuses the manifest until each TODO is replaced. All other lines stay as they are. If there is no manifest, add creates one at the root.",
		Example: "  vendorgate add stripe --registry ../vendor-registry\n  vendorgate add stripe --manifest services/checkout/vendors.yaml",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return command.OneID("add", "stripe")(nil, args)
			}
			if err := command.OneID("add", "stripe")(nil, args[:1]); err != nil {
				return err
			}
			o.id = args[0]
			return command.OneDirectory(&o.dir)(nil, args[1:])
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return add(cmd.Context(), r.Env, o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	command.RegistryFlag(f, &o.registry, "", command.RegistryHelp+command.EmbeddedByDefault)
	f.StringVar(&o.manifest, "manifest", "", "Manifest to add the vendor to, below the directory.")
	f.StringVar(&o.owner, "owner", "", "Owner to write into the entry, such as a team. By default, the owner of the manifest.")
	f.StringVar(&o.use, "use", "", "Name of the use, if the manifest already declares the vendor for another use.")
	return cmd
}

func add(ctx context.Context, env process.Env, o *addOptions) error {
	if o.use != "" {
		if problem := attr.Check(attr.ID, o.use); problem != nil {
			return inputs.Usagef("write lower-case letters, digits and -, such as --use reporting", "--use %q is not an id", o.use)
		}
	}
	if problem := notTeam(o.owner); o.owner != "" && problem != "" {
		return inputs.Usagef("name the team that owns the use", "--owner: %s", problem)
	}
	t, err := openScan(ctx, env, o.dir, o.registry)
	if err != nil {
		return err
	}
	declared, err := t.request.ReadManifests(ctx, t.head, nil)
	if err != nil {
		return err
	}
	record, err := t.known.Vendor(o.id)
	if err == nil && record != nil && len(record.Problems) > 0 {
		p := record.Problems[0]
		err = command.FileError{Pos: p.Pos, Message: p.Message, Hint: p.Hint}
	}
	if err != nil {
		return fmt.Errorf("the record of %s cannot be read: %w", o.id, err)
	}
	if status := forbidden(record); status != "" {
		return inputs.Usagef("choose another vendor, or ask the security team", "%q is %s, so a manifest that declares it fails the check", o.id, t.policy.ShownStatus(status))
	}
	search := t.search(declared.Manifests)
	search.Excluded = declared.Excluded
	result, err := watched(ctx, env, search)
	if err != nil {
		return fmt.Errorf("search %s: %w", t.request.Dir, err)
	}
	seen := vendorIn(result.Undeclared, o.id)
	target, err := o.target(declared.Manifests, seen)
	if err != nil {
		return err
	}
	draft := t.entry(record, o.id, seen, result)
	draft.Use, draft.Owner = o.use, o.owner
	edit, err := o.edit(env, t.head, target, draft)
	if err != nil {
		return err
	}
	if err := env.WriteFiles([]source.Edit{edit}); err != nil {
		return fmt.Errorf("write %s: %w", edit.Name, err)
	}
	if err := env.Stdout.Print(sink.Text(edit.Name)); err != nil {
		return err
	}
	o.say(env, t.known, record, seen)
	return nil
}

// forbidden returns the status of a record that forbids every use; empty if it has none.
func forbidden(record *registry.Vendor) string {
	if record == nil || record.Record == nil {
		return ""
	}
	if status := record.Record.Get("status").Text; !subject.WaivableStatus(status) {
		return status
	}
	return ""
}

// vendorIn returns a vendor of a list; nil if it is not there.
func vendorIn(all []detect.Vendor, id string) *detect.Vendor {
	if i := slices.IndexFunc(all, func(v detect.Vendor) bool { return v.ID == id }); i >= 0 {
		return &all[i]
	}
	return nil
}

// target returns the path of the manifest to extend: the one that was asked for, the innermost one that covers the code that uses the
// vendor, or the only one. The manifest at the root need not exist.
func (o *addOptions) target(manifests []manifest.Manifest, seen *detect.Vendor) (string, error) {
	out := manifest.RootPaths()[0]
	switch covering := manifest.Innermost(manifests, firstFile(seen)); {
	case o.manifest != "":
		out = o.manifest
	case covering != nil:
		out = covering.Path
	case seen == nil && len(manifests) == 1:
		out = manifests[0].Path
	case seen == nil && len(manifests) > 1:
		return "", inputs.Usagef("name one with --manifest", "the code does not show which of %s should declare %q", diag.Count(len(manifests), "manifest"), o.id)
	}
	for i := range manifests {
		if manifests[i].Path != out {
			continue
		}
		for _, u := range manifests[i].Uses {
			if u.ID.Value == o.id && u.Label.Value == o.use {
				return "", inputs.Usagef("edit that entry, or name another use of the vendor with --use", "%s already declares %s", u.ID.Pos, o.what())
			}
		}
	}
	return out, nil
}

// what names the use to add.
func (o *addOptions) what() string {
	if o.use == "" {
		return fmt.Sprintf("%q", o.id)
	}
	return fmt.Sprintf("the use %q of %q", o.use, o.id)
}

// firstFile returns the file with the best sighting of a vendor.
func firstFile(seen *detect.Vendor) string {
	if seen == nil {
		return manifest.RootPaths()[0]
	}
	return seen.Sightings[0].File
}

// edit adds the entry to the manifest. If the manifest cannot be extended, it prints the entry.
func (o *addOptions) edit(env process.Env, head inputs.Head, target string, draft manifest.Draft) (source.Edit, error) {
	data, err := source.ReadFile(head.Files, target)
	out := source.Edit{Name: head.Name(target), Before: data}
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(bytes.TrimSpace(data)) == 0:
		draft.Owner = ""
		out.After = draft.File(o.owner)
		return out, nil
	case err != nil:
		return out, fmt.Errorf("read %s: %w", out.Name, err)
	case !manifest.Recognize(data):
		return out, inputs.Usagef("name a manifest with --manifest", "%s belongs to another tool", out.Name)
	}
	if out.After, err = manifest.Append(out.Name, data, draft); err == nil {
		return out, nil
	}
	declared := manifest.Parse(target, out.Name, data)
	lines, _ := draft.Under(&declared)
	var entry sink.Page
	for line := range strings.Lines(lines) {
		entry.Linef("%s", strings.TrimSuffix(line, "\n"))
	}
	if err := env.Stdout.Put(entry.Document()); err != nil {
		return out, err
	}
	if mistake := (*manifest.Mistake)(nil); errors.As(err, &mistake) {
		return out, inputs.Usagef(cmp.Or(mistake.Hint, "correct it")+"; then repeat the command, or add the entry above yourself", "%s", mistake)
	}
	return out, inputs.Usagef("add the entry above yourself", "%s cannot be extended: %s", out.Name, err)
}

// say reports what is left to do.
func (o *addOptions) say(env process.Env, known *registry.Registry, record *registry.Vendor, seen *detect.Vendor) {
	if record == nil {
		env.Say(sink.Linef("vendorgate: neither the registry nor the catalogue knows %q", o.id))
		if near := diag.Nearest(o.id, known.IDs()); near != "" {
			env.Hint(fmt.Sprintf("did you mean %q? if so, correct the entry", near))
		}
	}
	if seen == nil {
		env.Say(sink.Linef("vendorgate: the code shows no undeclared use of %q", o.id))
	}
	env.Say(sink.Linef("vendorgate: added %s; replace each TODO, because a check refuses it until then, and run `%s`", o.id, checkOf(o.dir, o.registry)))
}
