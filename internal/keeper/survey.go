package keeper

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// writable returns an error if the registry is not a directory.
func writable(env process.Env, command, dir string) error {
	if dir != "" && !ci.NamesRepository(env, dir, false) {
		return nil
	}
	return inputs.Usagef("clone the repository, and pass the directory of the clone", "%s writes files, and --registry %q is not a directory", command, dir)
}

// surveyOptions are the flags of the commands that report on a whole registry.
type surveyOptions struct {
	registry, token, asOf string
}

func (o *surveyOptions) flags(f *pflag.FlagSet) {
	f.SortFlags = false
	command.RegistryFlag(f, &o.registry, ".", command.RegistryHelp)
	f.StringVar(&o.token, "registry-token", "", ci.TokenHelp+".")
	f.StringVar(&o.asOf, "as-of", "", command.AsOfHelp)
}

// open reads a registry and its policy. It returns an error for wrong settings, and if one of them cannot be read.
func (o *surveyOptions) open(ctx context.Context, env process.Env) (inputs.Request, inputs.Trusted, time.Time, error) {
	fail := func(err error) (inputs.Request, inputs.Trusted, time.Time, error) {
		return inputs.Request{}, inputs.Trusted{}, time.Time{}, err
	}
	request, err := settings.RegistryRequest(env, ci.RegistrySettings{Name: o.registry, Token: o.token})
	if err != nil {
		return fail(err)
	}
	asOf, err := settings.ReadAsOf(o.asOf, env)
	if err != nil {
		return fail(err)
	}
	found, err := request.OpenRegistry(ctx, nil)
	if err != nil {
		return fail(err)
	}
	for _, f := range check.Unreadable(found.Account) {
		env.Say(sink.Linef("vendorgate: %s: %s", f.Pos, f.Message))
	}
	if found.Registry == nil || found.Policy == nil {
		return fail(fmt.Errorf("registry %q cannot be evaluated", o.registry))
	}
	return request, found, asOf.In(found.Policy), nil
}

// survey reads a registry and evaluates all of it.
func (o *surveyOptions) survey(ctx context.Context, env process.Env) (*inventory.Inventory, error) {
	request, found, asOf, err := o.open(ctx, env)
	if err != nil {
		return nil, err
	}
	v, err := survey.Of(found.Policy, found.Registry, asOf)
	if err != nil {
		return nil, err //nolint:wrapcheck // it says what was attempted
	}
	v.Version, v.Files = env.Build.ShownVersion(), filesOf(request, found.Registry.Tree.Digest())
	return &v, nil
}

// filesOf returns what the address of a file of a registry begins with: its folder, or the URL of a commit; empty if unknown.
func filesOf(r inputs.Request, revision string) string {
	switch {
	case r.Remote == nil:
		return path.Clean(filepath.ToSlash(r.Registry)) + "/"
	case r.Remote.Page == "":
		return ""
	default:
		return r.Remote.Page + "/blob/" + path.Join(revision, r.Remote.Path) + "/"
	}
}

// filesFrom returns files as filesOf does, with a folder relative to the document that links to it; for standard output, relative to the
// current directory.
func filesFrom(env process.Env, files, document string) string {
	if files == "" || strings.Contains(files, "://") {
		return files
	}
	folder := env.Abs(".")
	if document != "" {
		folder = filepath.Dir(env.Abs(document))
	}
	from, err := filepath.Rel(folder, env.Abs(filepath.FromSlash(files)))
	if err != nil {
		return ""
	}
	return filepath.ToSlash(from) + "/"
}

// surveyed prints the summary of a command. If any record could not be evaluated, there is no verdict.
func surveyed(r *command.Run, v *inventory.Inventory, summary sink.Line) {
	r.Env.Say(sink.Join(sink.Text("vendorgate: "), summary))
	if len(v.Unjudged) > 0 {
		r.Code = command.ExitNoVerdict
	}
}
