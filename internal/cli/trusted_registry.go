package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// trustedRegistry opens a registry and its policy. If there are several problems, it returns the last as the error and prints
// the others.
func trustedRegistry(ctx context.Context, env process.Env, name string) (*registry.Registry, *policy.Policy, error) {
	request, err := settings.RegistryRequest(env, ci.RegistrySettings{Name: name})
	if err != nil {
		return nil, nil, err
	}
	found, err := request.OpenRegistry(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	return found.Registry, found.Policy, unreadable(env, found.Account)
}

// fileError is what is wrong in a file, with a hint on how to fix it.
type fileError struct {
	pos           diag.Pos
	message, hint string
}

func (e fileError) Error() string { return e.pos.String() + ": " + e.message }

// unreadable returns the last problem with the files of a registry as an error, and prints the others; nil if there is none.
func unreadable(env process.Env, a inputs.Account) error {
	var last error
	for _, u := range a.Unread {
		for i, f := range check.Unreadable(inputs.Account{Unread: []inputs.Unread{u}}) {
			if wrong := (fileError{}); errors.As(last, &wrong) {
				env.Say(sink.Linef("vendorgate: %s", wrong))
				env.Hint(wrong.hint)
			}
			last = fileError{f.Pos, f.Message, cmp.Or(u.Hint, u.Problems[i].Hint)} // whoever runs a command may maintain the registry
		}
	}
	return last
}

// vendor reads a record; nil if there is none with that id.
func vendor(known *registry.Registry, id string) (*registry.Vendor, error) {
	if !slices.Contains(known.IDs(), id) {
		return nil, nil //nolint:nilnil // nil means that there is no record
	}
	v, err := known.Vendor(id)
	if err == nil && v != nil && len(v.Problems) > 0 {
		p := v.Problems[0]
		err = fileError{p.Pos, p.Message, p.Hint}
	}
	return v, err
}

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
	registryFlag(f, &o.registry, ".", registryHelp)
	f.StringVar(&o.token, "registry-token", "", ci.TokenHelp+".")
	f.StringVar(&o.asOf, "as-of", "", asOfHelp)
}

// survey reads a registry and evaluates all of it. It returns an error for wrong settings, and if registry or policy cannot be
// read.
func (o *surveyOptions) survey(ctx context.Context, env process.Env) (*inventory.Inventory, error) {
	request, err := settings.RegistryRequest(env, ci.RegistrySettings{Name: o.registry, Token: o.token})
	if err != nil {
		return nil, err
	}
	asOf, err := settings.ReadAsOf(o.asOf, env)
	if err != nil {
		return nil, err
	}
	found, err := request.OpenRegistry(ctx, nil)
	if err != nil {
		return nil, err
	}
	known, rules := found.Registry, found.Policy
	for _, f := range check.Unreadable(found.Account) {
		env.Say(sink.Linef("vendorgate: %s: %s", f.Pos, f.Message))
	}
	if known == nil || rules == nil {
		return nil, fmt.Errorf("registry %q cannot be evaluated", o.registry)
	}
	v, err := survey.Of(rules, known, asOf.In(rules))
	if err != nil {
		return nil, err
	}
	v.Version, v.Files = env.Build.ShownVersion(), filesOf(request, known.Tree.Digest())
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
	if document == "" || files == "" || strings.Contains(files, "://") {
		return files
	}
	from, err := filepath.Rel(filepath.Dir(env.Abs(document)), env.Abs(filepath.FromSlash(files)))
	if err != nil {
		return ""
	}
	return filepath.ToSlash(from) + "/"
}

// surveyed prints the summary of a command. If any record could not be evaluated, there is no verdict.
func (r *run) surveyed(v *inventory.Inventory, summary sink.Line) {
	r.env.Say(sink.Join(sink.Text("vendorgate: "), summary))
	if len(v.Unjudged) > 0 {
		r.code = exitNoVerdict
	}
}
