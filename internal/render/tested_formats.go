package render

import (
	"github.com/vendorgate/vendorgate/internal/sink"
)

// TestFormats are the formats of what the cases of a policy came to.
func TestFormats() sink.Formats[*Tested] {
	return sink.Formats[*Tested]{
		{Name: "text", Render: sink.Sure((*Tested).text)},
		{Name: "json", Render: sink.Colourless((*Tested).json)},
	}
}
