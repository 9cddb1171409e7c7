package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/sink"
)

// formatFlag is the --format flag of a command. Its help, errors and completion come from the formats.
type formatFlag[T any] struct {
	formats sink.Formats[T]
	given   []string
}

// output is a format and the file that it is written to; an empty name is standard output.
type output[T any] struct {
	sink.Format[T]
	file string
}

// add adds the flag to a command. The help calls the output by the name in what.
func (f *formatFlag[T]) add(cmd *cobra.Command, what string, formats sink.Formats[T]) {
	f.formats = formats
	cmd.Flags().StringArrayVar(&f.given, "format", nil,
		fmt.Sprintf("Format of %s: %s, with =FILE to write it to a file; repeatable. By default, %s on stdout.", what, orList(formats.Names()), formats[0].Name))
	completeFormats(cmd, formats.Names())
}

// completeFormats lets shells complete --format.
func completeFormats(cmd *cobra.Command, names []string) {
	err := cmd.RegisterFlagCompletionFunc("format", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return names, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	})
	if err != nil {
		panic("cli: " + err.Error()) // the flag is missing, or has a completion already
	}
}

// orList joins words: "text, json or markdown".
func orList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// read parses the values of --format, each FORMAT or FORMAT=FILE. The default is the first format on standard output.
func (f *formatFlag[T]) read(env Env) ([]output[T], error) {
	given := f.given
	if len(given) == 0 {
		given = f.formats.Names()[:1]
	}
	var out []output[T]
	for _, text := range given {
		name, file, named := strings.Cut(text, "=")
		format, err := f.formats.Find(name)
		switch {
		case err != nil:
			return nil, usagef(nearest(name, f.formats.Names()), "unknown format %q", name)
		case named && file == "":
			return nil, usagef("write "+name+"=report."+name+", or leave out the = to print it", "--format %s has no file name", text)
		case slices.ContainsFunc(out, func(o output[T]) bool { return samePlace(env, o.file, file) }):
			return nil, usagef("give each format its own =FILE", "two formats are written to the same place: --format %s", text)
		}
		out = append(out, output[T]{format, file})
	}
	return out, nil
}

// writeOutputs renders all outputs before it writes the first byte, then writes each of them once.
func writeOutputs[T any](env Env, outputs []output[T], value T) error {
	rendered := make([]sink.Document, len(outputs))
	for i, o := range outputs {
		var err error
		if rendered[i], err = o.render(env, value); err != nil {
			return err
		}
	}
	for i, o := range outputs {
		if err := o.write(env, rendered[i]); err != nil {
			return fmt.Errorf("write the %s output: %w", o.Name, err)
		}
	}
	return nil
}

// render renders a value, in colour if the output is a terminal.
func (o output[T]) render(env Env, value T) (sink.Document, error) {
	return o.Render(value, o.file == "" && env.StdoutTerminal && env.Getenv("NO_COLOR") == "")
}

// write writes a rendered document to the output.
func (o output[T]) write(env Env, d sink.Document) error {
	if o.file == "" {
		return env.Stdout.Put(d)
	}
	return env.WriteFile(o.file, d.Bytes())
}

// samePlace reports whether two outputs are the same; an empty name is standard output.
func samePlace(env Env, a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	return env.Abs(a) == env.Abs(b)
}
