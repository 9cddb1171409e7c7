package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/pflag"

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
}

const dryRunHelp = "Print the changes without writing them."

func (o *writeOptions) flags(f *pflag.FlagSet) {
	registryFlag(f, &o.registry, ".", registryDirectoryHelp)
	f.BoolVar(&o.dryRun, "dry-run", false, dryRunHelp)
	f.StringVar(&o.asOf, "as-of", "", "Date (2027-01-31) to write as today. By default, today.")
}

// office opens the registry that a command changes.
func (o *writeOptions) office(ctx context.Context, env process.Env, command string) (decision.Office, error) {
	if err := writable(env, command, o.registry); err != nil {
		return decision.Office{}, err
	}
	asOf, err := settings.ReadAsOf(o.asOf, env)
	if err != nil {
		return decision.Office{}, err
	}
	known, rules, err := trustedRegistry(ctx, env, o.registry)
	if err != nil {
		return decision.Office{}, err
	}
	embedded := source.New("embedded", "", env.Registry)
	return decision.Office{Known: known, Files: registry.AsData(known.Tree, embedded), Policy: rules, Today: rules.At(asOf.In(rules))}, nil
}

// fileChange is a file of a registry before and after a change. Before is nil if the change creates it.
type fileChange struct {
	name          string // as messages show it
	before, after []byte
}

// changesOf returns the files that decisions change.
func changesOf(office decision.Office, outcomes ...decision.Outcome) []fileChange {
	var out []fileChange
	for _, o := range outcomes {
		out = append(out, fileChange{office.Known.Tree.Name(o.Path), o.Before, o.After})
	}
	return out
}

// write prints what changes, and writes all of it or nothing.
func (o *writeOptions) write(env process.Env, changes []fileChange) error {
	var printed strings.Builder
	var files []source.File
	for _, c := range changes {
		was := c.name + ".orig"
		if c.before == nil {
			was = "/dev/null"
		}
		printed.Write(diff.Diff(was, c.before, c.name, c.after))
		files = append(files, source.File{Name: filepath.FromSlash(c.name), Data: c.after})
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
