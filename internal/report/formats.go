package report

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/interop"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Short are the formats of a report on one repository. The text has one line per vendor for what it finds about unchanged uses.
func Short() sink.Formats[*diag.Report] {
	all := Formats()
	all[0].Render = sink.Coloured(short)
	return all
}

// Full are the same with each finding in full.
func Full() sink.Formats[*diag.Report] {
	all := Formats()
	all[0].Render = sink.Coloured(full)
	return all
}

// Formats are the formats of a report on one registry, as data.
func Formats() sink.Formats[*diag.Report] {
	return sink.Formats[*diag.Report]{
		{Name: "text", Render: sink.Coloured(text)},
		{Name: "json", Render: sink.Colourless(JSON)},
		{Name: "markdown", Render: sink.Sure(func(r *diag.Report) sink.Document { return markdown(r).Document() })},
		{Name: "sarif", Render: sink.Colourless(interop.SARIF)},
		{Name: "sarif-waived", Render: sink.Colourless(interop.SARIFWithWaived)},
		{Name: "junit", Render: sink.Colourless(interop.JUnit)},
		{Name: "codequality", Render: sink.Colourless(interop.CodeQuality)},
	}
}
