package sink

import (
	"fmt"
	"slices"
	"strings"
)

// Format is one way to write a value.
type Format[T any] struct {
	Name   string
	Render func(value T, colour bool) (Document, error) // colour is for terminals, and most formats have none
}

// Formats are the ways to write one kind of report, the default first. Flags, help texts and errors are derived from this list.
type Formats[T any] []Format[T]

// Names lists the names of the formats.
func (f Formats[T]) Names() []string {
	out := make([]string, len(f))
	for i, one := range f {
		out[i] = one.Name
	}
	return out
}

// Find returns the format with a name. The error for an unknown name lists the formats.
func (f Formats[T]) Find(name string) (Format[T], error) {
	if i := slices.IndexFunc(f, func(one Format[T]) bool { return one.Name == name }); i >= 0 {
		return f[i], nil
	}
	return Format[T]{}, fmt.Errorf("unknown format %q; use one of %s", name, strings.Join(f.Names(), ", "))
}

// Render renders a value in the format with a name.
func (f Formats[T]) Render(name string, value T, colour bool) (Document, error) {
	one, err := f.Find(name)
	if err != nil {
		return Document{}, err
	}
	return one.Render(value, colour)
}

// Sure adapts a function that cannot fail and uses no colour.
func Sure[T any](render func(T) Document) func(T, bool) (Document, error) {
	return func(value T, _ bool) (Document, error) { return render(value), nil }
}

// Colourless adapts a function that uses no colour.
func Colourless[T any](render func(T) (Document, error)) func(T, bool) (Document, error) {
	return func(value T, _ bool) (Document, error) { return render(value) }
}

// Coloured adapts a function that cannot fail.
func Coloured[T any](render func(T, bool) Document) func(T, bool) (Document, error) {
	return func(value T, colour bool) (Document, error) { return render(value, colour), nil }
}
