package render

import (
	_ "embed"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// PolicySchema is the JSON Schema of the JSON format of a policy.
//
//go:embed policy_show.schema.json
var PolicySchema []byte

// effectiveShape is the JSON format of a policy.
type effectiveShape struct {
	ID           string         `json:"id"`
	Extends      []string       `json:"extends"`
	Settings     []settingShape `json:"settings"`
	Approvers    []settingShape `json:"approvers"`
	Classes      []settingShape `json:"data_classes"`
	Groups       []settingShape `json:"country_groups"`
	Params       []tierShape    `json:"params"`
	Assurance    []tierShape    `json:"assurance"`
	Rules        []tierShape    `json:"rules"`
	Requirements []demandShape  `json:"requirements"`
}

type settingShape struct {
	Name   string      `json:"name"`
	Values []string    `json:"values"`
	Origin originShape `json:"origin"`
}

type tierShape struct {
	Name   string     `json:"name"`
	Doc    string     `json:"doc"`
	Fixed  bool       `json:"fixed"`
	Varies string     `json:"varies,omitempty"`
	Tiers  []oneShape `json:"tiers"` // the tiers that have a value
}

type oneShape struct {
	Tier   int         `json:"tier"`
	Value  string      `json:"value"`
	Origin originShape `json:"origin"`
}

type demandShape struct {
	ID      string      `json:"id"`
	Asks    string      `json:"asks"`
	When    string      `json:"when"`
	Message string      `json:"message"`
	Fix     string      `json:"fix"`
	Origin  originShape `json:"origin"`
	Tiers   []oneShape  `json:"tiers"`
}

// originShape is where something was set. File is empty for built-in values.
type originShape struct {
	Kind   string `json:"kind"` // policy, preset or built-in
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

func shapeOf(e policy.Effective) effectiveShape {
	out := effectiveShape{
		ID: e.ID, Extends: append([]string{}, e.Extends...), Settings: settingShapes(e.Settings), Approvers: settingShapes(e.Approvers), Classes: settingShapes(e.Classes), Groups: settingShapes(e.Groups),
		Params: tierShapes(e.Params), Assurance: tierShapes(e.Assurance), Rules: tierShapes(e.Rules), Requirements: []demandShape{},
	}
	for _, q := range e.Requirements {
		out.Requirements = append(out.Requirements, demandShape{q.Name, q.Asks, q.When, q.Message, q.Fix, originShapeOf(q.Origin), onesOf(q.ByTier)})
	}
	return out
}

func settingShapes(all []policy.Setting) []settingShape {
	out := []settingShape{}
	for _, s := range all {
		out = append(out, settingShape{s.Name, append([]string{}, s.Values...), originShapeOf(s.Origin)})
	}
	return out
}

func tierShapes(all []policy.ByTier) []tierShape {
	out := []tierShape{}
	for _, b := range all {
		out = append(out, tierShape{b.Name, b.Doc, b.Fixed, b.Varies, onesOf(b)})
	}
	return out
}

func onesOf(b policy.ByTier) []oneShape {
	out := []oneShape{}
	for tier := 1; tier <= 4; tier++ {
		if b.Values[tier] != "" {
			out = append(out, oneShape{tier, b.Values[tier], originShapeOf(b.Origins[tier])})
		}
	}
	return out
}

func originShapeOf(pos diag.Pos) originShape {
	kind := "policy"
	switch originOf(pos) {
	case "built in":
		kind = "built-in"
	case pos.File:
		kind = "preset"
	}
	return originShape{kind, pos.File, pos.Line, pos.Col}
}
