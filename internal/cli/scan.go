package cli

import (
	"context"
	"fmt"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// scanOptions is the command line of scan.
type scanOptions struct {
	dir      string
	registry string
	strict   bool
	format   formatFlag[render.Scan]
}

func newScan(r *run) *cobra.Command {
	o := &scanOptions{}
	cmd := &cobra.Command{
		Use: "scan [dir]", Short: "List the vendors that a source tree uses",
		Long:    "scan searches a source tree for vendors: hosts, packages, imports, names of credentials. It says how sure each is, where it\nstands, and whether a manifest declares it.",
		Example: "  vendorgate scan --registry ../vendor-registry\n  vendorgate scan services/checkout --format json=found.json",
		Args:    oneDirectory(&o.dir),
		RunE:    func(cmd *cobra.Command, _ []string) error { return scan(cmd.Context(), r.env, o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.registry, "registry", "", "Registry of the organisation, as check takes it: its records say what else belongs to a vendor.")
	f.BoolVar(&o.strict, "strict", false, "Hints count as likely uses.")
	o.format.add(cmd, "the list", render.ScanFormats())
	return cmd
}

// oneDirectory takes at most one argument, the current directory if there is none.
func oneDirectory(dir *string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		*dir = "."
		switch len(args) {
		case 0:
		case 1:
			*dir = args[0]
		default:
			return usagef("give one directory", "%s takes one directory, and %q is a second", cmd.CommandPath(), args[1])
		}
		return nil
	}
}

func scan(ctx context.Context, env Env, o *scanOptions) error {
	outputs, err := o.format.read(env)
	if err != nil {
		return err
	}
	t, err := openScan(ctx, env, o.dir, o.registry)
	if err != nil {
		return err
	}
	listed := detect.List(t.head.Files) // while manifests are looked for in the same tree
	declared, err := t.request.ReadManifests(ctx, t.head)
	if err != nil {
		return err
	}
	search := t.search(declared.Manifests)
	search.Listed, search.Strict = listed, o.strict
	search.Ignores = check.NewIgnores(declared.Manifests, inputs.Agreed{Head: true}, t.known, t.policy, t.policy.At(env.Now()))
	result, err := watched(env, search)
	if err != nil {
		return fmt.Errorf("scan %s: %w", t.request.Dir, err)
	}
	f := render.Scan{Result: result, Declared: render.Declarations(declared.Manifests), Names: map[string]string{}, Name: t.head.Name, Ignored: search.Ignores.Covered()}
	for _, v := range result.Vendors {
		if record, err := t.known.Vendor(v.ID); err == nil && record != nil && record.Record != nil && record.Name() != v.ID {
			f.Names[v.ID] = record.Name()
		}
	}
	if err := writeOutputs(env, outputs, f); err != nil {
		return err
	}
	env.say(sink.Linef("vendorgate: %s", f.Summary()))
	return nil
}

// scanned is the tree that is searched, and the registry that says what else to look for.
type scanned struct {
	request inputs.Request
	known   *registry.Registry
	policy  *policy.Policy
	head    inputs.Head
}

// openScan opens both. A registry that cannot be read is an error.
func openScan(ctx context.Context, env Env, dir, from string) (scanned, error) {
	request, err := registryRequest(env, registrySettings{registry: from})
	if err != nil {
		return scanned{}, err
	}
	request.Dir = path.Clean(filepath.ToSlash(dir))
	out := scanned{request: request}
	builtIn := request.BuiltIn()
	rules := builtIn
	if request.Registry != "" || request.Remote != nil {
		found := request.FindRegistry(ctx, nil)
		for _, gap := range found.Gaps {
			return scanned{}, fmt.Errorf("%s: %s", gap.Target, gap.Reason)
		}
		rules = found.Rules
	}
	if out.known, err = registry.Open(rules, builtIn); err != nil {
		return scanned{}, fmt.Errorf("%s: %w", rules.Tree().Origin, err)
	}
	var account inputs.Account
	if out.policy, account = request.ReadPolicy(rules); out.policy == nil {
		return scanned{}, fmt.Errorf("%s: %s", account.Gaps[0].Target, account.Gaps[0].Reason)
	}
	out.head, err = request.OpenHead(ctx)
	return out, err
}

// search is a search of the tree.
func (t scanned) search(manifests []manifest.Manifest) check.Search {
	return check.Search{
		Files: t.head.Files, Manifests: manifests, Skip: t.request.RegistryFolder(), Registry: t.known, Embedded: t.request.Host.Registry,
	}
}

// watched searches, and shows how far it is.
func watched(env Env, s check.Search) (*detect.Result, error) {
	show, done := progress(env)
	defer done()
	s.Progress = show
	return s.Run()
}
