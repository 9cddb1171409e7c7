package cli

import (
	"context"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// scanOptions is the command line of scan.
type scanOptions struct {
	dir      string
	registry string
	strict   bool
	formats  []string
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
	f.StringArrayVar(&o.formats, "format", nil, "Format of the list: text, json or markdown, each with =FILE to write it there; repeatable. Without one text is printed.")
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

// found is what a scan came back with, and what the manifests say.
type found struct {
	*detect.Result
	declared map[string]diag.Pos // vendors by id
	names    map[string]string   // of vendors, where they are not their ids
	name     func(string) string // how a file is shown
}

func scan(ctx context.Context, env Env, o *scanOptions) error {
	outputs, err := readOutputs(env, o.formats, report.Formats())
	if err != nil {
		return err
	}
	rep := &diag.Report{}
	s, known, tree, err := openScan(ctx, env, o, rep)
	if err != nil {
		return err
	}
	s.outputs = outputs
	listed := detect.List(tree.files) // while manifests are looked for in the same tree
	manifests, err := readManifests(ctx, env, s, tree, rep)
	if err != nil {
		return err
	}
	c, err := catalogue(env, known)
	if err != nil {
		return err
	}
	ignores := newIgnoreSet(manifests.manifests, baseline{}, policy.Today{Instant: env.Now().UTC(), Zone: env.Now().UTC().Location()})
	result, err := search(env, s, tree, manifests, c, detect.Options{Listed: listed, Strict: o.strict, Ignore: ignores.covers})
	if err != nil {
		return fmt.Errorf("scan %s: %w", s.dir, err)
	}
	f := found{result, declarations(manifests.manifests), map[string]string{}, tree.name}
	for _, v := range result.Vendors {
		if record, err := known.Vendor(v.ID); err == nil && record != nil && record.Record != nil && record.Name() != v.ID {
			f.names[v.ID] = record.Name()
		}
	}
	return f.write(env, s)
}

// openScan opens the tree that is searched, and the registry that says what else to look for.
func openScan(ctx context.Context, env Env, o *scanOptions, rep *diag.Report) (s settings, known *registry.Registry, tree head, err error) {
	s = settings{dir: path.Clean(filepath.ToSlash(o.dir)), registry: o.registry, network: network{transport: env.Transport, now: env.Now, sleep: env.Sleep}}
	if s.remote, err = readRemote(env, &checkOptions{registry: o.registry}); err != nil {
		return s, nil, head{}, err
	}
	if known, err = scanRegistry(ctx, env, s, rep); err != nil {
		return s, nil, head{}, err
	}
	tree, err = openHead(ctx, env, s, rep)
	return s, known, tree, err
}

// scanRegistry opens the registry, or the embedded one; a registry that cannot be read is an error.
func scanRegistry(ctx context.Context, env Env, s settings, rep *diag.Report) (*registry.Registry, error) {
	builtIn := embedded(env)
	rules := builtIn
	if s.registry != "" || s.remote != nil {
		rules = openRules(ctx, env, s, nil, rep)
	}
	for _, gap := range rep.Gaps {
		return nil, fmt.Errorf("%s: %s", gap.Target, gap.Reason)
	}
	known, err := registry.Open(rules, builtIn)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", rules.Tree().Origin, err)
	}
	return known, nil
}

func declarations(manifests []manifest.Manifest) map[string]diag.Pos {
	out := map[string]diag.Pos{}
	for _, m := range manifests {
		for _, u := range m.Uses {
			if _, ok := out[u.ID.Value]; !ok {
				out[u.ID.Value] = u.ID.Pos
			}
		}
	}
	return out
}

func (f found) write(env Env, s settings) error {
	err := writeOutputs(env, s.outputs, func(format string, _ bool) (sink.Document, error) {
		switch format {
		case "json":
			return f.json()
		case "markdown":
			return f.markdown(), nil
		default:
			return f.text(), nil
		}
	})
	if err != nil {
		return err
	}
	env.say(sink.Linef("vendorgate: %s", f.summary()))
	return nil
}

// unused are declared vendors of which nothing was found, by id.
func (f found) unused() []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(f.declared)) {
		if !slices.ContainsFunc(f.Vendors, func(v detect.Vendor) bool { return v.ID == id }) {
			out = append(out, id)
		}
	}
	return out
}

func (f found) summary() string {
	byLevel := map[detect.Confidence]int{}
	undeclared := 0
	for _, v := range f.Vendors {
		byLevel[v.Confidence]++
		if _, ok := f.declared[v.ID]; !ok && v.Confidence >= detect.Likely {
			undeclared++
		}
	}
	return fmt.Sprintf("%d confirmed, %d likely, %s; %d of them used and undeclared, %d declared and not found; %s; %s searched, %d not",
		byLevel[detect.Confirmed], byLevel[detect.Likely], diag.Count(byLevel[detect.Hint], "hint"), undeclared, len(f.unused()),
		diag.Count(len(f.UnknownHosts), "unknown host"), diag.Count(f.Files, "file"), len(f.Skipped))
}

// counts are the numbers of traces in words: "3 host, 1 import; 2 lowered in tests".
func counts(v detect.Vendor) string {
	var kinds, lowered []string
	for _, kind := range slices.Sorted(maps.Keys(v.Counts)) {
		kinds = append(kinds, fmt.Sprintf("%d %s", v.Counts[kind], kind))
	}
	for _, context := range slices.Sorted(maps.Keys(v.Lowered)) {
		lowered = append(lowered, fmt.Sprintf("%d in %s", v.Lowered[context], context))
	}
	out := strings.Join(kinds, ", ")
	if len(lowered) > 0 {
		out += "; of these count for less: " + strings.Join(lowered, ", ")
	}
	return out
}
