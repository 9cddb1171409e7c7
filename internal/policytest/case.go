// Package policytest runs the test cases of a policy: a record, a use, a day, and the outcome that is expected of each rule.
// It also reports which outcomes no case covers and proposes cases for them.
package policytest

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// Case is a test of a policy: a record, a use of it, a day, and what rules and requirements are expected to say.
type Case struct {
	Name   diag.At[string]
	AsOf   scalar.Date
	Expect []Expectation // in the order pass, fail, unknown, not asked; each in file order

	registry   *registry.Registry
	entry      manifest.Manifest // the one use
	tier       int               // 0 if the record and the data decide
	repository string
}

// Expectation is what one rule or requirement is expected to say.
type Expectation struct {
	ID   diag.At[string]
	Want policy.Outcome
}

// TestTable holds the attributes of a file of cases beside a policy.
//
//nolint:gochecknoglobals // an immutable table, built once
var TestTable = sync.OnceValue(func() *attr.Table {
	return attr.New("vendorgate policy test", "Cases that a policy must decide as they say.", append([]attr.Row{
		{Path: "apiVersion", Type: attr.Enum, Values: []string{"vendorgate/v1"}, Required: true, Example: "vendorgate/v1", Doc: "Version of the file's schema."},
		{Path: "kind", Type: attr.Enum, Values: []string{"PolicyTest"}, Required: true, Example: "PolicyTest", Doc: "What the file is."},
	}, policy.CaseRows()...))
})

// useTable holds the attributes of the use of a case.
//
//nolint:gochecknoglobals // an immutable table, built once
var useTable = sync.OnceValue(func() *attr.Table {
	return attr.New("use of a case", "", append([]attr.Row{
		{Path: "tier", Type: attr.Enum, Values: []string{"1", "2", "3", "4"}, Example: "1", Doc: "Effective tier, whatever the record and the data say."},
		{Path: "repository", Type: attr.Text, Example: "acme/checkout", Doc: "Name of the repository."},
	}, manifest.EntryRows()...))
})

// Cases reads the cases of a file: a policy, or one of kind PolicyTest, as its table says. All that is wrong in them, and in
// the records of the registry that they name, is reported at once.
func Cases(p *policy.Policy, table *attr.Table, file string, data []byte, known *registry.Registry) ([]Case, []diag.Problem) {
	r, problems := table.Parse(file, data)
	l := &caseReader{policy: p, known: known, file: file, problems: problems, first: map[string]diag.Pos{}}
	if r == nil {
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
		l.problem(c.Name.Pos, fmt.Sprintf("two cases have the name %q; the first is on line %d", policy.FirstRunes(c.Name.Value, 60), at.Line), "say what tells them apart")
	}
	l.first[c.Name.Value] = c.Name.Pos
	id := l.vendor(&c, r)
	l.use(&c, r, id)
	l.expect(&c, r)
	return c
}

// vendor finds the record of a case.
func (l *caseReader) vendor(c *Case, r *attr.Record) diag.At[string] {
	own, named := r.Get("record"), r.Get("vendor")
	switch {
	case own.Known() && named.Known():
		l.problem(named.Pos, "the case has a record and names a vendor", "remove one of the two")
	case named.Known():
		c.registry = l.known
		l.registered(named.At())
		return named.At()
	case own.Known() && own.Node.Kind != yamltree.Map:
		l.problem(own.Pos, "record is no mapping", "write the attributes of a vendor's record, or {} for one that says nothing")
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
		l.problem(r.Pos, "the case has no record and names no vendor", "add `record: {}` with what is known of a vendor, or `vendor: id`")
	}
	return diag.At[string]{Value: "example", Pos: r.Pos}
}

// registered reports what keeps a vendor of the registry from being judged.
func (l *caseReader) registered(id diag.At[string]) {
	v, err := l.known.Vendor(id.Value)
	switch {
	case err != nil:
		l.problem(id.Pos, err.Error(), "")
	case v == nil:
		hint := "name one of the registry, or write a record"
		if near := diag.Nearest(id.Value, l.known.IDs()); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		l.problem(id.Pos, fmt.Sprintf("the registry has no vendor %q", policy.FirstRunes(id.Value, 60)), hint)
	default:
		l.problems = append(l.problems, v.Problems...)
	}
}

// use reads how a case uses the vendor.
func (l *caseReader) use(c *Case, r *attr.Record, id diag.At[string]) {
	written := r.Get("use")
	node := &yamltree.Node{Kind: yamltree.Map, Pos: id.Pos}
	if written.Known() {
		node = written.Node
	}
	if node.Kind != yamltree.Map {
		l.problem(written.Pos, "use is no mapping", "write tier, environments, data or other attributes of an entry of a manifest")
		return
	}
	record, problems := useTable().Read(filled(node, "id", id.Value, "owner", "nobody", "purpose", "A case of the policy", "environments", "[prod]", "data", "[none]"))
	l.problems = append(l.problems, problems...)
	if at := record.Get("id"); at.Known() && at.Text != id.Value {
		l.problem(at.Pos, fmt.Sprintf("the use is of %q, and the record of %q", policy.FirstRunes(at.Text, 60), id.Value), "remove the id")
		return
	}
	c.entry = manifest.Entry(l.file, record)
	l.problems = append(l.problems, c.entry.Problems...)
	c.repository = record.Get("repository").Text
	if tier := record.Get("tier"); tier.Known() {
		c.tier = tier.Int + 1
	}
	for _, u := range c.entry.Uses {
		for _, class := range u.Data {
			if _, ok := l.policy.ClassTier(class.Value); !ok {
				l.problem(class.Pos, fmt.Sprintf("there is no data class %q", policy.FirstRunes(class.Value, 60)), "use one of "+rules.List(l.policy.Classes()))
			}
		}
	}
}

// expect reads what the rules are expected to say.
func (l *caseReader) expect(c *Case, r *attr.Record) {
	seen := map[string]bool{}
	for _, want := range []policy.Outcome{policy.Holds, policy.Fails, policy.IsUnknown, policy.NotAsked} {
		for _, id := range r.Get("expect." + want.Key()).Items {
			if seen[id.Text] {
				l.problem(id.Pos, fmt.Sprintf("%s is expected twice", policy.FirstRunes(id.Text, 60)), "remove one")
			}
			seen[id.Text] = true
			if !slices.Contains(testable(l.policy), id.Text) {
				hint := "`vendorgate policy show` lists them"
				if near := diag.Nearest(id.Text, testable(l.policy)); near != "" {
					hint = fmt.Sprintf("did you mean %q?", near)
				} else if _, structural := rules.ByID(id.Text); structural {
					hint = "it judges files and waivers, and a case has none"
				}
				l.problem(id.Pos, fmt.Sprintf("no case can judge %q", policy.FirstRunes(id.Text, 60)), hint)
			}
			c.Expect = append(c.Expect, Expectation{id.At(), want})
		}
	}
	if len(c.Expect) == 0 {
		l.problem(c.Name.Pos, fmt.Sprintf("the case %q expects nothing", policy.FirstRunes(c.Name.Value, 60)), "add `expect: {pass: [...], fail: [...]}`")
	}
}

// filled is a mapping with the pairs of key and value that it lacks; [word] is a list of one.
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
