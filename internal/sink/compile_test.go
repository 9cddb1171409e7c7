package sink_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/effort"
)

const sinkPath = "github.com/vendorgate/vendorgate/internal/sink"

// signatures imports sink by its source, without the bodies of its functions and what only they use: that is enough to know
// what its callers may write, and quick.
type signatures struct {
	files    *token.FileSet
	standard types.Importer
}

func (s signatures) Import(name string) (*types.Package, error) {
	switch {
	case name == sinkPath:
		sources, err := filepath.Glob("*.go")
		if err != nil {
			return nil, err
		}
		var parsed []*ast.File
		for _, source := range sources {
			if strings.HasSuffix(source, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(s.files, source, nil, 0)
			if err != nil {
				return nil, err
			}
			parsed = append(parsed, file)
		}
		config := types.Config{Importer: s, IgnoreFuncBodies: true, Error: func(error) {}} // of imports that bodies use
		out, _ := config.Check(name, s.files, parsed, nil)
		return out, nil
	case strings.Contains(name, "."):
		other := types.NewPackage(name, path.Base(name))
		other.MarkComplete()
		return other, nil
	default:
		return s.standard.Import(name)
	}
}

// A string variable does not compile into a sink; a constant of a caller does where it is a format or mark-up.
func TestStringsDoNotCompile(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	files := token.NewFileSet()
	from, err := signatures{files, importer.Default()}.Import(sinkPath)
	if err != nil {
		t.Fatal(err)
	}
	compile := func(statement string) error {
		source := "package caller\n\nimport \"" + sinkPath + `"

type named string

const typed string = "x"

func _(s string, n named, b []byte, stream sink.Stream, page *sink.Page, m *sink.Markdown, h *sink.HTML) { ` + statement + `; _, _, _, _, _, _ = s, n, b, stream, page, h }`
		file, err := parser.ParseFile(files, "caller.go", source, 0)
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		config := types.Config{Importer: only{from}}
		_, err = config.Check("caller", files, []*ast.File{file}, nil)
		return err
	}
	for _, good := range []string{
		`stream.Print(sink.Text(s))`, `stream.Print(sink.Linef("%s", s))`, `const c = "a" + "%s"; page.Linef(c, s)`, `stream.Put(sink.Lines(s))`, `stream.Put(m.Document())`,
		`m.Markup("**").Text(s).Markup("**").Block("yaml", s)`, `h.Markup("<b>").Text(s).Markup("</b>"); stream.Put(h.Document())`, `h.Markup("<a href=\"").Anchor("record-" + s)`,
	} {
		if err := compile(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{
		`m.Markup(s)`, `m.Markup("a" + s)`, `m.Markup(n)`, `m.Markup(typed)`, `m.Block(s, "x")`, `sink.Linef(s)`, `sink.Linef("a" + s)`, `page.Linef(s)`, `page.Line(s)`, `page.Line("x")`,
		`stream.Print(s)`, `stream.Print("x")`, `stream.Put(s)`, `stream.Put(b)`, `stream.Write(b)`, `m.Link("x", s)`, `_ = sink.literal(s)`, `_ = sink.Line{s}`, `_ = sink.Document{s}`, `_ = sink.URL{s, s, s}`,
		`h.Markup(s)`, `h.Markup("a" + s)`, `h.Style(s)`, `h.Script("x")`, `h.Policy(s, s)`, `_ = sink.Asset{s}`, `_ = sink.HTML{s}`,
		`_ = sink.Line(s)`, `_ = sink.Document(s)`, `o, _ := sink.Outputs(nil); stream.Put(o)`, `_ = sink.Annotation{Message: s}`, `_ = sink.Annotation{Kind: s}`,
	} {
		if err := compile(bad); err == nil {
			t.Errorf("%s compiles", bad)
		}
	}
}

// only imports one package.
type only struct{ pkg *types.Package }

func (o only) Import(string) (*types.Package, error) { return o.pkg, nil }
