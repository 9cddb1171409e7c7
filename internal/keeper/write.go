package keeper

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/decision"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
)

// writeOptions are the flags of the commands that change a registry.
type writeOptions struct {
	registry, asOf string
	dryRun         bool
	names          bool // print only the names of files that it creates, except in a dry run
}

const dryRunHelp = "Print the changes without writing them."

func (o *writeOptions) flags(f *pflag.FlagSet) {
	command.RegistryFlag(f, &o.registry, ".", command.RegistryDirectoryHelp)
	f.BoolVar(&o.dryRun, "dry-run", false, dryRunHelp)
	f.StringVar(&o.asOf, "as-of", "", "Date (2027-01-31) to write as today. By default, today.")
}

// office opens the registry that a command changes.
func (o *writeOptions) office(ctx context.Context, env process.Env, name string) (decision.Office, error) {
	if err := writable(env, name, o.registry); err != nil {
		return decision.Office{}, err
	}
	return openOffice(ctx, env, o.registry, o.asOf)
}

// openOffice opens a registry on a day, which may be written as flags have it.
func openOffice(ctx context.Context, env process.Env, dir, day string) (decision.Office, error) {
	asOf, err := settings.ReadAsOf(day, env)
	if err != nil {
		return decision.Office{}, err
	}
	known, rules, err := command.OpenRegistry(ctx, env, dir)
	if err != nil {
		return decision.Office{}, err
	}
	embedded := source.New("embedded", "", env.Registry)
	return decision.Office{Known: known, Files: registry.AsData(known.Tree, embedded), Policy: rules, Today: rules.At(asOf.In(rules)), Flags: command.OnRegistry(dir)}, nil
}

// editsOf returns the files that decisions change.
func editsOf(office decision.Office, outcomes ...decision.Outcome) []source.Edit {
	var out []source.Edit
	for _, o := range outcomes {
		out = append(out, source.Edit{Name: office.Known.Tree.Name(o.Path), Before: o.Before, After: o.After})
	}
	return out
}

// write writes all of the edits or nothing, and prints what changes.
func (o *writeOptions) write(env process.Env, edits []source.Edit) error {
	var printed strings.Builder
	files := slices.Clone(edits)
	for i, e := range edits {
		files[i].Name = filepath.FromSlash(e.Name)
		switch {
		case e.Before == nil && o.names && !o.dryRun:
			printed.WriteString(e.Name + "\n")
		case e.Before == nil:
			printed.Write(diff.Diff("/dev/null", nil, e.Name, e.After))
		default:
			printed.Write(diff.Diff(e.Name+".orig", e.Before, e.Name, e.After))
		}
	}
	if !o.dryRun {
		if err := env.WriteFiles(files); err != nil {
			return fmt.Errorf("write %s, and nothing was changed: %w", o.registry, err)
		}
	}
	return env.Stdout.Put(sink.Lines(strings.ReplaceAll(printed.String(), "\r\n", "\n")))
}

// done is a verb in the past tense, or what would happen in a dry run.
func (o *writeOptions) done(verb string) string {
	if o.dryRun {
		return "would have " + verb
	}
	return verb
}

// decisionError turns an error of a decision about a vendor into one that says what to do.
func (o *writeOptions) decisionError(office decision.Office, id string, err error) error {
	refusal := decision.Refusal{}
	switch {
	case errors.As(err, &refusal):
		return inputs.Usagef(refusal.Hint, "%s", refusal.Message)
	case errors.Is(err, decision.ErrNoRecord):
		_, err = ownRecord(office.Known, o.registry, id)
	}
	return err
}
