// Package policytest runs the test cases of a policy: a record, a use, a date, and the expected outcomes of rules.
// It also reports outcomes that no case covers, and proposes cases for them.
package policytest

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Case is a test case of a policy: a record, a use, a date, and the expected outcomes of rules and requirements.
type Case struct {
	Name   diag.At[string]
	AsOf   scalar.Date
	Expect []Expectation // in the order pass, fail, unknown, not asked; each in file order

	registry   *registry.Registry
	entry      manifest.Manifest // the use
	tier       int               // 0 if the record and the data determine it
	repository string
}

// Expectation is the expected outcome of a rule or requirement.
type Expectation struct {
	ID   diag.At[string]
	Want policy.Outcome
}

// TestTable holds the attributes of a file of kind PolicyTest.
//
//nolint:gochecknoglobals // an immutable table, built once
var TestTable = sync.OnceValue(func() *attr.Table {
	return attr.New("vendorgate policy test", "Test cases of a policy.", append([]attr.Row{
		{Path: "apiVersion", Type: attr.Enum, Values: []string{"vendorgate/v1"}, Required: true, Example: "vendorgate/v1", Doc: "Version of the schema."},
		{Path: "kind", Type: attr.Enum, Values: []string{"PolicyTest"}, Required: true, Example: "PolicyTest", Doc: "Kind of the file."},
	}, policy.CaseRows()...))
})

// useTable holds the attributes of the use in a case.
//
//nolint:gochecknoglobals // an immutable table, built once
var useTable = sync.OnceValue(func() *attr.Table {
	return attr.New("use of a case", "", append([]attr.Row{
		{Path: "tier", Type: attr.Enum, Values: []string{"1", "2", "3", "4"}, Example: "1", Doc: "Effective tier, instead of the one from the record and the data."},
		{Path: "repository", Type: attr.Text, Example: "acme/checkout", Doc: "Name of the repository, owner/name."},
	}, manifest.EntryRows()...))
})

// Cases reads the cases of a file: a policy, or a file of kind PolicyTest, depending on table. It reports all problems of the
// cases and of the records that they name.
func Cases(p *policy.Policy, table *attr.Table, file string, data []byte, known *registry.Registry) ([]Case, []diag.Problem) {
	r, problems := table.Parse(file, data)
	l := &caseReader{policy: p, known: known, file: file, problems: problems, first: map[string]diag.Pos{}}
	if r == nil || r.Newer() {
		return nil, l.problems
	}
	var out []Case
	for _, item := range r.Get("tests").Records {
		out = append(out, l.read(item))
	}
	if len(l.problems) > 0 {
		return nil, diag.FirstProblems(l.problems)
	}
	return out, nil
}

type caseReader struct {
	policy   *policy.Policy
	known    *registry.Registry
	file     string
	problems []diag.Problem
	first    map[string]diag.Pos // by name
}

func (l *caseReader) problem(pos diag.Pos, message, hint string) {
	l.problems = append(l.problems, diag.Problem{Pos: pos, Message: message, Hint: hint})
}

func (l *caseReader) read(r *attr.Record) Case {
	c := Case{Name: r.Get("name").At(), AsOf: r.Get("as_of").Day}
	if at, twice := l.first[c.Name.Value]; twice && c.Name.Value != "" {
		l.problem(c.Name.Pos, fmt.Sprintf("two cases have the name %q; the first is on line %d", policy.FirstRunes(c.Name.Value, 60), at.Line), "rename one of them")
	}
	l.first[c.Name.Value] = c.Name.Pos
	id := l.vendor(&c, r)
	l.use(&c, r, id)
	l.expect(&c, r)
	return c
}

// vendor reads the record of a case.
func (l *caseReader) vendor(c *Case, r *attr.Record) diag.At[string] {
	own, named := r.Get("record"), r.Get("vendor")
	switch {
	case own.Known() && named.Known():
		l.problem(named.Pos, "a case cannot have both record and vendor", "remove one of them")
	case named.Known():
		c.registry = l.known
		l.registered(named.At())
		return named.At()
	case own.Known() && own.Node.Kind != yamltree.Map:
		l.problem(own.Pos, "record is not a mapping", "write attributes of a vendor record, or {} for an empty one")
	case own.Known():
		node := filled(own.Node, "apiVersion", "vendorgate/v1", "kind", "Vendor", "id", "example", "status", "approved")
		id := diag.At[string]{Value: "example", Pos: own.Pos}
		if i := slices.IndexFunc(node.Pairs, func(p yamltree.Pair) bool { return p.Key == "id" }); node.Pairs[i].Value.Kind == yamltree.Scalar {
			id.Value = node.Pairs[i].Value.Text
		}
		c.registry = registry.SingleAt(id.Value, l.file, node)
		if v, err := c.registry.Vendor(id.Value); err == nil {
			l.problems = append(l.problems, v.Problems...)
		}
		return id
	case own.State == attr.Absent && named.State == attr.Absent:
		l.problem(r.Pos, "the case has neither record nor vendor", "add `record: {}` with attributes, or `vendor: id`")
	}
	return diag.At[string]{Value: "example", Pos: r.Pos}
}

// registered reports why a vendor of the registry cannot be judged.
func (l *caseReader) registered(id diag.At[string]) {
	v, err := l.known.Vendor(id.Value)
	switch {
	case err != nil:
		l.problem(id.Pos, err.Error(), "")
	case v == nil:
		hint := "name a vendor of the registry, or write a record"
		if near := diag.Nearest(id.Value, l.known.IDs()); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		l.problem(id.Pos, fmt.Sprintf("the registry has no vendor %q", policy.FirstRunes(id.Value, 60)), hint)
	default:
		l.problems = append(l.problems, v.Problems...)
	}
}

// use reads the use of a case.
func (l *caseReader) use(c *Case, r *attr.Record, id diag.At[string]) {
	written := r.Get("use")
	node := &yamltree.Node{Kind: yamltree.Map, Pos: id.Pos}
	if written.Known() {
		node = written.Node
	}
	if node.Kind != yamltree.Map {
		l.problem(written.Pos, "use is not a mapping", "write tier, environments, data or other attributes of a manifest entry")
		return
	}
	record, problems := useTable().Read(filled(node, "id", id.Value, "owner", "nobody", "purpose", "A case of the policy", "environments", "[prod]", "data", "[none]"))
	l.problems = append(l.problems, problems...)
	if at := record.Get("id"); at.Known() && at.Text != id.Value {
		l.problem(at.Pos, fmt.Sprintf("the use has the id %q, but the record has the id %q", policy.FirstRunes(at.Text, 60), id.Value), "remove the id")
		return
	}
	c.entry = manifest.Entry(l.file, record)
	l.problems = append(l.problems, c.entry.Problems...)
	c.repository = record.Get("repository").Text
	if tier := record.Get("tier"); tier.Known() {
		c.tier = tier.Int + 1
	}
	for _, u := range c.entry.Uses {
		for i := range u.Get("regions").Items {
			if p, unknown := l.policy.UnknownRegion(u.Get("regions").Items[i].At()); unknown {
				l.problems = append(l.problems, p)
			}
		}
		for _, class := range u.Data {
			if _, ok := l.policy.ClassTier(class.Value); !ok {
				l.problem(class.Pos, fmt.Sprintf("unknown data class %q", policy.FirstRunes(class.Value, 60)), "use one of "+subject.List(l.policy.Classes()))
			}
		}
	}
}

// expect reads the expected outcomes.
func (l *caseReader) expect(c *Case, r *attr.Record) {
	seen := map[string]bool{}
	for _, want := range []policy.Outcome{policy.Holds, policy.Fails, policy.IsUnknown, policy.NotAsked} {
		for _, id := range r.Get("expect." + want.Key()).Items {
			if seen[id.Text] {
				l.problem(id.Pos, fmt.Sprintf("%s is listed twice", policy.FirstRunes(id.Text, 60)), "remove one of them")
			}
			seen[id.Text] = true
			if !slices.Contains(testable(l.policy), id.Text) {
				hint := "run `vendorgate policy show` to list rules and requirements"
				if near := diag.Nearest(id.Text, testable(l.policy)); near != "" {
					hint = fmt.Sprintf("did you mean %q?", near)
				} else if _, structural := rules.ByID(id.Text); structural {
					hint = "remove it; it is about files or waivers, and a case has none"
				}
				l.problem(id.Pos, fmt.Sprintf("a case cannot test %q", policy.FirstRunes(id.Text, 60)), hint)
			}
			c.Expect = append(c.Expect, Expectation{id.At(), want})
		}
	}
	if len(c.Expect) == 0 {
		l.problem(c.Name.Pos, fmt.Sprintf("the case %q has no expectations", policy.FirstRunes(c.Name.Value, 60)), "add `expect: {pass: [...], fail: [...]}`")
	}
}

// filled adds missing pairs of key and value to a mapping; [word] is a list with one item.
func filled(node *yamltree.Node, pairs ...string) *yamltree.Node {
	out := *node
	out.Pairs = slices.Clone(node.Pairs)
	for i := 0; i < len(pairs); i += 2 {
		if slices.ContainsFunc(node.Pairs, func(p yamltree.Pair) bool { return p.Key == pairs[i] }) {
			continue
		}
		value := &yamltree.Node{Kind: yamltree.Scalar, Pos: node.Pos, Text: strings.Trim(pairs[i+1], "[]")}
		if value.Text != pairs[i+1] {
			value = &yamltree.Node{Kind: yamltree.List, Pos: node.Pos, Items: []*yamltree.Node{value}}
		}
		out.Pairs = append(out.Pairs, yamltree.Pair{Key: pairs[i], KeyPos: node.Pos, Value: value})
	}
	return &out
}

// testable lists the rules and requirements that a case can test.
func testable(p *policy.Policy) []string {
	var out []string
	for _, r := range rules.All() {
		if r.Judge != nil || r.ID == gate.Unregistered || r.ID == gate.Incomplete {
			out = append(out, r.ID)
		}
	}
	for i := range p.Requirements {
		out = append(out, p.Requirements[i].ID)
	}
	return out
}
