package cli

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// scanOptions are the flags of scan.
type scanOptions struct {
	dir      string
	registry string
	strict   bool
	quiet    bool // print only the summary, unless a format is given
	format   settings.FormatFlag[render.Scan]
}

func newScan(r *command.Run) *cobra.Command {
	o := &scanOptions{}
	cmd := &cobra.Command{
		Use: "scan [dir]", Short: "List the vendors that a source tree uses",
		Long:    "scan searches a source tree for vendors, by their hosts, packages, imports and credential names. For each vendor, it prints\nthe confidence, where it was found, and whether a manifest declares it.",
		Example: "  vendorgate scan --registry ../vendor-registry\n  vendorgate scan services/checkout --format json=found.json",
		Args:    command.OneDirectory(&o.dir),
		RunE:    func(cmd *cobra.Command, _ []string) error { return scan(cmd.Context(), r.Env, o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	command.RegistryFlag(f, &o.registry, "", command.RegistryHelp+command.EmbeddedByDefault)
	f.BoolVar(&o.strict, "strict", false, "Report hints as likely uses.")
	command.AddFormat(&o.format, cmd, "the list", render.ScanFormats())
	command.QuietFlag(cmd, &o.quiet)
	return cmd
}

func scan(ctx context.Context, env process.Env, o *scanOptions) error {
	outputs, err := o.format.Read(env)
	if err != nil {
		return err
	}
	if o.quiet && len(o.format.Given) == 0 {
		outputs = nil
	}
	t, err := openScan(ctx, env, o.dir, o.registry)
	if err != nil {
		return err
	}
	declared, err := t.request.ReadManifests(ctx, t.head, nil)
	if err != nil {
		return err
	}
	search := t.search(declared.Manifests)
	search.Excluded, search.Strict = declared.Excluded, o.strict
	search.Ignores = check.NewIgnores(declared.Manifests, inputs.Agreed{Head: true}, t.known, t.policy, t.policy.At(env.Now()))
	result, err := watched(ctx, env, search)
	if err != nil {
		return fmt.Errorf("scan %s: %w", t.request.Dir, err)
	}
	f := render.Scan{Result: result, Declared: render.Declarations(declared.Manifests), Names: map[string]string{}, Name: t.head.Name, Ignored: search.Ignores.Covered()}
	for _, v := range result.Vendors {
		if record, err := t.known.Vendor(v.ID); err == nil && record != nil && record.Record != nil && record.Name() != v.ID {
			f.Names[v.ID] = record.Name()
		}
	}
	if err := settings.WriteOutputs(env, outputs, f); err != nil {
		return err
	}
	env.Say(sink.Linef("vendorgate: %s", f.Summary()))
	return nil
}

// scanTarget is the tree to search, and the registry whose records add to what it looks for.
type scanTarget struct {
	request inputs.Request
	known   *registry.Registry
	policy  *policy.Policy
	head    inputs.Head
	asOf    time.Time
}

// openScan opens the tree and the registry. It returns an error if the registry cannot be read.
func openScan(ctx context.Context, env process.Env, dir, from string) (scanTarget, error) {
	request, err := settings.RegistryRequest(env, ci.RegistrySettings{Name: from})
	if err != nil {
		return scanTarget{}, err
	}
	request.Dir = path.Clean(filepath.ToSlash(dir))
	out := scanTarget{request: request, asOf: env.Now()}
	if out.head, err = request.OpenHead(ctx); err != nil { // before a server is asked for anything
		return out, err
	}
	builtIn := request.BuiltIn()
	rules := builtIn
	if request.Registry != "" || request.Remote != nil {
		found := request.FindRegistry(ctx, nil)
		for _, gap := range found.Gaps {
			return scanTarget{}, fmt.Errorf("%s: %s", gap.Target, gap.Reason)
		}
		rules = found.Rules
	}
	if out.known, err = registry.Open(rules, builtIn); err != nil {
		return scanTarget{}, fmt.Errorf("%s: %w", rules.Tree().Origin, err)
	}
	go check.Prepare(request.Host.Registry, out.known) // while the tree is listed
	var account inputs.Account
	if out.policy, account, err = request.ReadPolicy(rules, true); err != nil { // a scan gives no verdict
		return scanTarget{}, err
	}
	if err := command.Unreadable(env, account); err != nil {
		return scanTarget{}, err
	}
	if out.policy == nil {
		return scanTarget{}, fmt.Errorf("%s: %s", account.Gaps[0].Target, account.Gaps[0].Reason)
	}
	return out, nil
}

// search returns a search of the tree.
func (t scanTarget) search(manifests []manifest.Manifest) check.Search {
	return check.Search{
		Files: t.head.Files, Listed: t.head.Listed, Manifests: manifests, Skip: t.request.RegistryFolder(), Registry: t.known, Embedded: t.request.Host.Registry,
	}
}

// watched runs a search and shows its progress.
func watched(ctx context.Context, env process.Env, s check.Search) (*detect.Result, error) {
	show, done := env.Progress()
	defer done()
	s.Progress = show
	result, _, err := s.Run(ctx) // a check says which records cannot be read
	return result, err
}
