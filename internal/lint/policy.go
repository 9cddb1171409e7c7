package lint

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// missingPolicy reports a registry without a policy, by which no check gives a verdict. A policy under a wrong name is reported
// where it is, and a registry without any record by the caller.
func (l *Linter) missingPolicy() []diag.Finding {
	if l.in.PolicyChosen || l.policy {
		return nil
	}
	const name = "policy.yaml"
	out := Linted{Name: name, Changed: l.in.Base == nil || l.policyBefore}
	l.add(&out, rules.RecordContradicts, diag.Error, "", subject.Defect{
		Pos: diag.Pos{File: l.in.Files.Tree.Name(name)}, Key: "missing",
		Message: "the registry has no policy.yaml, so checks that use it give no verdict",
		Hint:    "add a policy.yaml with the lines `apiVersion: vendorgate/v1`, `kind: Policy`, `id: default` and `extends: vendorgate/essentials@1`; if the registry is meant to have none, pass --policy vendorgate/essentials@1 here and in every check",
	})
	return out.found
}

// agedFacts notes a list of adequate countries that nobody has compared with its source for a year, or that does not say when.
func (l *Linter) agedFacts() []diag.Finding {
	if l.in.Policy == nil {
		return nil
	}
	message, hint := rules.AgedAdequacy(l.in.Policy, l.in.Policy.At(l.in.AsOf).Day)
	if message == "" {
		return nil
	}
	at := l.in.Policy.Adequate.Checked.Pos
	d := subject.Defect{Pos: at, Key: "adequate_countries", Message: message, Hint: hint}
	if at.File == "" || slices.Contains(policy.Presets(), at.File) {
		d.Pos, d.Related = diag.Pos{File: l.in.Files.Tree.Name("policy.yaml")}, []diag.Related{{Pos: at, Message: "the preset's list"}}
	}
	out := Linted{Name: "policy.yaml", Changed: l.in.Base == nil}
	l.add(&out, rules.PersonalDataUnagreed, diag.Note, "", d)
	return out.found
}
