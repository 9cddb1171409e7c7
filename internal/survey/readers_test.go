package survey_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/survey"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

const recordFile = "record.yaml"

// readings are what each reader of a record makes of it: rules and requirements by id, and the readers that registry names.
type readings map[string]string

// settled is the reading of the rule that ends a judgement before the others are asked.
const settled = "settled"

// judged are the readings of a record in a use, without any wording; nil if the record cannot be read.
func judged(s *situation, tree *yamltree.Node) readings {
	known := registry.SingleAt(s.manifest.Uses[0].ID.Value, recordFile, tree)
	v, err := known.Vendor(s.manifest.Uses[0].ID.Value)
	if err != nil || len(v.Problems) > 0 {
		return nil
	}
	out := readings{record.Detection: fmt.Sprint(detect.EntryOf(v)), rules.IgnoreIdle: ignoring(s, known, v)}
	u := gate.NewSubject(s.policy, known, s.day, gatetest.Checkout, &s.manifest)
	if u == nil {
		out[settled] = rules.Unregistered
		return out
	}
	if rules.ForbiddenByStatus(u) {
		out[settled] = rules.StatusForbids
	}
	out[record.EveryRule] = fmt.Sprint("tier ", u.Tier)
	u.TrackOutcomes = true
	for _, f := range gate.Judge(u) {
		out[f.Rule] += f.Severity.String() + " "
	}
	for _, o := range u.Outcomes {
		out[o.ID] += fmt.Sprint(o.Outcome)
		for _, missed := range o.Missing {
			out[o.ID] += " " + strings.Join(missed.Paths, "|")
		}
	}
	for _, d := range rules.Deadlines(u) {
		out[d.Rule] += fmt.Sprint(" ", d.Item, d.Date)
	}
	for _, c := range subject.Claims(v) {
		out[rules.RecordContradicts] += fmt.Sprint(" ", c)
	}
	delete(out, rules.NotEstablished) // it reports what the others ask for
	return out
}

// ignoring are the severities of what a search of the code finds wrong with the ignore entries, which met the vendor.
func ignoring(s *situation, known *registry.Registry, v *registry.Vendor) (out string) {
	if len(s.ignores) == 0 {
		return ""
	}
	scan := &gate.CodeScan{Result: &detect.Result{}, Name: func(file string) string { return file }}
	for _, entry := range s.ignores {
		use := gate.NewIgnoreUse(entry, s.policy, s.policy.At(s.day))
		use.Agreed = true
		use.Admits(v.ID, v.Record.Get("status").Text)
		scan.Ignores = append(scan.Ignores, use)
	}
	for _, f := range gate.Evaluate(gate.Input{Manifests: []manifest.Manifest{s.manifest}, Registry: known, Policy: s.policy, AsOf: s.day, Repository: gatetest.Checkout, CodeScan: scan}).Findings {
		if f.Rule == rules.IgnoreIdle {
			out += f.Severity.String() + " "
		}
	}
	return out
}

// linted adds what `registry lint` finds and a check does not.
func linted(t *testing.T, s *situation, tree *yamltree.Node) string {
	t.Helper()
	files := fstest.MapFS{"vendors/" + s.manifest.Uses[0].ID.Value + ".yaml": &fstest.MapFile{Data: []byte(yamlOf(tree))}}
	l := lint.New(lint.Input{Files: registry.AsData(source.New("r", "", files), source.New("e", "", fstest.MapFS{})), Policy: s.policy, AsOf: s.day, Version: "0.1.0"})
	var all []lint.Linted
	for _, name := range l.Names() {
		all = append(all, l.File(name))
	}
	out := ""
	for _, f := range l.Conclude(all).Findings {
		if f.Rule == rules.RecordContradicts {
			out += f.Message + "\n"
		}
	}
	return out
}

// worded are the texts of the findings about a use, by rule. VG-REG-005 only lists what the others ask for.
func worded(t *testing.T, s *situation, tree *yamltree.Node) readings {
	t.Helper()
	id := s.manifest.Uses[0].ID.Value
	known := registry.SingleAt(id, recordFile, tree)
	if slices.Contains([]string{"deprecated", "denied", "unreviewed"}, s.name) { // findings name what to use instead, if its record permits that
		other := gatetest.Edit(t, gatetest.Full(t)["registry/vendors/calderwick-payments.yaml"], "id: calderwick-payments\n", "id: another\n")
		known = gatetest.Open(t, gatetest.Files{"registry/vendors/" + id + ".yaml": yamlOf(tree), "registry/vendors/another.yaml": other})
	}
	out := readings{}
	in := gate.Input{Manifests: []manifest.Manifest{s.manifest}, Registry: known, Policy: s.policy, AsOf: s.day, Repository: gatetest.Checkout}
	for _, f := range gate.Evaluate(in).Findings {
		if f.Rule != rules.NotEstablished {
			out[f.Rule] += f.Message + "\n" + f.Hint + "\n" + f.Paste + "\n"
		}
	}
	return out
}

// exported are the row of a record in inventories, and its lines in forecasts and calendars, by rule. Only one situation is exported.
func exported(t *testing.T, s *situation, tree *yamltree.Node) readings {
	t.Helper()
	if s.name != "good" {
		return readings{}
	}
	known := gatetest.Open(t, gatetest.Files{"registry/vendors/" + s.manifest.Uses[0].ID.Value + ".yaml": yamlOf(tree)})
	all, err := survey.Of(s.policy, known, s.day)
	if err != nil {
		t.Fatal(err)
	}
	out := readings{}
	for _, r := range all.Records {
		r.Evidence = inventory.Evidence{} // it counts the lines
		out[record.Exports] += fmt.Sprint(r)
	}
	for _, l := range all.Lapses {
		out[l.Rule] += fmt.Sprint(l)
	}
	return out
}
