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
		l.problem(id.Pos, fmt.Sprintf("requirement %s has no condition", id.Text), "add `attr:` with an operator, or `any_of:`")
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
		l.problem(list.Pos, "any_of and attr cannot be combined", "move attr into any_of, or into a requirement of its own")
	}
	for _, alternative := range list.Records {
		if b, ok := l.branch(alternative); ok {
			out = append(out, b)
		} else if alternative.Get("attr").State == attr.Absent {
			l.problem(alternative.Pos, "this alternative has no attribute", "add `attr:`")
		}
	}
	return out
}

// branch reads one attribute and compiles its operators; false if there is no condition.
func (l *loader) branch(r *attr.Record) (Branch, bool) {
	name := r.Get("attr")
	var operators []operator
	for _, op := range allOperators() {
		if v := r.Get(string(op)); v.Known() {
			operators = append(operators, op)
		}
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
		hint := "run `vendorgate schema vendor` to see all attributes"
		if !l.tooManyProblems() {
			if near := nearestPath(name.Text, table.Paths()); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
		}
		if below := pathsBelow(name.Text, table.Paths()); len(below) > 0 {
			hint = "use one of the attributes below it: " + strings.Join(below, ", ")
		}
		l.problem(name.Pos, fmt.Sprintf("unknown attribute %q", name.Text), hint)
		return Branch{}, true
	}
	if len(operators) == 0 {
		l.problem(name.Pos, fmt.Sprintf("%s has no operator", name.Text), "add an operator: "+operatorNames())
		return Branch{}, true
	}
	b := Branch{Path: name.Text, slot: slot, pos: name.Pos}
	for _, op := range operators {
		if op == opMatches && !l.withinPatternBudget(r.Get(string(op)).Node.Text) {
			l.problem(r.Get(string(op)).Pos, "the regular expressions of this policy are too large in total", "simplify them, and avoid nested repetition")
			continue
		}
		c, problem, hint := compileCheck(op, row, r.Get(string(op)).Node, l.groups)
		if problem != "" {
			l.problem(r.Get(string(op)).Pos, fmt.Sprintf("%s %s: %s", name.Text, op, problem), hint)
			continue
		}
		if c.aboutRegions() {
			l.regionsOf(r.Get(string(op)).Node)
		}
		b.checks = append(b.checks, c)
	}
	return b, true
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
