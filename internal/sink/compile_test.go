package sink_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// A string variable does not compile into a sink; a constant of a caller does where it is a format or mark-up.
func TestStringsDoNotCompile(t *testing.T) {
	t.Parallel()
	files := token.NewFileSet()
	from := importer.ForCompiler(files, "source", nil)
	compile := func(statement string) error {
		source := `package caller

import "github.com/vendorgate/vendorgate/internal/sink"

type named string

const typed string = "x"

func _(s string, n named, b []byte, stream sink.Stream, page *sink.Page, m *sink.Markdown) { ` + statement + `; _, _, _, _, _ = s, n, b, stream, page }`
		file, err := parser.ParseFile(files, "caller.go", source, 0)
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		config := types.Config{Importer: from}
		_, err = config.Check("caller", files, []*ast.File{file}, nil)
		return err
	}
	for _, good := range []string{
		`stream.Print(sink.Text(s))`, `stream.Print(sink.Linef("%s", s))`, `const c = "a" + "%s"; page.Linef(c, s)`, `stream.Put(sink.Lines(s))`, `stream.Put(m.Document())`,
		`m.Markup("**").Text(s).Markup("**").Block("yaml", s)`,
	} {
		if err := compile(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{
		`m.Markup(s)`, `m.Markup("a" + s)`, `m.Markup(n)`, `m.Markup(typed)`, `m.Block(s, "x")`, `sink.Linef(s)`, `sink.Linef("a" + s)`, `page.Linef(s)`, `page.Line(s)`, `page.Line("x")`,
		`stream.Print(s)`, `stream.Print("x")`, `stream.Put(s)`, `stream.Put(b)`, `stream.Write(b)`, `m.Link("x", s)`, `_ = sink.literal(s)`, `_ = sink.Line{s}`, `_ = sink.Document{s}`, `_ = sink.URL{s, s, s}`,
		`_ = sink.Line(s)`, `_ = sink.Document(s)`, `o, _ := sink.Outputs(nil); stream.Put(o)`, `_ = sink.Annotation{Message: s}`, `_ = sink.Annotation{Kind: s}`,
	} {
		if err := compile(bad); err == nil {
			t.Errorf("%s compiles", bad)
		}
	}
}
