package render

import "github.com/vendorgate/vendorgate/internal/sink"

// Renewals are the lists of what to do to renew several records.
type Renewals []Renewal

// RenewalFormats are the formats of renewals.
func RenewalFormats() sink.Formats[Renewals] {
	return sink.Formats[Renewals]{
		{Name: "text", Render: sink.Sure(Renewals.text)},
		{Name: "markdown", Render: sink.Sure(Renewals.markdown)},
	}
}

func (all Renewals) text() sink.Document {
	var out sink.Page
	for i, r := range all {
		if i > 0 {
			out.Line()
		}
		r.text(&out)
	}
	return out.Document()
}

func (all Renewals) markdown() sink.Document {
	var out sink.Markdown
	for i, r := range all {
		if i > 0 {
			out.Markup("\n")
		}
		r.markdown(&out)
	}
	return out.Document()
}
