package render

import (
	"fmt"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Overview lists what can be explained.
func Overview(p *policy.Policy) sink.Document {
	var out sink.Page
	out.Linef("Rules:")
	for _, r := range rules.All() {
		out.Linef("  %-12s %s", r.ID, r.Title)
	}
	out.Line()
	out.Linef("Requirements of policy %s:", p.ID)
	for i := range p.Requirements {
		q := &p.Requirements[i]
		out.Linef("  %-20s %s", q.ID, q.Asks())
	}
	return out.Document()
}

// Vendor renders a record.
func Vendor(v *registry.Vendor) sink.Document {
	var out sink.Page
	out.Linef("%s: %s", v.ID, v.Name())
	if !v.Reviewed() {
		out.Linef("Not reviewed: your organisation has not recorded a decision.")
	}
	out.Linef("Record: %s", v.File)
	out.Line()
	for _, path := range record.Table().Paths() {
		value := v.Record.Get(path)
		if value.State == attr.Absent || path == "apiVersion" || path == "kind" || path == "id" || path == "name" {
			continue
		}
		text := value.Text
		if value.Items != nil {
			text = strings.Join(value.Texts(), ", ")
		}
		if value.State == attr.NotApplicable {
			text = "not applicable"
		}
		out.Linef("  %-42s %s", path, text)
	}
	for _, a := range v.Record.Get("approval.approved_by").Records {
		out.Linef("  %-42s %s", "approval.approved_by", a.Get("user").Text+" as "+a.Get("role").Text)
	}
	return out.Document()
}

// Requirement explains a requirement of a policy.
func Requirement(q *policy.Requirement, p *policy.Policy) sink.Document {
	var out sink.Page
	out.Linef("%s, a requirement of policy %s (%s)", q.ID, p.ID, q.Pos.String())
	out.Line()
	out.Linef("Asks:     %s", q.Asks())
	var levels []string
	for tier := 1; tier <= 4; tier++ {
		levels = append(levels, fmt.Sprintf("tier %d %s", tier, q.Levels[tier]))
	}
	out.Linef("Severity: %s", strings.Join(levels, ", "))
	if text := q.Message(); text != "" {
		out.Linef("Message:  %s", text)
	}
	if text := q.Fix(); text != "" {
		out.Linef("Fix:      %s", text)
	}
	if len(q.Controls) > 0 {
		out.Linef("Controls: %s", strings.Join(q.Controls, ", "))
	}
	if q.Docs != "" {
		out.Linef("See:      %s", q.Docs)
	}
	out.Line()
	out.Linef("If the attribute is unknown, VG-REG-005 reports it.")
	return out.Document()
}

// Attribute explains an attribute of records.
func Attribute(name string, row *attr.Row) sink.Document {
	var out sink.Page
	out.Linef("%s, an attribute of records", name)
	out.Line()
	out.Linef("%s", row.Doc)
	out.Line()
	out.Linef("Value:     %s", row.Describe())
	if row.Example != "" {
		out.Linef("Example:   %s: %s", path.Base(strings.ReplaceAll(name, ".", "/")), row.Example)
	}
	if record.HasQuestion(name) {
		out.Linef("Question:  %s", record.Question(name))
	}
	proof := record.ProofOf(name)
	if proof.Ours {
		proof.Holder = "your organisation"
	}
	if proof.Evidence != "" {
		out.Linef("Evidence:  %s (from %s)", proof.Evidence, proof.Holder)
	}
	out.Linef("Kind:      %s", row.Kind)
	out.Linef("Used by:   %s", strings.Join(row.JudgedBy, ", "))
	if row.Seed != "" {
		out.Linef("Principle: %s", vocab.SeedText(row.Seed))
	}
	if len(row.Controls) > 0 {
		out.Linef("Controls:  %s", strings.Join(row.Controls, ", "))
	}
	return out.Document()
}
