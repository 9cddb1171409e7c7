package render

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// PolicyFormats are the formats of a policy with its presets and overlays applied.
func PolicyFormats() sink.Formats[*policy.Policy] {
	return sink.Formats[*policy.Policy]{
		{Name: "text", Render: sink.Sure(func(p *policy.Policy) sink.Document { return effectiveText(p.Effective()) })},
		{Name: "json", Render: sink.Colourless(func(p *policy.Policy) (sink.Document, error) { return sink.JSON(shapeOf(p.Effective())) })},
		{Name: "yaml", Render: sink.Sure(standalone)},
	}
}

// standalone renders a policy that needs no presets.
func standalone(p *policy.Policy) sink.Document {
	return sink.Lines(p.Standalone(func(pos diag.Pos) string { return sink.Text(originOf(pos)).String() }))
}
