package record

import (
	"slices"
	"strings"
)

// EvidenceType says how much documents of some types can prove. A document of each type is at least documented. The other levels need
// something: Always means nothing more, empty means that no document of the type reaches the level, and other words are attributes of the
// evidence that must be set, or one of several with | between them. What was tested needs a report whose hash anybody can compare: a copy in
// the registry, or an address.
type EvidenceType struct {
	Names                     []string
	Attested, Audited, Tested string
}

// Always is what a level needs that documents of a type reach by themselves.
const Always = "always"

// EvidenceTypes lists the types of evidence, as in CycloneDX external references, and what they can prove.
func EvidenceTypes() []EvidenceType {
	return []EvidenceType{
		{Names: []string{"attestation"}, Attested: Always, Audited: "issuer"},
		{Names: []string{"certification-report", "pentest-report"}, Attested: Always, Audited: Always},
		{
			Names:    []string{"risk-assessment", "threat-model", "dynamic-analysis-report", "static-analysis-report", "evidence", "other"},
			Attested: "signed_by", Audited: "issuer", Tested: "sha256 file|url",
		},
		{Names: []string{"vulnerability-assertion", "poam"}, Attested: "signed_by"},
		{Names: []string{"documentation", "model-card", "rfc-9116", "security-contact", "license"}},
	}
}

// evidenceTypes lists the names of all types.
func evidenceTypes() []string {
	var out []string
	for _, t := range EvidenceTypes() {
		out = append(out, t.Names...)
	}
	return out
}

// TypeOfEvidence returns what documents of a type can prove.
func TypeOfEvidence(name string) EvidenceType {
	all := EvidenceTypes()
	if i := slices.IndexFunc(all, func(t EvidenceType) bool { return slices.Contains(t.Names, name) }); i >= 0 {
		return all[i]
	}
	return EvidenceType{}
}

// Limits says in words what documents of the type can prove at most, such as "at most attested, with issuer audited".
func (t EvidenceType) Limits() string {
	most, with := "documented", []string(nil)
	for _, level := range []struct{ name, needs string }{{"attested", t.Attested}, {"audited", t.Audited}, {"tested", t.Tested}} {
		switch level.needs {
		case "":
		case Always:
			most = level.name
		default:
			with = append(with, level.name+" with "+strings.NewReplacer(" ", " and ", "|", " or ").Replace(level.needs))
		}
	}
	return strings.Join(append([]string{most}, with...), ", ")
}

// Met reports whether a piece of evidence has what a level needs. has reports whether it has an attribute.
func Met(needs string, has func(attribute string) bool) bool {
	if needs == "" || needs == Always {
		return needs == Always
	}
	return !slices.ContainsFunc(strings.Fields(needs), func(need string) bool { return !slices.ContainsFunc(strings.Split(need, "|"), has) })
}

// limitsOfTypes says in one sentence for each group of types what it can prove.
func limitsOfTypes() string {
	var out []string
	for _, t := range EvidenceTypes() {
		out = append(out, strings.Join(t.Names, ", ")+": "+t.Limits())
	}
	return strings.Join(out, "; ") + "."
}
