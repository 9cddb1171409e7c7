package attr

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
)

// JSONSchema returns the table as a JSON Schema 2020-12, for editors and validators. Keys are in table order.
func (t *Table) JSONSchema(id string) []byte {
	root := object{}
	root.set("$schema", "https://json-schema.org/draft/2020-12/schema")
	root.set("$id", id)
	root.set("title", t.Title)
	root.set("description", t.Doc)
	for _, m := range t.root.schema() {
		if m.key == "patternProperties" {
			m.value = append(own(), member{"^\\" + SchemaKey + "$", object{{"type", "string"}}})
		}
		root = append(root, m)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(root); err != nil {
		panic(err) // the table holds something that JSON has no word for: a bug in vendorgate
	}
	return out.Bytes()
}

// object is a JSON object that keeps its order.
type object []member

type member struct {
	key   string
	value any
}

func (o *object) set(key string, value any) { *o = append(*o, member{key, value}) }

// MarshalJSON writes the members in the order in which they were set.
func (o object) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			out.WriteByte(',')
		}
		for j, part := range []any{m.key, m.value} {
			encoder := json.NewEncoder(&out)
			encoder.SetEscapeHTML(false)
			if err := encoder.Encode(part); err != nil {
				return nil, err
			}
			out.Truncate(out.Len() - 1) // the newline that Encode adds
			if j == 0 {
				out.WriteByte(':')
			}
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

func (n *node) schema() object {
	switch {
	case n.row != nil:
		return n.row.schema()
	case n.items != nil && n.free:
		var out object
		out.set("type", "object")
		out.set("patternProperties", own())
		if only := n.items.root.child(""); only != nil {
			out.set("additionalProperties", only.schema())
		} else {
			out.set("additionalProperties", n.items.root.schema())
		}
		return out
	case n.items != nil:
		var item any = n.items.root.schema()
		if short := n.items.shorthand(); short != nil {
			item = object{{"anyOf", []any{short.row.schema(), item}}}
		}
		out := object{{"type", "array"}, {"items", item}}
		if n.list != nil {
			out = append(append(object{{"description", n.list.Doc}}, out...), n.list.least()...)
		}
		return out
	}
	properties, required := object{}, []string{}
	for _, c := range n.children {
		properties.set(c.name, c.schema())
		if row := cmp.Or(c.row, c.list); row != nil && row.Required {
			required = append(required, c.name)
		}
	}
	out := object{{"type", "object"}, {"properties", properties}, {"patternProperties", own()}, {"additionalProperties", false}}
	if len(required) > 0 {
		out.set("required", required)
	}
	return out
}

// own allows keys of the organisation's own, with any value.
func own() object { return object{{"^" + ownPrefix, true}} }

func (r *Row) schema() object {
	var out object
	if r.Doc != "" {
		out.set("description", r.Doc)
	}
	var words, others []any
	for _, word := range r.Also {
		words = append(words, word)
	}
	value := r.scalarSchema()
	if r.List { // a word of Also is an item
		value = object{{"type", "array"}, {"items", value.or(words)}, {"maxItems", maxItems}, {"uniqueItems", true}}
		value = append(value, r.least()...)
		words = nil
	}
	if r.Claim && !slices.Contains(r.Values, "unknown") {
		others = append(others, "unknown")
	}
	if r.None {
		others = append(others, NoneWord)
	}
	others = append(others, words...)
	if r.Nullable {
		others = append(others, nil)
	}
	out = append(out, value.or(others)...)
	if r.Seed != "" {
		out.set("x-seed", r.Seed)
	}
	if len(r.Controls) > 0 {
		out.set("x-controls", r.Controls)
	}
	return out
}

// least is how many items a list needs, as part of a schema. An empty list that stands for an unknown answer is no mistake.
func (r *Row) least() object {
	if r.Filled && r.Kind == "" {
		return object{{"minItems", 1}}
	}
	return nil
}

// or returns a schema that also allows some other values.
func (o object) or(values []any) object {
	if len(values) == 0 {
		return o
	}
	return object{{"anyOf", []any{o, object{{"enum", values}}}}}
}

func (r *Row) scalarSchema() object {
	text := func(pattern string) object { return object{{"type", "string"}, {"pattern", pattern}} }
	switch r.Type {
	case Raw:
		if s, ok := r.Schema.(string); ok {
			var fragment map[string]any
			if err := json.Unmarshal([]byte(s), &fragment); err != nil {
				panic("attr: schema of " + r.Path + ": " + err.Error())
			}
			var out object
			for _, key := range sortedKeys(fragment) {
				out.set(key, fragment[key])
			}
			return out
		}
		return object{}
	case Enum:
		return object{{"enum", withNumbers(r.Values)}}
	case Tri:
		return object{{"type", "boolean"}}
	case Int:
		return object{{"type", "integer"}, {"minimum", 0}}
	case Number:
		return object{{"type", "number"}, {"minimum", 0}}
	case ID:
		return text("^[a-z0-9][a-z0-9-]{0,62}$")
	case Word:
		return text("^[A-Za-z0-9_./@-]{1,100}$")
	case Date:
		return object{{"type", "string"}, {"format", "date"}}
	case Period:
		return text("^P([0-9]+[YMWD]|T[0-9])[0-9YMWDTHS]*$")
	case URL, Endpoint:
		return text("^https://[^@#\\s/?]+([/?][^#\\s]*)?$")
	case Host:
		return text("^(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)+$")
	case Purl:
		return text("^pkg:[^@?#\\s]+$")
	case Country:
		return text("^[A-Z]{2}$")
	case Region:
		return text("^([A-Z]{2}|[A-Z][A-Z0-9-]{2,39})$")
	case LEI:
		return text("^[A-Z0-9]{18}[0-9]{2}$")
	case Digest:
		return text("^[0-9a-f]{64}$")
	case Secret:
		return text("^[A-Za-z0-9_./-]{1,100}$")
	default:
		return object{{"type", "string"}, {"minLength", 1}, {"maxLength", maxText}}
	}
}

// withNumbers adds to choices such as 1.2 the numbers that they are without quotes.
func withNumbers(choices []string) []any {
	var words, numbers []any
	for _, choice := range choices {
		words = append(words, choice)
		if decimal(choice) {
			numbers = append(numbers, json.Number(choice))
		}
	}
	return append(words, numbers...)
}

func sortedKeys(m map[string]any) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
