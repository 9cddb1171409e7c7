package render

import (
	"github.com/vendorgate/vendorgate/internal/sink"
)

// BriefFormats are the formats of a brief.
func BriefFormats() sink.Formats[Brief] {
	return sink.Formats[Brief]{
		{Name: "markdown", Render: sink.Sure(Brief.markdown)},
		{Name: "yaml", Render: sink.Sure(Brief.yaml)},
	}
}
