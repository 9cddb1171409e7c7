package cli

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
)

// fmtOptions are the flags of registry fmt.
type fmtOptions struct {
	registry    string
	check, diff bool
}

func newRegistryFmt(r *run) *cobra.Command {
	o := &fmtOptions{}
	cmd := &cobra.Command{
		Use:   "fmt [dir|file...]",
		Short: "Format records, waivers and policy files",
		Example: "  vendorgate registry fmt ../vendor-registry\n  vendorgate registry fmt --check --registry ../vendor-registry\n" +
			"  vendorgate registry fmt --diff vendors/stripe.yaml",
		Long: "fmt moves whole lines, with the comments above and next to them, into the order of docs/attributes.md. It does not\n" +
			"change values, quotes or braces. It skips files that have errors.",
		RunE: func(cmd *cobra.Command, args []string) error {
			switch given := cmd.Flags().Changed("registry"); {
			case given && len(args) > 0:
				return usagef("leave out --registry", "registry fmt takes --registry or files, not both")
			case len(args) == 0:
				args = []string{o.registry}
			}
			code, err := format(cmd.Context(), r.env, o, args)
			r.code = code
			return err
		},
	}
	registryFlag(cmd.Flags(), &o.registry, ".", registryDirectoryHelp)
	cmd.Flags().BoolVar(&o.check, "check", false, "List the files that would change, without writing them. The exit code is 1 if there are any.")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "Print a diff, without writing files.")
	return cmd
}

// formatted counts files by result.
type formatted struct{ all, changed, refused, failed int }

// format formats the named files and registries. A file with errors does not stop the others.
func format(ctx context.Context, env Env, o *fmtOptions, names []string) (code int, err error) {
	var targets []target
	for _, name := range names {
		found, err := findTargets(env, name)
		if err != nil {
			return 0, err
		}
		targets = append(targets, found...)
	}
	var n formatted
	var out strings.Builder
	seen := map[string]bool{}
	for _, t := range targets {
		if err := ctx.Err(); err != nil {
			return 0, fmt.Errorf("registry fmt stopped: %w", err)
		}
		if place := env.Abs(path.Dir(t.name)) + "/" + path.Base(t.name); !seen[place] {
			seen[place] = true
			n.all++
			out.WriteString(o.formatFile(env, t, &n))
		}
	}
	if err := env.Stdout.Put(sink.Lines(strings.ReplaceAll(out.String(), "\r\n", "\n"))); err != nil {
		return 0, err
	}
	env.say(sink.Linef("vendorgate: %s", n.summary(o.check || o.diff)))
	switch {
	case n.failed > 0:
		return exitNoVerdict, nil
	case n.refused > 0, o.check && n.changed > 0:
		return exitFindings, nil
	default:
		return exitPass, nil
	}
}

// formatFile formats one file and returns what to print for it.
func (o *fmtOptions) formatFile(env Env, t target, n *formatted) string {
	before, err := source.ReadFile(t.files, t.path)
	if err != nil {
		n.failed++
		env.say(sink.Linef("vendorgate: %s: %s", t.name, source.Reason(err)))
		return ""
	}
	after, problems := registry.Format(t.table, t.name, before)
	for _, p := range problems {
		env.say(sink.Linef("vendorgate: %s: %s", p.Pos, p.Message))
		hint(env, p.Hint)
	}
	switch {
	case len(problems) > 0:
		n.refused++
		return ""
	case bytes.Equal(before, after):
		return ""
	case o.diff:
		n.changed++
		return string(diff.Diff(t.name+".orig", before, t.name, after))
	case !o.check:
		if err := env.WriteFile(filepath.FromSlash(t.name), after); err != nil {
			n.failed++
			env.say(sink.Linef("vendorgate: %s: %s", t.name, source.Reason(err)))
			return ""
		}
	}
	n.changed++
	return t.name + "\n"
}

func (n formatted) summary(dry bool) string {
	done := "formatted"
	if dry {
		done = "would change"
	}
	out := fmt.Sprintf("%d of %s %s", n.changed, diag.Count(n.all, "file"), done)
	if n.refused > 0 {
		out += fmt.Sprintf(", %d skipped because of errors", n.refused)
	}
	if n.failed > 0 {
		out += fmt.Sprintf(", %d could not be read or written", n.failed)
	}
	return out
}
