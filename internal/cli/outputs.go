package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/sink"
)

// formatFlag is the flag --format of a command: its help, its errors and its completion follow from the formats.
type formatFlag[T any] struct {
	formats sink.Formats[T]
	given   []string
}

// output is one format and where it goes; file "" is standard output.
type output[T any] struct {
	sink.Format[T]
	file string
}

// add gives a command the flag. what is what is written, as the help calls it.
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
		panic("cli: " + err.Error()) // there is no flag, or it has a completion
	}
}

// orList joins words as a sentence does: "text, json or markdown".
func orList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// read reads what --format was given, each FORMAT or FORMAT=FILE; the first format is printed if it was not.
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
			return nil, usagef("write "+name+"=report."+name+", or leave the = out to print it", "--format %s names no file", text)
		case slices.ContainsFunc(out, func(o output[T]) bool { return samePlace(env, o.file, file) }):
			return nil, usagef("give each its own =FILE", "two formats go to the same place: --format %s", text)
		}
		out = append(out, output[T]{format, file})
	}
	return out, nil
}

// writeOutputs renders everything before the first byte leaves, and then writes each output once.
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

// render renders a value. Colour is for terminals.
func (o output[T]) render(env Env, value T) (sink.Document, error) {
	return o.Render(value, o.file == "" && env.Terminal && env.Getenv("NO_COLOR") == "")
}

// write puts a rendered document where the output goes.
func (o output[T]) write(env Env, d sink.Document) error {
	if o.file == "" {
		return env.Stdout.Put(d)
	}
	return env.WriteFile(o.file, d.Bytes())
}

// samePlace compares outputs; an empty name is standard output.
func samePlace(env Env, a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	return env.Abs(a) == env.Abs(b)
}
