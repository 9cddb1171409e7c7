package render

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/record"
)

// answerForm says what an answer looks like, in words for somebody who does not know vendorgate. It is empty if the question says it.
func answerForm(q brief.Question) string {
	_, row, ok := record.Table().Lookup(q.Path)
	if !ok || row == nil || q.Spoken {
		return ""
	}
	var out string
	switch {
	case len(row.Values) > 0 && row.List:
		out = "all that apply of " + joined(row.Values)
	case len(row.Values) > 0:
		out = "one of " + joined(row.Values)
	case row.List:
		out = "a list"
	default:
		out = formOf(row)
	}
	for _, word := range row.Also {
		if word == "n/a" {
			word += " if it does not apply"
		}
		out += ", or " + word
	}
	return out
}

// formOf says what a single value looks like. Its example of a length of time is no answer that a policy accepts: a letter must not say those.
func formOf(row *attr.Row) string {
	if row.Type == attr.Period {
		return "a length of time, such as 45 seconds, 12 hours or 2 years"
	}
	form, ok := map[attr.Type]string{
		attr.Tri: "yes or no", attr.Period: "a length of time", attr.Date: "a date", attr.URL: "the address of a web page", attr.Int: "a number", attr.Number: "a number", attr.Country: "a country", attr.Region: "a country",
	}[row.Type]
	if !ok {
		return "a short text"
	}
	return form
}

// evidenceForm says what should come with an answer.
func evidenceForm(q brief.Question) string {
	return map[string]string{
		"asserted":   "a link to your documentation, if there is one",
		"documented": "a link to the page or document that says so",
		"attested":   "an answer that is signed on your behalf, such as a CAIQ or a SIG questionnaire",
		"audited":    "the report of an independent auditor that covers it, with the page",
		"tested":     "none; we would like to test it with you before we decide",
	}[q.Proof]
}

// assessmentNames writes the types of assessments in a text as their publishers do.
//
//nolint:gochecknoglobals // an immutable table
var assessmentNames = strings.NewReplacer(
	"soc2-type2", "SOC 2 type 2", "soc2-type1", "SOC 2 type 1", "soc1-type2", "SOC 1 type 2", "soc3", "SOC 3", "iso27001", "ISO/IEC 27001", "iso27017", "ISO/IEC 27017", "iso27018", "ISO/IEC 27018", "iso27701", "ISO/IEC 27701", "iso42001", "ISO/IEC 42001", "iso22301", "ISO 22301",
	"pci-dss-aoc", "PCI DSS", "fedramp", "FedRAMP", "csa-star-2", "CSA STAR level 2", "csa-star-1", "CSA STAR level 1", "hitrust-r2", "HITRUST r2", "c5", "C5", "cyber-essentials-plus", "Cyber Essentials Plus",
)
