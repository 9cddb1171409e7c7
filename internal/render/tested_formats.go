package render

import (
	"github.com/vendorgate/vendorgate/internal/sink"
)

// TestFormats are the formats of the result of the test cases of a policy.
func TestFormats() sink.Formats[*Tested] {
	return sink.Formats[*Tested]{
		{Name: "text", Render: sink.Sure((*Tested).text)},
		{Name: "json", Render: sink.Colourless((*Tested).json)},
	}
}
