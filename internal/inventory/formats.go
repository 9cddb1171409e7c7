package inventory

import (
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Formats lists the formats of an overview.
func Formats() sink.Formats[*Inventory] {
	return append(sink.Formats[*Inventory]{
		{Name: "text", Render: sink.Coloured(text)},
		{Name: "json", Render: sink.Colourless(jsonDocument)},
		{Name: "markdown", Render: sink.Sure(markdown)},
		{Name: "csv", Render: sink.Colourless(func(v *Inventory) (sink.Document, error) { return csvDocument(recordRows(v)) })},
		{Name: "html", Render: sink.Sure(htmlDocument)},
		{Name: "ics", Render: sink.Sure(calendar)},
		{Name: "evidence-json", Render: sink.Colourless(func(v *Inventory) (sink.Document, error) { return evidenceJSON(v.placeless()) })},
		{Name: "evidence-csv", Render: sink.Colourless(func(v *Inventory) (sink.Document, error) { return csvDocument(evidenceRows(v.placeless())) })},
		{Name: "evidence-html", Render: sink.Sure(func(v *Inventory) sink.Document { return evidenceHTML(v.placeless()) })},
	}, extractFormats()...)
}
