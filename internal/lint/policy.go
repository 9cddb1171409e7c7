package lint

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// afterMerge returns the policy that is in force once the change is merged. Records are judged by it. It is that of the base if the change
// does not edit it, or leaves one that is not valid, which is reported where it is.
func (l *Linter) afterMerge() *policy.Policy {
	const name = "policy.yaml"
	if l.in.Base == nil {
		return l.in.Policy
	}
	data, err := l.in.Files.Tree.Read(name)
	was, existed, errBefore := l.before(name)
	if err := cmp.Or(errBefore, err); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, source.ErrNotRegular) {
		l.gaps = append(l.gaps, diag.Gap{Target: l.in.Files.Tree.Name(name), Reason: "cannot be read: " + source.Reason(err)})
	}
	if err != nil || existed && bytes.Equal(data, was) {
		return l.in.Policy
	}
	edited, problems := rules.LoadPolicy(l.in.Files.Tree.Name(name), data, l.in.Version)
	if len(problems) > 0 {
		return l.in.Policy
	}
	return edited
}

// edited reports whether the policy that judges records is not the one that decides who may approve them.
func (l *Linter) edited() bool { return l.in.Policy != nil && l.in.Policy != l.inForce }

// ungranted lists the defects of an approval or a waiver that only the policy before the change finds: who may approve, and for how long,
// does not change together with what they approve.
func ungranted(now, before []subject.Defect) []subject.Defect {
	var out []subject.Defect
	for _, d := range before {
		of, _, _ := strings.Cut(d.Key, ":")
		known := slices.ContainsFunc(now, func(other subject.Defect) bool { return other.Key == d.Key })
		if of != "rule" && !known { // a waiver may name a new requirement
			d.Hint = "merge the change of the policy first; until then, the policy as it is decides who may approve, and for how long"
			out = append(out, d)
		}
	}
	return out
}

// missingPolicy reports a registry without a policy, by which no check gives a verdict. A policy under a wrong name is reported
// where it is, and a registry without any record by the caller.
func (l *Linter) missingPolicy() []diag.Finding {
	if l.in.PolicyChosen || l.hasPolicy {
		return nil
	}
	const name = "policy.yaml"
	out := Linted{Name: name, Changed: l.in.Base == nil || l.hadPolicy}
	l.add(&out, rules.RecordContradicts, diag.Error, "", subject.Defect{
		Pos: diag.Pos{File: l.in.Files.Tree.Name(name)}, Key: "missing",
		Message: "the registry has no policy.yaml, so checks that use it give no verdict",
		Hint:    "add a policy.yaml with the lines `apiVersion: vendorgate/v1`, `kind: Policy`, `id: default` and `extends: vendorgate/essentials@1`; if the registry is meant to have none, pass --policy vendorgate/essentials@1 here and in every check",
	})
	return out.found
}

// agedFacts notes a list of adequate countries that nobody has compared with its source for a year, or that does not say when.
func (l *Linter) agedFacts() []diag.Finding {
	if l.inForce == nil {
		return nil
	}
	message, hint := subject.AgedAdequacy(l.inForce, l.inForce.At(l.in.AsOf).Day)
	if message == "" {
		return nil
	}
	at := l.inForce.Adequate.Checked.Pos
	d := subject.Defect{Pos: at, Key: "adequate_countries", Message: message, Hint: hint}
	if at.File == "" || slices.Contains(policy.Presets(), at.File) {
		d.Pos, d.Related = diag.Pos{File: l.in.Files.Tree.Name("policy.yaml")}, []diag.Related{{Pos: at, Message: "the preset's list"}}
	}
	out := Linted{Name: "policy.yaml", Changed: l.in.Base == nil}
	l.add(&out, rules.PersonalDataUnagreed, diag.Note, "", d)
	return out.found
}
