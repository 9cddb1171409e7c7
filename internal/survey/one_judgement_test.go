package survey_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// Where a check finds something for the widest use that a scope permits, lint, renewal and overview find it too. Lint reports a contradiction
// alone, and not what else the value would mean.
func TestOneJudgement(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	tried, standard := atomic.Int64{}, gatetest.Load(t, gatetest.Extends("vendorgate/standard@1")+gatetest.AcmeApprovers)
	t.Cleanup(func() {
		if tried.Load() < 1000 {
			t.Errorf("%d findings compared; the test has lost its way", tried.Load())
		}
	})
	type question struct { // all that the four depend on
		policy *policy.Policy
		text   string
	}
	var asked sync.Map
	for _, s := range situations(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			for i := range record.Table().Rows {
				row := &record.Table().Rows[i]
				if !effort.Takes(i, 4*oneIn) || !s.concerns(row) {
					continue
				}
				for k, mutant := range append(mutants(s.tree, row), s.tree) {
					q := question{[]*policy.Policy{s.policy, standard}[k%2], yamlOf(mutant)}
					if _, again := asked.LoadOrStore(q, true); !again {
						tried.Add(int64(judgedAlike(t, &s, row.Path, q.text, q.policy)))
					}
				}
			}
		})
	}
}

// judgedAlike compares what the four find in a record, if it permits use. It returns how many findings of checks there are.
func judgedAlike(t *testing.T, s *situation, changed, text string, p *policy.Policy) (compared int) {
	t.Helper()
	id := s.manifest.Uses[0].ID.Value
	known := gatetest.Open(t, gatetest.Files{"registry/vendors/" + id + ".yaml": text})
	v, err := known.Vendor(id)
	if err != nil || v == nil || v.Record == nil || len(v.Problems) > 0 || !v.Reviewed() || subject.Blocked(v.Record.Get("status").Text) {
		return 0
	}
	linted, listed, counted := lintFindings(p, s, id, text), map[string]bool{}, map[string]bool{}
	for _, task := range survey.Renew(p, known, survey.Question{Vendor: v}, s.day).Tasks {
		listed[task.Rule] = true
		listed[rules.NotEstablished] = listed[rules.NotEstablished] || task.State == survey.Unknown
	}
	all, err := survey.Of(p, known, s.day)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all.Coverage {
		counted[c.Rule] = c.Fail+c.Unknown > 0
	}
	for _, l := range all.Lapses {
		counted[l.Rule] = counted[l.Rule] || l.Past || l.Days <= l.Warn
	}
	for _, use := range widestUses(v) {
		for rule, f := range checkedRules(t, p, s, known, v, use) {
			compared++
			severity := f.Severity
			said := func(l diag.Finding) bool {
				return l.Rule == rule || l.Rule == rules.RecordContradicts && slices.ContainsFunc(f.Related, func(r diag.Related) bool {
					return slices.ContainsFunc(append([]diag.Related{{Pos: l.Pos}}, l.Related...), func(w diag.Related) bool { return r.Pos.Line == w.Pos.Line && r.Pos.Col == w.Pos.Col })
				})
			}
			if !slices.ContainsFunc(linted, func(l diag.Finding) bool { return l.Severity >= severity && said(l) }) || !listed[rule] || !counted[rule] {
				t.Errorf("%s, policy %s, %s changed: a check finds %s (%s); lint has %d findings, the renewal lists it: %v, the overview counts it: %v\n%s\n%s",
					s.name, p.ID, changed, rule, severity, len(linted), listed[rule], counted[rule], use, text)
			}
		}
	}
	return compared
}

// lintedRules are the rules that a lint of a record names, with their severities.
func lintedRules(p *policy.Policy, s *situation, id, text string) map[string]diag.Severity {
	out := map[string]diag.Severity{}
	for _, f := range lintFindings(p, s, id, text) {
		out[f.Rule] = max(out[f.Rule], f.Severity)
	}
	return out
}

// lintFindings is what a lint of a record finds.
func lintFindings(p *policy.Policy, s *situation, id, text string) []diag.Finding {
	files := fstest.MapFS{"vendors/" + id + ".yaml": &fstest.MapFile{Data: []byte(text)}}
	l := lint.New(lint.Input{Files: registry.AsData(source.New("r", "", files), source.New("e", "", fstest.MapFS{})), Policy: p, AsOf: s.day, PolicyChosen: true})
	var all []lint.Linted
	for _, name := range l.Names() {
		all = append(all, l.File(name))
	}
	return l.Conclude(all).Findings
}

// widestUses are entries of a manifest that use everything in the scope of a record: one for each version and way to authenticate.
func widestUses(v *registry.Vendor) []string {
	scope := func(path string, except ...string) []string {
		return slices.DeleteFunc(v.Record.Get(path).Texts(), func(word string) bool { return slices.Contains(except, word) })
	}
	environments, data := scope("scope.environments"), scope("scope.data_classes")
	if v.Record.Get("status").Text == "pilot" {
		environments = scope("scope.environments", "prod")
		data = slices.DeleteFunc(data, func(class string) bool { return class != "public" && class != "synthetic" })
	}
	if len(environments) == 0 {
		environments = []string{"staging"}
	}
	if len(data) == 0 {
		data = []string{"none"}
	}
	entry := fmt.Sprintf("id: %s, purpose: Use all of it, environments: [%s], data: [%s]", v.ID, strings.Join(environments, ", "), strings.Join(data, ", "))
	var out []string
	for _, method := range append(v.Record.Get("scope.auth_methods").Texts(), "") {
		if method != "" {
			out = append(out, entry+", auth_method: "+method)
			continue
		}
		out = append(out, entry)
	}
	for _, api := range v.Record.Get("apis").Records {
		for _, version := range api.Get("versions").Records {
			if _, approved := v.Version(api.Get("id").Text, version.Get("id").Text); approved && v.Record.Get("scope.api_versions").Known() {
				out = append(out, fmt.Sprintf("%s, api: {id: %q, version: %q}", entry, api.Get("id").Text, version.Get("id").Text))
			}
		}
	}
	return out
}

// checkedRules are the rules that a check of a use names, each with its most severe finding. It leaves out what the manifest does not state or nobody
// could know from the record, and what the organisation has decided: the end of a vendor or of a version that is still far.
func checkedRules(t *testing.T, p *policy.Policy, s *situation, known *registry.Registry, v *registry.Vendor, use string) map[string]diag.Finding {
	t.Helper()
	m := manifest.Parse("vendors.yaml", "vendors.yaml", []byte("apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: nobody\nvendors: [{"+use+"}]\n"))
	in := gate.Input{Manifests: []manifest.Manifest{m}, Registry: known, Policy: p, AsOf: s.day}
	if repos := v.Record.Get("scope.repos").Texts(); len(repos) > 0 {
		in.Repository = strings.ReplaceAll(repos[0], "*", "x")
	}
	out := map[string]diag.Finding{}
	for _, f := range gate.Evaluate(in).Findings {
		switch {
		case strings.HasPrefix(f.Rule, "VG-MAN-"), strings.HasPrefix(f.Rule, "VG-WVR-"), strings.Contains(f.Message, "vendors.yaml does not say"), f.Severity < diag.Warning:
		case f.Rule == rules.StatusForbids && v.Record.Get("status").Text == "deprecated" && !strings.Contains(f.Message, "last day was"):
		case f.Rule == rules.VersionOutsideScope && strings.Contains(f.Message, "this use is new or changed"):
		case f.Rule == rules.DataOutsideScope || f.Rule == rules.EndpointOutsideScope: // the manifest may not say more than the scope
			t.Errorf("%s: %s", use, f.Message)
		default:
			if out[f.Rule].Severity < f.Severity {
				out[f.Rule] = f
			}
		}
	}
	return out
}
