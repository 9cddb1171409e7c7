package inventory

import (
	_ "embed"

	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Schema is the JSON Schema 2020-12 of the JSON format of an overview.
//
//go:embed inventory.schema.json
var Schema []byte

// The shape of the JSON format, version 1. A field may be added; none is removed or changes its meaning.
type (
	head struct {
		Version  int           `json:"version"`
		Tool     tool          `json:"tool"`
		AsOf     string        `json:"as_of"`
		Registry registryShape `json:"registry"`
		Policy   string        `json:"policy"`
	}
	document struct {
		head
		Counts   counts     `json:"counts"`
		Records  []record   `json:"records"`
		Lapses   []lapse    `json:"lapses"`
		Coverage []coverage `json:"coverage"`
		Unjudged []gap      `json:"not_judged"`
		Notes    []note     `json:"notes"`
	}
	tool struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	registryShape struct {
		Origin   string `json:"origin"`
		Revision string `json:"revision"`
	}
	counts struct {
		Records  int `json:"records"`
		Overdue  int `json:"overdue"`
		Within30 int `json:"within_30_days"`
		Within60 int `json:"within_60_days"`
		Within90 int `json:"within_90_days"`
	}
	record struct {
		ID       string   `json:"id"`
		Name     string   `json:"name"`
		Category *string  `json:"category"`
		Status   string   `json:"status"`
		Tier     *int     `json:"tier"`
		Owners   []string `json:"owners"`
		Through  *string  `json:"approved_through"`
		Review   *string  `json:"review_due"`
		Evidence evidence `json:"evidence"`
	}
	evidence struct {
		Fresh int     `json:"fresh"`
		Stale int     `json:"stale"`
		Next  *string `json:"next"`
	}
	lapse struct {
		Vendor  string  `json:"vendor"`
		Kind    Kind    `json:"kind"`
		Rule    string  `json:"rule"`
		Item    *string `json:"item"`
		What    string  `json:"what"`
		LastDay string  `json:"last_day"`
		Overdue bool    `json:"overdue"`
		Days    int     `json:"days"`
		Warn    int     `json:"announced_days"`
		Who     string  `json:"who"`
		Do      string  `json:"next_step"`
		File    string  `json:"file"`
	}
	coverage struct {
		Rule     string `json:"rule"`
		Title    string `json:"title"`
		Pass     int    `json:"pass"`
		Fail     int    `json:"fail"`
		Unknown  int    `json:"unknown"`
		NotAsked int    `json:"not_asked"`

		FailIn    []string `json:"fail_in"`
		UnknownIn []string `json:"unknown_in"`
	}
	note struct {
		Message string `json:"message"`
		Hint    string `json:"next_step"`
	}
	gap struct {
		Target string `json:"target"`
		Reason string `json:"reason"`
	}
)

func headOf(v *Inventory) head {
	return head{1, tool{"vendorgate", v.Version}, v.at(), registryShape{v.Origin, v.Revision}, v.Policy}
}

func jsonDocument(v *Inventory) (sink.Document, error) {
	w := v.Windows()
	d := document{
		head:    headOf(v),
		Counts:  counts{len(v.Records), len(w[0].Lapses), len(w[1].Lapses), len(w[2].Lapses), len(w[3].Lapses)},
		Records: []record{}, Lapses: lapsesShape(v.Lapses), Coverage: []coverage{}, Unjudged: gapsShape(v), Notes: []note{},
	}
	for _, n := range v.Notes {
		d.Notes = append(d.Notes, note(n))
	}
	for _, r := range v.Records {
		d.Records = append(d.Records, record{
			r.ID, r.Name, optional(r.Category), r.Status, optional(r.Tier), append([]string{}, r.Owners...), optionalDay(r.Through), optionalDay(r.Review),
			evidence{r.Evidence.Fresh, r.Evidence.Stale, optionalDay(r.Evidence.Next)},
		})
	}
	for _, c := range v.Coverage {
		c.FailIn, c.UnknownIn = append([]string{}, c.FailIn...), append([]string{}, c.UnknownIn...)
		d.Coverage = append(d.Coverage, coverage(c))
	}
	return sink.JSON(d)
}

func lapsesShape(lapses []Lapse) []lapse {
	out := []lapse{}
	for _, l := range lapses {
		out = append(out, lapse{l.Vendor, l.Kind, l.Rule, optional(l.Item), l.What, l.Last.String(), l.Past, l.Days, l.Warn, l.Who, l.Do, l.File})
	}
	return out
}

func gapsShape(v *Inventory) []gap {
	out := []gap{}
	for _, g := range v.Unjudged {
		out = append(out, gap(g))
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

func optionalDay(d scalar.Date) *string { return optional(d.String()) }
