package attr_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// flow writes a tree in flow style. It quotes all but what means something without quotes.
func flow(out *strings.Builder, n *yamltree.Node) {
	quote := func(s string) {
		b, _ := json.Marshal(s) //nolint:errchkjson // a string
		out.Write(b)
	}
	switch n.Kind {
	case yamltree.Map:
		out.WriteByte('{')
		for i, p := range n.Pairs {
			if i > 0 {
				out.WriteString(", ")
			}
			quote(p.Key)
			out.WriteString(": ")
			flow(out, p.Value)
		}
		out.WriteByte('}')
	case yamltree.List:
		out.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				out.WriteString(", ")
			}
			flow(out, item)
		}
		out.WriteByte(']')
	case yamltree.Scalar:
		if n.Quoted || n.Text != "true" && n.Text != "false" && !number.MatchString(n.Text) {
			quote(n.Text)
		} else {
			out.WriteString(n.Text)
		}
	default:
		out.WriteString("null")
	}
}

// mutate calls visit with the tree changed in one place, for every place of it.
func mutate(root *yamltree.Node, visit func(what string)) {
	others := []yamltree.Node{
		{Kind: yamltree.Null},
		{Kind: yamltree.Scalar, Text: "?? ??", Quoted: true},
		{Kind: yamltree.List},
		{Kind: yamltree.Map},
		{Kind: yamltree.Scalar, Text: "true"},
		{Kind: yamltree.Scalar, Text: "1.5"},
		{Kind: yamltree.Scalar, Text: "unknown"},
		{Kind: yamltree.List, Items: []*yamltree.Node{{Kind: yamltree.Null}}},
		{Kind: yamltree.List, Items: []*yamltree.Node{{Kind: yamltree.Map}}},
	}
	turn := 0
	var walk func(n *yamltree.Node, path string)
	walk = func(n *yamltree.Node, path string) {
		was := *n
		*n = others[turn%len(others)] // not all of them everywhere, for the time's sake
		visit(path + " replaced")
		turn++
		*n = was
		for i := range was.Pairs {
			if turn%2 == 0 {
				n.Pairs = append(append([]yamltree.Pair{}, was.Pairs[:i]...), was.Pairs[i+1:]...)
				visit(path + "." + was.Pairs[i].Key + " removed")
			} else {
				n.Pairs = append([]yamltree.Pair{}, was.Pairs...)
				n.Pairs[i].Key += "_x"
				visit(path + "." + was.Pairs[i].Key + " renamed")
			}
			*n = was
			walk(was.Pairs[i].Value, path+"."+was.Pairs[i].Key)
		}
		for _, item := range was.Items {
			walk(item, path+"[]")
		}
	}
	walk(root, "")
}

// structural are the messages about what a schema can see as well: keys, kinds and choices.
var structural = regexp.MustCompile(`^unknown key|is missing$|is expected$|has no value$|is not allowed$|is not a yes/no value$|is not an? (whole )?number$`)

// Reader and schema agree about structure: what the schema refuses the reader refuses, and what the reader refuses for
// its structure the schema refuses; but for vendors, as no table can require a list of mappings.
func TestReaderAndSchemaAgree(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	mutants, refused := 0, 0
	for _, file := range files(t, "testdata/good/*.yaml") {
		table := tableOf(t, file)
		schema := compileSchema(t, table)
		root := tree(t, file, contents(t, file))
		turn := 0
		mutate(root, func(what string) {
			if turn++; turn%3 == 0 { // for the time's sake
				return
			}
			var out strings.Builder
			flow(&out, root)
			mutants++
			problems := read(table, "f", []byte(out.String()))
			invalid := schema.Validate(value(root))
			if invalid != nil && len(problems) == 0 && !asksForQuotes(invalid.Error()) {
				t.Errorf("%s, %s: the reader accepts what the schema refuses: %v", filepath.Base(file), what, invalid)
			}
			for _, p := range problems {
				if invalid == nil && structural.MatchString(p.Message) && !strings.HasPrefix(p.Message, `"vendors"`) {
					t.Errorf("%s, %s: the schema accepts what the reader refuses: %s", filepath.Base(file), what, line(p))
				}
			}
			if invalid != nil {
				refused++
			}
		})
	}
	if mutants < 400 || refused < mutants/2 {
		t.Errorf("got %d mutants, %d of them refused", mutants, refused)
	}
}

// asksForQuotes tells the one difference that is meant: the reader takes 2026 and true as the texts that they are, the
// schema, for the sake of other readers of YAML, wants quotes around them.
func asksForQuotes(message string) bool {
	return strings.Contains(message, "got number, want string") || strings.Contains(message, "got boolean, want string")
}

// What the reader accepts as a value of a type the schema accepts, too.
func TestSchemaAcceptsGoodValues(t *testing.T) {
	t.Parallel()
	schema := compileSchema(t, sample())
	for _, text := range []string{
		"url: https://a.example/@user/x", "url: https://a.example?x=@y", "endpoint: https://a.example/users/@me", "min_tls: 1.0", "min_tls: '1.2'",
		"levels: [low, any]", "classes: {x: {tier: 1}, y: {tier: '2'}}", "text: '" + strings.Repeat("é", 2000) + "'", "claim: {life: null, rotation: n/a}",
		"claim: {methods: unknown, age: never, int: 0}", "number: 0.03", "period: PT5M", "host: '*.a.example'", "glob: '*'", "people: [a, {user: b}]",
		"date: 2024-02-29", "roles: {a: [b], c: []}", "raw: [1, {a: null}]", "word: '@a/b'",
	} {
		parse(t, sample(), text)
		if err := schema.Validate(value(tree(t, "f", []byte(text)))); err != nil {
			t.Errorf("the schema refuses %.60q: %v", text, err)
		}
	}
	for _, text := range []string{
		"levels: any", "claim: {methods: [unknown]}", "yes: 'true'", "int: '1'", "number: '0.5'", "text: ''", "text: '" + strings.Repeat("é", 2001) + "'",
		"date: 2023-02-29", "claim: {yes: n/a}", "claim: {int: null}", "people: [{}]", "classes: {x: {}}", "words: a", "url: https://u@a.example/",
	} {
		if _, problems := sample().Parse("f", []byte(text)); len(problems) == 0 {
			t.Errorf("the reader accepts %.60q", text)
		}
		if schema.Validate(value(tree(t, "f", []byte(text)))) == nil {
			t.Errorf("the schema accepts %.60q", text)
		}
	}
}
