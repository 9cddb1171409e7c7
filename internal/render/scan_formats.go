package render

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// ScanFormats are the formats of a scan.
func ScanFormats() sink.Formats[Scan] {
	return sink.Formats[Scan]{
		{Name: "text", Render: sink.Sure(Scan.text)},
		{Name: "json", Render: sink.Colourless(Scan.json)},
		{Name: "markdown", Render: sink.Sure(Scan.markdown)},
	}
}

// text renders a paragraph for each vendor, most certain first.
func (f Scan) text() sink.Document {
	var page sink.Page
	for _, v := range f.ordered() {
		name, state := v.ID, "undeclared"
		if full := f.Names[v.ID]; full != "" {
			name += " (" + full + ")"
		}
		if pos, ok := f.Declared[v.ID]; ok {
			state = "declared at " + pos.String()
			if outside := f.outside(v.ID); outside != nil {
				state += ", but not for " + f.Name(outside.Sightings[0].File)
			}
		}
		page.Linef("%-9s  %s: %s", v.Confidence, name, state)
		for _, e := range v.Sightings {
			page.Linef("    %s: %s %q%s", diag.Pos{File: f.Name(e.File), Line: e.Line, Col: e.Col}, e.Kind, e.Text, lowered(e))
		}
		page.Linef("    total: %s", counts(v))
	}
	for _, h := range f.UnknownHosts {
		page.Linef("unknown    %s", h.Host)
		page.Linef("    %s: %s; %s", diag.Pos{File: f.Name(h.File), Line: h.Line, Col: h.Col}, diag.Count(h.Count, "place"), h.Why)
	}
	for _, id := range f.unused() {
		page.Linef("not found  %s: declared at %s", id, f.Declared[id])
	}
	for _, i := range f.Ignored {
		page.Linef("ignored    %s: %s", i.What, strings.Join(i.Shown(), ", "))
		page.Linef("    %s: %s", i.Pos, i.Terms())
	}
	for _, s := range f.named() {
		page.Linef("skipped    %s: %s", f.Name(s.Path), s.Reason)
	}
	if n := f.binary(); n > 0 {
		page.Linef("skipped    %s", diag.Count(n, "binary file"))
	}
	return page.Document()
}

func lowered(e detect.Sighting) string {
	if e.Context == "" {
		return ""
	}
	return " (" + e.Context + ")"
}

// named returns the skipped paths to list. Binary files are only counted, because there is nothing to do about them.
func (f Scan) named() []detect.Skipped {
	return slices.DeleteFunc(slices.Clone(f.Skipped), func(s detect.Skipped) bool { return s.Reason == detect.Binary })
}

// binary returns the number of skipped binary files.
func (f Scan) binary() int { return len(f.Skipped) - len(f.named()) }

// ordered returns the vendors by confidence, then by id.
func (f Scan) ordered() []detect.Vendor {
	out := slices.Clone(f.Vendors)
	slices.SortStableFunc(out, func(a, b detect.Vendor) int { return int(b.Confidence) - int(a.Confidence) })
	return out
}

// markdown renders a table of vendors, and lists of the rest.
func (f Scan) markdown() sink.Document {
	var m sink.Markdown
	m.Markup("### API vendors in the code\n\n").Text(f.Summary()).Markup("\n\n")
	if len(f.Vendors) > 0 {
		m.Markup("| vendor | confidence | declared | best sighting | all sightings |\n|---|---|---|---|---|\n")
	}
	for _, v := range f.ordered() {
		best := v.Sightings[0]
		declared := "no"
		switch _, ok := f.Declared[v.ID]; {
		case f.declared(v.ID):
			declared = "yes"
		case ok:
			declared = "not everywhere"
		}
		m.Markup("| ").Code(v.ID).Markup(" | ").Text(v.Confidence.String()).Markup(" | ").Text(declared).Markup(" | ")
		m.Code(diag.Pos{File: f.Name(best.File), Line: best.Line, Col: best.Col}.String()).Markup(" ").Text(string(best.Kind)).Markup(" ").Code(best.Text)
		m.Markup(" | ").Text(counts(v)).Markup(" |\n")
	}
	section := func(title func(), n int, item func(int)) {
		if n == 0 {
			return
		}
		title()
		for i := range n {
			m.Markup("- ")
			item(i)
			m.Markup("\n")
		}
	}
	section(func() { m.Markup("\n#### Unknown hosts\n\n") }, len(f.UnknownHosts), func(i int) {
		h := f.UnknownHosts[i]
		m.Code(h.Host).Markup(" at ").Code(diag.Pos{File: f.Name(h.File), Line: h.Line, Col: h.Col}.String()).Markup(": ").Prose(h.Why)
	})
	unused := f.unused()
	section(func() { m.Markup("\n#### Declared but not found\n\n") }, len(unused), func(i int) {
		m.Code(unused[i]).Markup(" at ").Code(f.Declared[unused[i]].String())
	})
	section(func() { m.Markup("\n#### Ignored\n\n") }, len(f.Ignored), func(i int) {
		m.Code(f.Ignored[i].What).Markup(" at ").Code(f.Ignored[i].Pos.String()).Markup(": ").Text(f.Ignored[i].Terms())
	})
	named, binary := f.named(), f.binary()
	if len(named)+binary > 0 {
		m.Markup("\n#### Skipped\n\n")
	}
	for _, s := range named {
		m.Markup("- ").Code(f.Name(s.Path)).Markup(": ").Prose(s.Reason).Markup("\n")
	}
	if binary > 0 {
		m.Markup("- ").Text(diag.Count(binary, "binary file")).Markup("\n")
	}
	return m.Document()
}

// The shape of the JSON format, version 1. A field may be added; none is removed or changes its meaning.
type (
	scanDocument struct {
		Version  int                 `json:"version"`
		Vendors  []scanVendor        `json:"vendors"`
		Unknown  []scanUnknown       `json:"unknown_hosts"`
		Unused   []string            `json:"declared_unused"`
		Ignored  []diag.IgnoredShape `json:"ignored"`
		Skipped  []scanSkipped       `json:"skipped"`
		Searched scanSearched        `json:"searched"`
	}
	scanVendor struct {
		ID         string              `json:"id"`
		Confidence string              `json:"confidence"`
		Declared   bool                `json:"declared"`
		Evidence   []scanEvidence      `json:"evidence"`
		Counts     map[detect.Kind]int `json:"counts"`
		Lowered    map[string]int      `json:"lowered"`
	}
	scanEvidence struct {
		Kind       detect.Kind `json:"kind"`
		File       string      `json:"file"`
		Line       int         `json:"line"`
		Column     int         `json:"column"`
		Text       string      `json:"text"`
		Confidence string      `json:"confidence"`
		Context    string      `json:"context,omitempty"`
	}
	scanUnknown struct {
		Domain string `json:"domain"`
		Host   string `json:"host"`
		File   string `json:"file"`
		Line   int    `json:"line"`
		Column int    `json:"column"`
		Count  int    `json:"count"`
		Why    string `json:"why"`
	}
	scanSkipped struct {
		Path   string `json:"path"`
		Reason string `json:"reason"`
	}
	scanSearched struct {
		Files int   `json:"files"`
		Bytes int64 `json:"bytes"`
	}
)

func (f Scan) json() (sink.Document, error) {
	d := scanDocument{
		Version: 1, Vendors: []scanVendor{}, Unknown: []scanUnknown{}, Unused: f.unused(), Ignored: []diag.IgnoredShape{}, Skipped: []scanSkipped{}, Searched: scanSearched{f.Files, f.Bytes},
	}
	if d.Unused == nil {
		d.Unused = []string{}
	}
	for _, v := range f.Vendors {
		out := scanVendor{ID: v.ID, Confidence: v.Confidence.String(), Declared: f.declared(v.ID), Evidence: []scanEvidence{}, Counts: v.Counts, Lowered: v.Lowered}
		for _, e := range v.Sightings {
			out.Evidence = append(out.Evidence, scanEvidence{e.Kind, f.Name(e.File), e.Line, e.Col, e.Text, e.Confidence.String(), e.Context})
		}
		d.Vendors = append(d.Vendors, out)
	}
	for _, h := range f.UnknownHosts {
		d.Unknown = append(d.Unknown, scanUnknown{h.Domain, h.Host, f.Name(h.File), h.Line, h.Col, h.Count, h.Why})
	}
	for _, i := range f.Ignored {
		d.Ignored = append(d.Ignored, i.Shape())
	}
	for _, s := range f.Skipped {
		d.Skipped = append(d.Skipped, scanSkipped{f.Name(s.Path), s.Reason})
	}
	return sink.JSON(d)
}
