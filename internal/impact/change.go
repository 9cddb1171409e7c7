package impact

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// Change is a change of a registry.
type Change struct {
	Before  *registry.Registry
	After   *registry.Registry // data that nobody has approved
	Files   []string           // that the change adds, edits or removes, relative to the registry
	Policy  *policy.Policy     // of Before
	InForce *policy.Policy     // once the change is merged: the edited policy if it is valid, and otherwise that of Before
	Author  string             // login of the author of the change; empty if unknown
	AsOf    time.Time
}

// maxItems is how many lines a section has.
const maxItems = 50

// Says returns what a change means: what another policy does to all records, what each edited record and waiver would permit, who must
// open the change, and what expires soon. All of it holds after the merge. If an edited policy newly fails or warns of records, a finding
// says so.
func (c Change) Says() (out []diag.Section, found []diag.Finding) {
	var records, waivers, duties []diag.Item
	for _, name := range c.Files {
		id, isYAML := strings.CutSuffix(path.Base(name), ".yaml")
		switch {
		case !isYAML:
		case path.Dir(name) == "vendors":
			v := versions{of(c.Before, id), of(c.After, id)}
			records = append(records, diag.Item{Name: id, Text: c.record(v)})
			duties = append(duties, c.duties(id, v)...)
		case path.Dir(name) == "waivers":
			text, duty := c.waiver(id)
			waivers, duties = append(waivers, diag.Item{Name: id, Text: text}), append(duties, duty...)
		}
	}
	add := func(title string, folded bool, items []diag.Item) {
		if n := len(items); n > maxItems {
			items = append(items[:maxItems:maxItems], diag.Item{Text: fmt.Sprintf("and %d more", n-maxItems)})
		}
		if len(items) > 0 {
			out = append(out, diag.Section{Title: title, Folded: folded, Items: items})
		}
	}
	if slices.Contains(c.Files, "policy.yaml") {
		var items []diag.Item
		items, found = c.policy()
		add("The policy, after the merge", false, items)
	}
	add("Records, after the merge", false, records)
	add("Waivers, after the merge", false, waivers)
	add("Who opens and who approves", false, duties)
	if len(out) > 0 {
		add("What expires soon", true, c.soon())
	}
	return out, found
}

// policy says what the edited policy does to the records. A finding says which of them it newly fails, or newly warns of, apart from those that
// the change touches: the lint of the change reports what is wrong with these.
func (c Change) policy() ([]diag.Item, []diag.Finding) {
	says := func(text string) []diag.Item { return []diag.Item{{Name: "policy.yaml", Text: text}} }
	name := c.After.Tree.Name("policy.yaml")
	switch _, err := c.After.Tree.Read("policy.yaml"); {
	case err != nil:
		return says("it is removed, so checks that use the registry give no verdict"), nil
	case c.InForce == c.Policy:
		return says("it is not valid, so checks that use the registry give no verdict"), nil
	}
	p, err := OfPolicy(c.Policy, c.InForce, c.After, c.AsOf)
	if err != nil {
		return says("the records could not be read, so nobody knows what it does to them"), nil
	}
	out := says(p.Summary())
	for _, r := range p.Rules {
		out = append(out, diag.Item{Name: r.ID, Text: r.Says(p.Records) + ": " + firstOf(slices.Concat(r.Fail, r.Warn, r.Pass))})
	}
	for _, r := range p.Rows {
		out = append(out, diag.Item{Name: r.Name, Text: r.What})
	}
	fail, warn := c.untouched(p.Fail), c.untouched(p.Warn)
	f := diag.Finding{
		Rule: rules.RecordContradicts, Severity: diag.Warning, Pos: diag.Pos{File: name}, Introduced: true, Key: "policy.yaml\x00impact",
		Message: "under the edited policy, " + p.Summary() + ": " + firstOf(slices.Concat(fail, warn)),
		Hint:    "Record what it asks for first, or begin with the severity warning. `vendorgate policy diff --base BEFORE --registry AFTER` shows the rules and requirements.",
	}
	switch {
	case len(fail)+len(warn) == 0:
		return out, nil
	case len(fail) == 0:
		f.Severity, f.Hint = diag.Note, "Record what it asks for. `vendorgate policy diff --base BEFORE --registry AFTER` shows the rules and requirements."
	}
	return out, gate.Order([]diag.Finding{f})
}

// untouched leaves out the records that the change touches.
func (c Change) untouched(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(c.Files, "vendors/"+id+".yaml") })
}

// soon lists what is overdue, and what ends within the warning periods of the policy.
func (c Change) soon() []diag.Item {
	lapses, err := survey.Lapses(c.InForce, c.After, c.AsOf)
	if err != nil {
		return nil
	}
	var out []diag.Item
	for _, l := range lapses {
		if l.Past || l.Days <= l.Warn {
			word := "ends on"
			if l.Past {
				word = "ended on"
			}
			out = append(out, diag.Item{Name: l.Vendor, Text: fmt.Sprintf("%s %s %s (%s); to act: %s", l.What, word, l.Last, l.Rule, l.Who)})
		}
	}
	return out
}

// firstOf lists the first of many ids.
func firstOf(ids []string) string {
	const most = 10
	if n := len(ids); n > most {
		return fmt.Sprintf("%s and %d more", strings.Join(ids[:most], ", "), n-most)
	}
	return strings.Join(ids, ", ")
}
