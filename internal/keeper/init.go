package keeper

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/starter"
)

// startOptions are the flags of registry init.
type startOptions struct {
	settings.Start

	dir    string
	dryRun bool
}

func newRegistryInit(r *command.Run) *cobra.Command {
	o := &startOptions{}
	cmd := &cobra.Command{
		Use:   "init [dir]",
		Short: "Start a registry",
		Example: "  vendorgate registry init vendor-registry\n" +
			"  vendorgate registry init vendor-registry --name acme --approver security-architect=a.ferreira,k.nakagawa --repository acme/vendor-registry",
		Long: "init writes the files of a new registry: the policy, empty folders, a README, a workflow that checks its pull requests and\n" +
			"all of it on working days, an issue form to request vendors, and code owners. On a terminal, it asks for what you leave\n" +
			"out. It never overwrites a file.",
		Args: command.OneDirectory(&o.dir),
		RunE: func(cmd *cobra.Command, _ []string) error { return start(cmd.Context(), r.Env, o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.Name, "name", "", "Name of your organisation, in lower-case letters, digits and hyphens.")
	f.StringSliceVar(&o.Presets, "preset", nil, "Preset that the policy extends, and overlays; repeatable. By default, "+policy.Presets()[0]+".")
	f.StringArrayVar(&o.Approvers, "approver", nil, "Role, and who may approve vendors in it: security-architect=a.ferreira,@acme/security; repeatable.")
	f.StringVar(&o.Contact, "contact", "", "Whom developers should ask, such as #vendor-security.")
	f.StringVar(&o.Zone, "timezone", "", "IANA time zone in which a day ends, such as Europe/Dublin. By default, UTC.")
	f.StringVar(&o.Repository, "repository", "", "The registry's repository on GitHub, as owner/name, for links to the issue form.")
	f.BoolVar(&o.dryRun, "dry-run", false, "Print the files without writing them.")
	return cmd
}

// start writes a new registry.
func start(ctx context.Context, env process.Env, o *startOptions) error {
	registry, err := o.Read(env.Build)
	if err != nil {
		return err
	}
	if env.StdinTerminal && o.Complete() != nil {
		if registry, err = o.ask(ctx, env, registry); err != nil {
			return err
		}
	}
	if err := o.Complete(); err != nil {
		return err
	}
	files := registry.Files()
	kept, err := o.existing(env, files)
	if err != nil {
		return err
	}
	var edits []source.Edit
	for _, f := range files {
		if !slices.Contains(kept, f.Name) {
			edits = append(edits, source.Edit{Name: filepath.ToSlash(filepath.Join(o.dir, filepath.FromSlash(f.Name))), After: f.Data})
		}
	}
	if err := (&writeOptions{registry: o.dir, dryRun: o.dryRun, names: true}).write(env, edits); err != nil || o.dryRun {
		return err
	}
	o.say(env, registry, kept)
	return nil
}

// ask asks for what the flags leave out, until there are no more answers. An answer that is not valid is asked for again.
func (o *startOptions) ask(ctx context.Context, env process.Env, registry starter.Registry) (starter.Registry, error) {
	prompt := env.Prompt()
	for _, q := range o.Questions() {
		for {
			answer, err := prompt.Ask(ctx, q.Text)
			if errors.Is(err, io.EOF) {
				return registry, nil
			}
			if err != nil {
				return registry, err //nolint:wrapcheck // it is a whole sentence
			}
			answer = strings.TrimSpace(answer)
			if answer == "" && q.Required {
				env.Say(sink.Linef("vendorgate: this needs an answer"))
				continue
			}
			q.Answer(answer)
			valid, err := o.Read(env.Build)
			if err == nil {
				registry = valid
				break
			}
			q.Answer("")
			command.SayError(env, err)
		}
	}
	return registry, nil
}

// existing lists the files that are there already. A policy means that there is a registry.
func (o *startOptions) existing(env process.Env, files []source.File) ([]string, error) {
	tree, err := env.Open(o.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, inputs.Usagef("pass a directory", "registry init %s: %s", o.dir, source.Reason(err))
	}
	var out []string
	for _, f := range files {
		switch _, err := source.Lstat(tree, f.Name); {
		case err == nil:
			out = append(out, f.Name)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("read %s: %w", f.Name, err)
		}
	}
	if slices.Contains(out, starter.PolicyFile) {
		return nil, inputs.Usagef("edit it, or pass another directory", "%s is a registry already: it has a %s", o.dir, starter.PolicyFile)
	}
	return out, nil
}

// say says what is left to do.
func (o *startOptions) say(env process.Env, registry starter.Registry, kept []string) {
	for _, name := range kept {
		env.Say(sink.Linef("vendorgate: kept %s, which exists", name))
	}
	if registry.Commit == "" && !slices.Contains(kept, starter.WorkflowFile) {
		env.Say(sink.Linef("vendorgate: in %s, replace the zeros with the commit of the release that you reviewed", starter.WorkflowFile))
	}
	env.Say(sink.Linef("vendorgate: started the registry of %s; add vendors with %s", registry.ID, "`vendorgate registry new ID"+command.OnRegistry(o.dir)+"`"))
}
