package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func newMan(r *command.Run) *cobra.Command {
	return &cobra.Command{
		Use:     "man [dir]",
		Short:   "Print the manual pages of all commands, or write them to a directory",
		Example: "  vendorgate man | man -l -\n  vendorgate man /usr/local/share/man/man1",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return inputs.Usagef("pass one directory", "man takes one directory; unexpected argument %q", args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			pages := manuals(cmd.Root(), r.Env.Build.ShownVersion())
			if len(args) == 0 {
				var all strings.Builder
				for _, p := range pages {
					all.WriteString(p.text)
				}
				return r.Env.Stdout.Put(sink.Lines(all.String()))
			}
			if dir, err := r.Env.IsDir(args[0]); err != nil || !dir {
				return inputs.Usagef("create it first", "man %s: there is no such directory", args[0])
			}
			for _, p := range pages {
				if err := r.Env.WriteFile(filepath.Join(args[0], p.name+".1"), []byte(p.text)); err != nil {
					return fmt.Errorf("write %s.1: %w", p.name, err)
				}
			}
			return nil
		},
	}
}

// manual is a page of the manual, in the language of man(7).
type manual struct{ name, text string }

// manuals returns the pages of a command and of all commands below it.
func manuals(cmd *cobra.Command, version string) []manual {
	out := []manual{{manualName(cmd), manualText(cmd, version)}}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			out = append(out, manuals(c, version)...)
		}
	}
	return out
}

func manualName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

func manualText(cmd *cobra.Command, version string) string {
	var out strings.Builder
	name := manualName(cmd)
	fmt.Fprintf(&out, ".TH %s 1 \"\" %s\n", roff(strings.ToUpper(name)), roff(`"vendorgate `+version+`"`))
	out.WriteString(".SH NAME\n" + roff(name) + " \\- " + roff(cmd.Short) + "\n")
	out.WriteString(".SH SYNOPSIS\n.B " + roff(cmd.UseLine()) + "\n")
	if cmd.Long != "" {
		out.WriteString(".SH DESCRIPTION\n" + roff(cmd.Long) + "\n")
	}
	cmd.InitDefaultHelpFlag()
	if cmd.HasAvailableLocalFlags() {
		out.WriteString(".SH OPTIONS\n")
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Hidden {
				return
			}
			value, usage := pflag.UnquoteUsage(f)
			label := "--" + f.Name
			if f.Shorthand != "" {
				label = "-" + f.Shorthand + ", " + label
			}
			if value != "" {
				label += " " + value
			}
			if d := f.DefValue; d != "" && d != "false" && d != "[]" && d != "0" {
				usage += " (default " + d + ")"
			}
			out.WriteString(".TP\n.B " + roff(label) + "\n" + roff(usage) + "\n")
		})
	}
	if cmd.HasExample() {
		out.WriteString(".SH EXAMPLES\n.nf\n" + roff(cmd.Example) + "\n.fi\n")
	}
	if cmd == cmd.Root() {
		out.WriteString(".SH EXIT STATUS\n.nf\n" + roff(strings.TrimRight(exitCodes, "\n")) + "\n.fi\n")
	}
	var others []string
	if cmd.HasParent() {
		others = append(others, manualName(cmd.Parent()))
	}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			others = append(others, manualName(c))
		}
	}
	if len(others) > 0 {
		out.WriteString(".SH SEE ALSO\n")
		for i, other := range others {
			end := ","
			if i == len(others)-1 {
				end = ""
			}
			out.WriteString(".BR " + roff(other) + " (1)" + end + "\n")
		}
	}
	return out.String()
}

// roff escapes text so that man shows it as it is.
func roff(text string) string {
	lines := strings.Split(strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
