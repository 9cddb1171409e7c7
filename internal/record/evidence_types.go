package record

import (
	"fmt"
	"slices"
	"strings"
)

// EvidenceType says how much documents of some types can prove. A document of each type is at least documented. The other levels need
// something: Always means nothing more, empty means that no document of the type reaches the level, and any other word is the
// attribute of the evidence that must be set.
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
			Attested: "signed_by", Audited: "issuer", Tested: "sha256",
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
			with = append(with, fmt.Sprintf("%s with %s", level.name, level.needs))
		}
	}
	return strings.Join(append([]string{most}, with...), ", ")
}

// limitsOfTypes says in one sentence for each group of types what it can prove.
func limitsOfTypes() string {
	var out []string
	for _, t := range EvidenceTypes() {
		out = append(out, strings.Join(t.Names, ", ")+": "+t.Limits())
	}
	return strings.Join(out, "; ") + "."
}
