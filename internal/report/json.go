package report

import (
	_ "embed"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Schema is the JSON Schema 2020-12 of the JSON format.
//
//go:embed report.schema.json
var Schema []byte

// The shape of the JSON format, version 1. A field may be added; none is removed or changes its meaning.
type (
	document struct {
		Version  int                 `json:"version"`
		Tool     tool                `json:"tool"`
		Verdict  diag.Verdict        `json:"verdict"`
		Reason   string              `json:"reason,omitempty"`
		AsOf     string              `json:"as_of"`
		Registry registryShape       `json:"registry"`
		Policy   string              `json:"policy,omitempty"`
		Baseline string              `json:"baseline,omitempty"`
		Settings []setting           `json:"settings,omitempty"`
		Counts   counts              `json:"counts"`
		Vendors  []vendor            `json:"vendors"`
		Uses     []use               `json:"uses"`
		Findings []finding           `json:"findings"`
		Draft    string              `json:"draft,omitempty"`
		Gaps     []gap               `json:"gaps"`
		Ignored  []diag.IgnoredShape `json:"ignored"`
		Notices  []string            `json:"notices,omitempty"`
		Sections []section           `json:"registry_change,omitempty"`
	}
	section struct {
		Title string `json:"title"`
		Items []item `json:"items"`
	}
	item struct {
		Name string `json:"name"`
		Text string `json:"text"`
	}
	tool struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	registryShape struct {
		Origin    string  `json:"origin"`
		Revision  *string `json:"revision"`
		Ref       string  `json:"ref,omitempty"`
		Committed string  `json:"committed,omitempty"`
	}
	setting struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	counts struct {
		Errors   int `json:"errors"`
		Warnings int `json:"warnings"`
		Notes    int `json:"notes"`
		Waived   int `json:"waived"`
		Blocking int `json:"blocking"`
		Ignored  int `json:"ignored"`
		Vendors  int `json:"vendors"`
		Unvetted int `json:"unvetted"`
		Lapsed   int `json:"lapsed"`
		Absent   int `json:"absent,omitempty"`
	}
	vendor struct {
		ID      string       `json:"id"`
		Name    string       `json:"name"`
		Status  string       `json:"status"`
		Tier    *int         `json:"tier"`
		Expires *string      `json:"expires"`
		Verdict diag.Verdict `json:"verdict"`
	}
	use struct {
		Vendor string  `json:"vendor"`
		Use    string  `json:"use,omitempty"`
		File   string  `json:"file"`
		Line   int     `json:"line"`
		Tier   *int    `json:"tier"`
		Asked  []asked `json:"asked"`
	}
	asked struct {
		Rule    string       `json:"rule"`
		Outcome diag.Outcome `json:"outcome"`
		Waiver  *waiver      `json:"waiver,omitempty"`
	}
	finding struct {
		Rule        string    `json:"rule"`
		Severity    string    `json:"severity"`
		Vendor      *string   `json:"vendor"`
		Use         string    `json:"use,omitempty"`
		File        string    `json:"file"`
		Line        int       `json:"line"`
		Column      int       `json:"column"`
		Message     string    `json:"message"`
		Hint        string    `json:"hint"`
		Paste       string    `json:"paste,omitempty"`
		Owner       string    `json:"owner,omitempty"`
		Request     string    `json:"request,omitempty"`
		Blocking    bool      `json:"blocking"`
		Introduced  bool      `json:"introduced"`
		Waiver      *waiver   `json:"waiver"`
		Related     []related `json:"related"`
		Fingerprint string    `json:"fingerprint"`
	}
	waiver struct {
		ID    string `json:"id"`
		Until string `json:"until"`
	}
	related struct {
		File    string `json:"file"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Message string `json:"message"`
	}
	gap struct {
		Target string `json:"target"`
		Reason string `json:"reason"`
	}
)

// JSON is the report for programs, as Schema describes it.
func JSON(r *diag.Report) (sink.Document, error) {
	d := document{
		Version: 1, Tool: tool{"vendorgate", r.Version}, Verdict: r.Verdict, Reason: r.Reason,
		AsOf: r.AsOf.UTC().Format(time.RFC3339), Registry: registryOf(r),
		Policy: r.Policy, Baseline: r.Baseline, Counts: counts(r.Counts),
		Vendors: []vendor{}, Uses: usesOf(r), Findings: []finding{}, Draft: r.Draft, Gaps: []gap{}, Ignored: []diag.IgnoredShape{}, Notices: r.Notices,
	}
	for _, v := range r.Vendors {
		d.Vendors = append(d.Vendors, vendor{v.ID, v.Name, v.Status, optional(v.Tier), optional(v.Expires), v.Verdict})
	}
	for _, f := range r.Findings {
		out := finding{
			Rule: f.Rule, Severity: f.Severity.String(), Vendor: optional(f.Vendor), Use: f.Use, File: f.Pos.File, Line: f.Pos.Line, Column: f.Pos.Col,
			Message: f.Message, Hint: f.Hint, Paste: f.Paste, Owner: f.Owner, Request: f.Request, Blocking: f.Blocks, Introduced: f.Introduced, Related: []related{}, Fingerprint: f.Fingerprint,
		}
		if f.Waived() {
			out.Waiver = &waiver{f.Waiver, f.WaivedUntil}
		}
		for _, x := range f.Related {
			if x.Pos.File != "" {
				out.Related = append(out.Related, related{x.Pos.File, x.Pos.Line, x.Pos.Col, x.Message})
			}
		}
		d.Findings = append(d.Findings, out)
	}
	for _, s := range r.Settings {
		d.Settings = append(d.Settings, setting(s))
	}
	for _, g := range r.Gaps {
		d.Gaps = append(d.Gaps, gap(g))
	}
	for _, s := range r.Sections {
		out := section{Title: s.Title}
		for _, i := range s.Items {
			out.Items = append(out.Items, item(i))
		}
		d.Sections = append(d.Sections, out)
	}
	for _, i := range r.Ignored {
		d.Ignored = append(d.Ignored, i.Shape())
	}
	return sink.JSON(d)
}

func usesOf(r *diag.Report) []use {
	out := []use{}
	for _, u := range r.Uses {
		shape := use{Vendor: u.Vendor, Use: u.Label, File: u.Pos.File, Line: u.Pos.Line, Tier: optional(u.Tier), Asked: []asked{}}
		for _, a := range u.Asked {
			one := asked{Rule: a.Rule, Outcome: a.Outcome}
			if a.Waiver != "" {
				one.Waiver = &waiver{a.Waiver, a.Until}
			}
			shape.Asked = append(shape.Asked, one)
		}
		out = append(out, shape)
	}
	return out
}

func registryOf(r *diag.Report) registryShape {
	out := registryShape{Origin: r.Origin, Revision: optional(r.Revision), Ref: r.Ref}
	if !r.Committed.IsZero() {
		out.Committed = r.Committed.UTC().Format(time.RFC3339)
	}
	return out
}

// optional returns nil for a value that is missing.
func optional[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}
