package sink_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/sink"
)

// A name that is none of the formats is an error that lists them, and renders nothing.
func TestFormats(t *testing.T) {
	t.Parallel()
	formats := sink.Formats[string]{
		{Name: "plain", Render: sink.Sure(sink.Lines)},
		{Name: "json", Render: sink.Colourless(func(s string) (sink.Document, error) { return sink.JSON(s) })},
		{Name: "paint", Render: sink.Coloured(func(s string, colour bool) sink.Document {
			if colour {
				return sink.Lines("painted " + s)
			}
			return sink.Lines(s)
		})},
	}
	if got, want := formats.Names(), []string{"plain", "json", "paint"}; !slices.Equal(got, want) {
		t.Errorf("Names() = %q, want %q", got, want)
	}
	for _, c := range []struct {
		name, want string
		colour     bool
	}{{"plain", "x", true}, {"json", "\"x\"\n", true}, {"paint", "painted x", true}, {"paint", "x", false}} {
		if got, err := formats.Render(c.name, "x", c.colour); err != nil || string(got.Bytes()) != c.want {
			t.Errorf("Render(%q, colour %v) = %q, %v; want %q", c.name, c.colour, got.Bytes(), err, c.want)
		}
	}
	for _, wrong := range []string{"", "sarif", "JSON"} {
		got, err := formats.Render(wrong, "x", false)
		if err == nil || !strings.Contains(err.Error(), "use one of plain, json, paint") || len(got.Bytes()) > 0 {
			t.Errorf("Render(%q) = %q, %v", wrong, got.Bytes(), err)
		}
	}
}
