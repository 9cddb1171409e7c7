package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
)

// FormatFlag is the --format flag of a command. Its help, errors and completion come from the formats.
type FormatFlag[T any] struct {
	Formats sink.Formats[T]
	Given   []string
}

// Output is a format and the file that it is written to; an empty name is standard output.
type Output[T any] struct {
	sink.Format[T]
	file string
}

// Read parses the values of --format, each FORMAT or FORMAT=FILE. The default is the first format on standard output.
func (f *FormatFlag[T]) Read(env process.Env) ([]Output[T], error) {
	given := f.Given
	if len(given) == 0 {
		given = f.Formats.Names()[:1]
	}
	var out []Output[T]
	for _, text := range given {
		name, file, named := strings.Cut(text, "=")
		format, err := f.Formats.Find(name)
		switch {
		case err != nil:
			return nil, inputs.Usagef(nearest(name, f.Formats.Names()), "unknown format %q", name)
		case named && file == "":
			return nil, inputs.Usagef("write "+name+"=report."+name+", or leave out the = to print it", "--format %s has no file name", text)
		case slices.ContainsFunc(out, func(o Output[T]) bool { return samePlace(env, o.file, file) }):
			return nil, inputs.Usagef("give each format its own =FILE", "two formats are written to the same place: --format %s", text)
		}
		out = append(out, Output[T]{format, file})
	}
	return out, nil
}

// WriteOutputs renders all outputs before it writes the first byte, then writes each of them once.
func WriteOutputs[T any](env process.Env, outputs []Output[T], value T) error {
	return WriteEach(env, outputs, func(string) T { return value })
}

// WriteEach is WriteOutputs with a value for each file; the name of standard output is empty.
func WriteEach[T any](env process.Env, outputs []Output[T], value func(file string) T) error {
	rendered := make([]sink.Document, len(outputs))
	for i, o := range outputs {
		var err error
		if rendered[i], err = o.Document(env, value(o.file)); err != nil {
			return err
		}
	}
	for i, o := range outputs {
		if err := o.Write(env, rendered[i]); err != nil {
			return fmt.Errorf("write the %s output: %w", o.Name, err)
		}
	}
	return nil
}

// Document renders a value, in colour if the output is a terminal.
func (o Output[T]) Document(env process.Env, value T) (sink.Document, error) {
	return o.Render(value, o.file == "" && env.StdoutTerminal && env.Getenv("NO_COLOR") == "")
}

// Write writes a rendered document to the output.
func (o Output[T]) Write(env process.Env, d sink.Document) error {
	if o.file == "" {
		return env.Stdout.Put(d)
	}
	return notWritten(o.file, env.WriteFile(o.file, d.Bytes()))
}

// notWritten says why a file could not be written, in words.
func notWritten(file string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s", filepath.Dir(file))
	default:
		return fmt.Errorf("%s: %s", file, source.Reason(err))
	}
}

// samePlace reports whether two outputs are the same; an empty name is standard output.
func samePlace(env process.Env, a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	return env.Abs(a) == env.Abs(b)
}
