package attr_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Keys that begin with x- mean nothing in any mapping of any kind of file, to the reader and to the schema.
func TestOwnKeys(t *testing.T) {
	t.Parallel()
	tables := map[string]*attr.Table{}
	for _, file := range files(t, "testdata/good/*.yaml") {
		tables[file] = tableOf(t, file)
	}
	for _, file := range files(t, "../../examples/*/policy_test.yaml") {
		tables[file] = policytest.TestTable()
	}
	for file, table := range tables {
		plain := tree(t, file, contents(t, file))
		before, problems := table.Read(plain)
		if len(problems) > 0 {
			t.Fatalf("%s: %s", file, lines(problems))
		}
		added := 0
		owned := withOwn(plain, &added)
		after, problems := table.Read(owned)
		if len(problems) > 0 || !before.Same(after) {
			t.Errorf("%s with keys of its own in %d mappings is read differently:\n%s", file, added, lines(problems))
		}
		if err := compileSchema(t, table).Validate(value(owned)); err != nil {
			t.Errorf("%s with keys of its own: the schema refuses it: %v", file, err)
		}
	}
}

// withOwn adds a key to each mapping of a tree.
func withOwn(plain *yamltree.Node, added *int) *yamltree.Node {
	out := *plain
	out.Items, out.Pairs = nil, nil
	for _, item := range plain.Items {
		out.Items = append(out.Items, withOwn(item, added))
	}
	for _, pair := range plain.Pairs {
		pair.Value = withOwn(pair.Value, added)
		out.Pairs = append(out.Pairs, pair)
	}
	if plain.Kind == yamltree.Map {
		*added++
		text := &yamltree.Node{Kind: yamltree.Scalar, Pos: plain.Pos, Text: "4711"}
		out.Pairs = append(out.Pairs, yamltree.Pair{Key: "x-cost-centre", KeyPos: plain.Pos, Value: &yamltree.Node{Kind: yamltree.List, Pos: plain.Pos, Items: []*yamltree.Node{text}}})
	}
	return &out
}

// A credential is reported wherever it is.
func TestOwnKeysHideNoCredential(t *testing.T) {
	t.Parallel()
	const secret = "sk_live_51Hx0xKZ9vQmW3nT7cB2rYpLd"
	for _, text := range []string{"x-note: " + secret, "x-note: {deep: [" + secret + "]}", "people: [{user: k, home: {x-note: " + secret + "}}]", "classes: {x-note: " + secret + "}", "raw: {x-note: " + secret + "}"} {
		_, problems := sample().Parse("f", []byte(text+"\n"))
		if len(problems) != 1 || !problems[0].Secret || strings.Contains(problems[0].Message, secret) {
			t.Errorf("Parse(%q): got %q, want the credential reported", text, lines(problems))
		}
	}
}
