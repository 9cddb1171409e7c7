package lexer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/lexer"
)

// In each source a place that is marked by one of three letters must have that state: X code, Y comment, Z string.
func TestAt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text string }{
		{"a.java", "X // Y\nX /* Y\nY */ X \"Z\" X 'Z' X \"\"\"Z\n\"Z\"\"\" X \"Z\\\"Z\" X"},
		{"a.java", "X it's X\nX \"X\n X"},
		{"a.cs", "/// Y\nX \"Z // Z\" X"},
		{"a.dart", "'''Z\nZ''' X"},
		{"a.go", "X `Z\n// Z` X '\"' X \"Z\" // Y\nX '\\'' X"},
		{"a.ts", "X `Z ${X + `Z${X}Z` + {a: X}} Z` X // Y\nX"},
		{"a.ts", "X = /[\"'/]Z/; X = \"Z\" // Y\nX = X / X; \"Z\""},
		{"a.tsx", "<p>don't X</p>\n<a href=\"Z\">X</a>"},
		{"a.js", "X /* Y // Y */ X \"Z\" X"},
		{"a.rs", "fn X<'a>(b: &'a X) { \"Z\nZ\" X 'Z' X // Y\n"},
		{"a.php", "X # Y\n#[X]\nX // Y\n'Z' X /* Y */ X"},
		{"a.py", "X # Y\ndef f():\n  \"\"\"Y\n  Y\"\"\"\n  X = \"\"\"Z\nZ\"\"\"\n  f(\n  '''Z''')\nX 'Z#Z' X"},
		{"a.rb", "X # Y\n\"Z#{1}Z\" X\n=begin\nY\n=end\nX"},
		{"a.ex", "@moduledoc \"\"\"\nY\n\"\"\"\nX \"\"\"\nZ\n\"\"\" X # Y\n"},
		{"a.sh", "X # Y\nX#X \"Z\" X 'Z' X\n"},
		{"a.yaml", "X: don't X # Y\nX: 'Z' # Y\n- \"Z\"\nX#X: it's X\n"},
		{"a.toml", "X = \"Z\" # Y\n; Y\nX = '''Z\nZ''' X"},
		{"a.tf", "X \"Z\" # Y\n// Y\nX /* Y */ X"},
		{"a.tf", "X = <<-EOT\n#!/X\nX https://X \"X\n  # Y\n  X\n  EOT\nX # Y\nX = \"Z\" << X\nX = <<EOF\nX // Y\n"},
		{"a.json", "{\"Z//Z\": X} // Y\n"},
		{"a.sql", "X -- Y\nX 'Z' X /* Y */ X"},
		{"a.scss", "// Y\n@X 'Z' /* Y */ X url(//X)\n"},
		{"a.clj", "X ; Y\n\"Z\nZ\" X"},
		{"a.erl", "X % Y\n\"Z\" X"},
		{"a.html", "X <!-- Y --> X accept=\"image/*\" X https://X <script> X // Y\n X = \"https://X\" /* Y */ X </script> X // X"},
		{"a.svelte", "{#if X}X{/if} X"},
		{"a.html.j2", "{# Y #} X"},
		{"a.css", "X /* Y */ X url(//X)"},
		{"Dockerfile", "X # Y\nX"},
		{"unknown", "X // X # X \"X\"\n  # Y\n// Y\nX"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var places []int
			for i, c := range test.text {
				if c == 'X' || c == 'Y' || c == 'Z' {
					places = append(places, i)
				}
			}
			got := lexer.At(lexer.Of(test.name), []byte(test.text), places)
			if len(got) != len(places) {
				t.Fatalf("At(%q): %d spans for %d places", test.text, len(got), len(places))
			}
			for i, span := range got {
				if want := lexer.State(test.text[places[i]] - 'X'); span.State != want {
					t.Errorf("At(%q): the state of place %d is %d, want %d", test.text, places[i], span.State, want)
				}
			}
		})
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	const text = `a("see X", b)`
	got := lexer.At(lexer.Go, []byte(text), []int{strings.Index(text, "X")})[0]
	if want := (lexer.Span{State: lexer.String, Start: 3, End: 8}); got != want {
		t.Errorf("At(%q) = %+v, want %+v", text, got, want)
	}
}

// No family takes more than linear time for what is never closed.
func TestBombs(t *testing.T) { //nolint:paralleltest // measures time
	effort.Alone(t)
	const size = 1 << 15
	for _, unit := range []string{`"`, `\"`, `'`, "`", "${`", "/", "=/", "/*", "{", `"""a`, `'''`, "<!--", "{# ", "#", "@doc \"\"\"a\"\"\"", "\n/", "<script>'"} {
		text := []byte(strings.Repeat(unit, size/len(unit)))
		for f := lexer.Text; f <= lexer.Sass; f++ {
			start := time.Now()
			lexer.At(f, text, []int{len(text) - 1})
			if took := time.Since(start); took > time.Second {
				t.Errorf("family %d takes %v for 32 KiB of %q", f, took, unit)
			}
		}
	}
}

func FuzzAt(f *testing.F) {
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(int8(1), data)
	}
	for i := range int8(lexer.Sass) + 1 {
		f.Add(i, []byte("a `${b}` /* \"c\" # 'd' \"\"\"e\"\"\" <!-- f --> {/* g"))
	}
	f.Fuzz(func(t *testing.T, family int8, src []byte) {
		places := make([]int, len(src))
		for i := range places {
			places[i] = i
		}
		got := lexer.At(lexer.Family(family), src, places)
		if len(got) != len(src) {
			t.Fatalf("At(%d, %q): %d spans for %d places", family, src, len(got), len(src))
		}
		for i, span := range got {
			if span.Start < 0 || span.End > len(src) || span.Start > span.End || span.Start > i+8 {
				t.Errorf("At(%d, %q): span %+v of place %d", family, src, span, i)
			}
		}
	})
}

// A place at the end of a text has a state, too, and so has the only one of an empty text.
func TestAtEnd(t *testing.T) {
	t.Parallel()
	for _, src := range []string{"", "x", "\"x\"", "# x"} {
		for family := lexer.Text; family <= lexer.Sass; family++ {
			if got := lexer.At(family, []byte(src), []int{len(src)}); len(got) != 1 || got[0].End > len(src) {
				t.Errorf("At(%d, %q) = %+v; want one span", family, src, got)
			}
		}
	}
}
