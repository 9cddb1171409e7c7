package subject

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// vaguePhrases are phrases that promise something without a measure.
//
//nolint:gochecknoglobals // an immutable list, built once
var vaguePhrases = sync.OnceValue(func() [][]string {
	var out [][]string
	for _, phrase := range []string{
		"robust", "industry leading", "bank grade", "state of the art", "best practice", "best practices", "enterprise grade",
		"military grade", "bank level", "industry standard", "appropriate", "regular", "regularly", "world class", "cutting edge", "adequate", "as needed", "best in class",
		"comprehensive", "leading edge", "periodic", "periodically", "reasonable", "timely", "strong", "strongest",
	} {
		out = append(out, strings.Fields(phrase))
	}
	return out
})

// unmistakable are vague phrases that are about security even where no noun says so.
const unmistakable = " bank grade, bank level, military grade, "

// prose lists the attributes of free text that can make a claim, and an answer that can be measured to those that are nothing but a claim.
//
//nolint:gochecknoglobals // an immutable list, built once
var prose = sync.OnceValue(func() []Statement {
	out := []Statement{{Path: "name"}, {Path: "description"}}
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		switch {
		case strings.HasSuffix(row.Path, ".notes"):
			out = append(out, Statement{Path: row.Path})
		case row.Claim && row.Type == attr.Text && !row.List && !strings.Contains(row.Path, "[]"):
			out = append(out, Statement{Path: row.Path, answer: row.Path + ": " + row.Example})
		}
	}
	return out
})

// Statement is a free text that can make a claim.
type Statement struct {
	Path   string
	answer string // of an attribute that is nothing but a claim: one that can be measured, as a record would write it
	*attr.Value
}

// Statements lists the free texts of a record, including the conditions of its approval.
func Statements(r *attr.Record) []Statement {
	out := slices.Clone(prose())
	for i := range out {
		out[i].Value = r.Get(out[i].Path)
	}
	for _, c := range r.Get("approval.conditions").Records {
		out = append(out, Statement{Path: "approval.conditions[" + c.Get("id").Text + "].text", Value: c.Get("text")})
	}
	return out
}

// Vague finds a vague phrase that is about something to measure: a noun within three words of it, or the attribute. It returns the text
// from one to the other, and what would measure it, as a record would write it.
func (s Statement) Vague() (phrase, measure string) {
	if !s.Known() {
		return "", ""
	}
	words := scalar.Words(s.Text)
	for i := range words {
		for _, parts := range vaguePhrases() {
			end := i + len(parts)
			legal := slices.Equal(words[i:min(i+3, len(words))], []string{"strong", "customer", "authentication"}) // a term of PSD2
			if end > len(words) || !slices.Equal(words[i:end], parts) || legal {
				continue
			}
			for j := max(0, i-3); j < min(len(words), end+3); j++ {
				if measure := measures()[words[j]]; measure != "" {
					return strings.Join(words[min(i, j):max(end, j+1)], " "), cmp.Or(s.answer, measure)
				}
			}
			switch phrase = strings.Join(parts, " "); {
			case s.answer != "":
				return phrase, s.answer
			case strings.Contains(unmistakable, " "+phrase+","):
				return phrase, measures()["security"]
			}
		}
	}
	return "", ""
}

// measures maps the nouns that vague claims are about to an attribute that measures them, as a record would write it.
//
//nolint:gochecknoglobals // an immutable table, built once
var measures = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, m := range []struct{ nouns, attribute string }{
		{"access authentication authorization", "access.mfa.enforced: true"},
		{"audit audits auditing compliance", "assessments: [{id: soc2-2026, type: soc2-type2, period: {end: 2026-09-30}, evidence: soc2-2026}]"},
		{"backup backups", "encryption.at_rest.backups: true"},
		{"control controls measures secure security", "evidence: [{id: soc2-2026, type: certification-report, assurance: audited, url: https://trust.vendor.example/soc2, received: 2026-11-12}]"},
		{"cryptography encryption", "encryption.at_rest.encrypted: true"},
		{"defence defense firewall firewalls protection protections safeguards", "threat_detection.automated_blocking.mechanisms: [waf]"},
		{"detection monitoring", "threat_detection.realtime.max_latency: PT15M"},
		{"hardening scanning scans", "vulnerability_management.scanning.cadence: monthly"},
		{"isolation", "data.tenant_isolation: logical"},
		{"logging logs", "logging.retention: P12M"},
		{"patches patching", "vulnerability_management.patch_sla.critical: P30D"},
		{"privacy", "compliance.dpa.status: signed"},
		{"rotation", "authentication.client_credential.max_age: P90D"},
		{"testing tests", "assessments: [{id: pentest-2026, type: pentest, performed: {end: 2026-09-30}, independent: true, evidence: pentest-2026}]"},
		{"tls", "encryption.in_transit.min_tls: \"1.2\""},
	} {
		for noun := range strings.FieldsSeq(m.nouns) {
			out[noun] = m.attribute
		}
	}
	return out
})
