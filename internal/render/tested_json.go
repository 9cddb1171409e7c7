package render

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// testedShape is the JSON format of the result.
type testedShape struct {
	Policy   string        `json:"policy"`
	Passed   bool          `json:"passed"`
	Cases    []caseShape   `json:"cases"`
	Coverage coverageShape `json:"coverage"`
}

type caseShape struct {
	Name     string      `json:"name"`
	Location spot        `json:"location"`
	AsOf     string      `json:"as_of"`
	Tier     *int        `json:"tier"` // null if the vendor has no tier
	Passed   bool        `json:"passed"`
	Expected []saidShape `json:"expectations"`
}

type saidShape struct {
	ID       string `json:"id"`
	Location spot   `json:"location"`
	Expected string `json:"expected"`
	Got      string `json:"got"`
	Message  string `json:"message"`
}

type coverageShape struct {
	InForce int        `json:"in_force"`
	Covered int        `json:"covered"`
	Gaps    []gapShape `json:"gaps"`
}

type gapShape struct {
	ID      string `json:"id"`
	Missing string `json:"missing"`
	Case    string `json:"case"` // in YAML; empty unless coverage is required
}

// spot is a position in a file.
type spot struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

func (t *Tested) json() (sink.Document, error) {
	out := testedShape{Policy: t.Policy.ID, Passed: t.Failed() == 0, Cases: []caseShape{}}
	for _, trial := range t.Trials {
		c := caseShape{Name: trial.Case.Name.Value, Location: location(trial.Case.Name.Pos), AsOf: trial.Case.AsOf.String(), Passed: trial.Passed()}
		if trial.Tier > 0 {
			c.Tier = &trial.Tier
		}
		for _, s := range trial.Said {
			c.Expected = append(c.Expected, saidShape{s.ID.Value, location(s.ID.Pos), s.Want.Key(), s.Got.Key(), s.Why})
		}
		out.Cases = append(out.Cases, c)
	}
	out.Coverage = coverageShape{InForce: t.Coverage.InForce, Covered: t.Coverage.Covered, Gaps: []gapShape{}}
	for i, gap := range t.Coverage.Gaps {
		shape := gapShape{ID: gap.ID, Missing: gap.Want.Key()}
		if t.Proposals != nil {
			shape.Case = t.Proposals[i].Text
		}
		out.Coverage.Gaps = append(out.Coverage.Gaps, shape)
	}
	return sink.JSON(out)
}

func location(pos diag.Pos) spot { return spot{pos.File, pos.Line, pos.Col} }
