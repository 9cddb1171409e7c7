package policy

import (
	"cmp"
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// requirement reads one item of the requirements list. An item without conditions that has the id of a requirement of the preset
// overrides the other keys of that requirement.
func (l *loader) requirement(p *Policy, r *attr.Record, builtIn bool) {
	id := r.Get("id")
	if !id.Known() {
		return
	}
	if !validRequirementID(id.Text) || !builtIn && strings.HasPrefix(id.Text, "VG-") {
		l.problem(id.Pos, fmt.Sprintf("%q cannot be the id of a requirement", id.Text), "use capital letters, digits and -, such as MFA-ENFORCED; VG- is reserved for built-in rules")
	}
	if l.requirementIDs[id.Text] {
		l.problem(id.Pos, fmt.Sprintf("requirement %s is defined twice in this file", id.Text), "merge the two, or rename one")
		return
	}
	l.requirementIDs[id.Text] = true
	q := Requirement{ID: id.Text, Pos: id.Pos, Levels: EveryTier(diag.Error)}
	q.message, q.fix = l.template(r.Get("message")), l.template(r.Get("fix"))
	before := slices.IndexFunc(p.Requirements, func(q Requirement) bool { return q.ID == id.Text })
	branches := l.branches(r)
	if before >= 0 && len(branches) == 0 {
		q.Branches, q.When, q.Levels, q.Docs, q.Controls = p.Requirements[before].Branches, p.Requirements[before].When, p.Requirements[before].Levels, p.Requirements[before].Docs, p.Requirements[before].Controls
		q.message, q.fix = q.message.or(p.Requirements[before].message), q.fix.or(p.Requirements[before].fix)
	} else {
		q.Branches = branches
	}
	if len(q.Branches) == 0 {
		l.problem(id.Pos, fmt.Sprintf("requirement %s has no condition", id.Text), "add `attr:` with an operator, `any:` or `all:` with a list, or `any_of:`")
		return
	}
	if v := r.Get("severity"); v.Known() {
		q.Levels = l.levels(v.Node, q.Levels)
	}
	was := Levels{-1, -1, -1, -1, -1}
	if before >= 0 {
		was = p.Requirements[before].Levels
	}
	p.noteOrigins(q.ID, was, q.Levels, cmp.Or(r.Get("severity").Pos, id.Pos))
	if v := r.Get("docs"); v.Known() {
		q.Docs = v.Text
	}
	if v := r.Get("controls"); v.Known() {
		q.Controls = v.Texts()
	}
	if w, written := l.when(r); written {
		q.When = w
	}
	if before >= 0 {
		p.Requirements[before] = q
		return
	}
	p.Requirements = append(p.Requirements, q)
}

func validRequirementID(id string) bool {
	for i, c := range []byte(id) {
		upper := c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' && i > 0
		if !upper && (c != '-' || i == 0 || i == len(id)-1) {
			return false
		}
	}
	return len(id) >= 2 && len(id) <= 60
}

func (l *loader) branches(r *attr.Record) []Branch {
	var out []Branch
	if b, ok := l.branch(r); ok {
		out = append(out, b)
	}
	list := r.Get("any_of")
	if list.Known() && len(out) > 0 {
		l.problem(list.Pos, "any_of cannot be combined with attr, any or all", "move the other condition into any_of, or into a requirement of its own")
	}
	for _, alternative := range list.Records {
		if b, ok := l.branch(alternative); ok {
			out = append(out, b)
		} else if alternative.Get("attr").State == attr.Absent {
			l.problem(alternative.Pos, "this alternative has no attribute", "add `attr:`, `any:` or `all:`")
		}
	}
	return out
}

// branch reads one attribute and compiles its operators, or reads a condition on a list; false if there is no condition.
func (l *loader) branch(r *attr.Record) (Branch, bool) {
	name := r.Get("attr")
	operators := writtenOperators(r)
	for _, quantifier := range []string{"any", "all"} {
		v := r.Get(quantifier)
		switch {
		case !v.Known():
			continue
		case name.Known() || quantifier == "any" && r.Get("all").Known():
			l.problem(v.Pos, "a requirement has only one of attr, any and all", "use `any_of:` for alternatives, and a second requirement if both must hold")
		case len(operators) > 0:
			l.problem(r.Get(string(operators[0])).Pos, fmt.Sprintf("%s has no attribute", operators[0]), "move it into `"+quantifier+":`")
		default:
			return l.listBranch(quantifier, v.Node), true
		}
		return Branch{}, true
	}
	if !name.Known() {
		if len(operators) > 0 {
			l.problem(r.Get(string(operators[0])).Pos, fmt.Sprintf("%s has no attribute", operators[0]), "add `attr:`")
		}
		return Branch{}, false
	}
	table := record.Table()
	slot, row, ok := table.Lookup(name.Text)
	if !ok || row == nil {
		l.unknownAttribute(name, table.Paths())
		return Branch{}, true
	}
	if len(operators) == 0 {
		if !slices.ContainsFunc(allOperators(), func(op operator) bool { return r.Get(string(op)).State == attr.Invalid }) { // which has been reported
			l.problem(name.Pos, fmt.Sprintf("%s has no operator", name.Text), "add an operator: "+operatorNames())
		}
		return Branch{}, true
	}
	b := Branch{Path: name.Text, slot: slot, pos: name.Pos}
	for _, op := range operators {
		b.checks = l.compile(b.checks, name.Text, row, op, r.Get(string(op)).Pos, r.Get(string(op)).Node)
	}
	return b, true
}

// writtenOperators lists the operators of a condition.
func writtenOperators(r *attr.Record) []operator {
	return slices.DeleteFunc(allOperators(), func(op operator) bool { return !r.Get(string(op)).Known() })
}

// compile adds an operator to the checks of an attribute, and reports what is wrong with it.
func (l *loader) compile(checks []check, path string, row *attr.Row, op operator, pos diag.Pos, node *yamltree.Node) []check {
	if op == opMatches && !l.withinPatternBudget(node.Text) {
		l.problem(pos, "the regular expressions of this policy are too large in total", "simplify them, and avoid nested repetition")
		return checks
	}
	c, problem, hint := compileCheck(op, row, node, l.groups)
	if problem != "" {
		l.problem(pos, fmt.Sprintf("%s %s: %s", path, op, problem), hint)
		return checks
	}
	if c.aboutRegions() {
		l.regionsOf(node)
	}
	return append(checks, c)
}

// unknownAttribute reports an attribute that records or items of a list do not have.
func (l *loader) unknownAttribute(name *attr.Value, known []string) {
	hint := "run `vendorgate schema vendor` to see all attributes"
	if !l.tooManyProblems() {
		if near := nearestPath(name.Text, known); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
	}
	if below := pathsBelow(name.Text, known); len(below) > 0 {
		hint = "use one of the attributes below it: " + strings.Join(below, ", ")
	}
	for _, list := range record.Table().Lists() {
		switch rest, ok := strings.CutPrefix(name.Text, list); {
		case !ok || rest != "" && rest[0] != '[' && rest[0] != '.':
		case strings.Trim(rest, "[].") == "":
			hint = fmt.Sprintf("it is a list: write `any: {list: %s, where: {...}}`", list)
		default:
			hint = fmt.Sprintf("%s is a list: write `any: {list: %s, attr: %s, ...}` for one item, or `all:` for every item", list, list, strings.Trim(rest[strings.IndexByte(rest, '.')+1:], "[]"))
		}
	}
	l.problem(name.Pos, fmt.Sprintf("unknown attribute %q", name.Text), hint)
}

// listBranch reads a condition on the items of a list.
func (l *loader) listBranch(quantifier string, node *yamltree.Node) Branch {
	if node.Kind != yamltree.Map {
		l.problem(node.Pos, quantifier+" is not a mapping", "write it as in `"+listExample(quantifier)+"`")
		return Branch{}
	}
	r, problems := listTable().Read(node)
	l.problems = append(l.problems, problems...)
	list := r.Get("list")
	if !list.Known() {
		return Branch{}
	}
	slot, items, ok := record.Table().Items(list.Text)
	if !ok {
		hint := "use one of " + strings.Join(record.Table().Lists(), ", ")
		if near := l.nearest(list.Text, record.Table().Lists()); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		} else if _, row, isAttribute := record.Table().Lookup(list.Text); isAttribute && row != nil {
			hint = fmt.Sprintf("it has no items with attributes: write `attr: %s`", list.Text)
		}
		l.problem(list.Pos, fmt.Sprintf("unknown list %q", FirstRunes(list.Text, 60)), hint)
		return Branch{}
	}
	c := &listCondition{every: quantifier == "all", path: list.Text, slot: slot}
	if where := r.Get("where"); where.Known() {
		c.where = l.whereItems(c.path, items, where.Node)
	}
	b := Branch{Path: c.path, pos: node.Pos, list: c}
	name, operators := r.Get("attr"), writtenOperators(r)
	switch {
	case name.Known() && len(operators) == 0:
		l.problem(name.Pos, fmt.Sprintf("%s has no operator", name.Text), "add an operator: "+operatorNames())
	case name.Known():
		b.Path = c.path + "[]." + name.Text
		if c.item, ok = l.itemAttribute(c.path, items, name); !ok {
			break
		}
		for _, op := range operators {
			c.item.checks = l.compile(c.item.checks, b.Path, c.item.row, op, r.Get(string(op)).Pos, r.Get(string(op)).Node)
		}
	case len(operators) > 0:
		l.problem(r.Get(string(operators[0])).Pos, fmt.Sprintf("%s has no attribute", operators[0]), "add `attr:`")
	case c.every && name.State == attr.Absent:
		l.problem(node.Pos, "all says nothing of the items", "add `attr:` with an operator, or write `any:`")
	}
	return b
}

// itemAttribute finds an attribute of the items of a list.
func (l *loader) itemAttribute(list string, items *attr.Table, name *attr.Value) (itemCheck, bool) {
	if row := derivedRow(list, name.Text); row != nil {
		return itemCheck{path: name.Text, row: row, derived: true}, true
	}
	slot, row, ok := items.Lookup(name.Text)
	if ok && row != nil {
		return itemCheck{path: name.Text, row: row, slot: slot}, true
	}
	known := items.Paths()
	if derivedRow(list, ValidUntil) != nil {
		known = append(known, ValidUntil)
	}
	hint := "use one of " + strings.Join(known, ", ")
	if len(known) > 9 {
		hint = "run `vendorgate schema vendor` to see all attributes"
	}
	if near := l.nearest(name.Text, known); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	if below := pathsBelow(name.Text, known); len(below) > 0 {
		hint = "use one of the attributes below it: " + strings.Join(below, ", ")
	}
	l.problem(name.Pos, fmt.Sprintf("an item of %s has no attribute %q", list, FirstRunes(name.Text, 60)), hint)
	return itemCheck{}, false
}

// whereItems reads what selects the items of a list: a value, a list of values or operators for each attribute.
func (l *loader) whereItems(list string, items *attr.Table, node *yamltree.Node) []itemCheck {
	if node.Kind != yamltree.Map || len(node.Pairs) == 0 {
		l.problem(node.Pos, "where names no attribute", "write it as in `"+listExample("any")+"`")
		return nil
	}
	var out []itemCheck
	for _, pair := range node.Pairs {
		c, ok := l.itemAttribute(list, items, &attr.Value{State: attr.Set, Pos: pair.KeyPos, Text: pair.Key})
		if !ok {
			continue
		}
		path := list + "[]." + pair.Key
		switch pair.Value.Kind {
		case yamltree.Map:
			if len(pair.Value.Pairs) == 0 {
				l.problem(pair.Value.Pos, path+" has no operator", "add an operator: "+operatorNames())
			}
			for _, o := range pair.Value.Pairs {
				if !slices.Contains(allOperators(), operator(o.Key)) {
					l.problem(o.KeyPos, fmt.Sprintf("unknown operator %q", FirstRunes(o.Key, 60)), "use one of "+operatorNames())
					continue
				}
				c.checks = l.compile(c.checks, path, c.row, operator(o.Key), o.KeyPos, o.Value)
			}
		case yamltree.List:
			c.checks = l.compile(nil, path, c.row, opIn, pair.Value.Pos, pair.Value)
		case yamltree.Scalar:
			op := opEq
			if c.row.List {
				op = opContains
			}
			c.checks = l.compile(nil, path, c.row, op, pair.Value.Pos, pair.Value)
		default:
			l.problem(pair.Value.Pos, path+" has no value", "remove it or give it a value")
		}
		out = append(out, c)
	}
	return out
}

// withinPatternBudget limits the memory for regular expressions: a few characters can compile to megabytes.
func (l *loader) withinPatternBudget(pattern string) bool {
	const most = 50_000 // instructions, about 2 MB
	if l.patterns > most {
		return false
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil || len(pattern) > 500 {
		return true // compileCheck reports the problem
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return true
	}
	l.patterns += len(program.Inst)
	return l.patterns <= most
}

// pathsBelow lists the attributes of a mapping.
func pathsBelow(path string, all []string) []string {
	var out []string
	for _, candidate := range all {
		if strings.HasPrefix(candidate, path+".") {
			out = append(out, candidate)
		}
	}
	return out
}

// nearestPath suggests an attribute. It also finds one by its last part, such as min_tls.
func nearestPath(path string, all []string) string {
	if near := diag.Nearest(path, all); near != "" {
		return near
	}
	last := path[strings.LastIndex(path, ".")+1:]
	found := ""
	for _, candidate := range all {
		if candidate[strings.LastIndex(candidate, ".")+1:] != last {
			continue
		}
		if found != "" {
			return ""
		}
		found = candidate
	}
	return found
}
