package keeper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/layout"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
)

// fmtOptions are the flags of registry fmt.
type fmtOptions struct {
	registry    string
	check, diff bool
}

func newRegistryFmt(r *command.Run) *cobra.Command {
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
				return inputs.Usagef("leave out --registry", "registry fmt takes --registry or files, not both")
			case len(args) == 0:
				args = []string{o.registry}
			}
			code, err := format(cmd.Context(), r.Env, o, args)
			r.Code = code
			return err
		},
	}
	command.RegistryFlag(cmd.Flags(), &o.registry, ".", command.RegistryDirectoryHelp)
	cmd.Flags().BoolVar(&o.check, "check", false, "List the files that would change, without writing them. The exit code is 1 if there are any.")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "Print a diff, without writing files.")
	return cmd
}

// formatted counts files by result.
type formatted struct{ all, changed, refused, failed int }

// format formats the named files and registries. A file with errors does not stop the others.
func format(ctx context.Context, env process.Env, o *fmtOptions, names []string) (code int, err error) {
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
	env.Say(sink.Linef("vendorgate: %s", n.summary(o.check || o.diff)))
	switch {
	case n.failed > 0:
		return command.ExitNoVerdict, nil
	case n.refused > 0, o.check && n.changed > 0:
		return command.ExitFindings, nil
	default:
		return command.ExitPass, nil
	}
}

// formatFile formats one file and returns what to print for it.
func (o *fmtOptions) formatFile(env process.Env, t target, n *formatted) string {
	before, err := source.ReadFile(t.files, t.path)
	if err != nil {
		n.failed++
		env.Say(sink.Linef("vendorgate: %s: %s", t.name, source.Reason(err)))
		return ""
	}
	after, problems := registry.Format(t.table, t.name, before)
	for _, p := range problems {
		env.Say(sink.Linef("vendorgate: %s: %s", p.Pos, p.Message))
		env.Hint(p.Hint)
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
		if err := env.WriteFiles([]source.Edit{{Name: filepath.FromSlash(t.name), Before: before, After: after}}); err != nil {
			n.failed++
			env.Say(sink.Linef("vendorgate: %s: %s", t.name, source.Reason(err)))
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

// target is a file of a registry to format.
type target struct {
	name  string // as messages show it
	files fs.FS
	path  string // in files
	table *attr.Table
}

// findTargets returns the named file, or all files of the named registry.
func findTargets(env process.Env, name string) ([]target, error) {
	isDir, err := env.IsDir(name)
	if err != nil {
		return nil, inputs.Usagef("pass a registry, or a file in one", "registry fmt %s: %s", name, source.Reason(err))
	}
	folder := name
	if !isDir {
		folder = filepath.Dir(name)
	}
	files, err := env.Open(folder)
	if err != nil {
		return nil, inputs.Usagef("pass a registry, or a file in one", "registry fmt %s: %s", name, source.Reason(err))
	}
	display := path.Clean(filepath.ToSlash(folder))
	if !isDir {
		base := filepath.Base(name)
		table := layout.TableOf(filepath.Base(env.Abs(folder)), base)
		if table == nil {
			return nil, inputs.Usagef("pass policy.yaml, policy_test.yaml, vendors/<id>.yaml or waivers/<id>.yaml", "registry fmt %s: this is not a file of a registry", name)
		}
		return []target{{path.Join(display, base), files, base, table}}, nil
	}
	var out []target
	for _, file := range []string{layout.Policy, layout.Tests} {
		if _, err := source.Lstat(files, file); err == nil {
			out = append(out, target{path.Join(display, file), files, file, layout.TableOf("", file)})
		}
	}
	for _, kind := range []string{"vendors", "waivers"} {
		ids, err := source.New(display, "", files).List(kind, ".yaml")
		switch {
		case err == nil:
		case errors.Is(err, fs.ErrNotExist) && kind == "waivers":
		case errors.Is(err, fs.ErrNotExist):
			return nil, inputs.Usagef("pass the directory that contains vendors/", "registry fmt %s: it has no vendors folder", name)
		default:
			return nil, inputs.Usagef("", "registry fmt %s: %s: %s", name, kind, source.Reason(err))
		}
		for _, id := range ids {
			file := kind + "/" + id + ".yaml"
			out = append(out, target{path.Join(display, file), files, file, layout.TableOf(kind, id+".yaml")})
		}
	}
	return out, nil
}
