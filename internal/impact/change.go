package impact

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// Change is a change of a registry.
type Change struct {
	Before *registry.Registry
	After  *registry.Registry // data that nobody has approved
	Files  []string           // that the change adds, edits or removes, relative to the registry
	Policy *policy.Policy     // of Before, which judges
	Author string             // login of the author of the change; empty if unknown
	AsOf   time.Time
	Rules  func(name string, data []byte) *policy.Policy // reads a policy; nil if it is not valid
}

// maxItems is how many lines a section has.
const maxItems = 50

// Sections says what a change means: what each edited record and waiver would permit, what another policy does to all records, who must
// open the change, and what expires soon. All of it holds after the merge.
func (c Change) Sections() []diag.Section {
	var records, waivers, duties []diag.Item
	for _, name := range c.Files {
		id, isYAML := strings.CutSuffix(path.Base(name), ".yaml")
		switch {
		case !isYAML:
		case path.Dir(name) == "vendors":
			records = append(records, diag.Item{Name: id, Text: c.record(id)})
			duties = append(duties, c.duties(id)...)
		case path.Dir(name) == "waivers":
			text, duty := c.waiver(id)
			waivers, duties = append(waivers, diag.Item{Name: id, Text: text}), append(duties, duty...)
		}
	}
	var out []diag.Section
	add := func(title string, folded bool, items []diag.Item) {
		if n := len(items); n > maxItems {
			items = append(items[:maxItems:maxItems], diag.Item{Text: fmt.Sprintf("and %d more", n-maxItems)})
		}
		if len(items) > 0 {
			out = append(out, diag.Section{Title: title, Folded: folded, Items: items})
		}
	}
	add("Records, after the merge", false, records)
	add("Waivers, after the merge", false, waivers)
	if slices.Contains(c.Files, "policy.yaml") {
		add("The policy, after the merge", false, c.policy())
	}
	add("Who opens and who approves", false, duties)
	if len(out) > 0 {
		add("What expires soon", true, c.soon())
	}
	return out
}

// policy says what the edited policy does to the records.
func (c Change) policy() []diag.Item {
	data, err := c.After.Tree.Read("policy.yaml")
	if err != nil {
		return []diag.Item{{Name: "policy.yaml", Text: "it is removed, so checks that use the registry give no verdict"}}
	}
	after := c.Rules(c.After.Tree.Name("policy.yaml"), data)
	if after == nil {
		return []diag.Item{{Name: "policy.yaml", Text: "it is not valid, so checks that use the registry give no verdict"}}
	}
	p, err := OfPolicy(c.Policy, after, c.After, c.AsOf)
	if err != nil {
		return []diag.Item{{Name: "policy.yaml", Text: "the records could not be read, so nobody knows what it does to them"}}
	}
	out := []diag.Item{{Name: "policy.yaml", Text: p.Summary()}}
	for _, r := range p.Rows {
		out = append(out, diag.Item{Name: r.Name, Text: r.What})
	}
	for _, r := range p.Rules {
		out = append(out, diag.Item{Name: r.ID, Text: r.Says(p.Records) + ": " + firstOf(slices.Concat(r.Fail, r.Warn, r.Pass))})
	}
	return out
}

// soon lists what is overdue, and what ends within the warning periods of the policy.
func (c Change) soon() []diag.Item {
	all, err := survey.Of(c.Policy, c.After, c.AsOf)
	if err != nil {
		return nil
	}
	var out []diag.Item
	for _, l := range all.Lapses {
		if l.Past || l.Days <= l.Warn {
			word := "ends on"
			if l.Past {
				word = "ended on"
			}
			out = append(out, diag.Item{Name: l.Vendor, Text: fmt.Sprintf("%s %s %s (%s); %s acts", l.What, word, l.Last, l.Rule, l.Who)})
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

// ReadPolicy returns a reader of policies for Change.
func ReadPolicy(version string) func(name string, data []byte) *policy.Policy {
	return func(name string, data []byte) *policy.Policy {
		p, problems := rules.LoadPolicy(name, data, version)
		if len(problems) > 0 {
			return nil
		}
		return p
	}
}
