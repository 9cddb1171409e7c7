package survey_test

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// mutants are copies of a record in which one attribute says something else, or nothing. In a list of mappings every item changes.
func mutants(record *yamltree.Node, row *attr.Row) []*yamltree.Node {
	var out []*yamltree.Node
	was := yamlOf(record)
	for _, value := range append(samples(row), nil) {
		mutant := clone(record)
		if put(mutant, "", row.Path, value) && (len(row.Values) != 1 || yamlOf(mutant) != was) {
			out = append(out, mutant)
		}
	}
	return out
}

// withItem is a record to which the mutants of an optional attribute of list items can be compared: it has an item.
func withItem(node *yamltree.Node, row *attr.Row) *yamltree.Node {
	if row.Required || !strings.Contains(row.Path, "[]") {
		return node
	}
	out := clone(node)
	list := row.Path[:strings.LastIndex(row.Path, "[]")+2]
	for i := range record.Table().Rows {
		other := &record.Table().Rows[i]
		if name, ok := strings.CutPrefix(other.Path, list+"."); ok && other.Required && !strings.Contains(name, "[]") && !put(clone(node), "", other.Path, nil) {
			put(out, "", other.Path, samples(other)[0])
			break
		}
	}
	return out
}

func clone(n *yamltree.Node) *yamltree.Node {
	out := *n
	out.Items, out.Pairs = slices.Clone(n.Items), slices.Clone(n.Pairs)
	for i := range out.Items {
		out.Items[i] = clone(out.Items[i])
	}
	for i := range out.Pairs {
		out.Pairs[i].Value = clone(out.Pairs[i].Value)
	}
	return &out
}

// put writes a value at a path below a mapping, or removes what is there, and reports whether it could. Mappings and list items that
// are missing are added. above is the path of the mapping itself.
func put(n *yamltree.Node, above, path string, value *yamltree.Node) bool {
	key, rest, below := strings.Cut(path, ".")
	name, list := strings.CutSuffix(key, "[]")
	i := slices.IndexFunc(n.Pairs, func(p yamltree.Pair) bool { return p.Key == name })
	switch {
	case value == nil && i < 0:
		return false
	case value == nil && !below:
		n.Pairs = slices.Delete(n.Pairs, i, i+1)
		return true
	case i < 0:
		i = len(n.Pairs)
		n.Pairs = append(n.Pairs, yamltree.Pair{Key: name, Value: &yamltree.Node{Kind: yamltree.Map}})
	}
	child := n.Pairs[i].Value
	switch {
	case !below:
		n.Pairs[i].Value = value
		return true
	case !list:
		return child.Kind == yamltree.Map && put(child, above+key+".", rest, value)
	case value != nil && len(child.Items) == 0:
		*child = yamltree.Node{Kind: yamltree.List, Items: []*yamltree.Node{required(above + key + ".")}}
	}
	done := false
	for _, item := range child.Items {
		done = put(item, above+key+".", rest, value) || done
	}
	return done
}

// required is an item of a list of mappings with what each must have.
func required(prefix string) *yamltree.Node {
	out := &yamltree.Node{Kind: yamltree.Map}
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		if below, ok := strings.CutPrefix(row.Path, prefix); ok && row.Required && !strings.Contains(below, "[]") {
			put(out, prefix, below, samples(row)[0])
		}
	}
	return out
}

// samples are values of an attribute, far apart.
func samples(row *attr.Row) []*yamltree.Node {
	texts := map[attr.Type][]string{
		attr.Enum: row.Values, attr.Tri: {"true", "false"}, attr.Int: {"0", "1", "2", "70", "100000"}, attr.Number: {"0", "50", "99.99"},
		attr.Date:   {"2020-01-01", "2026-05-10", "2026-11-20", "2026-12-10", "2035-01-01"},
		attr.Period: {"PT1S", "P1D", "P45D", "P10Y"},
		attr.Text:   {"another", "Industry-leading, best-in-class, military-grade security"},
		attr.ID:     {"another", "health", "public"}, attr.Word: {"another", "webhook", "a.ferreira"}, attr.Country: {"US", "IE", "CN"},
		attr.Glob: {"*", "nobody/nothing"}, attr.Host: {"another.example"}, attr.Purl: {"pkg:npm/another"}, attr.Zone: {"Pacific/Auckland"},
		attr.URL: {"https://another.example/page"}, attr.Endpoint: {"https://another.example/v1"}, attr.LEI: {"9999CALDERWICKPAY098"},
		attr.Digest: {strings.Repeat("0a", 32)}, attr.Regexp: {"another_[0-9]{8}"},
	}[row.Type]
	var out, items []*yamltree.Node
	if row.None {
		texts = append(slices.Clone(texts), attr.NoneWord)
	}
	for _, text := range append(slices.Clone(texts), row.Also...) {
		items = append(items, &yamltree.Node{Kind: yamltree.Scalar, Text: text})
	}
	out = items
	if row.List {
		out = []*yamltree.Node{{Kind: yamltree.List}, {Kind: yamltree.List, Items: items}}
		for _, item := range items {
			out = append([]*yamltree.Node{{Kind: yamltree.List, Items: []*yamltree.Node{item}}}, out...)
		}
	}
	if row.Claim {
		out = append(out, &yamltree.Node{Kind: yamltree.Scalar, Text: "unknown"})
	}
	if row.Nullable {
		out = append(out, &yamltree.Node{Kind: yamltree.Null})
	}
	if tree, _ := yamltree.Parse("", []byte("example: "+row.Example)); row.Example != "" && tree != nil {
		out = append(out, tree.Pairs[0].Value)
	}
	return out
}

// yamlOf writes a tree as YAML in one line.
func yamlOf(n *yamltree.Node) string {
	var out []string
	switch n.Kind {
	case yamltree.Map:
		for _, p := range n.Pairs {
			out = append(out, strconv.Quote(p.Key)+": "+yamlOf(p.Value))
		}
		return "{" + strings.Join(out, ", ") + "}"
	case yamltree.List:
		for _, item := range n.Items {
			out = append(out, yamlOf(item))
		}
		return "[" + strings.Join(out, ", ") + "]"
	case yamltree.Scalar:
		if n.Quoted || strings.Trim(n.Text, "0123456789.") != "" && n.Text != "true" && n.Text != "false" {
			return strconv.Quote(n.Text)
		}
		return n.Text
	case yamltree.Null:
	}
	return "null"
}
