// Package attr derives everything about a file from a single table of attributes: strict parsing, lookup of values by
// path, the JSON Schema, and the reference documentation. It knows no vendors, rules or severities.
//
// # Why
//
// Record, manifest, policy and waiver are four tables. Adding an attribute means adding a row. The parser, its error
// messages, the schema, the policy's lookup and the documentation then agree.
package attr

import (
	"strings"
)

// Type says what a scalar must be. The name is what messages and documentation print.
type Type string

// The types of scalars. Unless stated otherwise a value is taken verbatim: 1.10 stays "1.10".
const (
	Text     Type = "text"
	ID       Type = "id"               // lower-case slug, [a-z0-9][a-z0-9-]{0,62}
	Word     Type = "name"             // a name without blanks: a user, a team, a role, the id of a waiver
	Enum     Type = "choice"           // one of Row.Values
	Tri      Type = "yes/no"           // true or false, without quotes; unknown where Row.Claim is set
	Int      Type = "integer"          // not negative
	Number   Type = "number"           // decimal, not negative
	Date     Type = "date"             // YYYY-MM-DD, the last valid day
	Period   Type = "period"           // ISO 8601 duration, P30D
	URL      Type = "URL"              // https, no credentials, no port
	Endpoint Type = "endpoint"         // URL without a query
	Host     Type = "host"             // lower-case DNS name, or *.name
	Purl     Type = "purl"             // package URL without a version
	Country  Type = "country"          // ISO 3166-1 alpha-2
	Region   Type = "country or group" // Country, EU, EEA, or a group that the policy defines
	LEI      Type = "LEI"              // ISO 17442
	Zone     Type = "zone"             // IANA time zone
	Glob     Type = "glob"             // * matches within a path segment
	Regexp   Type = "pattern"          // RE2
	Secret   Type = "secret's name"
	Digest   Type = "SHA-256" // 64 lower-case hexadecimal digits
	Raw      Type = "value"   // any tree; its reader comes later
)

// Kind says what leaving an attribute out does.
type Kind string

// The kinds of attributes.
const (
	Identity Kind = "identity" // who is meant, and how to recognise it
	Scope    Kind = "scope"    // what the organisation has decided and permits
	Claimed  Kind = "claim"    // what is said of controls; leaving it out must not help
	Exposure Kind = "exposure" // facts that can only cause findings, such as an incident; Row.Omission says what reports one that is missing
)

// Row is one attribute.
type Row struct {
	// Path from the root of the file. A segment that ends in [] is a list of mappings, a segment * matches any key.
	// A row whose path ends in [] speaks of the list itself: its documentation, and whether it is required.
	Path      string
	Type      Type
	List      bool     // a list of Type
	Required  bool     // must be written wherever its parent is written
	Claim     bool     // a statement about the vendor that may be unknown
	Nullable  bool     // null means "there is none"
	None      bool     // none means that the vendor has none, as a known no
	Ordered   bool     // Values ascend, so lte and gte apply
	Shorthand bool     // an item of the enclosing list may be this scalar alone
	Filled    bool     // of a list: there is always an item, so that an empty list is no answer of a vendor, and a mistake in other files
	Past      bool     // of a Date: something was done on that day, so it cannot lie in the future
	Missing   string   // what to do where a required attribute is missing, if an example does not say it
	Values    []string // for Enum: all that is allowed
	Also      []string // words allowed besides Type, such as never
	Open      bool     // [ToDo] is no problem: it stands for an answer that is still to come
	Doc       string   // one sentence, as a user reads it
	Example   string   // as it is written in YAML
	Usual     []string // the usual ones of an ID, which hints suggest
	Group     string   // heading of the documentation; rows of one group follow each other
	Kind      Kind     // what a missing value means for a verdict; empty in files that nobody judges
	Omission  string   // of an exposure that may be left out: the rule, or what else, that reports it if missing; empty if nothing can
	Question  string   // that asks for it; of a list of mappings it stands at the first row
	Evidence  string   // what proves it
	Holder    string   // who has the evidence
	JudgedBy  []string // ids of the rules and requirements that read it, and other readers in words
	Seed      string   // the statement about API procurement that asks for it
	Controls  []string // ids of the standards' controls
	Schema    any      // for Raw: the JSON Schema of the value
}

// Table is a compiled list of rows. It is immutable.
type Table struct {
	Title string
	Doc   string
	Rows  []Row
	root  *node
	slots []*node
	index map[string]Slot // by path from the root of the table
}

// node is a segment of a path: a mapping, a list of mappings, a mapping with free keys, or a leaf.
type node struct {
	name     string
	path     string // from the root of the whole file, for messages
	row      *Row   // of a leaf
	list     *Row   // of a list of mappings, if the table speaks of it
	slot     int    // of a leaf, or of a list or free mapping
	children []*node
	items    *Table // of a list of mappings, or of a mapping with free keys
	free     bool   // items are keyed by name
}

// New compiles rows. It panics on a table that contradicts itself, which is a bug in vendorgate.
func New(title, doc string, rows []Row) *Table { return compile(title, doc, "", rows) }

func compile(title, doc, prefix string, rows []Row) *Table {
	t := &Table{Title: title, Doc: doc, Rows: rows, root: &node{path: strings.TrimSuffix(prefix, ".")}, index: map[string]Slot{}}
	nested := map[*node][]Row{}
	var order []*node
	for i := range rows {
		parent, rest := t.root, rows[i].Path
		for {
			segment, tail, more := strings.Cut(rest, ".")
			name := strings.TrimSuffix(segment, "[]")
			child := parent.child(name)
			if child == nil {
				child = &node{name: name, path: joinPath(parent.path, name), slot: -1}
				parent.children = append(parent.children, child)
			}
			free := strings.HasPrefix(tail, "*.") || tail == "*"
			if name != segment || free {
				if nested[child] == nil {
					child.free = free
					child.slot = t.addSlot(child)
					order = append(order, child)
				}
				if name != segment && !more {
					child.list = &rows[i]
					break
				}
				row := rows[i]
				row.Path = strings.TrimPrefix(strings.TrimPrefix(tail, "*"), ".")
				nested[child] = append(nested[child], row)
				break
			}
			if !more {
				if child.row != nil || len(child.children) > 0 {
					panic("attr: two rows for " + child.path)
				}
				child.row = &rows[i]
				child.slot = t.addSlot(child)
				break
			}
			parent, rest = child, tail
		}
	}
	for _, n := range order {
		suffix := "[]"
		if n.free {
			suffix = ".*"
		}
		n.items = compile("", "", n.path+suffix, nested[n])
	}
	return t
}

func (t *Table) addSlot(n *node) int {
	t.slots = append(t.slots, n)
	t.index[t.below(n)] = Slot(len(t.slots) - 1)
	return len(t.slots) - 1
}

func (n *node) child(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

func joinPath(parent, name string) string {
	if parent == "" || name == "" {
		return parent + name
	}
	return parent + "." + name
}

// Slot is the number of an attribute in its table, for look-ups that are made often.
type Slot int

// Lookup finds an attribute that is not inside a list: its slot and its row. The row is nil for a list of mappings.
func (t *Table) Lookup(path string) (Slot, *Row, bool) {
	slot, ok := t.index[path]
	if !ok {
		return 0, nil, false
	}
	return slot, t.slots[slot].row, true
}

// Paths lists the attributes that Lookup finds and that hold values rather than mappings, in table order. They
// are relative to the root of the table.
func (t *Table) Paths() []string {
	var out []string
	for _, n := range t.slots {
		if n.row != nil {
			out = append(out, t.below(n))
		}
	}
	return out
}

// below returns the path of an attribute from the root of the table.
func (t *Table) below(n *node) string {
	return strings.TrimPrefix(strings.TrimPrefix(n.path, t.root.path), ".")
}

// Items finds a list of mappings that is not inside another list: its slot, and the table of its items.
func (t *Table) Items(path string) (Slot, *Table, bool) {
	slot, ok := t.index[path]
	if !ok || t.slots[slot].items == nil || t.slots[slot].free {
		return 0, nil, false
	}
	return slot, t.slots[slot].items, true
}

// Lists names the lists of mappings that Items finds, in table order.
func (t *Table) Lists() []string {
	var out []string
	for _, n := range t.slots {
		if n.items != nil && !n.free {
			out = append(out, n.path)
		}
	}
	return out
}
