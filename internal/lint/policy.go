package lint

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
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

// agedFacts notes a list of adequate countries that nobody has compared with its source for a year, or that does not say when. Such lists
// change.
func (l *Linter) agedFacts() []diag.Finding {
	if l.in.Policy == nil {
		return nil
	}
	list, today := l.in.Policy.Adequate, l.in.Policy.At(l.in.AsOf).Day
	d := subject.Defect{Pos: list.Checked.Pos, Key: "adequate_countries"}
	if file := list.Checked.Pos.File; file == "" || slices.Contains(policy.Presets(), file) {
		d.Pos, d.Related = diag.Pos{File: l.in.Files.Tree.Name("policy.yaml")}, []diag.Related{{Pos: list.Checked.Pos, Message: "the preset's list"}}
	}
	switch {
	case list.Checked.Pos.File == "":
		d.Message, d.Hint = "adequate_countries does not say when it was last checked", "compare it with the adequacy decisions in force, and add adequate_countries_checked with the day"
	case list.Checked.Value.Plus(scalar.Period{Years: 1}).Before(today):
		d.Message = fmt.Sprintf("adequate_countries was last checked on %s, more than a year ago", list.Checked.Value)
		d.Hint = "compare it with " + list.Source + ", and set adequate_countries and adequate_countries_checked in the policy, or install a newer vendorgate"
		if list.Source == "" {
			d.Hint = "compare it with the adequacy decisions in force, and set adequate_countries_checked to the day"
		}
	case list.Checked.Value.After(today):
		d.Message, d.Hint = fmt.Sprintf("adequate_countries was last checked on %s, which is in the future", list.Checked.Value), "correct adequate_countries_checked"
	default:
		return nil
	}
	out := Linted{Name: "policy.yaml", Changed: l.in.Base == nil}
	l.add(&out, rules.PersonalDataUnagreed, diag.Note, "", d)
	return out.found
}
