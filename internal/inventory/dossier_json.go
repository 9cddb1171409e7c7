package inventory

import (
	_ "embed"
	"strings"

	"github.com/vendorgate/vendorgate/internal/control"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// EvidenceSchema is the JSON Schema 2020-12 of the JSON format of the evidence.
//
//go:embed evidence.schema.json
var EvidenceSchema []byte

// The shape of the JSON format, version 1, as that of an overview.
type (
	evidenceShape struct {
		Version  int           `json:"version"`
		Tool     tool          `json:"tool"`
		AsOf     string        `json:"as_of"`
		Registry registryShape `json:"registry"`
		Policy   policyShape   `json:"policy"`
		Vendors  []proofShape  `json:"vendors"`
		Unjudged []gap         `json:"not_judged"`
	}
	policyShape struct {
		ID       string       `json:"id"`
		File     *sourceShape `json:"file"`
		Extends  []namedSum   `json:"extends"`
		Off      []string     `json:"rules_off"`
		TimeZone string       `json:"timezone"`
	}
	namedSum struct {
		Name   string `json:"name"`
		SHA256 string `json:"sha256"`
	}
	sourceShape struct {
		File   string `json:"file"`
		SHA256 string `json:"sha256"`
	}
	proofShape struct {
		ID       string        `json:"id"`
		Name     string        `json:"name"`
		Status   string        `json:"status"`
		Tier     *int          `json:"tier"`
		Record   sourceShape   `json:"record"`
		Approval decisionShape `json:"approval"`
		Demands  []demandShape `json:"requirements"`
		Evidence []paperShape  `json:"evidence"`
	}
	decisionShape struct {
		RequestedBy *string         `json:"requested_by"`
		By          []approverShape `json:"approved_by"`
		On          *string         `json:"approved_on"`
		Through     *string         `json:"approved_through"`
		ReviewDue   *string         `json:"review_due"`
		Ref         *string         `json:"decision_ref"`
	}
	approverShape struct {
		User string `json:"user"`
		Role string `json:"role"`
		Team string `json:"team,omitempty"`
	}
	demandShape struct {
		Rule     string         `json:"rule"`
		Kind     string         `json:"kind"`
		Title    string         `json:"title"`
		Asked    string         `json:"asked"`
		Severity *string        `json:"severity"`
		Controls []controlShape `json:"controls"`
		Found    []valueShape   `json:"found"`
		Outcome  diag.Outcome   `json:"result"`
		Why      []string       `json:"reasons"`
		Waivers  []excuseShape  `json:"waivers"`
		Evidence []string       `json:"evidence"`
	}
	controlShape struct {
		Framework *string `json:"framework"`
		Edition   *string `json:"edition"`
		Control   string  `json:"control"`
	}
	valueShape struct {
		Attribute string `json:"attribute"`
		Value     string `json:"value"`
	}
	excuseShape struct {
		ID    string          `json:"id"`
		File  sourceShape     `json:"file"`
		By    []approverShape `json:"approved_by"`
		From  string          `json:"from"`
		Until string          `json:"until"`
		Use   string          `json:"use,omitempty"`
		Repos []string        `json:"repositories"`
		Whole bool            `json:"covers_scope"`
	}
	paperShape struct {
		ID       string   `json:"id"`
		Type     string   `json:"type"`
		Level    string   `json:"level"`
		Stated   *string  `json:"stated_level"`
		Counts   bool     `json:"valid"`
		Address  *string  `json:"address"`
		File     *string  `json:"file"`
		SHA256   *string  `json:"sha256"`
		Access   *string  `json:"access"`
		TLP      *string  `json:"tlp"`
		Issued   *string  `json:"issued"`
		Received *string  `json:"received"`
		Expires  *string  `json:"expires"`
		Supports []string `json:"supports"`
	}
)

func evidenceJSON(v *Inventory) (sink.Document, error) {
	d := v.dossier()
	out := evidenceShape{
		Version: 1, Tool: tool{"vendorgate", v.Version}, AsOf: v.at(), Registry: registryShape{v.Origin, v.Revision},
		Policy:  policyShape{ID: v.Policy, Extends: []namedSum{}, Off: list(d.Policy.Off), TimeZone: d.Policy.TimeZone},
		Vendors: []proofShape{}, Unjudged: gapsShape(v),
	}
	if d.Policy.Name != "" {
		out.Policy.File = &sourceShape{d.Policy.Name, d.Policy.SHA256}
	}
	for _, e := range d.Policy.Extends {
		out.Policy.Extends = append(out.Policy.Extends, namedSum(e))
	}
	for i := range d.Vendors {
		out.Vendors = append(out.Vendors, proofOf(&d.Vendors[i]))
	}
	return sink.JSON(out)
}

func proofOf(p *VendorProof) proofShape {
	out := proofShape{
		ID: p.ID, Name: p.Name, Status: p.Status, Tier: optional(p.Tier), Record: sourceShape{p.File.Name, p.File.SHA256},
		Approval: decisionShape{
			optional(p.Decision.RequestedBy), approversShape(p.Decision.By), optionalDay(p.Decision.On), optionalDay(p.Through), optionalDay(p.Review), optional(p.Decision.DecisionRef),
		},
		Demands: []demandShape{}, Evidence: []paperShape{},
	}
	for i := range p.Demands {
		out.Demands = append(out.Demands, demandOf(&p.Demands[i]))
	}
	for _, e := range p.Evidence {
		out.Evidence = append(out.Evidence, paperShape{
			e.ID, e.Type, e.Level, optional(e.Stated), e.Counts, optional(e.where()), optional(e.File), optional(e.SHA256), optional(e.Access), optional(e.TLP),
			optionalDay(e.Issued), optionalDay(e.Received), optionalDay(e.Expire), list(e.Supports),
		})
	}
	return out
}

func demandOf(d *Demand) demandShape {
	out := demandShape{
		Rule: d.Rule, Kind: d.kind(), Title: d.Title, Asked: strings.Join(d.Asked, "; "), Severity: optional(d.Severity), Controls: []controlShape{}, Found: []valueShape{},
		Outcome: d.Outcome, Why: list(d.Why), Waivers: []excuseShape{}, Evidence: list(d.Evidence),
	}
	for _, c := range d.Controls {
		out.Controls = append(out.Controls, controlOf(c))
	}
	for _, f := range d.Found {
		out.Found = append(out.Found, valueShape{f.Path, f.Text})
	}
	for _, w := range d.Waivers {
		out.Waivers = append(out.Waivers, excuseShape{w.ID, sourceShape{w.File.Name, w.File.SHA256}, approversShape(w.By), w.From.String(), w.Until.String(), w.Use, list(w.Repos), w.Whole})
	}
	return out
}

func controlOf(c control.ID) controlShape {
	if c.Framework == nil {
		return controlShape{Control: c.Number}
	}
	return controlShape{&c.Framework.Name, &c.Framework.Edition, c.Number}
}

func approversShape(all []Approver) []approverShape {
	out := []approverShape{}
	for _, a := range all {
		out = append(out, approverShape(a))
	}
	return out
}

// list returns a list that is empty instead of null.
func list(items []string) []string { return append([]string{}, items...) }

// kind says whether a demand is a rule or a requirement of the policy.
func (d *Demand) kind() string {
	if d.Policy {
		return "requirement"
	}
	return "rule"
}
